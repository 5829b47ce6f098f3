"""Changing orders: place, claim, record, answer, cancel, send again. Set-based: few statements, many rows."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from onething.exchange import addresses, connectors, policy, queries
from onething.exchange.delivery import (
    LEASE,
    MAX_ATTEMPTS,
    Delivery,
    MaterialSent,
    OrderDraft,
    Outcome,
    Verdict,
    next_wait,
    order_envelope,
)
from onething.exchange.errors import OrderAlreadyAnswered, OrderNotFound, WordsMissing
from onething.exchange.events import (
    DepartmentConnected,
    OrderCancelled,
    OrderDue,
    OrderPlaced,
    OrderSent,
    OrderStuck,
    ReplyContradicted,
    ReplyReceived,
)
from onething.exchange.keyring import Keyring
from onething.exchange.models import PAYLOAD, WORDS, Attempt, Department, Order, Reply
from onething.exchange.states import OPEN, UNANSWERED, Disposition, ReplyKind, State, judge
from onething.kernel.access import Actor, Door
from onething.plumbing import clock, keys
from onething.plumbing.journal import publish, writes
from onething.registry import sealing
from onething.registry.cipher import DataKey
from onething.registry.errors import PersonErased

__all__ = ["MaterialSent", "OrderDraft"]

TELL_AFTER = timedelta(hours=24)
REPEAT_AFTER = timedelta(minutes=10)
SWEEP_ROWS = 500


# ---- setting up ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Connection:
    """A department as it was connected, and the keys it has to be given (once, by a safe way)."""

    department: Department
    keyring: Keyring


@writes
def connect_department(
    *, code: str, title: str, connector: str, address: str, region: str, actor: Actor, now: datetime,
    title_en: str = "", organisation: str = "", owner: str = "", public_key: str = "",
    repeat_after: timedelta | None = REPEAT_AFTER, tell_after: timedelta = TELL_AFTER,
) -> Connection:  # fmt: skip
    """
    Connect a department in a region, or change how it is connected. Safe to repeat.

    `organisation`: the code whose desk sees its orders. `owner`: who is told when it is silent (by default the
    region's supervisors). `public_key` (whpk_…): the department's own. Refuses ConnectorUnknown, AddressNotAllowed.
    """
    _must(actor, policy.CONNECT_DEPARTMENT)
    kind = connectors.named(connector)
    values = {
        "title": title, "title_en": title_en, "connector": connector, "organisation": organisation,
        "address": addresses.allowed(address) if kind.NEEDS_ADDRESS else "",
        "public_key": public_key, "key_version": keys.provider().newest("department"), "is_open": True,
        "owner": owner or f"supervisor:{region}",
        "repeat_after": repeat_after if kind.NEEDS_ADDRESS else None, "tell_after": tell_after,
    }  # fmt: skip
    department, _ = Department.objects.update_or_create(code=code, region=region, defaults=values)
    publish(DepartmentConnected(department_id=department.pk, department=code, region_code=region), actor=actor, at=now)
    return Connection(department=department, keyring=queries.keyring_of(department))


def _must(actor: Actor, permission: str) -> None:
    if actor.door is not Door.SYSTEM:
        actor.must(permission)


# ---- orders out ------------------------------------------------------------------------------------------------

_PLACE = """
INSERT INTO exchange_order (id, task_id, case_id, case_number, person_id, matter, title, department, port_id, region,
    organisation, round, sealed, due, state, attempts, next_attempt_at, receipt, owner, tell_by, told_at, created_at)
SELECT id, task_id, case_id, case_number, person_id, matter, title, department, port_id, region,
    organisation, round, sealed, due, state, 0, next_attempt_at, '', owner, tell_by, told_at, %s
FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::text[], %s::text[],
    %s::uuid[], %s::text[], %s::text[], %s::int[], %s::bytea[], %s::date[], %s::text[], %s::timestamptz[],
    %s::text[], %s::timestamptz[], %s::timestamptz[])
  AS o(id, task_id, case_id, case_number, person_id, matter, title, department, port_id, region,
    organisation, round, sealed, due, state, next_attempt_at, owner, tell_by, told_at)
ON CONFLICT (task_id) DO UPDATE SET
    round = excluded.round, sealed = excluded.sealed, due = excluded.due, state = excluded.state,
    port_id = excluded.port_id, organisation = excluded.organisation, owner = excluded.owner, attempts = 0,
    next_attempt_at = excluded.next_attempt_at, tell_by = excluded.tell_by, told_at = excluded.told_at,
    claimed_at = NULL, receipt = '', sent_at = NULL, acknowledged_at = NULL
WHERE exchange_order.state = 'returned' AND excluded.round = exchange_order.round + 1
RETURNING id, task_id, case_id, department, round, state, owner
"""


@writes
def place_orders(*, orders: Sequence[OrderDraft], actor: Actor, now: datetime) -> None:
    """
    Ask departments to do matters: all orders in one statement, one OrderPlaced per order that is new.

    A task that has its order already is left as it is, unless that one was returned and `round` is one higher:
    then it goes out again. A department that is not connected here gets a dead order, and its owner is told.
    """
    if not orders:
        return
    ports = queries.nearest_departments((draft.department, draft.region) for draft in orders)
    persons = sealing.keys_of({draft.person_id for draft in orders})
    rows = [_order_row(draft, ports.get((draft.department, draft.region)), persons, now) for draft in orders]
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [now, *(list(column) for column in zip(*rows, strict=True))])
        placed = cursor.fetchall()
    for order_id, task_id, case_id, department, round_, state, owner in placed:
        if state == State.DEAD:
            _tell(order_id, case_id, task_id, department, owner, "not_connected", actor, now)
        else:
            fact = OrderPlaced(order_id=order_id, case_id=case_id, department=department, round=round_)
            publish(fact, actor=actor, at=now)


def _order_row(
    draft: OrderDraft, port: Department | None, persons: Mapping[UUID, DataKey], now: datetime
) -> tuple[Any, ...]:
    if draft.person_id not in persons:
        raise PersonErased
    sealed = persons[draft.person_id].seal(PAYLOAD, draft.payload)
    return (
        uuid.uuid4(), draft.task_id, draft.case_id, draft.case_number, draft.person_id, draft.matter, draft.title,
        draft.department, port.pk if port else None, draft.region, port.organisation if port else "", draft.round,
        sealed, draft.due, State.WAITING if port else State.DEAD,
        now + LEASE if port else None,  # the job comes at once; should it get lost, the sweep sends
        port.owner if port else f"supervisor:{draft.region}", now + port.tell_after if port else now,
        None if port else now,
    )  # fmt: skip


def _tell(
    order_id: UUID, case_id: UUID, task_id: UUID, department: str, owner: str, reason: str, actor: Actor, now: datetime
) -> None:
    fact = OrderStuck(
        order_id=order_id, case_id=case_id, task_id=task_id, department=department, owner=owner, reason=reason
    )
    publish(fact, actor=actor, at=now)


@writes
def claim_order(*, order_id: UUID, actor: Actor, now: datetime) -> Delivery | None:
    """
    Claim a waiting order for one attempt; None if it is claimed, sent or settled already.

    Two workers that claim at once: the row decides, one of them gets None. The attempt is written before the call.
    """
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - LEASE)
    claimed = Order.objects.filter(free, pk=order_id, state=State.WAITING).update(
        claimed_at=now, attempts=F("attempts") + 1, next_attempt_at=now + LEASE
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
        case_number=order.case_number, matter=order.matter, title=order.title, due=order.due, payload=order.payload,
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
    Attempt.objects.filter(order=delivery.order_id, round=delivery.round, number=delivery.number).update(
        finished_at=now, outcome=outcome.verdict, status=outcome.status, words=outcome.words[:200]
    )
    order = Order.objects.select_for_update().get(pk=delivery.order_id)
    if order.state != State.WAITING or (order.round, order.attempts) != (delivery.round, delivery.number):
        return
    if outcome.verdict is Verdict.DELIVERED:
        _mark_sent(order, outcome.receipt, actor, now)
    elif outcome.verdict is Verdict.RETRY and order.attempts < MAX_ATTEMPTS:
        wait = outcome.wait or next_wait(order.attempts, random.random())  # noqa: S311  # spreads load, no secret
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
    _tell(order.pk, order.case_id, order.task_id, order.department, order.owner, reason, actor, now)


def _change(order: Order, **values: Any) -> None:
    for name, value in values.items():
        setattr(order, name, value)
    order.save(update_fields=list(values))


_DUE = """
UPDATE exchange_order SET state = 'waiting', claimed_at = NULL, next_attempt_at = %(again)s
WHERE id IN (SELECT id FROM exchange_order
             WHERE state IN ('waiting', 'sent') AND next_attempt_at <= %(now)s
             ORDER BY next_attempt_at LIMIT %(rows)s FOR UPDATE SKIP LOCKED)
  AND attempts < %(most)s
RETURNING id, case_id, department
"""


@writes
def send_due(*, actor: Actor, now: datetime) -> int:
    """
    Set going again what is due: failed attempts, claims of workers that died, orders met with silence.

    Orders that used up their attempts become dead and their owners are told. Gives how many were touched.
    """
    exhausted = Order.objects.select_for_update(skip_locked=True).filter(
        state__in=[State.WAITING, State.SENT], next_attempt_at__lte=now, attempts__gte=MAX_ATTEMPTS
    )[:SWEEP_ROWS]
    for order in exhausted:
        _bury(order, "silent" if order.state == State.SENT else "unreachable", actor, now)
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"now": now, "again": now + LEASE, "rows": SWEEP_ROWS, "most": MAX_ATTEMPTS})
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
        _tell(order_id, case_id, task_id, department, owner, "silent", actor, now)
    return len(silent)


@writes
def retry_order(*, order: Order, actor: Actor, now: datetime) -> None:
    """
    Send an open order again from the start, by hand; the department knows it by the same message id.

    Refuses OrderAlreadyAnswered.
    """
    _must(actor, policy.RETRY_ORDER)
    port = queries.nearest_departments([(order.department, order.region)]).get((order.department, order.region))
    if port is None:
        raise OrderNotFound
    sent = Order.objects.filter(pk=order.pk, state__in=OPEN).update(
        state=State.WAITING, port=port, organisation=port.organisation, owner=port.owner, attempts=0, claimed_at=None,
        next_attempt_at=now + LEASE, tell_by=now + port.tell_after, told_at=None,
    )  # fmt: skip
    if not sent:
        raise OrderAlreadyAnswered
    publish(OrderDue(order_id=order.pk, case_id=order.case_id, department=order.department), actor=actor, at=now)


@writes
def cancel_orders(*, task_ids: Sequence[UUID], actor: Actor, now: datetime) -> int:
    """Cancel the unanswered orders of tasks (withdrawn, or no longer possible). Gives how many; safe to repeat."""
    open_ = Order.objects.select_for_update().filter(task_id__in=task_ids, state__in=UNANSWERED).defer("sealed")
    cancelled = list(open_.order_by("pk"))
    ids = [order.pk for order in cancelled]
    Order.objects.filter(pk__in=ids).update(state=State.CANCELLED, next_attempt_at=None, claimed_at=None)
    for order in cancelled:
        fact = OrderCancelled(order_id=order.pk, case_id=order.case_id, department=order.department)
        publish(fact, actor=actor, at=now)
    return len(ids)


# ---- replies in ------------------------------------------------------------------------------------------------

_FIND = """
SELECT o.case_id, o.task_id, o.person_id, o.round, o.state, o.due, o.department, o.owner, o.port_id,
       EXISTS (SELECT 1 FROM exchange_reply r
               WHERE r.order_id = o.id AND r.digest = %s AND r.round = o.round AND r.disposition = 'applied')
FROM exchange_order o WHERE o.id = %s FOR UPDATE OF o
"""
_RECORD = """
WITH reply AS (
    INSERT INTO exchange_reply (id, order_id, message_id, kind, round, sealed, digest, disposition, deliveries, actor,
                                received_at)
    VALUES (%(id)s, %(order)s, %(message)s, %(kind)s, %(round)s, %(sealed)s, %(digest)s, %(disposition)s, 1, %(actor)s,
            %(now)s)
    ON CONFLICT (order_id, message_id) DO UPDATE SET deliveries = exchange_reply.deliveries + 1
    RETURNING id, disposition, deliveries, received_at, kind, round, sealed
), change AS (
    UPDATE exchange_order o SET state = %(state)s, next_attempt_at = NULL, claimed_at = NULL, told_at = NULL,
        tell_by = %(tell_by)s, acknowledged_at = coalesce(o.acknowledged_at, %(now)s),
        answered_at = CASE WHEN %(state)s = 'answered' THEN %(now)s::timestamptz END
    FROM reply WHERE o.id = %(order)s AND reply.deliveries = 1 AND reply.disposition = 'applied'
)
SELECT id, disposition, deliveries, received_at, kind, round, sealed FROM reply
"""


@dataclass(frozen=True, slots=True)
class _Addressed:
    """The locked order that a reply speaks of, as far as judging needs it."""

    case_id: UUID
    task_id: UUID
    person_id: UUID
    round: int
    state: str
    due: date | None
    department: str
    owner: str
    port_id: UUID | None
    is_known: bool


@writes
def receive_reply(
    *, order_id: UUID, message_id: str, kind: ReplyKind | str, actor: Actor, now: datetime, round: int | None = None,
    reason: str = "", remedy: str = "", message: str = "", result: Mapping[str, Any] | None = None,
    correction: Mapping[str, Sequence[str]] | None = None, port_id: UUID | None = None,
) -> Reply:  # fmt: skip
    """
    Take in what a department says about an order; publish ReplyReceived if it counts.

    Twice, late, out of order or for a closed order: kept with its disposition, nothing else changes. `correction`:
    {"fields": […], "materials": […]}. `port_id`: the connection it came through. Refuses OrderNotFound, WordsMissing.
    """
    kind = ReplyKind(kind)
    said = _said(kind, reason=reason, remedy=remedy, message=message, result=result, correction=correction)
    digest = _digest(kind, said)
    order = _addressed(order_id, digest, port_id)
    spoken_round = round or order.round
    disposition, after = judge(
        State(order.state), kind, is_known=order.is_known, is_earlier_round=spoken_round < order.round
    )
    values = {
        "id": uuid.uuid4(), "order": order_id, "message": message_id, "kind": str(kind), "round": spoken_round,
        "sealed": sealing.seal(order.person_id, said, field=WORDS), "digest": digest, "disposition": str(disposition),
        "actor": actor.reference, "now": now, "state": str(after), "tell_by": _tell_by(order.due, now),
    }  # fmt: skip
    reply = _record(values)
    if reply.deliveries == 1:
        _spread(reply, order, actor, now)
    return reply


def _said(
    kind: ReplyKind, *, reason: str, remedy: str, message: str, result: Mapping[str, Any] | None,
    correction: Mapping[str, Sequence[str]] | None,
) -> dict[str, Any]:  # fmt: skip
    fixes = {name: list((correction or {}).get(name, ())) for name in ("fields", "materials")}
    said = {"reason": reason, "remedy": remedy, "message": message, "result": dict(result or {}), "correction": fixes}
    if kind is ReplyKind.REFUSED and not (reason and remedy):
        raise WordsMissing
    if kind is ReplyKind.RETURNED and not (message and (fixes["fields"] or fixes["materials"])):
        raise WordsMissing
    return said


def _digest(kind: ReplyKind, said: Mapping[str, Any]) -> bytes:
    content = json.dumps([kind, said], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.digest(queries.digest_key(), content.encode(), hashlib.sha256)


def _addressed(order_id: UUID, digest: bytes, port_id: UUID | None) -> _Addressed:
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [digest, order_id])
        row = cursor.fetchone()
    if row is None or (port_id is not None and row[8] != port_id):  # not there, or another department's: same answer
        raise OrderNotFound
    return _Addressed(*row)


def _tell_by(due: date | None, now: datetime) -> datetime:
    """An order that a department has in hand may rest until the end of its due day, at least for a day."""
    if due is None:
        return now + TELL_AFTER
    return max(datetime.combine(due + timedelta(days=1), time(), tzinfo=clock.BEIJING), now + TELL_AFTER)


def _record(values: dict[str, Any]) -> Reply:
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, values)
        id_, disposition, deliveries, received_at, kind, round_, sealed = cursor.fetchone()
    reply = Reply(
        id=id_, order_id=values["order"], message_id=values["message"], kind=kind, round=round_, sealed=sealed,
        digest=values["digest"], disposition=disposition, deliveries=deliveries, actor=values["actor"],
        received_at=received_at,
    )  # fmt: skip
    reply._state.adding = False
    return reply


def _spread(reply: Reply, order: _Addressed, actor: Actor, now: datetime) -> None:
    if reply.disposition == Disposition.APPLIED:
        heard = ReplyReceived(
            order_id=reply.order_id, case_id=order.case_id, task_id=order.task_id, reply_id=reply.pk,
            reply_kind=str(reply.kind),
        )  # fmt: skip
        publish(heard, actor=actor, at=now)
    elif reply.disposition == Disposition.CONTRADICTS:
        doubt = ReplyContradicted(
            order_id=reply.order_id, case_id=order.case_id, reply_id=reply.pk, department=order.department,
            owner=order.owner,
        )  # fmt: skip
        publish(doubt, actor=actor, at=now)


@writes
def answer_order(
    *, order: Order, kind: ReplyKind, token: UUID, actor: Actor, now: datetime, reason: str = "", remedy: str = "",
    message: str = "", result: Mapping[str, Any] | None = None, correction: Mapping[str, Sequence[str]] | None = None,
) -> Reply:  # fmt: skip
    """
    Answer an order by hand at the department's desk. `token` comes with the form: a double click counts once.

    Refuses Denied, WordsMissing, OrderAlreadyAnswered (a colleague or the system was faster).
    """
    actor.must(policy.ANSWER_ORDER)
    queries.order_for(actor, order.pk)
    reply = receive_reply(
        order_id=order.pk, message_id=f"desk-{token}", kind=kind, actor=actor, now=now, reason=reason, remedy=remedy,
        message=message, result=result, correction=correction,
    )  # fmt: skip
    if reply.disposition not in (Disposition.APPLIED, Disposition.REPEATED):
        raise OrderAlreadyAnswered
    return reply
