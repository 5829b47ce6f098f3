"""A department without a system of its own: the order lies on its desk in the workbench."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from onething.exchange.delivery import Delivery, Outcome, Verdict

NEEDS_ADDRESS = False
TRAVELS = False
COLLECTS = False


def check_address(address: str) -> str:
    """A desk has no address."""
    return ""


def send(deliveries: Sequence[Delivery], *, now: datetime) -> list[Outcome]:
    """Send nothing: lying on the desk is the delivery (of an order that is sent again by hand)."""
    return [Outcome(verdict=Verdict.DELIVERED, receipt="desk") for _ in deliveries]
