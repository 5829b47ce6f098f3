"""Ways between the house and a department: one folder each, found by its name, registered nowhere.

connectors/<kind>/__init__.py
    NEEDS_ADDRESS: bool
    TRAVELS: bool            (False: placing an order is delivering it, no job has to send it)
    COLLECTS: bool           (True: the department cannot call us, so its replies are fetched)
    def check_address(address: str) -> str: ...
    def send(deliveries: Sequence[Delivery], *, now: datetime) -> list[Outcome]: ...
    def collect(port: Port, *, cursor: str, now: datetime) -> Collected: ...     (only with COLLECTS)
    def settle(port: Port, batch: Batch, told: Sequence[Told], *, now: datetime) -> None: ...     (likewise)
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from onething.exchange.collecting import Collected
from onething.exchange.delivery import Delivery, Outcome
from onething.exchange.errors import ConnectorUnknown


class Connector(Protocol):
    """One way to a department. Sending never raises for what a department or the network does."""

    NEEDS_ADDRESS: bool
    TRAVELS: bool
    COLLECTS: bool
    check_address: Callable[[str], str]
    send: Callable[..., list[Outcome]]
    collect: Callable[..., Collected]
    settle: Callable[..., None]


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


def collecting() -> list[str]:
    """Name the connectors whose departments' replies are fetched."""
    return [kind for kind in known() if named(kind).COLLECTS]


def send(deliveries: Sequence[Delivery], *, now: datetime) -> list[Outcome]:
    """Hand orders of one department over by its connector. Network: never call it inside a transaction."""
    return named(deliveries[0].connector).send(deliveries, now=now)
