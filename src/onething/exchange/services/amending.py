"""
After an order is out: what is said to its department later, exactly once.

A paper that comes later, and the order's clock runs on; or that the order is no longer wanted.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from onething.exchange import connectors, policy, queries
from onething.exchange.circuits import LONGEST_REST
from onething.exchange.delivery import (
    LEASE,
    MAX_ATTEMPTS,
    Delivery,
    MaterialSent,
    Outcome,
    Verdict,
    amendment_envelope,
    next_wait,
    withdrawal_envelope,
)
from onething.exchange.events import AmendmentDue, AmendmentLost, OrderAmended, WithdrawalAcknowledged
from onething.exchange.models import SEALED_AS, Amendment, Circuit, Department, Order
from onething.exchange.states import AmendmentKind, State
from onething.kernel.access import Actor
from onething.kernel.envelopes import Envelope
from onething.plumbing.journal import publish, writes
from onething.registry import sealing

OUT = (State.WAITING, State.SENT, State.ACKNOWLEDGED, State.DEAD, State.ANSWERED)
"""Orders that were written without the paper. One that was returned goes out again as a whole, with all papers."""

KNOWN = (State.SENT, State.ACKNOWLEDGED, State.ANSWERED, State.RETURNED)
"""A department can do something with a later paper only when it has the order."""

SWEEP_ROWS = 100


@writes
def amend_orders(*, task_ids: Sequence[UUID], paper: MaterialSent, actor: Actor, now: datetime) -> int:
    """
    Send a paper, or that it did not come, after the orders of tasks that are out. Gives how many; again gives none.

    State, round and term of the orders stay as they are. Tasks without an order are left alone.
    """
    orders = Order.objects.select_for_update(of=("self",)).select_related("port").defer("sealed")
    found = list(orders.filter(task_id__in=task_ids, state__in=OUT).order_by("pk"))
    keys = sealing.keys_of({order.person_id for order in found})  # of somebody forgotten nothing more is sent
    return sum(_amend(order, paper, actor, now) for order in found if order.person_id in keys)


def _amend(order: Order, paper: MaterialSent, actor: Actor, now: datetime) -> bool:
    said = paper.payload
    sealed = sealing.seal(order.person_id, said, field=SEALED_AS)
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return _say_after(order, AmendmentKind.PAPER, text, sealed, actor, now)


def withdraw_order(order: Order, actor: Actor, now: datetime) -> bool:
    """
    Tell a department that an order which may have reached it is no longer wanted; False if it never went out.

    Part of cancelling: the caller holds the order's row.
    """
    if order.port is None or not (order.attempts or order.sent_at):
        return False
    return _say_after(order, AmendmentKind.WITHDRAWAL, "withdrawal", b"", actor, now)


def _say_after(order: Order, kind: AmendmentKind, text: str, sealed: bytes, actor: Actor, now: datetime) -> bool:
    key = hashlib.sha256(text.encode()).digest()
    earlier = Amendment.objects.filter(order=order)
    if earlier.filter(key=key).exists():
        return False
    travels = order.port is None or connectors.named(order.port.connector).TRAVELS  # unconnected: as soon as it is
    amendment = Amendment.objects.create(
        order=order, kind=kind, number=earlier.count() + 1, key=key, created_at=now, tries_left=MAX_ATTEMPTS,
        sealed=sealed,
        state=State.WAITING if travels else State.SENT,
        next_attempt_at=now + LEASE if travels else None,
        sent_at=None if travels else now,
    )  # fmt: skip
    fact = OrderAmended(
        order_id=order.pk, case_id=order.case_id, amendment_id=amendment.pk, department=order.department,
        travels=travels,
    )  # fmt: skip
    publish(fact, actor=actor, at=now)
    return True


@writes
def claim_amendment(*, amendment_id: UUID, actor: Actor, now: datetime) -> Delivery | None:
    """Claim one amendment for one attempt; None while its order is not with the department, or somebody has it."""
    rows = Amendment.objects.select_for_update(of=("self",), skip_locked=True).select_related("order__port")
    amendment = rows.filter(pk=amendment_id, state=State.WAITING, tries_left__gt=0).first()
    port = amendment.order.port if amendment else None
    if amendment is None or port is None or not _is_expected(amendment):
        return None
    if amendment.attempts and amendment.next_attempt_at and amendment.next_attempt_at > now:
        return None
    if Circuit.objects.filter(pk=port.pk, open_until__gt=now, open_until__lte=now + LONGEST_REST).exists():
        return None  # the department is left in peace; the sweep comes back
    amendment.attempts, amendment.tries_left = amendment.attempts + 1, amendment.tries_left - 1
    amendment.next_attempt_at = now + LEASE
    amendment.save(update_fields=["attempts", "tries_left", "next_attempt_at"])
    return _delivery(amendment, port, now)


def _is_expected(amendment: Amendment) -> bool:
    return amendment.kind == AmendmentKind.WITHDRAWAL or amendment.order.state in KNOWN


def _envelope(amendment: Amendment) -> Envelope:
    order = amendment.order
    if amendment.kind == AmendmentKind.WITHDRAWAL:
        return withdrawal_envelope(
            order_id=order.pk, written_at=amendment.created_at, round=order.round, case_number=order.case_number,
            matter=order.matter, title=order.title, due=order.due,
        )  # fmt: skip
    return amendment_envelope(
        order_id=order.pk, number=amendment.number, written_at=amendment.created_at, round=order.round,
        case_number=order.case_number, matter=order.matter, title=order.title, due=order.due,
        material=sealing.unseal(order.person_id, bytes(amendment.sealed), field=SEALED_AS),
    )  # fmt: skip


def _delivery(amendment: Amendment, port: Department, now: datetime) -> Delivery:
    order = amendment.order
    return Delivery(
        order_id=order.pk, port_id=port.pk, round=order.round, number=amendment.attempts, claimed_at=now,
        connector=port.connector, address=port.address, host_key=port.host_key, envelope=_envelope(amendment),
        keyring=queries.keyring_of(port),
    )  # fmt: skip


@writes
def record_amendment(
    *, amendment_id: UUID, delivery: Delivery, outcome: Outcome, actor: Actor, now: datetime
) -> None:  # fmt: skip
    """Record what came of an attempt: sent, to be tried again, or lost and somebody told."""
    mine = Amendment.objects.filter(pk=amendment_id, state=State.WAITING, attempts=delivery.number)
    if outcome.verdict is Verdict.DELIVERED:
        if mine.update(state=State.SENT, sent_at=now, receipt=outcome.receipt[:200], next_attempt_at=None):
            _acknowledge(amendment_id, actor, now)
        return
    wait = outcome.wait or next_wait(delivery.number, random.random())  # noqa: S311  # spreads load, no secret
    if outcome.verdict is Verdict.RETRY and mine.filter(tries_left__gt=0).update(next_attempt_at=now + wait):
        return
    if mine.update(state=State.DEAD, next_attempt_at=None):
        _tell(amendment_id, actor, now)


def _acknowledge(amendment_id: UUID, actor: Actor, now: datetime) -> None:
    unknown = Amendment.objects.filter(pk=amendment_id, acknowledged_at__isnull=True)
    amendment = unknown.select_related("order").first()
    if amendment is None or not unknown.update(acknowledged_at=now) or amendment.kind != AmendmentKind.WITHDRAWAL:
        return
    order = amendment.order
    fact = WithdrawalAcknowledged(
        order_id=order.pk, case_id=order.case_id, amendment_id=amendment_id, department=order.department
    )  # fmt: skip
    publish(fact, actor=actor, at=now)


@writes
def note_withdrawal(*, order: Order, actor: Actor, now: datetime) -> None:
    """Note at the department's desk that an order is no longer wanted; again changes nothing. Refuses Denied."""
    actor.must(policy.ANSWER_ORDER)
    queries.order_for(actor, order.pk)
    for amendment in queries.amendments_of(order).filter(kind=AmendmentKind.WITHDRAWAL):
        _acknowledge(amendment.pk, actor, now)


def _tell(amendment_id: UUID, actor: Actor, now: datetime) -> None:
    order = Order.objects.get(amendments=amendment_id)
    lost = AmendmentLost(
        order_id=order.pk, case_id=order.case_id, amendment_id=amendment_id, department=order.department
    )  # fmt: skip
    publish(lost, actor=actor, at=now)


@writes
def send_amendments(*, actor: Actor, now: datetime) -> int:
    """
    Set going again what is due and whose order the department has. Gives how many.

    Papers for cancelled orders end; those whose worker died at the last attempt are lost, and somebody is told.
    """
    waiting = Amendment.objects.filter(state=State.WAITING)
    waiting.filter(kind=AmendmentKind.PAPER, order__state=State.CANCELLED).update(
        state=State.CANCELLED, next_attempt_at=None
    )
    due = Q(next_attempt_at__lte=now) & (Q(kind=AmendmentKind.WITHDRAWAL) | Q(order__state__in=KNOWN))
    for lost in waiting.filter(due, tries_left=0).select_for_update(skip_locked=True, of=("self",))[:SWEEP_ROWS]:
        Amendment.objects.filter(pk=lost.pk).update(state=State.DEAD, next_attempt_at=None)
        _tell(lost.pk, actor, now)
    found = list(waiting.filter(due, tries_left__gt=0).select_related("order").order_by("next_attempt_at")[:SWEEP_ROWS])
    for one in found:
        fact = AmendmentDue(order_id=one.order_id, case_id=one.order.case_id, amendment_id=one.pk)
        publish(fact, actor=actor, at=now)
    return len(found)
