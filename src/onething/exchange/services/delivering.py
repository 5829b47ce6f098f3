"""Orders out, second half: claim, record, and set going again what is due."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from onething.exchange import queries
from onething.exchange.circuits import LONGEST_REST, Standing, after_failure
from onething.exchange.delivery import (
    LEASE,
    MAX_ATTEMPTS,
    Delivery,
    Outcome,
    Verdict,
    next_wait,
    order_envelope,
)
from onething.exchange.events import CircuitClosed, CircuitOpened, OrderDue, OrderSent, OrderStuck
from onething.exchange.ladder import Rung
from onething.exchange.models import Circuit, Escalation, Order
from onething.exchange.states import State
from onething.exchange.traffic import CLASSES, class_of, slot_of
from onething.kernel.access import Actor
from onething.plumbing import prepared
from onething.plumbing.journal import publish, writes

SWEEP_ROWS = 32  # of one port in one sweep: one that comes back is not stormed, and the others' orders are not late

_LOCK = """
SELECT c.port_id FROM exchange_circuit c JOIN exchange_order o ON o.port_id = c.port_id
WHERE o.id = %(order)s::uuid FOR UPDATE OF c
"""
# The circuit's row is the gate: whoever holds it counts the calls under way, and nobody else claims meanwhile.
_CLAIM = """
WITH asked AS (
    SELECT o.id, o.port_id, o.case_id, o.created_at FROM exchange_order o
    WHERE o.id = %(order)s::uuid AND o.state = 'waiting' AND o.tries_left > 0
      AND (o.claimed_at IS NULL OR o.claimed_at < %(stale)s::timestamptz)
    FOR UPDATE SKIP LOCKED
), gate AS (
    SELECT asked.id, asked.port_id, d.bulk, c.open_until, CASE
        WHEN c.open_until > %(now)s::timestamptz AND c.open_until <= %(longest)s::timestamptz THEN 'open'
        WHEN c.open_until IS NOT NULL AND c.probed_at > %(stale)s::timestamptz THEN 'tried'
        WHEN (SELECT count(*) FROM exchange_order x
              WHERE x.port_id = asked.port_id AND x.claimed_at > %(stale)s::timestamptz)
             >= CASE WHEN c.failures > 0 THEN greatest(1, d.at_once / 4) ELSE d.at_once END THEN 'busy'
        WHEN EXISTS (SELECT 1 FROM exchange_order e
                     WHERE e.case_id = asked.case_id AND e.port_id = asked.port_id AND e.state = 'waiting'
                       AND e.created_at < asked.created_at) THEN 'behind'
        ELSE 'free' END AS answer
    FROM asked JOIN exchange_department d ON d.id = asked.port_id LEFT JOIN exchange_circuit c ON c.port_id = d.id
), probe AS (
    UPDATE exchange_circuit c SET probed_at = %(now)s::timestamptz
    FROM gate WHERE c.port_id = gate.port_id AND gate.answer = 'free' AND c.open_until IS NOT NULL
), later AS (
    UPDATE exchange_order o SET claimed_at = NULL, next_attempt_at =
        CASE WHEN gate.answer = 'open' THEN gate.open_until ELSE %(soon)s::timestamptz END
    FROM gate WHERE o.id = gate.id AND gate.answer <> 'free'
), more AS (
    SELECT o.id FROM gate JOIN exchange_order o ON o.port_id = gate.port_id
    WHERE gate.answer = 'free' AND gate.bulk > 1 AND gate.open_until IS NULL
      AND o.id <> gate.id AND o.state = 'waiting' AND o.tries_left > 0 AND o.claimed_at IS NULL
      AND (o.attempts = 0 OR o.next_attempt_at <= %(now)s::timestamptz)
      AND NOT EXISTS (SELECT 1 FROM exchange_order e
                      WHERE e.case_id = o.case_id AND e.port_id = o.port_id AND e.state = 'waiting'
                        AND e.created_at < o.created_at
                        AND (e.claimed_at IS NOT NULL OR e.attempts > 0 AND e.next_attempt_at > %(now)s::timestamptz))
    ORDER BY o.created_at, o.id LIMIT (SELECT bulk - 1 FROM gate) FOR UPDATE OF o SKIP LOCKED
), claimed AS (
    UPDATE exchange_order o SET claimed_at = %(now)s::timestamptz, attempts = attempts + 1,
        tries_left = tries_left - 1, next_attempt_at = %(lost)s::timestamptz
    WHERE o.id IN (SELECT id FROM gate WHERE answer = 'free' UNION ALL SELECT id FROM more)
    RETURNING o.*
), attempt AS (
    INSERT INTO exchange_attempt (order_id, round, number, started_at, outcome, words)
    SELECT id, round, attempts, %(now)s::timestamptz, 'open', '' FROM claimed
)
SELECT o.id, o.round, o.attempts, o.created_at, o.case_number, o.matter, o.title, o.due, o.person_id, o.sealed,
       d.id, d.connector, d.address, d.host_key, d.code, d.region, d.key_version
FROM claimed o JOIN exchange_department d ON d.id = o.port_id ORDER BY o.created_at, o.id
"""


@writes
def claim_orders(*, order_id: UUID, actor: Actor, now: datetime) -> list[Delivery]:
    """
    Claim a waiting order for one attempt, and what else its department takes in the same message.

    Gives nothing if it is claimed, sent or settled already; if the department's circuit is open or as many calls as
    it allows are under way (then the order comes again later, and has lost no try); if an earlier order of the case
    still waits for the same department. Two workers that claim at once: the rows decide. The attempts are written
    before the call.
    """
    values = {
        "order": order_id, "now": now, "stale": now - LEASE, "lost": now + LEASE,
        "longest": now + LONGEST_REST,
        "soon": now + next_wait(1, random.random()),  # noqa: S311  # spreads load, no secret
    }  # fmt: skip
    prepared.run(_LOCK, {"order": order_id})
    rows = prepared.rows(_CLAIM, values)
    return [_delivery(row, now) for row in rows]


def claim_order(*, order_id: UUID, actor: Actor, now: datetime) -> Delivery | None:
    """Claim a waiting order for one attempt; None if that cannot be now. See `claim_orders`."""
    return next((d for d in claim_orders(order_id=order_id, actor=actor, now=now) if d.order_id == order_id), None)


def _delivery(row: Sequence[Any], now: datetime) -> Delivery:
    (order_id, round_, number, placed_at, case_number, matter, title, due, person_id, sealed,
     port_id, connector, address, host_key, code, region, key_version) = row  # fmt: skip
    payload = queries.payload_of(person_id, sealed)
    envelope = order_envelope(
        event_id=f"{order_id}-{round_}", placed_at=placed_at, order_id=order_id, round=round_,
        case_number=case_number, matter=matter, title=title, due=due, fields=payload["fields"],
        materials=payload["materials"],
    )  # fmt: skip
    return Delivery(
        order_id=order_id, port_id=port_id, round=round_, number=number, claimed_at=now, connector=connector,
        address=address, host_key=host_key, envelope=envelope,
        keyring=queries.keyring_for(code, region, key_version),
    )  # fmt: skip


@writes
def record_attempts(
    *, deliveries: Sequence[Delivery], outcomes: Sequence[Outcome], actor: Actor, now: datetime
) -> None:
    """
    Record what came of one call: each order sent, to be tried again later, or dead and its owner told.

    The call counts once for the department's circuit and traffic. An order that was answered or cancelled in the
    meantime keeps its state; the attempt is noted all the same.
    """
    _note_call(deliveries[0], outcomes[0], actor, now)
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        _record(delivery, outcome, actor, now)


def record_attempt(*, delivery: Delivery, outcome: Outcome, actor: Actor, now: datetime) -> None:
    """Record what came of a call with a single order. See `record_attempts`."""
    record_attempts(deliveries=[delivery], outcomes=[outcome], actor=actor, now=now)


_TRAFFIC = f"""
INSERT INTO exchange_traffic (port_id, since, calls, failures, durations)
VALUES (%(port)s::uuid, %(since)s::timestamptz, 1, %(failed)s::int, array_fill(0, ARRAY[{CLASSES}]))
ON CONFLICT (port_id, since) DO UPDATE SET calls = exchange_traffic.calls + 1,
    failures = exchange_traffic.failures + %(failed)s::int
"""  # noqa: S608  # of a constant
_DURATION = """
UPDATE exchange_traffic SET durations[%(class)s::int] = durations[%(class)s::int] + 1
WHERE port_id = %(port)s::uuid AND since = %(since)s::timestamptz
"""
_GOOD = """
WITH before AS (SELECT port_id, opened_at FROM exchange_circuit WHERE port_id = %(port)s::uuid FOR UPDATE),
after AS (
    UPDATE exchange_circuit c SET failures = 0, opened_at = NULL, open_until = NULL, probed_at = NULL,
        last_success_at = greatest(last_success_at, %(now)s::timestamptz)
    FROM before WHERE c.port_id = before.port_id
)
SELECT 1 FROM before WHERE opened_at IS NOT NULL
"""


def _note_call(delivery: Delivery, outcome: Outcome, actor: Actor, now: datetime) -> None:
    # First the circuit, then the orders: everywhere in this order, so that no two wait for each other.
    if outcome.is_outage:
        _note_failure(delivery.port_id, outcome, actor, now)
    elif prepared.rows(_GOOD, {"port": delivery.port_id, "now": now}):
        publish(CircuitClosed(department_id=delivery.port_id), actor=actor, at=now)
    values = {
        "port": delivery.port_id, "since": slot_of(now), "failed": int(outcome.verdict is not Verdict.DELIVERED),
        "class": class_of(now - delivery.claimed_at) + 1,
    }  # fmt: skip
    prepared.run(_TRAFFIC, values)
    prepared.run(_DURATION, values)


def _note_failure(port_id: UUID, outcome: Outcome, actor: Actor, now: datetime) -> None:
    circuit, _ = Circuit.objects.select_for_update().get_or_create(port_id=port_id)
    before = Standing(circuit.failures, circuit.opened_at, circuit.open_until)
    after = after_failure(before, now=now, draw=random.random())  # noqa: S311  # spreads load, no secret
    Circuit.objects.filter(pk=port_id).update(
        failures=after.failures, opened_at=after.opened_at, open_until=after.open_until, probed_at=None,
        last_failure_at=now, last_words=_words(outcome)[:200],
    )  # fmt: skip
    if before.opened_at is None and after.opened_at is not None:
        publish(CircuitOpened(department_id=port_id, failures=after.failures), actor=actor, at=now)


def _words(outcome: Outcome) -> str:
    return f"{outcome.status or ''} {outcome.words}".strip()


_ATTEMPT = """
UPDATE exchange_attempt SET finished_at = %(now)s::timestamptz, outcome = %(outcome)s::text, status = %(status)s::int,
    words = %(words)s::text
WHERE order_id = %(order)s::uuid AND number = %(number)s::int
"""
_SENT = """
UPDATE exchange_order o SET state = 'sent', receipt = %(receipt)s::text, sent_at = %(now)s::timestamptz,
    claimed_at = NULL, next_attempt_at = %(now)s::timestamptz + d.repeat_after
FROM exchange_department d
WHERE o.id = %(order)s::uuid AND d.id = o.port_id AND o.state = 'waiting' AND o.round = %(round)s::int
  AND o.attempts = %(number)s::int
RETURNING o.case_id, o.department
"""
_OUTRUN = """
UPDATE exchange_order SET receipt = %(receipt)s::text, sent_at = %(now)s::timestamptz
WHERE id = %(order)s::uuid AND round = %(round)s::int AND receipt = ''
"""


def _record(delivery: Delivery, outcome: Outcome, actor: Actor, now: datetime) -> None:
    values = {
        "order": delivery.order_id, "number": delivery.number, "now": now, "outcome": str(outcome.verdict),
        "status": outcome.status, "words": outcome.words[:200],
    }  # fmt: skip
    if outcome.verdict is not Verdict.DELIVERED:
        prepared.run(_ATTEMPT, values)
        _not_taken(delivery, outcome, actor, now)
        return
    sent = {
        "order": delivery.order_id, "round": delivery.round, "number": delivery.number, "now": now,
        "receipt": outcome.receipt[:200],
    }  # fmt: skip
    prepared.run(_ATTEMPT, values)
    taken = prepared.row(_SENT, sent)
    if taken:
        case_id, department = taken
        publish(OrderSent(order_id=delivery.order_id, case_id=case_id, department=department), actor=actor, at=now)
    else:  # the answer outran the receipt, which is kept all the same
        prepared.run(_OUTRUN, {name: sent[name] for name in ("order", "round", "now", "receipt")})


def _not_taken(delivery: Delivery, outcome: Outcome, actor: Actor, now: datetime) -> None:
    order = Order.objects.select_for_update().get(pk=delivery.order_id)
    if order.state != State.WAITING or (order.round, order.attempts) != (delivery.round, delivery.number):
        return
    if outcome.verdict is Verdict.RETRY and order.tries_left:
        wait = outcome.wait or next_wait(MAX_ATTEMPTS - order.tries_left, random.random())  # noqa: S311  # as above
        Order.objects.filter(pk=order.pk).update(claimed_at=None, next_attempt_at=now + wait)
    else:
        bury(order, "refused" if outcome.verdict is Verdict.FINAL else "unreachable", actor, now)


def bury(order: Order, reason: str, actor: Actor, now: datetime) -> None:
    """Make an order a dead letter: its owner is told now, and a person decides what comes next."""
    Order.objects.filter(pk=order.pk).update(
        state=State.DEAD, claimed_at=None, next_attempt_at=None, tell_by=now, told_at=now
    )
    Escalation.objects.get_or_create(
        order=order, term=now, rung=Rung.OVERDUE, defaults={"owner": order.owner, "reason": reason, "told_at": now}
    )
    stuck = OrderStuck(
        order_id=order.pk, case_id=order.case_id, task_id=order.task_id, department=order.department,
        owner=order.owner, reason=reason,
    )  # fmt: skip
    publish(stuck, actor=actor, at=now)


_DUE = """
SELECT o.id, o.tries_left FROM exchange_department d LEFT JOIN exchange_circuit c ON c.port_id = d.id
CROSS JOIN LATERAL (
    SELECT id, tries_left FROM exchange_order
    WHERE port_id = d.id AND state IN ('waiting', 'sent') AND next_attempt_at <= %(now)s
    ORDER BY next_attempt_at LIMIT CASE WHEN c.open_until IS NULL THEN %(rows)s ELSE 1 END FOR UPDATE SKIP LOCKED
) o
WHERE c.open_until IS NULL OR (
    (c.open_until <= %(now)s OR c.open_until > %(longest)s)  -- no rest is so long: a clock that went wrong wrote it
    AND (c.probed_at IS NULL OR c.probed_at < %(stale)s OR c.probed_at > %(now)s))
"""
_GO = """
UPDATE exchange_order SET state = 'waiting', claimed_at = NULL, next_attempt_at = %(again)s
WHERE id = ANY(%(orders)s) RETURNING id, case_id, department
"""


@writes
def send_due(*, actor: Actor, now: datetime, rows: int = SWEEP_ROWS) -> int:
    """
    Set going again what is due: failed attempts, claims of workers that died, orders met with silence.

    Of each department at most `rows`, of one whose circuit is half open one, of one whose circuit is open none.
    Orders that used up their attempts become dead and their owners are told. Gives how many were touched.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"now": now, "rows": rows, "stale": now - LEASE, "longest": now + LONGEST_REST})
        found = cursor.fetchall()
        cursor.execute(_GO, {"again": now + LEASE, "orders": [order_id for order_id, tries in found if tries]})
        due = cursor.fetchall()
    for order in Order.objects.filter(pk__in=[order_id for order_id, tries in found if not tries]).defer("sealed"):
        bury(order, "silent" if order.state == State.SENT else "unreachable", actor, now)
    for order_id, case_id, department in due:
        publish(OrderDue(order_id=order_id, case_id=case_id, department=department), actor=actor, at=now)
    return len(found)
