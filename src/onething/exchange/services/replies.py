"""Replies in: from a system or from a desk, each kept, each judged by the table of states."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from onething.exchange import policy, queries
from onething.exchange.delivery import TELL_AFTER
from onething.exchange.errors import OrderAlreadyAnswered, OrderNotFound, WordsMissing
from onething.exchange.events import (
    ReplyContradicted,
    ReplyReceived,
)
from onething.exchange.models import WORDS, Order, Reply
from onething.exchange.states import Disposition, ReplyKind, State, judge
from onething.kernel.access import Actor
from onething.plumbing import clock, prepared, turns
from onething.plumbing.journal import book, publish, writes
from onething.registry import sealing

_FIND = "SELECT * FROM exchange_addressed_order_with_key(%s::uuid, %s::bytea, %s::text)"
_RECORD = """
INSERT INTO exchange_reply (id, order_id, message_id, kind, round, sealed, digest, disposition, deliveries, actor,
                            received_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 1, %s, %s)
"""
_MOVE = """
UPDATE exchange_order SET state = m.state, next_attempt_at = NULL, claimed_at = NULL, told_at = NULL,
    tell_by = m.tell_by, acknowledged_at = coalesce(acknowledged_at, m.now),
    answered_at = CASE WHEN m.state = 'answered' THEN m.now END
FROM (VALUES (%s::uuid, %s::text, %s::timestamptz, %s::timestamptz)) AS m(id, state, tell_by, now)
WHERE exchange_order.id = m.id
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
    is_delivered_again: bool


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
    order = _addressed(order_id, digest, message_id, port_id)
    if order.is_delivered_again:
        return _counted_again(order_id, message_id)
    spoken_round = round or order.round
    disposition, after = judge(
        State(order.state), kind, is_known=order.is_known, is_earlier_round=spoken_round < order.round
    )
    reply = Reply(
        order_id=order_id, message_id=message_id, kind=kind, round=spoken_round,
        sealed=_sealed(order.person_id, said), digest=digest, disposition=disposition, actor=actor.reference,
        received_at=now,
    )  # fmt: skip
    _record(reply)
    if disposition is Disposition.APPLIED:
        _move(order_id, after, tell_by=_tell_by(order.due, now), now=now)
        queries.keep_words(reply, said, case_id=order.case_id, task_id=order.task_id)
    _spread(reply, order, actor, now)
    return reply


def _said(
    kind: ReplyKind, *, reason: str, remedy: str, message: str, result: Mapping[str, Any] | None,
    correction: Mapping[str, Sequence[str]] | None,
) -> dict[str, Any]:  # fmt: skip
    fixes = {name: list(names) for name in ("fields", "materials") if (names := (correction or {}).get(name))}
    said = {"reason": reason, "remedy": remedy, "message": message, "result": dict(result or {}), "correction": fixes}
    if kind is ReplyKind.REFUSED and not (reason and remedy):
        raise WordsMissing
    if kind is ReplyKind.RETURNED and not (message and fixes):
        raise WordsMissing
    return {name: words for name, words in said.items() if words}


def _sealed(person_id: UUID, said: Mapping[str, Any]) -> bytes:
    return sealing.seal(person_id, said, field=WORDS) if said else b""  # half of all replies are a bare "accepted"


def _digest(kind: ReplyKind, said: Mapping[str, Any]) -> bytes:
    content = json.dumps([kind, said], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.digest(queries.digest_key(), content.encode(), hashlib.sha256)


def _addressed(order_id: UUID, digest: bytes, message_id: str, port_id: UUID | None) -> _Addressed:
    turn, *row = prepared.row(_FIND, [order_id, digest, message_id]) or (None,)
    if turn is None or (port_id is not None and row[8] != port_id):  # not there, or another department's: same answer
        raise OrderNotFound
    turns.took(turn)
    *row, key_version, wrapped = row
    order = _Addressed(*row)
    sealing.found(order.person_id, key_version, wrapped)
    return order


def _tell_by(due: date | None, now: datetime) -> datetime:
    """An order that a department has in hand may rest until the end of its due day, at least for a day."""
    if due is None:
        return now + TELL_AFTER
    return max(datetime.combine(due + timedelta(days=1), time(), tzinfo=clock.BEIJING), now + TELL_AFTER)


def _counted_again(order_id: UUID, message_id: str) -> Reply:
    reply = Reply.objects.get(order_id=order_id, message_id=message_id)
    reply.deliveries += 1
    reply.save(update_fields=["deliveries"])
    return reply


def _record(reply: Reply) -> None:
    """Write a reply with the facts: its order is locked, nobody else writes one with the same message."""
    values = [
        reply.id, reply.order_id, reply.message_id, str(reply.kind), reply.round, reply.sealed, reply.digest,
        str(reply.disposition), reply.actor, reply.received_at,
    ]  # fmt: skip
    book.write_last(_RECORD, values)
    reply._state.adding = False


def _move(order_id: UUID, state: State, *, tell_by: datetime, now: datetime) -> None:
    book.write_last(_MOVE, [order_id, str(state), tell_by, now])


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
