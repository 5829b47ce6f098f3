"""Reading for those who look after departments: the port board, one port, one order with everything that was tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from onething.exchange import queries, traffic
from onething.exchange.circuits import is_resting
from onething.exchange.models import Attempt, DeadLetter, Department, Escalation, Order, Supervision, Urging
from onething.exchange.queries import ReplyWords
from onething.exchange.states import UNANSWERED
from onething.kernel.access import Actor

SPAN = timedelta(hours=1)
MOST_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PortRow:
    """One port as the board shows it. `circuit`: closed, open, half_open; `p95` bounds the duration from above."""

    port: Department
    circuit: str
    open_until: datetime | None
    last_success_at: datetime | None
    last_words: str
    calls: int  # in the last hour
    failures: int
    p95: timedelta | None
    backlog: int  # orders that have still to be sent
    unheard: int  # sent, and not yet acknowledged
    oldest: datetime | None  # since when the oldest of these lies
    stuck: int  # somebody was told
    dead: int
    letters: int  # messages of the department that could not be taken
    inbox_problem: str

    @property
    def is_ill(self) -> bool:
        """Tell whether somebody should look."""
        return self.circuit != "closed" or bool(self.dead or self.letters or self.inbox_problem)

    @property
    def share_failed(self) -> int:
        """Give the failed calls in per cent."""
        return round(100 * self.failures / self.calls) if self.calls else 0


_BOARD = """
SELECT d.id, c.open_until, c.last_success_at, coalesce(c.last_words, ''), coalesce(t.calls, 0),
       coalesce(t.failures, 0), o.backlog, o.unheard, o.oldest, s.stuck, s.dead,
       (SELECT count(*) FROM exchange_deadletter l WHERE l.port_id = d.id AND l.settled_at IS NULL),
       coalesce(i.problem, '')
FROM exchange_department d
LEFT JOIN exchange_circuit c ON c.port_id = d.id
LEFT JOIN exchange_inbox i ON i.port_id = d.id
LEFT JOIN LATERAL (SELECT sum(calls)::int AS calls, sum(failures)::int AS failures
                   FROM exchange_traffic WHERE port_id = d.id AND since >= %(since)s) t ON true
CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE state = 'waiting') AS backlog,
                           count(*) FILTER (WHERE state = 'sent') AS unheard, min(created_at) AS oldest
                    FROM exchange_order WHERE port_id = d.id AND state IN ('waiting', 'sent')) o
CROSS JOIN LATERAL (SELECT count(*) AS stuck, count(*) FILTER (WHERE state = 'dead') AS dead
                    FROM exchange_order WHERE port_id = d.id AND told_at IS NOT NULL AND state = ANY(%(open)s)) s
WHERE d.id = ANY(%(ports)s)
"""
_DURATIONS = """
SELECT port_id, array_agg(summed ORDER BY place) FROM (
    SELECT t.port_id, d.place, sum(d.count)::int AS summed
    FROM exchange_traffic t, unnest(t.durations) WITH ORDINALITY AS d(count, place)
    WHERE t.port_id = ANY(%(ports)s) AND t.since >= %(since)s GROUP BY 1, 2) x
GROUP BY port_id
"""


def port_board(actor: Actor, *, now: datetime) -> list[PortRow]:
    """Read every open port that the actor may see: one row per port, those that need somebody first."""
    ports = {port.pk: port for port in Department.objects.visible_to(actor).filter(is_open=True)}
    values: dict[str, Any] = {"ports": list(ports), "since": now - SPAN, "open": [*map(str, UNANSWERED)]}
    with connection.cursor() as cursor:
        cursor.execute(_DURATIONS, values)
        durations = dict(cursor.fetchall())
        cursor.execute(_BOARD, values)
        rows = [_row(ports[row[0]], row[1:], durations.get(row[0], ()), now) for row in cursor.fetchall()]
    return sorted(rows, key=lambda row: (not row.is_ill, -row.stuck, -row.backlog, row.port.region, row.port.code))


def _row(port: Department, read: tuple[Any, ...], durations: Any, now: datetime) -> PortRow:
    (open_until, last_success_at, last_words, calls, failures, backlog, unheard, oldest, stuck, dead, letters,
     problem) = read  # fmt: skip
    circuit = "closed" if open_until is None else "open" if is_resting(open_until, now=now) else "half_open"
    return PortRow(
        port=port, circuit=circuit, open_until=open_until, last_success_at=last_success_at, last_words=last_words,
        calls=calls, failures=failures, p95=traffic.quantile(durations, 0.95), backlog=backlog, unheard=unheard,
        oldest=oldest, stuck=stuck, dead=dead, letters=letters, inbox_problem=problem,
    )  # fmt: skip


def resting_orders(actor: Actor, port: Department) -> QuerySet[Order]:
    """Find the orders of a port whose owner was told. One row per order, the longest told first."""
    told = Order.objects.visible_to(actor).filter(port=port, state__in=UNANSWERED, told_at__isnull=False)
    return told.defer("sealed").order_by("told_at", "pk")


def dead_letters(actor: Actor, port: Department) -> QuerySet[DeadLetter]:
    """Find the messages of a port that could not be taken and nobody has seen to, the oldest first."""
    return DeadLetter.objects.visible_to(actor).filter(port=port, settled_at__isnull=True).order_by("told_at", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """One order and everything that happened to it."""

    order: Order
    attempts: list[Attempt]
    replies: list[ReplyWords]
    told: list[Escalation]
    urgings: list[Urging]
    supervisions: list[Supervision]


def trail(actor: Actor, order_id: UUID) -> Trail:
    """Read an order with every attempt, every reply, and everybody who was told. Refuses OrderNotFound."""
    order = queries.order_for(actor, order_id)
    return Trail(
        order=order,
        attempts=list(order.tries.order_by("number")),
        replies=queries.replies_to(order),
        told=list(order.escalations.order_by("told_at", "rung")),
        urgings=list(order.urgings.order_by("at")),
        supervisions=list(order.supervisions.order_by("begun_at")),
    )
