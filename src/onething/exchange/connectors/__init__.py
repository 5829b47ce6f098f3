"""Ways to hand an order over: one folder each, found by its name, registered nowhere.

connectors/<kind>/__init__.py
    NEEDS_ADDRESS: bool
    TRAVELS: bool            (False: placing an order is delivering it, no job has to send it)
    def send(delivery: Delivery, *, now: datetime) -> Outcome: ...
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from onething.exchange.delivery import Delivery, Outcome
from onething.exchange.errors import ConnectorUnknown


class Connector(Protocol):
    """One way to hand an order over. Sending never raises for what a department or the network does."""

    NEEDS_ADDRESS: bool
    TRAVELS: bool
    send: Callable[..., Outcome]


@cache
def known() -> tuple[str, ...]:
    """Name the connectors that are installed."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__) if found.ispkg))


@cache
def named(kind: str) -> Connector:
    """Find a connector by its name. Refuses ConnectorUnknown."""
    if kind not in known():
        raise ConnectorUnknown(connector=kind, known=", ".join(known()))
    return cast(Connector, import_module(f"{__name__}.{kind}"))


def send(delivery: Delivery, *, now: datetime) -> Outcome:
    """Hand an order over by its department's connector. Network: never call it inside a transaction."""
    return named(delivery.connector).send(delivery, now=now)
