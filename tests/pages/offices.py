"""The side of the offices: staff of every role, the hall with its appointments, and what lies before each desk."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from onething.cases import services as cases
from onething.cases.models import Case
from onething.desks.appointments import displays
from onething.desks.appointments import queries as halls
from onething.desks.appointments import services as appointments
from onething.desks.appointments.hours import Hours
from onething.desks.appointments.models import Ticket, Wait
from onething.desks.surveys import services as asking
from onething.desks.surveys.models import FollowUp, Invitation
from onething.desks.surveys.tests import factories as surveys
from onething.desks.webhooks.models import Delivery, Subscription
from onething.entitlements import services as leads
from onething.entitlements import sweeps
from onething.entitlements.models import Decision, Offer
from onething.entitlements.tests import people as entitlements
from onething.exchange.models import Department, Order
from onething.identity import services as identity
from onething.identity.hats import FOR
from onething.identity.models import Account, Mandate
from onething.identity.policy import OPEN_ACCOUNT
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing import clock
from onething.registry import queries as registry_queries
from onething.registry import services as registry
from onething.registry.models import Organisation, Person, Roster, Statement
from onething.registry.tests import rosters
from onething.registry.tests.factories import id_number
from onething.site.roles import ROLES
from tests.journeys import stage
from tests.pages import shop

STATION = "county_hall"
DESK = "human_resources"
"""Whose desk the department's officer sits at."""
NAMES = {
    "clerk": "沈知行", "hall": "苏晚晴", "department": "秦望舒", "supervisor": "顾长宁", "administrator": "陆明远",
}  # fmt: skip
"""Invented."""


def seat(role: str) -> Account:
    """Give somebody of a role a post in the county; again gives the same one."""
    now = clock.now()
    known = Account.objects.filter(username=f"page.{role}").first()
    if known:
        return known
    place = (DESK, "望山县人力资源和社会保障局") if role == "department" else ("service", "望山县退役军人服务中心")
    name = NAMES.get(role, "温书意")
    account = identity.open_account(username=f"page.{role}", display_name=name, actor=SYSTEM, now=now)
    identity.give_post(
        account=account, role=role, organisation=office(*place), region=stage.COUNTY,
        valid_from=now - timedelta(days=9), actor=SYSTEM, now=now,
    )  # fmt: skip
    return account


def actor_of(role: str) -> Actor:
    """Let somebody of a role act."""
    account, may = seat(role), ROLES[role][1]
    desk = DESK if role == "department" else "service"
    return Actor(door=Door.STAFF, account_id=account.pk, organisation=desk, region=stage.COUNTY, permissions=may)


def offer(person: Person) -> Offer:
    """Decide for everybody, and offer somebody what is due to them."""
    sweeps.decide_everybody(clock.day_of(clock.now()))
    found = Decision.objects.shown().leads().get(person=person, policy=entitlements.POLICY)
    return leads.make_offer(decision_id=found.pk, actor=actor_of("clerk"), now=clock.now())


def office(code: str, name: str) -> Organisation:
    """Open an office of the county, if there is none of that code."""
    return Organisation.objects.filter(code=code).first() or registry.open_organisation(
        code=code, name=name, kind="station", region=stage.COUNTY, actor=SYSTEM, now=clock.now()
    )


def invited() -> str:
    """Invite somebody new; gives the token of their one-time link."""
    account = identity.open_account(username="page.new", display_name="程见山", actor=SYSTEM, now=clock.now())
    return identity.invite(account_id=account.pk, actor=SYSTEM, now=clock.now())


def ask(people: Mapping[str, Person]) -> dict[str, Any]:
    """Send three surveys: one being written, one open with answers, one ended with results. Gives their ids."""
    everybody = list(people.values())
    draft, running = surveys.survey(stage.COUNTY, **_FORTNIGHT), surveys.sent(stage.COUNTY, **_FORTNIGHT)
    ended = surveys.sent(stage.COUNTY, way="paper", **_FORTNIGHT)
    wishes = [surveys.answer(ended, one, "o1", "o2", wants=n < 2, words="想学电工") for n, one in enumerate(everybody)]
    surveys.answer(running, everybody[0], "o2", wants=True)
    owner = seat("clerk").pk
    begun = FollowUp.objects.create(
        answer=wishes[0], survey=ended, person=everybody[0], region=stage.COUNTY, work="visit", owner=owner,
        due=clock.day_of(clock.now()), made_by="test", made_at=clock.now(),
    )  # fmt: skip
    asking.close_survey(survey_id=ended.pk, actor=SYSTEM, now=clock.now())
    paper = surveys.sent(stage.COUNTY, way="paper", **_FORTNIGHT).invitations.order_by("pk")[0]
    return {
        "survey_id": (draft.pk, running.pk, ended.pk),
        "surveys:type_in code": paper.code,
        "answer_id": (begun.answer_id, wishes[1].pk),
    }


def unanswered() -> dict[str, Any]:
    """Give the code of a questionnaire that was not answered, and of one that was."""
    running = Invitation.objects.filter(survey__state="open", way="phone").order_by("-answered_at")
    return {
        "surveys:answer code": (running.filter(answered_at=None)[0].code, running.exclude(answered_at=None)[0].code)
    }


_FORTNIGHT = {"last_day": clock.day_of(clock.now()) + timedelta(days=14)}


def allow(person: Person, *, to: Account) -> str:
    """Let somebody act in a person's name; gives the hat to wear."""
    now = clock.now()
    mandate = Mandate.objects.create(
        person=person, account=to, kin="child", pack=stage.PACK, way="code", recorded_by="test",
        given_at=now - timedelta(days=900), valid_until=now + timedelta(days=30),
    )  # fmt: skip
    return f"{FOR}{mandate.pk}"


def book(case: Case) -> dict[str, Any]:
    """Open a hall and book the last time there is, with an earlier one on offer. Gives the ids of all three."""
    now = clock.now()
    hours = (Hours(time(9), time(12), 2), Hours(time(13, 30), time(17), 2))
    hall = appointments.open_hall(
        organisation=office("hall", "望山县政务服务中心"), serves=[STATION], counters=6, hours=hours, slot_minutes=30,
        address="望山县望山镇人民路 1 号", actor=SYSTEM, now=now,
    )  # fmt: skip
    last = halls.free_slots(hall, now=now).last()
    assert last
    appointments.book(case=case, station=STATION, slot_id=last.pk, actor=SYSTEM, now=now)
    appointments.wait_for_earlier(case=case, station=STATION, hall=hall, actor=SYSTEM, now=now)
    appointments.offer_places(hall_id=hall.pk, actor=SYSTEM, now=now)
    # Drawn here, not by the service: that one refuses on a Sunday.
    drawn = Ticket.objects.create(hall=hall, day=clock.day_of(now), number=1, taken_at=now, since=now)
    return {
        "hall_id": hall.pk,
        "key": displays.key_of(hall),
        "appointments:ticket code": drawn.code,
        "station": STATION,
        "wait_id": Wait.objects.get(case=case).pk,
    }


def ids_for(person: Person, case: Case) -> dict[str, Any]:
    """Give what stands in the addresses of the workbench, having put something on every desk."""
    first, second = (_roster(lines) for lines in (_FAULTY, _SOUND))
    registry.apply_roster(roster_id=second.pk, actor=SYSTEM, now=clock.now())
    expected = registry_queries.person_by_id_number(id_number(81))
    _ask_for_two()
    _ask_window(case)
    return {
        "person_id": (person.pk, expected.pk),
        "number": case.number,
        "code": office("second-hall", "望山县城东便民服务站").code,
        "order_id": Order.objects.values_list("pk", flat=True).get(organisation=DESK, case_id=case.pk),
        "port_id": Department.objects.values_list("pk", flat=True).first(),
        "account_id": seat("clerk").pk,
        "section": "service",
        "roster_id": (first.pk, second.pk),
        "registry:correction correction_id": _ask_correction(expected),
        "subscription_id": _told(case).pk,
        **shop.at_desk(actor_of("administrator")),
    }


def _told(case: Case) -> Subscription:
    """A program that is told of cases: one message arrived, one was given up."""
    now, account = clock.now(), seat("clerk")
    post = account.posts.get()
    identity.issue_api_key(account=account, post=post, label="云川事", scopes=[], actor=SYSTEM, now=now)
    told = Subscription.objects.create(
        key=account.api_keys.get(), address="https://portal.example/hook", kinds=["moved"], locked=b"", made_at=now
    )
    state = Delivery.State
    Delivery.objects.bulk_create(
        Delivery(
            subscription=told, kind="moved", case_id=case.pk, number=case.number, case_state=case.state, at=now,
            state=became, tries=tries, next_at=now, answer=answer,
        )
        for became, tries, answer in ((state.TAKEN, 1, "204"), (state.FAILED, 9, "503"))
    )  # fmt: skip
    return told


_FAULTY = (rosters.row("贺长平", 手机号="1370000"), rosters.row("骆一鸣", 身份证号="990123199301010010"))
_SOUND = (rosters.row("简宁川", 身份证号=id_number(81)), rosters.row("易水寒", 身份证号=id_number(82)))


def _roster(lines: tuple[list[str], ...]) -> Roster:
    now = clock.now()
    taken = registry.take_roster(
        file=io.BytesIO(rosters.text(*lines).encode()), title="秋季退役名单", kind="discharge", authority="army",
        region=stage.COUNTY, actor=SYSTEM, now=now,
    )  # fmt: skip
    return registry.check_roster(roster_id=taken.pk, actor=SYSTEM, now=now)


def _ask_correction(person: Person) -> int:
    row = Statement.objects.get(person=person, section="service")
    return registry.ask_correction(
        person_id=person.pk, section="service", match=bytes(row.match), field="rank", wanted="上士",
        because="退役证上写的是上士。", actor=Actor(door=Door.CITIZEN, person_id=person.pk), now=clock.now(),
    ).pk  # fmt: skip


def _ask_window(case: Case) -> None:
    """Let the desk ask the window about the same order, have an answer, and ask again."""
    order = Order.objects.get(organisation=DESK, case_id=case.pk)
    desk, window = actor_of("department"), actor_of("clerk")
    first = cases.ask_window(order_id=order.pk, words="体检表上的日期是几号？", actor=desk, now=clock.now())
    cases.answer_desk(question_id=first.pk, words="是8月20日。", actor=window, now=clock.now())
    cases.ask_window(order_id=order.pk, words="本人的银行卡是哪家银行的？", actor=desk, now=clock.now())


def _ask_for_two() -> None:
    """Ask for what a second administrator decides."""
    lost, may = seat("clerk"), frozenset({OPEN_ACCOUNT})
    colleague = Actor(door=Door.STAFF, account_id=seat("supervisor").pk, region=stage.COUNTY, permissions=may)
    identity.propose(
        kind="identity.reset_second_factor", subject=lost.pk, title=lost.username, region=stage.COUNTY,
        reason="手机丢了。", actor=colleague, now=clock.now(),
    )  # fmt: skip
