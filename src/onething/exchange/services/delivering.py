"""Orders out, second half: claim, record, and what happens when a department is silent."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from onething.exchange import policy, queries
from onething.exchange.delivery import (
    LEASE,
    MAX_ATTEMPTS,
    Delivery,
    Outcome,
    Verdict,
    next_wait,
    order_envelope,
)
from onething.exchange.errors import OrderAlreadyAnswered, OrderNotFound
from onething.exchange.events import (
    OrderDue,
    OrderSent,
    OrderStuck,
)
from onething.exchange.models import Attempt, Order
from onething.exchange.states import OPEN, State
from onething.kernel.access import Actor
from onething.plumbing.journal import publish, writes

SWEEP_ROWS = 500


@writes
def claim_order(*, order_id: UUID, actor: Actor, now: datetime) -> Delivery | None:
    """
    Claim a waiting order for one attempt; None if it is claimed, sent or settled already.

    Two workers that claim at once: the row decides, one of them gets None. The attempt is written before the call.
    """
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - LEASE)
    claimed = Order.objects.filter(free, pk=order_id, state=State.WAITING, tries_left__gt=0).update(
        claimed_at=now, attempts=F("attempts") + 1, tries_left=F("tries_left") - 1, next_attempt_at=now + LEASE
    )
    if not claimed:
        return None
    order = Order.objects.select_related("port").get(pk=order_id)
    Attempt.objects.create(order=order, round=order.round, number=order.attempts, started_at=now)
    return _delivery(order)


def _delivery(order: Order) -> Delivery:
    if order.port is None:
        raise OrderNotFound
    envelope = order_envelope(
        event_id=order.event_id, placed_at=order.created_at, order_id=order.pk, round=order.round,
        case_number=order.case_number, matter=order.matter, title=order.title, due=order.due,
        fields=order.payload["fields"], materials=order.payload["materials"],
    )  # fmt: skip
    return Delivery(
        order_id=order.pk, round=order.round, number=order.attempts, connector=order.port.connector,
        address=order.port.address, envelope=envelope, keyring=queries.keyring_of(order.port),
    )  # fmt: skip


@writes
def record_attempt(*, delivery: Delivery, outcome: Outcome, actor: Actor, now: datetime) -> None:
    """
    Record what came of a claimed attempt: sent, to be tried again later, or dead and its owner told.

    An order that was answered or cancelled in the meantime keeps its state; the attempt is noted all the same.
    """
    Attempt.objects.filter(order=delivery.order_id, number=delivery.number).update(
        finished_at=now, outcome=outcome.verdict, status=outcome.status, words=outcome.words[:200]
    )
    order = Order.objects.select_for_update().get(pk=delivery.order_id)
    if order.state != State.WAITING or (order.round, order.attempts) != (delivery.round, delivery.number):
        return
    if outcome.verdict is Verdict.DELIVERED:
        _mark_sent(order, outcome.receipt, actor, now)
    elif outcome.verdict is Verdict.RETRY and order.tries_left:
        wait = outcome.wait or next_wait(MAX_ATTEMPTS - order.tries_left, random.random())  # noqa: S311  # spreads load, no secret
        _change(order, claimed_at=None, next_attempt_at=now + wait)
    else:
        _bury(order, "refused" if outcome.verdict is Verdict.FINAL else "unreachable", actor, now)


def _mark_sent(order: Order, receipt: str, actor: Actor, now: datetime) -> None:
    repeat = order.port.repeat_after if order.port else None
    again = now + repeat if repeat else None
    _change(order, state=State.SENT, receipt=receipt[:200], sent_at=now, claimed_at=None, next_attempt_at=again)
    publish(OrderSent(order_id=order.pk, case_id=order.case_id, department=order.department), actor=actor, at=now)


def _bury(order: Order, reason: str, actor: Actor, now: datetime) -> None:
    _change(order, state=State.DEAD, claimed_at=None, next_attempt_at=None, tell_by=now, told_at=now)
    stuck = OrderStuck(
        order_id=order.pk, case_id=order.case_id, task_id=order.task_id, department=order.department,
        owner=order.owner, reason=reason,
    )  # fmt: skip
    publish(stuck, actor=actor, at=now)


def _change(order: Order, **values: Any) -> None:
    for name, value in values.items():
        setattr(order, name, value)
    order.save(update_fields=list(values))


_DUE = """
UPDATE exchange_order SET state = 'waiting', claimed_at = NULL, next_attempt_at = %(again)s
WHERE id IN (SELECT id FROM exchange_order
             WHERE state IN ('waiting', 'sent') AND next_attempt_at <= %(now)s
             ORDER BY next_attempt_at LIMIT %(rows)s FOR UPDATE SKIP LOCKED)
  AND tries_left > 0
RETURNING id, case_id, department
"""


@writes
def send_due(*, actor: Actor, now: datetime) -> int:
    """
    Set going again what is due: failed attempts, claims of workers that died, orders met with silence.

    Orders that used up their attempts become dead and their owners are told. Gives how many were touched.
    """
    exhausted = Order.objects.select_for_update(skip_locked=True).filter(
        state__in=[State.WAITING, State.SENT], next_attempt_at__lte=now, tries_left=0
    )[:SWEEP_ROWS]
    for order in exhausted:
        _bury(order, "silent" if order.state == State.SENT else "unreachable", actor, now)
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"now": now, "again": now + LEASE, "rows": SWEEP_ROWS})
        due = cursor.fetchall()
    for order_id, case_id, department in due:
        publish(OrderDue(order_id=order_id, case_id=case_id, department=department), actor=actor, at=now)
    return len(due) + len(exhausted)


_TELL = """
UPDATE exchange_order SET told_at = %(now)s
WHERE id IN (SELECT id FROM exchange_order WHERE state = ANY(%(open)s) AND told_at IS NULL AND tell_by <= %(now)s
             ORDER BY tell_by LIMIT %(rows)s FOR UPDATE SKIP LOCKED)
RETURNING id, case_id, task_id, department, owner
"""


@writes
def tell_owners(*, actor: Actor, now: datetime) -> int:
    """Tell the owners of open orders whose department was silent for too long, once. Gives how many were told."""
    with connection.cursor() as cursor:
        cursor.execute(_TELL, {"now": now, "open": [*map(str, OPEN)], "rows": SWEEP_ROWS})
        silent = cursor.fetchall()
    for order_id, case_id, task_id, department, owner in silent:
        stuck = OrderStuck(
            order_id=order_id, case_id=case_id, task_id=task_id, department=department, owner=owner, reason="silent"
        )
        publish(stuck, actor=actor, at=now)
    return len(silent)


@writes
def retry_order(*, order: Order, actor: Actor, now: datetime) -> None:
    """
    Send an open order again from the start, by hand; the department knows it by the same message id.

    Refuses OrderAlreadyAnswered.
    """
    policy.require(actor, policy.RETRY_ORDER)
    port = queries.nearest_departments([(order.department, order.region)]).get((order.department, order.region))
    if port is None:
        raise OrderNotFound
    sent = Order.objects.filter(pk=order.pk, state__in=OPEN).update(
        state=State.WAITING, port=port, organisation=port.organisation, owner=port.owner, tries_left=MAX_ATTEMPTS,
        claimed_at=None, next_attempt_at=now + LEASE, tell_by=now + port.tell_after, told_at=None,
    )  # fmt: skip
    if not sent:
        raise OrderAlreadyAnswered
    publish(OrderDue(order_id=order.pk, case_id=order.case_id, department=order.department), actor=actor, at=now)
