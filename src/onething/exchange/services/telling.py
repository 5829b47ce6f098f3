"""Nobody is left in silence: the ladder, urging (催办), supervision (督办), and dead letters set going again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Exists, OuterRef

from onething.exchange import policy, queries
from onething.exchange.delivery import LEASE, MAX_ATTEMPTS
from onething.exchange.errors import AnswerByPast, OrderAlreadyAnswered, OrderNotFound, WordsTooShort
from onething.exchange.events import (
    DeadLettersReplayed,
    OrderDue,
    OrderNearlyDue,
    OrderStuck,
    OrderUrged,
    SupervisionBegun,
)
from onething.exchange.ladder import CLIMB_AFTER, WARN_BEFORE, Rung, owner_above
from onething.exchange.models import DeadLetter, Escalation, Order, Supervision, Urging
from onething.exchange.states import OPEN, State
from onething.kernel.access import Actor
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages.services import queue_message

SWEEP_ROWS = 500
_OPEN = [*map(str, OPEN)]

_WARN = """
WITH near AS (
    SELECT id, case_id, task_id, department, owner, tell_by FROM exchange_order o
    WHERE state = ANY(%(open)s) AND told_at IS NULL AND tell_by > %(now)s AND tell_by <= %(until)s
      AND tell_by - created_at > 2 * %(before)s
      AND NOT EXISTS (SELECT 1 FROM exchange_escalation e WHERE e.order_id = o.id AND e.term = o.tell_by)
    ORDER BY tell_by LIMIT %(rows)s
), noted AS (
    INSERT INTO exchange_escalation (order_id, term, rung, owner, reason, told_at)
    SELECT id, tell_by, %(rung)s, owner, 'near', %(now)s FROM near ON CONFLICT DO NOTHING RETURNING order_id
)
SELECT id, case_id, task_id, department, owner FROM near JOIN noted ON noted.order_id = near.id
"""
_TELL = """
WITH told AS (
    UPDATE exchange_order SET told_at = %(now)s
    WHERE id IN (SELECT id FROM exchange_order
                 WHERE state = ANY(%(open)s) AND told_at IS NULL AND tell_by <= %(now)s
                 ORDER BY tell_by LIMIT %(rows)s FOR UPDATE SKIP LOCKED)
    RETURNING id, case_id, task_id, department, owner, tell_by
), noted AS (
    INSERT INTO exchange_escalation (order_id, term, rung, owner, reason, told_at)
    SELECT id, tell_by, %(rung)s, owner, 'silent', %(now)s FROM told ON CONFLICT DO NOTHING
)
SELECT id, case_id, task_id, department, owner FROM told
"""


@writes
def warn_owners(*, actor: Actor, now: datetime) -> int:
    """Tell the owners of orders whose term is near: there is time to ring the department up. Once per term."""
    values = {"until": now + WARN_BEFORE, "before": WARN_BEFORE, "rung": Rung.WARNED}
    near = _swept(_WARN, values, now)
    for order_id, case_id, task_id, department, owner in near:
        fact = OrderNearlyDue(order_id=order_id, case_id=case_id, task_id=task_id, department=department, owner=owner)
        publish(fact, actor=actor, at=now)
    return len(near)


@writes
def tell_owners(*, actor: Actor, now: datetime) -> int:
    """Tell the owners of open orders whose department was silent for too long, once. Gives how many were told."""
    silent = _swept(_TELL, {"rung": Rung.OVERDUE}, now)
    for row in silent:
        order_id, case_id, task_id, department, owner = row
        _tell(order_id, case_id, task_id, department, owner, "silent", actor, now)
    return len(silent)


def _swept(statement: str, values: dict[str, Any], now: datetime) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"now": now, "open": _OPEN, "rows": SWEEP_ROWS, **values})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _tell(
    order_id: UUID, case_id: UUID, task_id: UUID, department: str, owner: str, reason: str, actor: Actor, now: datetime
) -> None:
    stuck = OrderStuck(
        order_id=order_id, case_id=case_id, task_id=task_id, department=department, owner=owner, reason=reason
    )
    publish(stuck, actor=actor, at=now)


@writes
def tell_higher(*, actor: Actor, now: datetime) -> int:
    """Tell the next division up of orders that still rest a day after their owner was told, once per rung."""
    count = 0
    for rung in (Rung.CITY, Rung.PROVINCE):
        days = CLIMB_AFTER * (rung - Rung.OVERDUE)
        resting = Order.objects.filter(state__in=OPEN, told_at__lte=now - days, told_at__isnull=False)
        reached = Escalation.objects.filter(order=OuterRef("pk"), term=OuterRef("tell_by"), rung=rung)
        for order in resting.exclude(Exists(reached)).defer("sealed").order_by("told_at")[:SWEEP_ROWS]:
            count += _climb(order, rung, actor, now)
    return count


def _climb(order: Order, rung: Rung, actor: Actor, now: datetime) -> int:
    owner = owner_above(order.region, order.owner, rung)
    given = {"owner": owner, "reason": "unresolved", "told_at": now}
    _, is_new = Escalation.objects.get_or_create(order=order, term=order.tell_by or now, rung=rung, defaults=given)
    if is_new:
        _tell(order.pk, order.case_id, order.task_id, order.department, owner, "unresolved", actor, now)
    return int(is_new)


@writes
def write_escalation(*, escalation_id: int, to: Sequence[str], subject: str, body: str, now: datetime) -> None:
    """Queue a letter to everybody who is told on one rung. Twice writes once."""
    if Escalation.objects.filter(pk=escalation_id, written_at__isnull=True).update(written_at=now):
        for address in to:
            queue_message(channel="email", to=address, subject=subject, body=body, now=now)


# ---- a person pushes ------------------------------------------------------------------------------------------


@writes
def retry_order(*, order: Order, actor: Actor, now: datetime) -> None:
    """
    Send an open order again from the start, by hand; the department knows it by the same message id.

    Refuses OrderNotFound (no department is connected), OrderAlreadyAnswered.
    """
    policy.require(actor, policy.RETRY_ORDER)
    if not _replay(order, actor, now):
        raise OrderAlreadyAnswered


def _replay(order: Order, actor: Actor, now: datetime) -> bool:
    port = queries.nearest_departments([(order.department, order.region)]).get((order.department, order.region))
    if port is None:
        raise OrderNotFound
    sent = Order.objects.filter(pk=order.pk, state__in=OPEN).update(
        state=State.WAITING, port=port, organisation=port.organisation, owner=port.owner, tries_left=MAX_ATTEMPTS,
        claimed_at=None, next_attempt_at=now + LEASE, tell_by=now + port.tell_after, told_at=None,
    )  # fmt: skip
    if sent:
        publish(OrderDue(order_id=order.pk, case_id=order.case_id, department=order.department), actor=actor, at=now)
    return bool(sent)


@writes
def replay_dead(*, port_id: UUID, actor: Actor, now: datetime) -> int:
    """
    Set every dead letter of a port going again; gives how many. They go out as the sweep takes them, not at once.

    Refuses Denied, PortNotFound.
    """
    policy.require(actor, policy.RETRY_ORDER)
    port = queries.port_for(actor, port_id)
    dead = Order.objects.visible_to(actor).filter(port=port, state=State.DEAD)
    count = dead.update(
        state=State.WAITING, tries_left=MAX_ATTEMPTS, claimed_at=None, next_attempt_at=now,
        tell_by=now + port.tell_after, told_at=None,
    )  # fmt: skip
    publish(DeadLettersReplayed(department_id=port.pk, department=port.code, orders=count), actor=actor, at=now)
    return count


@writes
def urge_order(*, order: Order, words: str, actor: Actor, now: datetime, token: UUID | None = None) -> Urging:
    """
    催办: ask the department to hurry, in words it reads. `token` becomes the urging's id: a double click counts once.

    Refuses Denied, OrderAlreadyAnswered, WordsTooShort.
    """
    policy.require(actor, policy.URGE_ORDER)
    _require_open(order)
    urging = Urging.objects.create(id=token or uuid4(), order=order, words=_words(words), by=actor.reference, at=now)
    fact = OrderUrged(
        order_id=order.pk, case_id=order.case_id, urging_id=urging.pk, department=order.department,
        organisation=order.organisation,
    )  # fmt: skip
    publish(fact, actor=actor, at=now)
    return urging


@writes
def record_urging(*, urging_id: UUID, problem: str, actor: Actor, now: datetime) -> None:
    """Record that an urging reached the department's system, or why it did not."""
    Urging.objects.filter(pk=urging_id).update(delivered_at=None if problem else now, problem=problem[:200])


@writes
def supervise_order(*, order: Order, words: str, answer_by: datetime, actor: Actor, now: datetime) -> Supervision:
    """
    督办: follow an order until it is answered; if it is not by `answer_by`, the post that follows it is told.

    A second supervision replaces the first. Refuses Denied, OrderAlreadyAnswered, AnswerByPast, WordsTooShort.
    """
    policy.require(actor, policy.SUPERVISE_ORDER)
    _require_open(order)
    if answer_by <= now:
        raise AnswerByPast
    Supervision.objects.filter(order=order, ended_at__isnull=True).update(ended_at=now)
    begun = Supervision.objects.create(
        order=order, words=_words(words), owner=actor.reference, answer_by=answer_by, begun_at=now
    )
    fact = SupervisionBegun(order_id=order.pk, case_id=order.case_id, department=order.department, answer_by=answer_by)
    publish(fact, actor=actor, at=now)
    return begun


def _require_open(order: Order) -> None:
    if not order.is_open:
        raise OrderAlreadyAnswered


def _words(words: str) -> str:
    said = words.strip()
    if len(said) < 2:
        raise WordsTooShort
    return said[:400]


@writes
def follow_supervisions(*, actor: Actor, now: datetime) -> int:
    """End the supervisions of orders that were answered; tell the posts of those whose time has passed, once."""
    Supervision.objects.filter(ended_at__isnull=True).exclude(order__state__in=OPEN).update(ended_at=now)
    late = Supervision.objects.select_for_update(of=("self",), skip_locked=True).filter(
        ended_at__isnull=True, told_at__isnull=True, answer_by__lte=now
    )
    found = list(late.select_related("order").defer("order__sealed")[:SWEEP_ROWS])
    Supervision.objects.filter(pk__in=[one.pk for one in found]).update(told_at=now)
    for one in found:
        order = one.order
        _tell(order.pk, order.case_id, order.task_id, order.department, one.owner, "supervised", actor, now)
    return len(found)


@writes
def settle_dead_letters(*, letters: Sequence[int], actor: Actor, now: datetime) -> int:
    """Put messages that could not be taken aside, because somebody has seen to them. Refuses Denied."""
    policy.require(actor, policy.RETRY_ORDER)
    open_ = DeadLetter.objects.visible_to(actor).filter(pk__in=letters, settled_at__isnull=True)
    return open_.update(settled_at=now, settled_by=actor.reference)
