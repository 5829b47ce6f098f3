"""A department that is down is left in peace, comes back by itself, and is not stormed; the others do not notice."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from onething.exchange import jobs, services
from onething.exchange.circuits import FIRST_REST, LONGEST_REST, TRIPS_AT, Standing, after_failure
from onething.exchange.delivery import LEASE, MAX_ATTEMPTS, Outcome, Verdict
from onething.exchange.models import Attempt, Circuit, Order, Traffic
from onething.exchange.tests.conftest import Town, until
from onething.exchange.tests.factories import NOW, connect, draft, load_regions, order, place
from onething.exchange.traffic import CLASSES, class_of, quantile
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry

DOWN = Outcome(verdict=Verdict.RETRY, words="ConnectError")
TAKEN = Outcome(verdict=Verdict.DELIVERED, status=202, receipt="R-1")
PATIENT = Outcome(verdict=Verdict.RETRY, status=429)


def fail(before: Standing, times: int, draw: float = 0.0) -> Standing:
    now = NOW
    for _ in range(times):
        now = max(now, before.open_until or now)
        before = after_failure(before, now=now, draw=draw)
    return before


@given(draw=st.floats(0, 1, exclude_max=True), times=st.integers(TRIPS_AT, 60))
def test_an_open_circuit_always_says_until_when_and_never_longer_than_two_minutes(draw: float, times: int) -> None:
    standing = fail(Standing(), times, draw)
    assert standing.open_until is not None
    last = fail(Standing(), times - 1, draw)
    begin = max(NOW, last.open_until or NOW)
    assert FIRST_REST / 2 <= standing.open_until - begin <= LONGEST_REST


def test_four_failures_are_bad_luck_and_five_an_outage() -> None:
    assert fail(Standing(), TRIPS_AT - 1).open_until is None
    assert fail(Standing(), TRIPS_AT).open_until == NOW + FIRST_REST


def test_a_call_that_began_before_it_opened_does_not_make_the_rest_longer() -> None:
    open_ = fail(Standing(), TRIPS_AT)
    assert after_failure(open_, now=NOW + timedelta(seconds=1), draw=0) == open_


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=200))
def test_the_quantile_is_bounded_from_above_within_a_factor_of_two(milliseconds: list[int]) -> None:
    counts = [0] * CLASSES
    for one in milliseconds:
        counts[class_of(timedelta(milliseconds=one))] += 1
    exact = sorted(milliseconds)[max(0, -(-len(milliseconds) * 95 // 100) - 1)]
    found = quantile(counts, 0.95)
    assert found is not None
    assert min(exact, 65_536) <= max(found.total_seconds() * 1000, 8)
    assert exact <= 8 or found.total_seconds() * 1000 <= max(2 * exact, 65_536)


# ---- over the database -----------------------------------------------------------------------------------------


@pytest.fixture
def police(db: None) -> Any:
    load_regions()
    return connect()


def attempt(one: Order, outcome: Outcome, at: Any) -> bool:
    delivery = services.claim_order(order_id=one.pk, actor=SYSTEM, now=at)
    if delivery is None:
        return False
    services.record_attempt(delivery=delivery, outcome=outcome, actor=SYSTEM, now=at)
    one.refresh_from_db()
    return True


def trip(at: Any = NOW) -> list[Order]:
    orders = place(*(draft() for _ in range(TRIPS_AT)))
    assert all(attempt(one, DOWN, at) for one in orders)
    return orders


def test_five_failures_open_it_and_an_order_then_waits_without_losing_a_try(police: Any) -> None:
    trip()
    circuit = Circuit.objects.get(port=police)
    assert circuit.state(NOW) == "open"
    waiting = order()
    assert not attempt(waiting, DOWN, NOW)
    waiting.refresh_from_db()
    assert (waiting.tries_left, waiting.attempts, waiting.next_attempt_at) == (MAX_ATTEMPTS, 0, circuit.open_until)
    assert services.send_due(actor=SYSTEM, now=NOW + timedelta(seconds=4)) == 0
    assert [entry.payload["failures"] for entry in Entry.objects.filter(kind="exchange.CircuitOpened")] == [TRIPS_AT]


def test_when_its_rest_is_over_one_call_tries_it_and_its_answer_closes_it(police: Any) -> None:
    trip()
    after = NOW + LONGEST_REST
    assert services.send_due(actor=SYSTEM, now=after) == 1
    chosen, *others = Order.objects.order_by("-next_attempt_at")
    first = services.claim_order(order_id=chosen.pk, actor=SYSTEM, now=after)
    assert first is not None
    assert services.claim_order(order_id=others[0].pk, actor=SYSTEM, now=after) is None
    services.record_attempt(delivery=first, outcome=TAKEN, actor=SYSTEM, now=after)
    assert Circuit.objects.get(port=police).state(after) == "closed"
    assert Entry.objects.filter(kind="exchange.CircuitClosed").count() == 1
    assert services.send_due(actor=SYSTEM, now=after + timedelta(seconds=3)) == TRIPS_AT - 1
    assert attempt(others[0], TAKEN, after + timedelta(seconds=3))


def test_a_trial_that_fails_opens_it_for_longer(police: Any) -> None:
    orders = trip()
    after = NOW + LONGEST_REST
    assert attempt(orders[0], DOWN, after)
    circuit = Circuit.objects.get(port=police)
    assert (circuit.failures, circuit.opened_at) == (TRIPS_AT + 1, NOW)
    assert circuit.open_until - after >= FIRST_REST


def test_a_worker_that_dies_in_the_trial_does_not_leave_it_open_for_ever(police: Any) -> None:
    orders = trip()
    after = NOW + LONGEST_REST
    assert services.claim_order(order_id=orders[0].pk, actor=SYSTEM, now=after) is not None  # and then silence
    assert services.claim_order(order_id=orders[1].pk, actor=SYSTEM, now=after + LEASE / 2) is None
    later = after + LEASE + timedelta(seconds=5)
    assert services.send_due(actor=SYSTEM, now=later) == 1
    assert any(attempt(one, TAKEN, later) for one in orders)
    assert Circuit.objects.get(port=police).state(later) == "closed"


def test_a_rest_that_a_wrong_clock_wrote_keeps_nobody_waiting(police: Any) -> None:
    """A worker whose clock is ten minutes ahead opens the circuit: by everybody else's it would rest for twelve."""
    trip(NOW + timedelta(minutes=10))
    waiting = order()
    assert Circuit.objects.get(port=police).state(NOW) == "half_open"
    assert attempt(waiting, TAKEN, NOW), "one call tries it by the right clock"
    assert Circuit.objects.get(port=police).state(NOW) == "closed"


def test_the_database_knows_no_circuit_that_is_open_without_end(police: Any) -> None:
    with pytest.raises(IntegrityError, match="exchange_circuit_closes"), transaction.atomic():
        Circuit.objects.filter(port=police).update(opened_at=NOW, open_until=None)


def test_a_department_that_asks_for_patience_is_not_down(police: Any) -> None:
    for one in place(*(draft() for _ in range(TRIPS_AT + 1))):
        assert attempt(one, PATIENT, NOW)
    assert Circuit.objects.get(port=police).failures == 0


def test_a_department_that_is_down_costs_the_others_nothing(police: Any) -> None:
    connect("banks")
    trip()
    place(*(draft() for _ in range(100)))
    later = NOW + LEASE
    Circuit.objects.filter(port=police).update(open_until=later + timedelta(minutes=1))
    other = order(department="banks")
    assert services.send_due(actor=SYSTEM, now=later) == 1
    assert Order.objects.get(next_attempt_at__gt=later).pk == other.pk


def test_one_that_comes_back_is_not_stormed(police: Any) -> None:
    place(*(draft() for _ in range(100)))
    assert services.send_due(actor=SYSTEM, now=NOW + LEASE, rows=32) == 32


def test_calls_beside_each_other_are_limited_and_an_order_that_has_to_wait_loses_no_try(police: Any) -> None:
    connect(at_once=2)
    orders = place(*(draft() for _ in range(3)))
    claims = [services.claim_order(order_id=one.pk, actor=SYSTEM, now=NOW) for one in orders]
    assert [claim is not None for claim in claims] == [True, True, False]
    orders[2].refresh_from_db()
    assert orders[2].tries_left == MAX_ATTEMPTS
    services.record_attempt(delivery=claims[0], outcome=TAKEN, actor=SYSTEM, now=NOW)
    assert services.claim_order(order_id=orders[2].pk, actor=SYSTEM, now=NOW) is not None


def test_orders_of_a_case_go_out_in_their_order(police: Any) -> None:
    first = draft()
    (one,) = place(first)
    services.place_orders(
        orders=[draft(first.person_id, case_id=first.case_id, matter="id-card")],
        actor=SYSTEM,
        now=NOW + timedelta(seconds=1),
    )
    two = Order.objects.get(matter="id-card")
    later = NOW + timedelta(seconds=2)
    assert services.claim_order(order_id=two.pk, actor=SYSTEM, now=later) is None
    assert attempt(one, TAKEN, later)
    assert attempt(two, TAKEN, later)


def test_calls_are_counted_by_five_minutes(police: Any) -> None:
    one, two = order(), order()
    attempt(one, TAKEN, NOW)
    attempt(two, DOWN, NOW)
    counted = Traffic.objects.get()
    assert (counted.calls, counted.failures, sum(counted.durations), len(counted.durations)) == (2, 1, 2, CLASSES)


# ---- over the wire ---------------------------------------------------------------------------------------------


def _deliver_all(orders: list[Order]) -> None:
    def run(mine: list[Order]) -> None:
        for one in mine:
            jobs.deliver(one.pk)
        connection.close()

    runners = [threading.Thread(target=run, args=(orders[number::6],)) for number in range(6)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("onething.exchange.tests.urls")
def test_many_workers_keep_to_a_departments_limit(town: Town) -> None:
    connect("police", "http", address=town.address("police"), at_once=2)
    held = timedelta(seconds=0.1)  # so long the department keeps each call; when it was let in is not written down
    town.behave(department="police", slow=held.total_seconds(), silent=True)
    _deliver_all(place(*(draft() for _ in range(12))))
    ends = Attempt.objects.filter(finished_at__isnull=False).values_list("finished_at", flat=True)
    calls = [(end - held, end) for end in ends]
    most = max(sum(1 for begin, end in calls if begin <= moment < end) for moment, _ in calls)
    assert len(calls) >= 2
    assert most <= 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("onething.exchange.tests.urls")
def test_down_for_a_while_and_drained_by_the_sweeps_alone(town: Town) -> None:
    town.kill()
    orders = place(*(draft() for _ in range(TRIPS_AT + 3)))
    for one in orders:
        jobs.deliver(one.pk)
    assert Circuit.objects.get(port__code="police").opened_at is not None
    assert Counter(Attempt.objects.values_list("outcome", flat=True)) == {"retry": TRIPS_AT}
    town.start()
    sent = {"waiting": 0}

    def pass_time() -> None:
        """An hour and more passes: rests end, waits end; nothing else is done to the orders."""
        Circuit.objects.filter(open_until__isnull=False).update(open_until=clock.now())
        Order.objects.filter(state="waiting").update(next_attempt_at=clock.now())
        jobs.sweep_due()
        for one in Order.objects.filter(state="waiting"):
            jobs.deliver(one.pk)
        sent["waiting"] = Order.objects.filter(state="waiting").count()

    until(lambda: Order.objects.filter(state="answered").count() == len(orders), pass_time)
    assert Circuit.objects.get(port__code="police").state(clock.now()) == "closed"
    until(lambda: town.ledger["executed"] == len(orders))
