"""No silence: the ladder, urging, supervision, dead letters, and the standing check."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from onething.exchange import escalating, jobs, services
from onething.exchange.delivery import Outcome, Verdict
from onething.exchange.errors import AnswerByPast, OrderAlreadyAnswered, WordsTooShort
from onething.exchange.events import OrderUrged
from onething.exchange.ladder import CLIMB_AFTER, Rung, owner_above
from onething.exchange.models import Escalation, Order, Supervision, Urging
from onething.exchange.tests.conftest import Town
from onething.exchange.tests.factories import COUNTY, NOW, answer, clerk, connect, draft, load_regions, order, place
from onething.identity import services as identity
from onething.kernel.access import SYSTEM
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.plumbing.messages.queries import outbox
from onething.registry.models import Organisation
from onething.registry.tests.factories import organisation

WRONG = Outcome(verdict=Verdict.FINAL, status=400, words="bad request")
TAKEN = Outcome(verdict=Verdict.DELIVERED, status=202, receipt="R-1")


@pytest.fixture(autouse=True)
def _place(db: None) -> None:
    load_regions()


def facts(kind: str) -> list[dict[str, Any]]:
    return [entry.payload for entry in Entry.objects.filter(kind=f"exchange.{kind}").order_by("id")]


def deliver(one: Order, outcome: Outcome) -> None:
    delivery = services.claim_order(order_id=one.pk, actor=SYSTEM, now=NOW)
    assert delivery is not None
    services.record_attempt(delivery=delivery, outcome=outcome, actor=SYSTEM, now=NOW)
    one.refresh_from_db()


def sweep(at: Any) -> None:
    """What happens every minute, at a given time."""
    for step in (services.warn_owners, services.tell_owners, services.tell_higher, services.follow_supervisions):
        step(actor=SYSTEM, now=at)


def rungs(one: Order) -> list[tuple[int, str, str]]:
    return list(Escalation.objects.filter(order=one).order_by("rung").values_list("rung", "owner", "reason"))


def test_the_ladder_is_climbed_rung_by_rung_and_each_is_told_once() -> None:
    connect()
    one = order()
    deliver(one, TAKEN)
    assert one.tell_by is not None
    for hours in range(-30, 80):
        sweep(one.tell_by + timedelta(hours=hours))
    county, city, province = "supervisor:990000000000", "supervisor:990100000000", "supervisor:990000000000"
    assert rungs(one) == [
        (Rung.WARNED, county, "near"), (Rung.OVERDUE, county, "silent"), (Rung.CITY, city, "unresolved"),
        (Rung.PROVINCE, province, "unresolved"),
    ]  # fmt: skip
    assert [fact["owner"] for fact in facts("OrderStuck")] == [county, city, province]
    assert len(facts("OrderNearlyDue")) == 1


def test_a_tick_that_was_missed_for_a_week_loses_nothing_and_doubles_nothing() -> None:
    connect()
    one = order()
    deliver(one, TAKEN)
    for _ in range(3):
        sweep(NOW + timedelta(days=7))
    assert [rung for rung, _, _ in rungs(one)] == [Rung.OVERDUE, Rung.CITY, Rung.PROVINCE][:1]
    for _ in range(3):
        sweep(NOW + timedelta(days=7) + CLIMB_AFTER)
    assert [rung for rung, _, _ in rungs(one)] == [Rung.OVERDUE, Rung.CITY]


def test_an_answer_begins_a_new_term_with_a_ladder_of_its_own() -> None:
    connect()
    one = order(due=(NOW + timedelta(days=20)).date())
    deliver(one, TAKEN)
    first = one.tell_by
    sweep(first)
    answer(one, "accepted")
    assert one.tell_by > first
    sweep(first + timedelta(days=3))
    assert len(facts("OrderStuck")) == 1
    sweep(one.tell_by)
    assert [fact["reason"] for fact in facts("OrderStuck")] == ["silent", "silent"]
    assert Escalation.objects.filter(order=one, rung=Rung.OVERDUE).count() == 2


def test_who_is_told_on_which_rung() -> None:
    assert owner_above("990101100201", "supervisor:x", Rung.OVERDUE) == "supervisor:x"
    assert owner_above("990101100201", "supervisor:x", Rung.CITY) == "supervisor:990100000000"
    assert owner_above("990101100201", "supervisor:x", Rung.PROVINCE) == "supervisor:990000000000"


@pytest.mark.parametrize("state", ["acknowledged", "returned", "answered", "dead"])
def test_the_database_lets_no_order_leave_silence_unheard_and_untold(state: str) -> None:
    connect()
    one = order()
    left = {"answered_at": NOW} if state == "answered" else {}
    with pytest.raises(IntegrityError, match=r"heard_or_told|dead_was_told"), transaction.atomic():
        Order.objects.filter(pk=one.pk).update(state=state, acknowledged_at=None, told_at=None, **left)


def test_dead_letters_have_an_owner_and_a_time_and_go_out_again_together() -> None:
    port = connect()
    orders = place(*(draft() for _ in range(3)))
    for one in orders:
        deliver(one, WRONG)
        assert rungs(one) == [(Rung.OVERDUE, one.owner, "refused")]
    assert services.replay_dead(port_id=port.pk, actor=SYSTEM, now=NOW) == 3
    assert services.replay_dead(port_id=port.pk, actor=SYSTEM, now=NOW) == 0
    assert services.send_due(actor=SYSTEM, now=NOW) == 3
    for one in orders:
        deliver(one, TAKEN)
        assert (one.state, one.attempts) == ("sent", 2)
    with pytest.raises(Denied):
        services.replay_dead(port_id=port.pk, actor=clerk(), now=NOW)


def test_urging_needs_words_and_an_open_order() -> None:
    connect()
    one = order()
    with pytest.raises(WordsTooShort):
        services.urge_order(order=one, words=" ", actor=SYSTEM, now=NOW)
    with pytest.raises(Denied):
        services.urge_order(order=one, words="请尽快办理", actor=clerk(), now=NOW)
    answer(one, "approved")
    with pytest.raises(OrderAlreadyAnswered):
        services.urge_order(order=one, words="请尽快办理", actor=SYSTEM, now=NOW)


def test_supervision_ends_with_the_answer() -> None:
    connect()
    one = order()
    with pytest.raises(AnswerByPast):
        services.supervise_order(order=one, words="请于三日内办结", answer_by=NOW, actor=SYSTEM, now=NOW)
    until_ = NOW + timedelta(days=3)
    services.supervise_order(order=one, words="请于三日内办结", answer_by=until_, actor=SYSTEM, now=NOW)
    answer(one, "approved")
    sweep(until_ + timedelta(days=1))
    assert Supervision.objects.get().ended_at is not None
    assert not [fact for fact in facts("OrderStuck") if fact["reason"] == "supervised"]


def test_supervision_that_is_not_met_is_told_once_to_whoever_supervises() -> None:
    connect()
    one = order()
    until_ = NOW + timedelta(hours=3)
    for words in ("请于三日内办结", "请今天办结"):
        services.supervise_order(order=one, words=words, answer_by=until_, actor=SYSTEM, now=NOW)
    assert Supervision.objects.filter(ended_at__isnull=True).count() == 1
    sweep(until_)
    sweep(until_ + timedelta(minutes=1))
    told = [fact for fact in facts("OrderStuck") if fact["reason"] == "supervised"]
    assert [fact["owner"] for fact in told] == [SYSTEM.reference]


class TestUrgingOverTheWire:
    pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("onething.exchange.tests.urls")]

    def test_a_departments_system_is_asked_to_hurry(self, town: Town) -> None:
        town.behave(department="police", silent=True)
        one = order()
        jobs.deliver(one.pk)
        urging = services.urge_order(order=one, words="请尽快办理", actor=SYSTEM, now=clock.now())
        fact = OrderUrged(
            order_id=one.pk, case_id=one.case_id, urging_id=urging.pk, department="police", organisation=""
        )
        jobs.send_urging(fact)
        jobs.send_urging(fact)
        assert Urging.objects.get().delivered_at is not None
        assert town.ledger["orders"][str(one.pk)]["urged"] == 1

    def test_what_did_not_arrive_is_named(self, town: Town) -> None:
        town.behave(department="police", silent=True)
        one = order(region=COUNTY)
        urging = services.urge_order(order=one, words="请尽快办理", actor=SYSTEM, now=clock.now())
        town.behave(department="police", down_for=60)
        fact = OrderUrged(
            order_id=one.pk, case_id=one.case_id, urging_id=urging.pk, department="police", organisation=""
        )
        jobs.send_urging(fact)
        assert (Urging.objects.get().delivered_at, Urging.objects.get().problem) == (None, "HTTP 503")


def test_an_order_that_nobody_can_be_given_begins_its_ladder_with_its_birth() -> None:
    one = order(department="nobody")
    assert rungs(one) == [(Rung.OVERDUE, f"supervisor:{COUNTY}", "not_connected")]
    sweep(NOW + CLIMB_AFTER)
    assert [rung for rung, _, _ in rungs(one)] == [Rung.OVERDUE, Rung.CITY]


def test_those_told_on_a_higher_rung_get_one_letter_each_without_a_name() -> None:
    connect()
    one = order()
    city = owner_above(COUNTY, one.owner, Rung.CITY).partition(":")[2]
    for name, address in (("boss.one", "one@city.example.org"), ("boss.two", "two@city.example.org"), ("boss.x", "")):
        account = identity.open_account(username=name, work_email=address, actor=SYSTEM, now=NOW)
        identity.give_post(
            account=account, role="supervisor", organisation=bureau(), region=city, valid_from=NOW, actor=SYSTEM,
            now=NOW,
        )  # fmt: skip
    assert one.tell_by is not None
    sweep(one.tell_by)
    sweep(one.tell_by + CLIMB_AFTER)
    for _ in range(2):
        escalating.write_letters(one.pk, now=NOW)
    letters = [letter for who in ("one", "two") for letter in outbox(channel="email", to=f"{who}@city.example.org")]
    assert len(letters) == 2
    assert all(one.case_number in letter.subject and str(one.pk) in letter.body for letter in letters)


def bureau() -> Organisation:
    found = Organisation.objects.filter(code="bureau").first()
    return found or organisation("bureau", department="bureau")
