"""The times of a hall's day: which can be booked, and how many at once. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from onething.kernel.workdays import Calendar

SOONEST = timedelta(minutes=30)
"""A time is booked at the latest so long before it; who comes sooner draws a ticket."""


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """One stretch of the day in which a hall is open, and how many counters are staffed in it."""

    opens: time
    closes: time
    counters: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a hall as its rows tell it: what is added, and whether it is closed."""

    on: date
    extra: int = 0
    is_closed: bool = False


def fault_in(hours: Iterable[Hours]) -> Hours | None:
    """Find hours that end before they begin, or begin before the ones before them end."""
    ordered = sorted(hours)
    backward = next((one for one in ordered if one.closes <= one.opens), None)
    return backward or next((after for before, after in pairwise(ordered) if after.opens < before.closes), None)


def places(hours: Iterable[Hours], day: Day, *, minutes: int, per_counter: int, zone: tzinfo) -> dict[datetime, int]:
    """
    Lay out a day: beginning of each bookable time → how many may be booked on it.

    `minutes`: length of one. A time that would run past closing is left out; a closed day has none.
    """
    if day.is_closed:
        return {}
    return {
        begins: (one.counters + day.extra) * per_counter
        for one in hours
        for begins in _beginnings(day.on, one, timedelta(minutes=minutes), zone)
    }


def _beginnings(on: date, hours: Hours, length: timedelta, zone: tzinfo) -> Iterator[datetime]:
    begins, closes = (datetime.combine(on, at, zone) for at in (hours.opens, hours.closes))
    while begins + length <= closes:
        yield begins
        begins += length


def working_days(calendar: Calendar, first: date, count: int) -> Iterator[date]:
    """List the next working days, make-up days with them: `first` itself if it is one, `count` in all."""
    if calendar.is_working_day(first):
        yield first
        count -= 1
    for day in calendar.days_after(first):
        if count <= 0:
            return
        if day.counts:
            yield day.on
            count -= 1


def open_minutes(hours: Iterable[Hours]) -> int:
    """Count the minutes a day that a hall is open."""
    return sum(_minute(one.closes) - _minute(one.opens) for one in hours)


def counters_at(hours: Iterable[Hours], at: time, extra: Mapping[date, int], on: date) -> int:
    """Tell how many counters are staffed at a time of the day; 0 while the hall is closed."""
    return next((one.counters + extra.get(on, 0) for one in hours if one.opens <= at < one.closes), 0)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
