"""Every page of the house with something on it: four people at four points of the way, and staff of every role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client

from onething.cases import papers, services
from onething.cases import queries as cases
from onething.cases.models import Case, Correction, Draft
from onething.catalogue.models import Release
from onething.correspondence import services as correspondence
from onething.correspondence.models import Document, Notice
from onething.entitlements.tests import people as entitlements
from onething.identity import services as identity
from onething.identity.models import Account
from onething.identity.policy import NO_POSTS
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM, Actor, Door, Permission
from onething.kernel.codes import id_check_digit
from onething.plumbing import clock
from onething.registry import services as registry
from onething.registry.models import Person
from onething.site.roles import ROLES
from tests.journeys import stage
from tests.pages import offices, shop

PAPER = b"%PDF-1.4 an invented paper"
LATER = "discharge_certificate"
CITIZENS = ("following", "finished", "filling", "beginning", "unrated", "helping", "renewing", "signer", "offered")
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


def readers() -> list[Reader]:
    """Build the world: the people first, as far as each has come; then one member of staff of each role."""
    first = stage.set_up()
    entitlements.publish()
    people = {
        "following": first,
        "finished": _person("贺春山", "99012319900101001", "19900000002"),
        "filling": _person("钟海宁", "99012319910202003", "19900000003"),
        "beginning": _person("卓文静", "99012319920303004", "19900000004"),
        "unrated": _person("段思齐", "99012319930404005", "19900000005"),
        "renewing": _person("陆远帆", "99012319940505006", "19900000006"),
        "offered": entitlements.person(serial=7, region=stage.COUNTY),
    }
    following, finished, unrated = _follow(first), _finish(people["finished"]), _finish(people["unrated"])
    services.rate_case(
        case=finished, level=2, words="等得太久了。", actor=actor_of(people["finished"]), now=clock.now()
    )
    filled(people["filling"])
    release = Release.objects.get(pack=stage.PACK)
    services.start_draft(
        person_id=people["beginning"].pk, release=release, actor=actor_of(people["beginning"]), now=clock.now()
    )
    accounts = {name: _account(person) for name, person in people.items()}
    _form, secret = shop.fill(actor_of(people["renewing"]))
    offer = offices.offer(people["offered"])
    visit = offices.book(following)
    asked = offices.ask(people)
    helper = offices.allow(first, to=accounts["filling"])
    own = {
        "following": _case_ids(following, LATER) | visit | {"matter": _refused(following)},
        "finished": _case_ids(finished, LATER),
        "unrated": {"cases:rating number": unrated.number},
        "offered": {"offer_id": offer.pk},
    }
    steps = {"cases:step number": (1, 2, 3), "draft_id": None, "release_id": release.pk}
    citizens = [
        Reader(name, _sit(accounts[name]), ROLES["citizen"][1], steps | _draft_ids(person) | own.get(name, {}))
        for name, person in people.items()
    ]
    at_work = offices.ids_for(first, following) | visit | {"release_id": release.pk, "station": offices.STATION}
    at_work |= {"catalogue:year number": 2026} | asked
    seats = [
        Reader(role, _sit(offices.seat(role)), may, at_work)
        for role, (_title, may) in ROLES.items()
        if role not in NO_POSTS
    ]
    for_another = Reader("helping", _sit(accounts["filling"], helper), ROLES["helper"][1], {"number": following.number})
    passing = Reader(
        "nobody",
        _sit(None),
        frozenset(),
        _slip_ids(finished)
        | visit
        | {"token": offices.invited(), "policy_id": entitlements.POLICY}
        | offices.unanswered()
        | {"secret": secret},
    )
    signer = Reader("signer", shop.sign(_sit(None), secret), frozenset(), {"secret": secret})
    return [*citizens, for_another, passing, signer, *seats]


def _refused(case: Case) -> str:
    return str(case.tasks.filter(state="refused").values_list("matter", flat=True).get())


def _person(name: str, body: str, phone: str) -> Person:
    return registry.register_person(
        name=name, id_number=body + id_check_digit(body), phone=phone, region=stage.COUNTY,
        known=stage.known_facts(), source="veterans_affairs", actor=SYSTEM, now=clock.now(),
    )  # fmt: skip


def actor_of(person: Person) -> Actor:
    """Let a person act for themselves."""
    return Actor(door=Door.CITIZEN, person_id=person.pk, region=stage.COUNTY, permissions=ROLES["citizen"][1])


def _account(person: Person) -> Account:
    return identity.open_account(person=person, actor=SYSTEM, now=clock.now())


def _sit(account: Account | None, hat: str = "") -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    return enter(client, account, hat) if account else client


def filled(person: Person, *, but: str = "") -> Draft:
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
        draft=filled(person, but=LATER), to_follow=in_a_week, actor=actor_of(person), now=clock.now()
    )
    stage.work()
    orders = {order.matter: order for order in stage.waiting_orders() if order.case_id == case.pk}
    returned = orders.pop("report_in")
    approved, refused, *_rest = (order for order in orders.values() if order.organisation != offices.DESK)
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
    case = services.submit_case(draft=filled(person), actor=actor_of(person), now=clock.now())
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=clock.now())
    for _matter in case.plan["matters"]:
        stage.work()
        for order in (order for order in stage.waiting_orders() if order.case_id == case.pk):
            stage.reply(order, "approved", result={"number": "99-0001"})
    stage.work()
    case.refresh_from_db()
    return case


def _draft_ids(person: Person) -> dict[str, Any]:
    """Give what stands in the addresses of the form somebody is filling in."""
    draft = Draft.objects.filter(person_id=person.pk, case=None).values_list("pk", flat=True).first()
    return {"draft_id": draft} if draft else {}


def _case_ids(case: Case, paper: str) -> dict[str, Any]:
    """Give what stands in the addresses of somebody's own case, having written them a letter."""
    correspondence.send_notice(
        person_id=case.person_id, case_id=case.pk, kind="receipt", texts={"in_app": ("收到了", "收到了您的申请。")},
        actor=SYSTEM, now=clock.now(),
    )  # fmt: skip
    return {
        "number": case.number,
        "material": paper,
        "correction_id": Correction.objects.filter(task__case=case).values_list("pk", flat=True).first(),
        "notice_id": tuple(Notice.objects.filter(case_id=case.pk).values_list("pk", flat=True)[:4]),
        "document_id": Document.objects.filter(case_id=case.pk).values_list("pk", flat=True).first(),
    }


def _slip_ids(case: Case) -> dict[str, str]:
    slip = Document.objects.get(case_id=case.pk, kind="slip")
    return {"correspondence:slip number": f"{slip.number}?d={slip.check_code}"}
