"""A department without a system of its own: the order lies on its desk in the workbench."""

from __future__ import annotations

from datetime import datetime

from onething.exchange.delivery import Delivery, Outcome, Verdict

NEEDS_ADDRESS = False
TRAVELS = False


def send(delivery: Delivery, *, now: datetime) -> Outcome:
    """Send nothing: lying on the desk is the delivery (of an order that is sent again by hand)."""
    return Outcome(verdict=Verdict.DELIVERED, receipt="desk")
