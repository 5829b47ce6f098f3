"""Every page of the house with something on it: four people at four points of the way, and staff of every role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client

from onething.cases import papers, services
from onething.cases import queries as cases
from onething.cases.models import Case, Correction, Draft
from onething.cases.tests.factories import citizen as actor_of
from onething.catalogue.models import Release
from onething.correspondence import services as correspondence
from onething.correspondence.models import Document, Notice
from onething.exchange.models import Department, Order
from onething.identity import services as identity
from onething.identity.models import Account
from onething.identity.policy import NO_POSTS
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM, Permission
from onething.kernel.codes import id_check_digit
from onething.plumbing import clock
from onething.registry import services as registry
from onething.registry.models import Organisation, Person
from onething.site.roles import ROLES
from tests.house.test_doors import ROUTES
from tests.journeys import stage

PAPER = b"%PDF-1.4 an invented paper"
LATER = "discharge_certificate"
DIFFERS = {"home", "cases:matters", "correspondence:inbox", "identity:me"}
"""Routes without an id whose page depends on how far somebody has come."""
LEAVING = {"identity:sign_out", "identity:sign_out_everywhere"}
CITIZENS = ("following", "finished", "filling", "beginning")
WORDS = "照片拍糊了，看不清字。请重拍一张。"


@dataclass(frozen=True)
class Reader:
    """Somebody who opens pages: whose session it is, and the ids that stand in the addresses they can open."""

    name: str
    client: Client
    may: frozenset[Permission] = frozenset()
    ids: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cookies(self) -> dict[str, str]:
        """Give the cookie of the open session."""
        name = settings.SESSION_COOKIE_NAME
        return {name: self.client.cookies[name].value} if name in self.client.cookies else {}


@dataclass(frozen=True)
class PageSeen:
    """One page: its route, where it is, who reads it, and on which face."""

    route: str
    address: str
    reader: Reader
    is_portal: bool

    def __str__(self) -> str:
        return f"{self.route} {self.address} ({self.reader.name})"


def readers() -> list[Reader]:
    """Build the world. The people first, as far as each has come; then one member of staff of each role."""
    first = stage.set_up()
    people = {
        "following": first,
        "finished": _person("贺春山", "99012319900101001", "19900000002"),
        "filling": _person("钟海宁", "99012319910202003", "19900000003"),
        "beginning": _person("卓文静", "99012319920303004", "19900000004"),
    }
    following, finished = _follow(people["following"]), _finish(people["finished"])
    _fill(people["filling"])
    release = Release.objects.get(pack=stage.PACK)
    services.start_draft(
        person_id=people["beginning"].pk, release=release, actor=actor_of(people["beginning"]), now=clock.now()
    )
    staff = _ids_of(people["following"], following) | _desk_ids(people["following"])
    seats = [
        Reader(role, _sit(_seat(role)), may, {**staff, "release_id": release.pk})
        for role, (_title, may) in ROLES.items()
        if role not in NO_POSTS
    ]
    own = {"following": following, "finished": finished}
    citizens = [
        Reader(
            name,
            _sit(_account(person)),
            ROLES["citizen"][1],
            {**_ids_of(person, own.get(name)), "release_id": release.pk},
        )
        for name, person in people.items()
    ]
    return [*citizens, Reader("nobody", _sit(None), frozenset(), {"slip": _slip_of(finished)}), *seats]


def every_page(everybody: list[Reader]) -> Iterator[PageSeen]:
    """Open every address as those who may and have the ids for it. What answers with a page is one."""
    for route, path, view in ROUTES:
        for reader in _who(route, path, view, everybody):
            for address in _addresses(path, reader.ids):
                answer = reader.client.get(address)
                if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                    yield PageSeen(route, address, reader, b"built/portal.css" in answer.content)


def _who(route: str, path: str, view: Any, everybody: list[Reader]) -> list[Reader]:
    """Choose readers: everybody where the page differs by person, else the first who may."""
    able = [reader for reader in everybody if not view.may or view.may in reader.may]
    if route in LEAVING:
        return []
    if "<" in path or route in DIFFERS:
        citizens = [reader for reader in able if reader.name in CITIZENS]
        return [*citizens, *(reader for reader in able if reader.name == "nobody")] or able[:1]
    if not view.may:
        return [reader for reader in able if reader.name in ("following", "nobody", "clerk")]
    return able[:1]


def _addresses(path: str, ids: Mapping[str, Any]) -> Iterator[str]:
    """Fill a path; one that counts its pages gives as many as there are ids called so."""
    kinds = re.findall(r"<(?:\w+:)?(\w+)>", path)
    if any(ids.get(name) is None for name in kinds if name != "number"):
        return
    number = ids.get("slip") if path.startswith("slip/") else ids.get("number")
    numbers = (1, 2, 3) if "<int:number>" in path else (number,)
    for one in numbers if "number" in kinds else (None,):
        if "number" not in kinds or one is not None:
            given = {**ids, "number": one}
            yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part, given=given: str(given[part[1]]), path)


def _person(name: str, body: str, phone: str) -> Person:
    return registry.register_person(
        name=name, id_number=body + id_check_digit(body), phone=phone, region=stage.COUNTY,
        known=stage.known_facts(), source="veterans_affairs", actor=SYSTEM, now=clock.now(),
    )  # fmt: skip


def _account(person: Person) -> Account:
    return identity.open_account(person=person, actor=SYSTEM, now=clock.now())


def _sit(account: Account | None) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    return enter(client, account) if account else client


def _fill(person: Person, *, but: str = "") -> Draft:
    """Fill the whole form, with every paper but one."""
    actor, now = actor_of(person), clock.now()
    release = Release.objects.get(pack=stage.PACK)
    draft = services.start_draft(person_id=person.pk, release=release, actor=actor, now=now)
    draft = services.save_answers(draft=draft, answers=stage.answers(), actor=actor, now=now)
    for material in cases.plan_of(draft, on=clock.day_of(now))["materials"]:
        if material["action"] == "hand_in" and material["id"] != but:
            papers.attach_to_draft(draft=draft, material=material["id"], content=PAPER, actor=actor, now=now)
    return draft


def _follow(person: Person) -> Case:
    """Submit with one paper to follow; one matter is approved, one refused, one is to be corrected."""
    in_a_week = {LATER: clock.day_of(clock.now()) + timedelta(days=7)}
    case = services.submit_case(
        draft=_fill(person, but=LATER), to_follow=in_a_week, actor=actor_of(person), now=clock.now()
    )
    stage.work()
    orders = {order.matter: order for order in stage.waiting_orders() if order.case_id == case.pk}
    returned = orders.pop("report_in")
    approved, refused, *_rest = orders.values()
    for order in (returned, approved, refused):
        stage.reply(order, "accepted")
    stage.reply(returned, "returned", message=WORDS, correction={"materials": ["administrative_letter"], "fields": []})
    stage.reply(approved, "approved", result={"number": "99-0001"})
    stage.reply(refused, "refused", reason="档案里没有参军记录。", remedy="请到县档案馆补一份参军登记表，再申请一次。")
    stage.work()
    case.refresh_from_db()
    return case


def _finish(person: Person) -> Case:
    """Carry a case to its slip."""
    case = services.submit_case(draft=_fill(person), actor=actor_of(person), now=clock.now())
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=clock.now())
    for _matter in case.plan["matters"]:
        stage.work()
        for order in (order for order in stage.waiting_orders() if order.case_id == case.pk):
            stage.reply(order, "approved", result={"number": "99-0001"})
    stage.work()
    case.refresh_from_db()
    assert case.state == "settled"
    return case


def _ids_of(person: Person, case: Case | None) -> dict[str, Any]:
    """Give what stands in a person's own addresses."""
    open_draft = Draft.objects.filter(person_id=person.pk, case=None).values_list("pk", flat=True).first()
    ids: dict[str, Any] = {"draft_id": open_draft, "material": LATER, "number": None}
    if case is not None:
        _letter(person, case)
        ids["number"] = case.number
        ids["correction_id"] = Correction.objects.filter(task__case=case).values_list("pk", flat=True).first()
        ids["notice_id"] = Notice.objects.filter(case_id=case.pk).values_list("pk", flat=True).first()
        ids["document_id"] = Document.objects.filter(case_id=case.pk).values_list("pk", flat=True).first()
    elif open_draft:
        ids["draft_id"] = open_draft
    return ids


def _slip_of(case: Case) -> str:
    return str(Document.objects.values_list("number", flat=True).get(case_id=case.pk, kind="slip"))


def _letter(person: Person, case: Case) -> None:
    correspondence.send_notice(
        person_id=person.pk, case_id=case.pk, kind="receipt", texts={"in_app": ("收到了", "收到了您的申请。")},
        actor=SYSTEM, now=clock.now(),
    )  # fmt: skip


def _desk_ids(person: Person) -> dict[str, Any]:
    """Give what stands in the addresses of the workbench."""
    order = Order.objects.filter(organisation="police").exclude(state="done").first()
    return {
        "person_id": person.pk,
        "order_id": order.pk if order else None,
        "port_id": Department.objects.values_list("pk", flat=True).first(),
        "account_id": Account.objects.values_list("pk", flat=True).first() or _seat("clerk").pk,
        "section": "service",
    }


def _seat(role: str) -> Account:
    """Give somebody of a role a post in the county; a department's officer at the desk of the police."""
    now = clock.now()
    known = Account.objects.filter(username=f"page.{role}").first()
    if known:
        return known
    code = "police" if role == "department" else f"office-{role}"
    office = Organisation.objects.filter(code=code).first() or registry.open_organisation(
        code=code, name="望山县退役军人服务中心", kind="station", region=stage.COUNTY, actor=SYSTEM, now=now
    )
    account = identity.open_account(username=f"page.{role}", display_name="沈知行", actor=SYSTEM, now=now)
    identity.give_post(
        account=account, role=role, organisation=office, region=stage.COUNTY,
        valid_from=now - timedelta(days=9), actor=SYSTEM, now=now,
    )  # fmt: skip
    return account
