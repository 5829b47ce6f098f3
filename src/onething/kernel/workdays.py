"""The provable working-day clock. Calendars are values handed in; nothing here reads a clock, a file or a database.

How days are counted (decision 0003):

- The day something happens is not counted; the day after it is day 1 (Civil Code, article 201).
- A day counts if it is a working day of the calendar and the clock is not stopped on it.
- A stop is half-open: the day it begins no longer counts, the day it ends counts again. So a stop moves a deadline
  by exactly the working days that lie inside it, and one that begins and ends on the same day moves nothing.
- While a stop has no end, there is no due date.
- A day in a year that was not announced, and the last days of December until the next year is, make a deadline
  provisional: the notice of the next year may still move them.
"""

from __future__ import annotations

import hashlib
import json
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import count, islice
from typing import Any, TypeVar

from onething.kernel.errors import Invalid

DECEMBER_TAIL = 28
"""From this day of December on, the next year's notice may still move days (2004–2026: never before the 29th)."""

_SATURDAY = 5
_Plain = TypeVar("_Plain", int, str, bool)


class YearNotCovered(Invalid):
    """The working-day calendar “{calendar}” has no year {year}."""

    remedy = "Add the State Council's notice for that year to the calendar, or let the year be computed provisionally."


class YearTwice(Invalid):
    """The working-day calendar “{calendar}” holds the year {year} twice."""

    remedy = "Keep one of the two."


class DayOutsideYear(Invalid):
    """The {day} does not lie in the year {year} of the calendar."""

    remedy = "Move the day to the calendar of its own year."


class DayTwice(Invalid):
    """The calendar says two things about {day}."""

    remedy = "Keep the one that the State Council's notice says."


class DaysNegative(Invalid):
    """A number of days cannot be negative; {days} was given."""

    remedy = "Give zero or more days."


class EndBeforeStart(Invalid):
    """The end, {end}, lies before the start, {start}."""

    remedy = "Give an end that is not before the start."


class ProofUnreadable(Invalid):
    """This is not a deadline with its proof."""

    remedy = "Give the deadline exactly as it was written out."


class Kind(StrEnum):
    """What a day is, and so whether it counts."""

    WORKING = "working_day"
    MAKE_UP = "make_up_day"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    STOPPED = "stopped"


class Status(StrEnum):
    """Whether the State Council has announced a year, or the year is computed."""

    ANNOUNCED = "announced"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class Day:
    """One line of a proof: a day and what it is. A name says which holiday, or why the clock stands still."""

    on: date
    kind: Kind
    name: str = ""
    name_en: str = ""

    @property
    def counts(self) -> bool:
        """Tell whether the clock moves on this day."""
        return self.kind is Kind.WORKING or self.kind is Kind.MAKE_UP


@dataclass(frozen=True, slots=True)
class Notice:
    """The official text that moved days. The number is left out where it is not certain."""

    title: str
    number: str | None = None
    issued: date | None = None
    address: str | None = None

    @property
    def label(self) -> str:
        """Name the notice in a line: its number, else its title."""
        return self.number or self.title


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that a notice moved: a holiday, or a weekend day worked to make up for one."""

    on: date
    kind: Kind
    name: str
    name_en: str = ""
    notice: Notice | None = None


@dataclass(frozen=True, kw_only=True)
class Year:
    """One calendar year with the days that differ from the plain week. Refuses DayOutsideYear, DayTwice."""

    year: int
    status: Status
    source: str
    special: tuple[SpecialDay, ...]

    def __post_init__(self) -> None:
        seen: set[date] = set()
        for day in self.special:
            if day.on.year != self.year:
                raise DayOutsideYear(day=day.on, year=self.year)
            if day.on in seen:
                raise DayTwice(day=day.on)
            seen.add(day.on)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Lay out every day of the year, 1 January first."""
        special = {day.on: Day(day.on, day.kind, day.name, day.name_en) for day in self.special}
        first = date(self.year, 1, 1)
        length = date(self.year, 12, 31).timetuple().tm_yday
        every = (first + timedelta(days=number) for number in range(length))
        return tuple(special.get(on) or _plain_day(on) for on in every)

    @cached_property
    def digest(self) -> str:
        """Digest what moves the clock: status, days and names. Sources may be corrected without changing it."""
        days = sorted((day.on.isoformat(), day.kind, day.name, day.name_en) for day in self.special)
        return _digest([self.year, self.status, days])

    @property
    def notices(self) -> tuple[Notice, ...]:
        """List the notices that moved days of this year, in the order of their first day."""
        return tuple(dict.fromkeys(day.notice for day in self.special if day.notice))


def _plain_day(on: date) -> Day:
    return Day(on, Kind.WEEKEND if on.weekday() >= _SATURDAY else Kind.WORKING)


def _digest(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Calendar:
    """A named set of years. Refuses YearTwice on making, YearNotCovered on every question about another year."""

    id: str
    years: tuple[Year, ...]

    def __post_init__(self) -> None:
        seen: set[int] = set()
        for year in self.years:
            if year.year in seen:
                raise YearTwice(calendar=self.id, year=year.year)
            seen.add(year.year)

    @cached_property
    def by_year(self) -> Mapping[int, Year]:
        """Find a year by its number."""
        return {year.year: year for year in sorted(self.years, key=lambda year: year.year)}

    @cached_property
    def version(self) -> str:
        """Digest the whole calendar: it changes when any day of any year does."""
        return _digest([self.id, [year.digest for year in self.by_year.values()]])

    def covers(self, year: int) -> bool:
        """Tell whether the calendar holds a year."""
        return year in self.by_year

    def year(self, number: int) -> Year:
        """Give a year. Refuses YearNotCovered."""
        if number not in self.by_year:
            raise YearNotCovered(calendar=self.id, year=number)
        return self.by_year[number]

    def with_year(self, year: Year) -> Calendar:
        """Give a calendar that holds this year, in the place of one with the same number."""
        others = tuple(other for other in self.years if other.year != year.year)
        return Calendar(self.id, (*others, year))

    def day(self, on: date) -> Day:
        """Tell what a day is. Refuses YearNotCovered."""
        return self.year(on.year).days[_place(on)]

    def is_working_day(self, on: date) -> bool:
        """Tell whether a day is worked. Refuses YearNotCovered."""
        return self.day(on).counts

    def days_after(self, on: date) -> Iterator[Day]:
        """Walk the days from the one after `on`. Refuses YearNotCovered when it comes to a year that is missing."""
        place = _place(on) + 1
        for number in count(on.year):
            yield from self.year(number).days[place:]
            place = 0

    def is_settled(self, first: date, last: date) -> bool:
        """Tell whether no notice to come can move a day from `first` to `last` (both included)."""
        years = range(first.year, last.year + (2 if (last.month, last.day) >= (12, DECEMBER_TAIL) else 1))
        return all(self._is_announced(number) for number in years)

    def _is_announced(self, number: int) -> bool:
        return number in self.by_year and self.by_year[number].status is Status.ANNOUNCED

    def version_of(self, first: int, last: int) -> str:
        """Name the version of some years, e.g. "2026:1f0c2a4b+2027:77ab03d1". Refuses YearNotCovered."""
        return "+".join(f"{number}:{self.year(number).digest}" for number in range(first, last + 1))


def _place(on: date) -> int:
    return on.toordinal() - date(on.year, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stands still from `since` up to but not including `until`; without `until` it has not resumed."""

    since: date
    until: date | None = None
    why: str = ""
    why_en: str = ""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise EndBeforeStart(start=self.since, end=self.until)

    def holds(self, on: date) -> bool:
        """Tell whether the clock stands still on a day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """
    The day by which something is due, with its proof: one line per day after the start, up to the due day.

    `due` is None while a stop without end holds; the proof then ends on the day before that stop. `version` names
    the years it was counted in, so that a calendar which only gains later years still proves it.
    """

    start: date
    days: int
    due: date | None
    calendar: str
    version: str
    provisional: bool
    stops: tuple[Stop, ...]
    proof: tuple[Day, ...]

    @property
    def is_stopped(self) -> bool:
        """Tell whether the clock stands still with no end in sight."""
        return self.due is None

    @property
    def counted(self) -> int:
        """Count the days of the proof that count; equals `days` unless the clock stands still."""
        return sum(day.counts for day in self.proof)

    def to_json(self) -> dict[str, Any]:
        """Write the deadline as plain values for storing; `from_json` reads exactly this back."""
        return {
            "start": self.start.isoformat(),
            "working_days": self.days,
            "due": _iso(self.due),
            "provisional": self.provisional,
            "calendar": {"id": self.calendar, "version": self.version},
            "stops": [_stop_to_json(stop) for stop in self.stops],
            "proof": _proof_to_json(self.proof),
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Deadline:
        """Read a stored deadline. Refuses ProofUnreadable for anything that `to_json` does not write."""
        try:
            deadline = _deadline_from_json(plain)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise ProofUnreadable from None
        if deadline.to_json() != plain:
            raise ProofUnreadable
        return deadline


def add_working_days(calendar: Calendar, start: date, days: int, stops: Iterable[Stop] = ()) -> Deadline:
    """
    Find the day that lies a number of working days after the start, with its proof.

    Zero days are due on the start itself. Refuses DaysNegative, YearNotCovered.
    """
    if days < 0:
        raise DaysNegative(days=days)
    ordered = _in_order(stops)
    proof = _count(calendar, start, days, ordered)
    last = proof[-1].on if proof else start
    reached = sum(day.counts for day in proof) == days
    return Deadline(
        start=start,
        days=days,
        due=last if reached else None,
        calendar=calendar.id,
        version=calendar.version_of(start.year, last.year),
        provisional=not calendar.is_settled(start, last),
        stops=ordered,
        proof=proof,
    )


def _count(calendar: Calendar, start: date, days: int, stops: tuple[Stop, ...]) -> tuple[Day, ...]:
    """Walk until enough days have counted, or up to a stop without end."""
    proof: list[Day] = []
    missing = days
    walk = calendar.days_after(start)
    while missing:
        day = next(walk)
        stop = _stop_on(day.on, stops) if stops else None
        if stop and stop.until is None:
            break
        proof.append(_stopped(day, stop) if stop else day)
        missing -= proof[-1].counts
    return tuple(proof)


def _stop_on(on: date, stops: tuple[Stop, ...]) -> Stop | None:
    """Find the stop that holds on a day; one without end wins, because nothing after it can count."""
    found = None
    for stop in stops:
        if stop.holds(on):
            if stop.until is None:
                return stop
            found = found or stop
    return found


def _stopped(day: Day, stop: Stop) -> Day:
    """A working day inside a stop becomes a stopped one; a day off stays what it is."""
    return Day(day.on, Kind.STOPPED, stop.why, stop.why_en) if day.counts else day


def _in_order(stops: Iterable[Stop]) -> tuple[Stop, ...]:
    return tuple(sorted(stops, key=lambda stop: (stop.since, stop.until or date.max, stop.why, stop.why_en)))


def working_days_between(calendar: Calendar, start: date, end: date, stops: Iterable[Stop] = ()) -> int:
    """
    Count the working days that have passed: from the day after `start` to `end`, without the stopped ones.

    The inverse of `add_working_days`. Refuses EndBeforeStart, YearNotCovered.
    """
    if end < start:
        raise EndBeforeStart(start=start, end=end)
    ordered = tuple(stops)
    days = islice(calendar.days_after(start), (end - start).days)
    return sum(day.counts and not any(stop.holds(day.on) for stop in ordered) for day in days)


def add_calendar_days(start: date, days: int) -> date:
    """Find the day that lies a number of calendar days after the start. Refuses DaysNegative."""
    if days < 0:
        raise DaysNegative(days=days)
    return start + timedelta(days=days)


def add_months(start: date, months: int) -> date:
    """
    Find the day of the same number so many months later, or that month's last day if it has none.

    Source: Civil Code, article 202.
    """
    if months < 0:
        raise DaysNegative(days=months)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def next_working_day(calendar: Calendar, on: date) -> date:
    """
    Give the day itself if it is worked, else the next working day. Refuses YearNotCovered.

    For terms in calendar days whose last day is a day off. Source: Civil Code, article 203.
    """
    if calendar.is_working_day(on):
        return on
    return next(day.on for day in calendar.days_after(on) if day.counts)


def calendar_to_working(calendar: Calendar, start: date, days: int) -> int:
    """Count the working days within the next calendar days. Refuses DaysNegative, YearNotCovered."""
    return working_days_between(calendar, start, add_calendar_days(start, days))


def recompute(deadline: Deadline, calendar: Calendar) -> Deadline:
    """Count a deadline again from its start, days and stops, with another calendar."""
    return add_working_days(calendar, deadline.start, deadline.days, deadline.stops)


def verify(deadline: Deadline, calendar: Calendar) -> bool:
    """Tell whether a deadline and every line of its proof are what this calendar gives. Refuses as counting does."""
    return recompute(deadline, calendar) == deadline


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _stop_to_json(stop: Stop) -> dict[str, Any]:
    return {"since": _iso(stop.since), "until": _iso(stop.until), "why": stop.why, "why_en": stop.why_en}


def _proof_to_json(proof: tuple[Day, ...]) -> list[dict[str, Any]]:
    """Write the lines with the number of each counted day, as a clerk would count aloud; skipped days have none."""
    numbers = count(1)
    return [
        {
            "on": day.on.isoformat(),
            "number": next(numbers) if day.counts else None,
            "kind": day.kind.value,
            "name": day.name,
            "name_en": day.name_en,
        }
        for day in proof
    ]


def _deadline_from_json(plain: Mapping[str, Any]) -> Deadline:
    return Deadline(
        start=_day_of(plain["start"]),
        days=_exactly(int, plain["working_days"]),
        due=_day_or_none(plain["due"]),
        calendar=_exactly(str, plain["calendar"]["id"]),
        version=_exactly(str, plain["calendar"]["version"]),
        provisional=_exactly(bool, plain["provisional"]),
        stops=tuple(_stop_from_json(stop) for stop in plain["stops"]),
        proof=tuple(_line_from_json(line) for line in plain["proof"]),
    )


def _stop_from_json(plain: Mapping[str, Any]) -> Stop:
    why, why_en = _exactly(str, plain["why"]), _exactly(str, plain["why_en"])
    return Stop(_day_of(plain["since"]), _day_or_none(plain["until"]), why, why_en)


def _line_from_json(plain: Mapping[str, Any]) -> Day:
    return Day(_day_of(plain["on"]), Kind(plain["kind"]), _exactly(str, plain["name"]), _exactly(str, plain["name_en"]))


def _day_of(text: object) -> date:
    return date.fromisoformat(_exactly(str, text))


def _day_or_none(text: object) -> date | None:
    return None if text is None else _day_of(text)


def _exactly(kind: type[_Plain], value: object) -> _Plain:
    """Take a value only in its own type: a true is no 1, and a "15" is no 15."""
    if type(value) is not kind:
        raise TypeError(value)
    return value
