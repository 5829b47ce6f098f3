"""How many will come on which day, and how many windows that needs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onething.desks.appointments import hours, queueing
from onething.desks.appointments.hours import Hours
from onething.kernel.workdays import Calendar

WITHIN = 15.0
SHARE = 0.9
"""Nine in ten wait less than a quarter of an hour. Source: the promise of issue 4 for 潮汐窗口."""

INTERVAL = 30.0


@dataclass(frozen=True, slots=True)
class Season:
    """When people come: shares by working day after a list came in, and how busy each hour is (1: the average)."""

    after_list: tuple[float, ...]
    by_hour: Mapping[int, float]
    ordinary_day: float
    mark: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tide:
    """One day: who will come, the windows it needs, and how it will go with those that are staffed."""

    on: date
    booked: int
    visits: float
    needed: int
    staffed: int
    share: float
    longest: float
    longest_then: float

    @property
    def more(self) -> int:
        """Windows to open (or, negative, that could stay shut)."""
        return self.needed - self.staffed

    @property
    def expected(self) -> int:
        """Visits as a whole number."""
        return round(self.visits)


def spread(listed: Mapping[date, int], season: Season, calendar: Calendar, days: Sequence[date]) -> dict[date, float]:
    """
    Spread people who are expected over the working days after the day their list came in.

    Gives only the days asked for; who would have come before the first of them is taken to have come.
    """
    coming = dict.fromkeys(days, 0.0)
    for day, people in listed.items():
        after = hours.working_days(calendar, day, len(season.after_list) + 1)
        later = (on for on in after if on > day)
        for on, share in zip(later, season.after_list, strict=False):
            if on in coming:
                coming[on] += people * share
    return coming


def rates(visits: float, open_hours: Iterable[Hours], season: Season) -> tuple[float, ...]:
    """
    Turn a day's visits into people a minute, interval after interval of the open hours, by how busy each hour is.

    The break between two stretches is left out: whoever waits before it is still there after it.
    """
    weights = [season.by_hour.get(hour, 1.0) for hour in _intervals(open_hours)]
    total = sum(weights) * INTERVAL
    return tuple(round(visits * weight / total, 6) for weight in weights) if total else ()


def _intervals(open_hours: Iterable[Hours]) -> Iterable[int]:
    for one in sorted(open_hours):
        begins, ends = (at.hour * 60 + at.minute for at in (one.opens, one.closes))
        yield from (minute // 60 for minute in range(begins, ends - int(INTERVAL) + 1, int(INTERVAL)))


def tide(on: date, *, visits: float, booked: int, staffed: int, rates: tuple[float, ...], minutes: float) -> Tide:
    """Compute the windows of one day. `staffed`: how many are planned now; `minutes`: the mean for one person."""
    needed = queueing.servers_needed(rates=rates, interval=INTERVAL, mean=minutes, within=WITHIN, share=SHARE)
    now = queueing.through_the_day(max(staffed, 1), rates=rates, interval=INTERVAL, mean=minutes)
    then = queueing.through_the_day(needed, rates=rates, interval=INTERVAL, mean=minutes)
    return Tide(
        on=on, booked=booked, visits=visits, needed=needed, staffed=staffed, share=now.share_within(WITHIN),
        longest=now.longest_of(SHARE), longest_then=then.longest_of(SHARE),
    )  # fmt: skip
