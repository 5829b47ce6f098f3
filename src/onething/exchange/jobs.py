"""Reactions and sweeps: hand orders over, try again, fetch replies, never let silence pass unnoticed."""

from __future__ import annotations

from uuid import UUID

from onething.exchange import connectors, escalating, services, urging
from onething.exchange.events import (
    AmendmentDue,
    OrderAmended,
    OrderDue,
    OrderPlaced,
    OrderStuck,
    OrderUrged,
    RepliesDue,
)
from onething.exchange.wire import CallFailed
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal import every, on


@on(OrderPlaced, lock="order:{order_id}", queue_name="exchange", when=lambda fact: fact.travels)
def send_order(fact: OrderPlaced) -> None:
    """Hand a new order over to its department."""
    deliver(fact.order_id)


@on(OrderDue, lock="order:{order_id}", queue_name="exchange")
def send_order_again(fact: OrderDue) -> None:
    """Hand over an order whose last attempt failed, was lost, or met silence."""
    deliver(fact.order_id)


def deliver(order_id: UUID) -> None:
    """Make one attempt: claim (transaction), call (network, outside any transaction), record (transaction)."""
    deliveries = services.claim_orders(order_id=order_id, actor=SYSTEM, now=clock.now())
    if not deliveries:
        return  # somebody else has it in hand, it is settled, or its department is left in peace for now
    outcomes = connectors.send(deliveries, now=clock.now())
    services.record_attempts(deliveries=deliveries, outcomes=outcomes, actor=SYSTEM, now=clock.now())


@on(OrderAmended, lock="order:{order_id}", queue_name="exchange", when=lambda fact: fact.travels)
def send_amendment(fact: OrderAmended) -> None:
    """Send a paper after its order."""
    deliver_amendment(fact.amendment_id)


@on(AmendmentDue, lock="order:{order_id}", queue_name="exchange")
def send_amendment_again(fact: AmendmentDue) -> None:
    """Send a paper after its order which could not be sent before."""
    deliver_amendment(fact.amendment_id)


def deliver_amendment(amendment_id: UUID) -> None:
    """Make one attempt: claim (transaction), call (network, outside any transaction), record (transaction)."""
    delivery = services.claim_amendment(amendment_id=amendment_id, actor=SYSTEM, now=clock.now())
    if delivery is None:
        return  # sent already, or its order is not with the department yet
    (outcome,) = connectors.send([delivery], now=clock.now())
    services.record_amendment(
        amendment_id=amendment_id, delivery=delivery, outcome=outcome, actor=SYSTEM, now=clock.now()
    )


@on(OrderStuck, queue_name="letters", when=lambda fact: fact.reason == "unresolved")
def write_to_higher(fact: OrderStuck) -> None:
    """Write to those who are told one division up."""
    escalating.write_letters(fact.order_id, now=clock.now())


@on(OrderUrged, queue_name="exchange")
def send_urging(fact: OrderUrged) -> None:
    """Tell the department's system that it is asked to hurry; a desk sees it without being told."""
    letter = urging.letter_of(fact.urging_id, now=clock.now())
    if letter is None:
        return  # it was delivered before, or the department has no system
    problem = urging.send(letter, now=clock.now())
    services.record_urging(urging_id=fact.urging_id, problem=problem, actor=SYSTEM, now=clock.now())


@on(RepliesDue, lock="inbox:{department_id}", queue_name="exchange")
def collect_replies(fact: RepliesDue) -> None:
    """Fetch the replies that a department lays ready: claim, read, take each, say how far it got."""
    claimed = services.claim_inbox(port_id=fact.department_id, actor=SYSTEM, now=clock.now())
    if claimed is None:
        return  # another worker is at it
    port, cursor = claimed
    connector = connectors.named(port.connector)
    try:
        found = connector.collect(port, cursor=cursor, now=clock.now())
        for batch in found.batches:
            told = services.take_batch(port=port, batch=batch, now=clock.now())
            connector.settle(port, batch, told, now=clock.now())
        cursor, has_more, problem = found.cursor, found.has_more, ""
    except CallFailed as failure:
        has_more, problem = False, f"{failure.status or ''} {failure.words}".strip()
    services.record_collection(
        port_id=port.port_id, cursor=cursor, has_more=has_more, problem=problem, actor=SYSTEM, now=clock.now()
    )


@every("* * * * * */2")
def sweep_due() -> None:
    """Set due orders going again."""
    services.send_due(actor=SYSTEM, now=clock.now())


@every("* * * * * */5")
def sweep_amendments() -> None:
    """Send papers after their orders once the departments have these, and again where it failed."""
    services.send_amendments(actor=SYSTEM, now=clock.now())


@every("* * * * * */5")
def sweep_inboxes() -> None:
    """Fetch replies where it is due."""
    services.call_for_replies(actor=SYSTEM, now=clock.now())


@every("* * * * *")
def sweep_silence() -> None:
    """Climb the ladder: warn, tell, tell one division up; end supervisions, and tell of late ones."""
    now = clock.now()
    services.warn_owners(actor=SYSTEM, now=now)
    services.tell_owners(actor=SYSTEM, now=now)
    services.tell_higher(actor=SYSTEM, now=now)
    services.follow_supervisions(actor=SYSTEM, now=now)


@every("30 3 * * *")
def sweep_old() -> None:
    """Forget what was kept long enough: the ledger of shared data after three years, traffic after thirty days."""
    services.forget_old(actor=SYSTEM, now=clock.now())
