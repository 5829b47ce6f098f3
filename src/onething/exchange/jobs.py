"""Reactions and sweeps: hand orders over, try again, never let silence pass unnoticed."""

from __future__ import annotations

from uuid import UUID

from onething.exchange import connectors, services
from onething.exchange.events import OrderDue, OrderPlaced
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
    delivery = services.claim_order(order_id=order_id, actor=SYSTEM, now=clock.now())
    if delivery is None:
        return  # somebody else has it in hand, or it is settled
    outcome = connectors.send(delivery, now=clock.now())
    services.record_attempt(delivery=delivery, outcome=outcome, actor=SYSTEM, now=clock.now())


@every("* * * * * */5")
def sweep_due() -> None:
    """Set due orders going again."""
    services.send_due(actor=SYSTEM, now=clock.now())


@every("* * * * *")
def sweep_silence() -> None:
    """Tell the owners of orders that rest for too long."""
    services.tell_owners(actor=SYSTEM, now=clock.now())
