"""Who is next at a counter. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """Somebody waiting: since when, bound to which counter, whether they go first, and the time they booked."""

    since: datetime
    for_counter: int | None = None
    goes_first: bool = False
    booked_for: datetime | None = None


def ranked(waiting: Iterable[tuple[InLine, T]], *, counter: int, now: datetime, elders_first: bool) -> list[T]:
    """
    Put those whom a counter may call in order.

    First whoever was sent on to this very counter: they have waited once. Then appointments whose time has come, by
    that time; then elders and disabled persons where the hall's rule says so; then everybody by the time they came.
    Who is here before their booked time waits behind the others, and is called early if nobody else is there.
    """
    callable_here = [(one, ticket) for one, ticket in waiting if one.for_counter in (None, counter)]
    in_order = sorted(callable_here, key=lambda pair: _rank(pair[0], counter, now, elders_first))
    return [ticket for _, ticket in in_order]


def _rank(one: InLine, counter: int, now: datetime, elders_first: bool) -> tuple[int, datetime, datetime]:
    if one.for_counter == counter:
        return 0, one.since, one.since
    if one.booked_for is not None:
        return (1 if one.booked_for <= now else 4), one.booked_for, one.since
    return (2 if elders_first and one.goes_first else 3), one.since, one.since
