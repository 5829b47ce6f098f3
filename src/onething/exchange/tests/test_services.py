"""Orders out, replies in, over a real database."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from onething.exchange import queries, services
from onething.exchange.delivery import LEASE, MAX_ATTEMPTS, Outcome, Verdict
from onething.exchange.errors import (
    AddressNotAllowed,
    ConnectorUnknown,
    OrderAlreadyAnswered,
    OrderNotFound,
    WordsMissing,
)
from onething.exchange.models import Attempt, Order, Reply
from onething.exchange.tests.factories import (
    COUNTY,
    DUE,
    NEIGHBOUR,
    NOW,
    PROVINCE,
    answer,
    clerk,
    connect,
    draft,
    load_regions,
    order,
    place,
    supervisor,
)  # fmt: skip
from onething.kernel.access import NOBODY, SYSTEM
from onething.kernel.errors import Denied
from onething.kernel.signing import KeyMalformed
from onething.plumbing.journal.models import Entry
from onething.registry.tests.factories import person

pytestmark = pytest.mark.django_db

DELIVERED = Outcome(verdict=Verdict.DELIVERED, status=202, receipt="R-1")
BUSY = Outcome(verdict=Verdict.RETRY, status=503, words="busy")
WRONG = Outcome(verdict=Verdict.FINAL, status=400, words="bad request")


@pytest.fixture(autouse=True)
def _place() -> None:
    load_regions()


def facts(kind: str) -> list[dict[str, object]]:
    return [entry.payload for entry in Entry.objects.filter(kind=f"exchange.{kind}").order_by("id")]


def attempt(one: Order, outcome: Outcome, at=NOW) -> None:
    delivery = services.claim_order(order_id=one.pk, actor=SYSTEM, now=at)
    assert delivery is not None
    services.record_attempt(delivery=delivery, outcome=outcome, actor=SYSTEM, now=at)
    one.refresh_from_db()


# ---- placing ---------------------------------------------------------------------------------------------------


def test_an_order_waits_sealed_and_a_fact_is_published() -> None:
    connect()
    one = order()
    assert (one.state, one.organisation, one.due, one.owner) == (
        "waiting",
        "police-desk",
        DUE,
        f"supervisor:{PROVINCE}",
    )
    assert one.payload == {
        "fields": {"address": "柳湾村 7 号"},
        "materials": [{"id": "photo", "title": "照片", "digests": ["ab" * 32]}],
        "labels": {"address": "地址"},
    }
    assert "柳湾村".encode() not in bytes(one.sealed)
    assert facts("OrderPlaced") == [
        {"order_id": str(one.pk), "case_id": str(one.case_id), "department": "police", "round": 1, "travels": True}
    ]


def test_an_order_for_a_desk_lies_there_at_once_and_no_job_has_to_send_it() -> None:
    connect(connector="desk")
    one = order()
    assert (one.state, one.sent_at, one.receipt, one.next_attempt_at) == ("sent", NOW, "desk", None)
    assert [fact["travels"] for fact in facts("OrderPlaced")] == [False]
    assert jobs("exchange.jobs.send_order") == 0
    order(department="banks", person_id=one.person_id)
    connect("banks")
    order(department="banks", person_id=one.person_id)
    assert jobs("exchange.jobs.send_order") == 1


def jobs(task: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=task).count()


def test_thirteen_orders_need_no_more_statements_than_one() -> None:
    connect()
    someone = person().pk
    counts = []
    for number in (1, 13):
        drafts = [draft(someone) for _ in range(number)]
        with CaptureQueriesContext(connection) as seen:
            services.place_orders(orders=drafts, actor=SYSTEM, now=NOW)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6
    assert len(facts("OrderPlaced")) == 14


def test_placing_twice_is_placing_once() -> None:
    connect()
    wish = draft()
    place(wish)
    place(wish)
    assert Order.objects.count() == len(facts("OrderPlaced")) == 1


def test_the_nearest_connection_upwards_is_used() -> None:
    connect(region=PROVINCE)
    near = connect(region=COUNTY, organisation="county-police")
    assert order(region=COUNTY).port == near
    assert order(region=NEIGHBOUR).port != near


def test_a_department_that_is_not_connected_is_never_silent() -> None:
    one = order(department="banks")
    assert (one.state, one.told_at, one.tell_by) == ("dead", NOW, NOW)
    assert [stuck["reason"] for stuck in facts("OrderStuck")] == ["not_connected"]
    connect("banks")
    services.retry_order(order=one, actor=supervisor(), now=NOW)
    one.refresh_from_db()
    assert (one.state, one.organisation) == ("waiting", "banks-desk")


def test_a_connection_needs_a_connector_and_a_safe_address() -> None:
    with pytest.raises(ConnectorUnknown):
        connect(connector="pigeon")
    with pytest.raises(AddressNotAllowed):
        connect(connector="http", address="http://gat.example.gov.cn/")
    with pytest.raises(KeyMalformed):
        connect(public_key="whpk_half")
    with pytest.raises(Denied):
        connect(actor=clerk())


# ---- sending ---------------------------------------------------------------------------------------------------


def test_a_claim_belongs_to_one_until_its_lease_is_over() -> None:
    connect()
    one = order()
    first = services.claim_order(order_id=one.pk, actor=SYSTEM, now=NOW)
    assert first is not None
    assert services.claim_order(order_id=one.pk, actor=SYSTEM, now=NOW) is None
    later = NOW + LEASE + timedelta(seconds=1)
    second = services.claim_order(order_id=one.pk, actor=SYSTEM, now=later)
    assert second is not None
    assert second.envelope.to_bytes() == first.envelope.to_bytes()
    services.record_attempt(delivery=first, outcome=WRONG, actor=SYSTEM, now=later)  # the dead worker was only slow
    one.refresh_from_db()
    assert one.state == "waiting"
    assert list(Attempt.objects.order_by("number").values_list("number", "outcome")) == [(1, "final"), (2, "open")]


def test_a_receipt_makes_it_sent_and_silence_sends_it_again_with_the_same_id() -> None:
    connect("police", "http", address="https://gat.example.gov.cn/orders", repeat_after=timedelta(minutes=10))
    one = order()
    attempt(one, DELIVERED)
    assert (one.state, one.receipt, one.sent_at) == ("sent", "R-1", NOW)
    assert services.send_due(actor=SYSTEM, now=NOW + timedelta(minutes=9)) == 0
    assert services.send_due(actor=SYSTEM, now=NOW + timedelta(minutes=10)) == 1
    one.refresh_from_db()
    before = one.event_id
    attempt(one, DELIVERED, NOW + timedelta(minutes=10))
    assert (one.event_id, one.attempts) == (before, 2)


def test_failures_are_tried_again_and_in_the_end_somebody_is_told() -> None:
    connect()
    one, at = order(), NOW
    for number in range(1, MAX_ATTEMPTS + 1):
        attempt(one, BUSY, at)
        assert one.attempts == number
        at = one.next_attempt_at or at
        services.send_due(actor=SYSTEM, now=at)
    one.refresh_from_db()
    assert (one.state, one.told_at is not None) == ("dead", True)
    assert [stuck["reason"] for stuck in facts("OrderStuck")] == ["unreachable"]
    assert services.claim_order(order_id=one.pk, actor=SYSTEM, now=at) is None


def test_a_department_may_ask_for_time() -> None:
    connect()
    one = order()
    attempt(one, Outcome(verdict=Verdict.RETRY, status=503, wait=timedelta(seconds=77)))
    assert one.next_attempt_at == NOW + timedelta(seconds=77)


def test_a_final_no_is_told_at_once() -> None:
    connect()
    one = order()
    attempt(one, WRONG)
    assert (one.state, [stuck["reason"] for stuck in facts("OrderStuck")]) == ("dead", ["refused"])


def test_an_order_whose_job_was_lost_is_found() -> None:
    connect()
    order()
    assert services.send_due(actor=SYSTEM, now=NOW + LEASE) == 1
    assert services.send_due(actor=SYSTEM, now=NOW + LEASE) == 0
    assert len(facts("OrderDue")) == 1


def test_silence_is_told_once() -> None:
    connect(tell_after=timedelta(hours=24))
    one = order()
    attempt(one, DELIVERED)
    assert services.tell_owners(actor=SYSTEM, now=NOW + timedelta(hours=23)) == 0
    assert services.tell_owners(actor=SYSTEM, now=NOW + timedelta(hours=24)) == 1
    assert services.tell_owners(actor=SYSTEM, now=NOW + timedelta(hours=25)) == 0
    assert facts("OrderStuck")[0]["owner"] == f"supervisor:{PROVINCE}"
    assert list(queries.stuck_orders(supervisor())) == [one]


def test_accepted_and_then_nothing_is_told_after_the_due_day() -> None:
    connect()
    one = order()
    answer(one, "accepted")
    assert one.tell_by is not None
    assert one.tell_by.isoformat() == "2026-10-15T16:00:00+00:00"  # midnight in Beijing after the due day
    assert services.tell_owners(actor=SYSTEM, now=one.tell_by) == 1


@pytest.mark.parametrize("state", ["waiting", "sent", "acknowledged", "dead"])
def test_the_database_itself_knows_no_silence(state: str) -> None:
    connect()
    one = order()
    known = {"state": state, "told_at": NOW, "next_attempt_at": NOW}
    for silent in ({"owner": ""}, {"tell_by": None}):
        with pytest.raises(IntegrityError, match="somebody_is_told"), transaction.atomic():
            Order.objects.filter(pk=one.pk).update(**known | silent)


# ---- replies ---------------------------------------------------------------------------------------------------


def test_accepted_then_approved() -> None:
    connect()
    one = order()
    assert answer(one, "accepted") == "applied"
    assert (one.state, one.acknowledged_at) == ("acknowledged", NOW)
    assert answer(one, "approved") == "applied"
    assert (one.state, one.answered_at) == ("answered", NOW)
    assert [heard["reply_kind"] for heard in facts("ReplyReceived")] == ["accepted", "approved"]
    reply = queries.reply(Reply.objects.get(kind="approved").pk)
    assert (reply.kind, reply.result, reply.task_id) == ("approved", {"number": "H-1"}, one.task_id)


def test_an_answer_may_come_before_the_receipt_is_recorded() -> None:
    connect()
    one = order()
    delivery = services.claim_order(order_id=one.pk, actor=SYSTEM, now=NOW)
    assert delivery is not None
    assert answer(one, "approved") == "applied"
    services.record_attempt(delivery=delivery, outcome=BUSY, actor=SYSTEM, now=NOW)
    one.refresh_from_db()
    assert one.state == "answered"


def test_the_same_message_twice_is_one_reply() -> None:
    connect()
    one = order()
    assert answer(one, "approved", "m1") == answer(one, "approved", "m1") == "applied"
    assert Reply.objects.get().deliveries == 2
    assert len(facts("ReplyReceived")) == 1


def test_the_same_words_under_a_new_id_are_repeated() -> None:
    connect()
    one = order()
    answer(one, "approved")
    assert answer(one, "approved") == "repeated"
    assert len(facts("ReplyReceived")) == 1


def test_accepted_after_approved_is_late() -> None:
    connect()
    one = order()
    answer(one, "approved")
    assert answer(one, "accepted") == "late"
    assert one.state == "answered"


def test_another_answer_after_the_answer_changes_nothing_and_is_told() -> None:
    connect()
    one = order()
    answer(one, "approved")
    assert answer(one, "refused") == "contradicts"
    assert one.state == "answered"
    assert [doubt["owner"] for doubt in facts("ReplyContradicted")] == [f"supervisor:{PROVINCE}"]


def test_a_reply_to_a_cancelled_order_is_kept() -> None:
    connect()
    one = order()
    assert services.cancel_orders(task_ids=[one.task_id], actor=SYSTEM, now=NOW) == 1
    assert services.cancel_orders(task_ids=[one.task_id], actor=SYSTEM, now=NOW) == 0
    assert answer(one, "approved") == "closed"
    assert (one.state, Reply.objects.count(), len(facts("OrderCancelled"))) == ("cancelled", 1, 1)


def test_returned_corrected_and_answered_in_the_second_round() -> None:
    connect()
    wish = draft()
    (one,) = place(wish)
    attempt(one, DELIVERED)
    assert answer(one, "returned") == "applied"
    words = queries.reply(Reply.objects.get().pk)
    assert (words.materials, words.fields, words.message) == (("photo",), (), "照片不清")
    again = draft(
        wish.person_id, task_id=wish.task_id, case_id=wish.case_id, round=2, fields={"address": "柳湾村 8 号"}
    )
    place(again)
    place(again)
    one.refresh_from_db()
    assert (one.state, one.round, one.tries_left, one.attempts) == ("waiting", 2, MAX_ATTEMPTS, 1)
    assert Order.objects.get().payload["fields"] == {"address": "柳湾村 8 号"}
    assert one.event_id.endswith("-2")
    assert len(facts("OrderPlaced")) == 2
    assert answer(one, "approved", round=1) == "late"
    assert answer(one, "approved", round=2) == "applied"


def test_a_dead_order_that_is_answered_after_all_counts() -> None:
    connect()
    one = order()
    attempt(one, WRONG)
    assert answer(one, "approved") == "applied"


def test_a_refusal_needs_reason_and_remedy_and_a_return_something_to_correct() -> None:
    connect()
    one = order()
    for kind, words in (("refused", {"remedy": ""}), ("refused", {"reason": ""}), ("returned", {"correction": {}})):
        with pytest.raises(WordsMissing):
            answer(one, kind, **words)
    assert Reply.objects.count() == 0


def test_words_of_a_reply_lie_sealed() -> None:
    connect()
    one = order()
    answer(one, "refused")
    assert "材料不符".encode() not in bytes(Reply.objects.get().sealed)
    assert queries.replies_to(one)[0].reason == "材料不符"


def test_a_reply_to_nothing_is_refused() -> None:
    connect()
    one = order()
    with pytest.raises(OrderNotFound):
        services.receive_reply(order_id=uuid4(), message_id="m", kind="accepted", actor=SYSTEM, now=NOW)
    with pytest.raises(OrderNotFound):
        services.receive_reply(
            order_id=one.pk, message_id="m", kind="accepted", actor=SYSTEM, now=NOW, port_id=connect("banks").pk
        )


def test_a_reply_needs_few_statements() -> None:
    connect()
    one = order()
    with CaptureQueriesContext(connection) as seen:
        answer(one, "approved")
    assert len(seen) <= 7  # savepoint, find, key, record, journal, release; and this test's own look


# ---- who sees what ---------------------------------------------------------------------------------------------


def test_a_desk_sees_its_own_orders_a_supervisor_the_regions_others_none() -> None:
    connect()
    connect("banks")
    mine, other = order(), order(department="banks", region=NEIGHBOUR)
    assert list(Order.objects.visible_to(clerk())) == [mine]
    assert list(Order.objects.visible_to(clerk("banks-desk"))) == [other]
    assert list(Order.objects.visible_to(supervisor(COUNTY))) == [mine]
    assert set(Order.objects.visible_to(supervisor(PROVINCE))) == {mine, other}
    assert not Order.objects.visible_to(NOBODY).exists()
    with pytest.raises(OrderNotFound):
        queries.order_for(clerk("banks-desk"), mine.pk)


def test_a_desk_answers_and_a_double_click_counts_once() -> None:
    connect()
    one, token = order(), uuid4()
    for _ in range(2):
        services.answer_order(order=one, kind="approved", token=token, result={"number": "1"}, actor=clerk(), now=NOW)
    assert Reply.objects.count() == 1
    with pytest.raises(OrderAlreadyAnswered):
        services.answer_order(order=one, kind="refused", token=uuid4(), reason="a", remedy="b", actor=clerk(), now=NOW)
    with pytest.raises(OrderNotFound):
        services.answer_order(order=one, kind="accepted", token=uuid4(), actor=clerk("banks-desk"), now=NOW)
