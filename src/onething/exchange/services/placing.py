"""Orders out, first half: rows and facts. Nothing is sent here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, LiteralString
from uuid import UUID

from onething.exchange import connectors, queries
from onething.exchange.delivery import LEASE, MAX_ATTEMPTS, OrderDraft
from onething.exchange.events import (
    OrderCancelled,
    OrderPlaced,
    OrderStuck,
)
from onething.exchange.ladder import Rung
from onething.exchange.models import PAYLOAD, Department, Escalation, Order
from onething.exchange.services.amending import withdraw_order
from onething.exchange.states import UNANSWERED, State
from onething.kernel.access import Actor
from onething.plumbing import prepared
from onething.plumbing.journal import book, joins, publish, writes
from onething.registry import sealing
from onething.registry.cipher import DataKey
from onething.registry.errors import PersonErased

_PLACE = """
INSERT INTO exchange_order (id, task_id, case_id, case_number, person_id, matter, title, department, port_id, region,
    organisation, post_id, round, sealed, due, state, attempts, tries_left, next_attempt_at, receipt, sent_at, owner,
    tell_by, told_at, created_at)
SELECT id, task_id, case_id, case_number, person_id, matter, title, department, port_id, region,
    organisation, post_id, round, sealed, due, state, 0, %s::int, next_attempt_at, receipt, sent_at, owner,
    tell_by, told_at, %s::timestamptz
FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::text[], %s::text[],
    %s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::int[], %s::bytea[], %s::date[], %s::text[], %s::timestamptz[],
    %s::text[], %s::timestamptz[], %s::text[], %s::timestamptz[], %s::timestamptz[])
  AS o(id, task_id, case_id, case_number, person_id, matter, title, department, port_id, region,
    organisation, post_id, round, sealed, due, state, next_attempt_at, receipt, sent_at, owner, tell_by, told_at)
ON CONFLICT (task_id) DO UPDATE SET
    round = excluded.round, sealed = excluded.sealed, due = excluded.due, state = excluded.state,
    port_id = excluded.port_id, organisation = excluded.organisation, owner = excluded.owner,
    post_id = coalesce(exchange_order.post_id, excluded.post_id),
    tries_left = excluded.tries_left, next_attempt_at = excluded.next_attempt_at,
    tell_by = excluded.tell_by, told_at = excluded.told_at,
    claimed_at = NULL, receipt = excluded.receipt, sent_at = excluded.sent_at, acknowledged_at = NULL
WHERE exchange_order.state = 'returned' AND excluded.round = exchange_order.round + 1
RETURNING id, task_id, case_id, department, round, state, owner
"""


_COLUMNS = (
    "id::uuid", "task_id::uuid", "case_id::uuid", "case_number::text", "person_id::uuid", "matter::text",
    "title::text", "department::text", "port_id::uuid", "region::text", "organisation::text", "post_id::uuid",
    "round::int", "sealed::bytea", "due::date", "state::text", "next_attempt_at::timestamptz", "receipt::text",
    "sent_at::timestamptz", "owner::text", "tell_by::timestamptz", "told_at::timestamptz",
)  # fmt: skip

_NAMES = [column.partition("::")[0] for column in _COLUMNS]
_PLACED = ("id", "task_id", "case_id", "department", "round", "state", "owner")


@cache
def _place_new(count: int) -> LiteralString:
    """Write the statement for so many orders: binding arrays costs more than naming every value."""
    row = ", ".join(f"%s::{column.partition('::')[2]}" for column in _COLUMNS)
    rows = ", ".join([f"({row}, 0, %s::int, %s::timestamptz)"] * count)
    return (
        f"INSERT INTO exchange_order ({', '.join(_NAMES)}, attempts, tries_left, created_at) VALUES {rows}"  # noqa: S608  # of constants
        " ON CONFLICT (task_id) DO NOTHING"
    )


@joins
def place_new_orders(*, orders: Sequence[OrderDraft], actor: Actor, now: datetime) -> None:
    """
    Ask departments to do matters that nobody asked them before: written with the facts, at the end of the service.

    The caller answers for it that no task has its order yet; else `place_orders`. What becomes of them is the same.
    """
    if not orders:
        return
    rows = _rows(orders, now)
    book.write_last(_place_new(len(rows)), [value for row in rows for value in (*row, MAX_ATTEMPTS, now)])
    placed = [[row[_NAMES.index(name)] for name in _PLACED] for row in rows]
    _tell_of_dead(placed, now)
    for order in placed:
        publish(_fact(*order), actor=actor, at=now)


@writes
def place_orders(*, orders: Sequence[OrderDraft], actor: Actor, now: datetime) -> None:
    """
    Ask departments to do matters: all orders in one statement, one OrderPlaced per order that is new.

    A task that has its order already is left as it is, unless that one was returned and `round` is one higher:
    then it goes out again. An order for a desk is delivered by being placed. A department that is not connected
    here gets a dead order, and its owner is told.
    """
    if not orders:
        return
    columns = (list(column) for column in zip(*_rows(orders, now), strict=True))
    placed = prepared.rows(_PLACE, [MAX_ATTEMPTS, now, *columns])
    _tell_of_dead(placed, now)
    for order in placed:
        publish(_fact(*order), actor=actor, at=now)


def _tell_of_dead(placed: Sequence[Sequence[Any]], now: datetime) -> None:
    """Begin the ladder of orders that nobody can be given: their owner is told now."""
    told = [
        Escalation(order_id=order_id, term=now, rung=Rung.OVERDUE, owner=owner, reason="not_connected", told_at=now)
        for order_id, _, _, _, _, state, owner in placed
        if state == State.DEAD
    ]
    if told:
        book.write_now()  # the wall around these rows looks for their order
        Escalation.objects.bulk_create(told, ignore_conflicts=True)


def _rows(orders: Sequence[OrderDraft], now: datetime) -> list[tuple[Any, ...]]:
    ports = queries.nearest_departments((draft.department, draft.region) for draft in orders)
    persons = sealing.keys_of({draft.person_id for draft in orders})
    return [_order_row(draft, ports.get((draft.department, draft.region)), persons, now) for draft in orders]


def _fact(
    order_id: UUID, task_id: UUID, case_id: UUID, department: str, round_: int, state: str, owner: str
) -> OrderPlaced | OrderStuck:
    if state == State.DEAD:
        return OrderStuck(
            order_id=order_id, case_id=case_id, task_id=task_id, department=department, owner=owner,
            reason="not_connected",
        )  # fmt: skip
    return OrderPlaced(
        order_id=order_id, case_id=case_id, department=department, round=round_, travels=state == State.WAITING
    )


def _order_row(
    draft: OrderDraft, port: Department | None, persons: Mapping[UUID, DataKey], now: datetime
) -> tuple[Any, ...]:
    if draft.person_id not in persons:
        raise PersonErased
    sealed = persons[draft.person_id].seal(PAYLOAD, draft.payload)
    state = _first_state(port)
    return (
        uuid.uuid4(), draft.task_id, draft.case_id, draft.case_number, draft.person_id, draft.matter, draft.title,
        draft.department, port.pk if port else None, draft.region, port.organisation if port else "",
        port.posts.get(draft.matter) if port else None, draft.round, sealed, draft.due, str(state),
        now + LEASE if state is State.WAITING else None,  # the job comes at once; should it get lost, the sweep sends
        "desk" if state is State.SENT else "", now if state is State.SENT else None,
        port.owner if port else f"supervisor:{draft.region}", now + port.tell_after if port else now,
        None if port else now,
    )  # fmt: skip


def _first_state(port: Department | None) -> State:
    if port is None:
        return State.DEAD
    return State.WAITING if connectors.named(port.connector).TRAVELS else State.SENT


@writes
def cancel_orders(*, task_ids: Sequence[UUID], actor: Actor, now: datetime) -> int:
    """
    Cancel the unanswered orders of tasks (withdrawn, or no longer possible). Gives how many; safe to repeat.

    Each department that may have its order is told so, by the way on which it got it.
    """
    unanswered = Order.objects.filter(task_id__in=task_ids, state__in=UNANSWERED).defer("sealed")
    open_ = unanswered.select_for_update(of=("self",)).select_related("port")
    cancelled = list(open_.order_by("pk"))
    ids = [order.pk for order in cancelled]
    Order.objects.filter(pk__in=ids).update(state=State.CANCELLED, next_attempt_at=None, claimed_at=None)
    for order in cancelled:
        fact = OrderCancelled(order_id=order.pk, case_id=order.case_id, department=order.department)
        publish(fact, actor=actor, at=now)
        withdraw_order(order, actor, now)
    return len(ids)
