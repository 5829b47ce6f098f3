"""What is sent after an order: over the wire once, never before the order, and told if it cannot be delivered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from onething.exchange import queries, services
from onething.exchange.delivery import (
    AMENDMENT_TYPE,
    MAX_ATTEMPTS,
    WITHDRAWAL_TYPE,
    Delivery,
    MaterialSent,
    Outcome,
    Verdict,
)
from onething.exchange.errors import OrderNotFound
from onething.exchange.models import Amendment, Order
from onething.exchange.tests.factories import NOW, answer, clerk, connect, load_regions, order
from onething.kernel.access import SYSTEM
from onething.plumbing.journal.models import Entry

pytestmark = pytest.mark.django_db

PAPER = MaterialSent(id="certificate", title="退出现役证", digests=("cd" * 32,))
MISSED = MaterialSent(id="certificate", title="退出现役证", follows_by=date(2026, 10, 9), missed=True)
SOON = NOW + timedelta(minutes=2)
TAKEN = Outcome(verdict=Verdict.DELIVERED, status=202, receipt="R-1")
SILENT = Outcome(verdict=Verdict.RETRY, status=503)


@pytest.fixture(autouse=True)
def regions() -> None:
    load_regions()


def amend(order: Order, paper: MaterialSent = PAPER, at=NOW) -> int:
    return services.amend_orders(task_ids=[order.task_id], paper=paper, actor=SYSTEM, now=at)


def sent(order: Order) -> Order:
    """Hand the order itself over."""
    delivery = services.claim_order(order_id=order.pk, actor=SYSTEM, now=NOW)
    services.record_attempt(delivery=delivery, outcome=TAKEN, actor=SYSTEM, now=NOW)
    return order


def claim(amendment: Amendment, at=NOW) -> Delivery | None:
    return services.claim_amendment(amendment_id=amendment.pk, actor=SYSTEM, now=at)


def record(amendment: Amendment, delivery: Delivery, outcome: Outcome, at=NOW) -> Amendment:
    services.record_amendment(amendment_id=amendment.pk, delivery=delivery, outcome=outcome, actor=SYSTEM, now=at)
    amendment.refresh_from_db()
    return amendment


def facts(kind: str) -> int:
    return Entry.objects.filter(kind=f"exchange.{kind}").count()


def test_an_amendment_has_the_shape_of_an_order_and_changes_nothing_about_it() -> None:
    connect()
    asked = sent(order())
    before = Order.objects.values("state", "round", "due", "tell_by", "attempts").get(pk=asked.pk)
    amend(asked)
    amendment = Amendment.objects.get()
    delivery = claim(amendment)
    assert delivery is not None
    envelope = delivery.envelope
    assert (envelope.type, envelope.id, envelope.subject) == (AMENDMENT_TYPE, f"{asked.pk}-a1", str(asked.pk))
    assert envelope.data["materials"] == [{"id": "certificate", "title": "退出现役证", "digests": ["cd" * 32]}]
    assert (envelope.data["round"], envelope.data["amendment"], envelope.data["fields"]) == (1, 1, {})
    assert record(amendment, delivery, TAKEN).state == "sent"
    assert Order.objects.values("state", "round", "due", "tell_by", "attempts").get(pk=asked.pk) == before


def test_the_same_is_sent_once_and_something_else_after_it() -> None:
    connect()
    asked = sent(order())
    assert [amend(asked), amend(asked), amend(asked, MISSED)] == [1, 0, 1]
    assert [paper.get("missed") for paper in queries.papers_after(asked)] == [None, True]
    first = Amendment.objects.get(number=1)
    record(first, claim(first), TAKEN)
    assert claim(first) is None


def test_it_never_comes_before_the_order_itself() -> None:
    connect()
    asked = order()
    amend(asked)
    amendment = Amendment.objects.get()
    assert claim(amendment) is None
    assert services.send_amendments(actor=SYSTEM, now=SOON) == 0
    sent(asked)
    assert services.send_amendments(actor=SYSTEM, now=SOON) == 1
    assert claim(amendment, SOON) is not None


def test_two_workers_do_not_send_it_twice() -> None:
    connect()
    amend(sent(order()))
    amendment = Amendment.objects.get()
    assert claim(amendment) is not None
    assert claim(amendment) is None


def test_a_department_that_cannot_take_it_is_tried_again_and_then_somebody_is_told_once() -> None:
    connect()
    amend(sent(order()))
    amendment, at = Amendment.objects.get(), NOW
    for _ in range(MAX_ATTEMPTS):
        amendment = record(amendment, claim(amendment, at), SILENT, at)
        at += timedelta(hours=2)
    assert (amendment.state, facts("AmendmentLost")) == ("dead", 1)
    assert claim(amendment, at) is None
    assert services.send_amendments(actor=SYSTEM, now=at) == 0


def test_a_decided_order_gets_it_a_returned_or_cancelled_one_does_not() -> None:
    connect()
    decided, returned, cancelled = sent(order()), sent(order()), sent(order())
    answer(decided, "approved", result={"number": "1"})
    answer(returned, "returned", message="看不清", correction={"materials": ["photo"]})
    assert amend(cancelled) == 1
    services.cancel_orders(task_ids=[cancelled.task_id], actor=SYSTEM, now=NOW)
    assert [amend(decided), amend(returned)] == [1, 0]
    services.send_amendments(actor=SYSTEM, now=SOON)
    assert {a.order_id: a.state for a in Amendment.objects.all()} == {decided.pk: "waiting", cancelled.pk: "cancelled"}


def test_an_order_on_a_desk_has_it_at_once() -> None:
    connect(connector="desk")
    asked = order()
    amend(asked)
    assert Amendment.objects.get().state == "sent"
    assert [paper["digests"] for paper in queries.papers_after(asked)] == [["cd" * 32]]


# ---- no longer wanted


def cancel(*orders: Order) -> None:
    services.cancel_orders(task_ids=[one.task_id for one in orders], actor=SYSTEM, now=NOW)


def test_a_department_that_may_have_the_order_is_told_that_it_is_no_longer_wanted() -> None:
    connect()
    known, on_its_way, never_sent = sent(order()), order(), order()
    services.claim_order(order_id=on_its_way.pk, actor=SYSTEM, now=NOW)  # the call is under way
    cancel(known, on_its_way, never_sent)
    assert set(Amendment.objects.values_list("order_id", "kind")) == {
        (known.pk, "withdrawal"), (on_its_way.pk, "withdrawal"),
    }  # fmt: skip
    withdrawal = Amendment.objects.get(order=known)
    delivery = claim(withdrawal)
    assert delivery is not None
    envelope = delivery.envelope
    assert (envelope.type, envelope.id, envelope.subject) == (WITHDRAWAL_TYPE, f"{known.pk}-w", str(known.pk))
    assert (envelope.data["order"], envelope.data["fields"], envelope.data["materials"]) == (str(known.pk), {}, [])
    done = record(withdrawal, delivery, TAKEN)
    assert (done.state, done.receipt, done.acknowledged_at, facts("WithdrawalAcknowledged")) == ("sent", "R-1", NOW, 1)


def test_a_withdrawal_is_said_once_also_of_an_order_that_was_given_back() -> None:
    connect()
    returned = sent(order())
    answer(returned, "returned", message="看不清", correction={"materials": ["photo"]})
    cancel(returned)
    cancel(returned)
    assert Amendment.objects.get().kind == "withdrawal"


def test_a_reply_that_crosses_with_a_withdrawal_is_kept_and_changes_nothing() -> None:
    connect()
    asked = sent(order())
    cancel(asked)
    assert [answer(asked, "approved", "m-1"), answer(asked, "approved", "m-1")] == ["closed", "closed"]
    asked.refresh_from_db()
    assert (asked.state, asked.replies.get().deliveries, facts("ReplyReceived")) == ("cancelled", 2, 0)
    assert claim(Amendment.objects.get()) is not None


def test_a_withdrawal_that_cannot_be_delivered_is_tried_again_and_then_somebody_is_told_once() -> None:
    connect()
    cancel(sent(order()))
    withdrawal, at = Amendment.objects.get(), NOW
    for _ in range(MAX_ATTEMPTS):
        assert withdrawal.state == "waiting"
        withdrawal = record(withdrawal, claim(withdrawal, at), SILENT, at)
        at += timedelta(hours=2)
    assert (withdrawal.state, withdrawal.acknowledged_at, facts("AmendmentLost")) == ("dead", None, 1)


def test_papers_wait_no_longer_but_the_withdrawal_goes_out_with_the_sweep() -> None:
    connect()
    asked = sent(order())
    amend(asked)
    cancel(asked)
    assert services.send_amendments(actor=SYSTEM, now=SOON) == 1
    assert dict(Amendment.objects.values_list("kind", "state")) == {"paper": "cancelled", "withdrawal": "waiting"}


def test_a_desk_sees_what_is_no_longer_wanted_until_an_officer_notes_it() -> None:
    connect(connector="desk")
    asked = order()
    cancel(asked)
    assert list(queries.withdrawn_orders(clerk())) == [asked]
    assert queries.withdrawn_orders(clerk()).count() == 1
    assert not queries.withdrawn_orders(clerk("banks-desk")).exists()
    with pytest.raises(OrderNotFound):
        services.note_withdrawal(order=asked, actor=clerk("banks-desk"), now=NOW)
    for _ in range(2):
        services.note_withdrawal(order=asked, actor=clerk(), now=NOW)
    assert not queries.withdrawn_orders(clerk()).exists()
    assert facts("WithdrawalAcknowledged") == 1
