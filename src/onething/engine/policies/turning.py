"""
On which day something else may hold for somebody of whom nothing new was learned: thresholds, harvested from the rules.

`years_between(birth_date, as_of()) >= 60` turns on the day somebody completes 60 years; an amount that counts years up
to today turns on every anniversary; what is still going on counts up to today too. Where a rule reads today in a way
that no fact gives days for, every day (or every New Year) is one on which everybody is to be decided again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from onething.engine.policies.dated import DatedPolicy, on_day
from onething.engine.policies.model import LeapDay, StandardDef, TableDef
from onething.engine.policies.parsing import ParsedPack
from onething.engine.rules.dates import COUNTING, months_after, months_between
from onething.engine.rules.nodes import Call, Compare, FieldRef, Literal, Node, children

DAILY, NEW_YEAR = "daily", "new_year"
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
_UNITS = {"years_between": 12, "months_between": 1}


@dataclass(frozen=True, slots=True)
class Turn:
    """
    A day that follows from a fact: so many months and then days after it; and `again` every so many months.

    It only comes while the fact `until`, if there is one, is missing.
    """

    fact: str
    months: int
    days: int = 0
    again: int = 0
    until: str = ""

    def after(self, start: date, day: date, next_day: bool) -> date | None:
        """Find the first such day that lies after `day`, counted from the fact's value."""
        if self.again and start > day:  # counting backwards: rare, and not worth a rule
            return day + timedelta(days=1)
        months = self.months
        if self.again:
            passed = months_between(start, day, next_day) - months
            months += max(0, passed // self.again) * self.again
        try:
            found = self._from(start, months, next_day)
            while found <= day and self.again:
                months += self.again
                found = self._from(start, months, next_day)
        except (OverflowError, ValueError):  # beyond the year 9999
            return None
        return found if found > day else None

    def _from(self, start: date, months: int, next_day: bool) -> date:
        return months_after(start, months, next_day) + timedelta(days=self.days)


Found = Turn | str | date
"""What a rule turns on: a day from a fact, a day for everybody, or DAILY and NEW_YEAR."""


@dataclass(frozen=True)
class Turns:
    """
    All that turns by the calendar alone, for one release on one day.

    `everybody`: when all are decided again, because no fact gives the day: on days, on New Year's Day, or daily.
    """

    day: date
    turns: frozenset[Turn]
    everybody: frozenset[str | date]
    next_day: bool = False
    _days: dict[tuple[str, Any], date | None] = field(default_factory=dict)

    @cached_property
    def facts(self) -> tuple[tuple[str, str, tuple[Turn, ...]], ...]:
        """The facts from which days follow, each with what ends it."""
        pairs = sorted({(turn.fact, turn.until) for turn in self.turns})
        return tuple((*pair, tuple(one for one in self.turns if (one.fact, one.until) == pair)) for pair in pairs)

    def next_for(self, facts: Mapping[str, Any]) -> date | None:
        """Find the first day after which something may be different for somebody with these facts; None: never."""
        found = [
            day
            for fact, until, turns in self.facts
            if (value := facts.get(fact)) is not None and not (until and facts.get(until) is not None)
            if (day := self._next(fact + until, value, turns)) is not None
        ]
        return min(found, default=None)

    def _next(self, name: str, value: date, turns: Iterable[Turn]) -> date | None:
        try:
            return self._days[name, value]
        except KeyError:
            days = [turn.after(value, self.day, self.next_day) for turn in turns]
            found = self._days[name, value] = min((one for one in days if one is not None), default=None)
            return found


def turns_on(parsed: ParsedPack, day: date) -> Turns:
    """Harvest what turns by the calendar for the policies in force on a day. Refuses PolicyCircle."""
    found: set[Found] = set()
    for policy in on_day(parsed, day):
        for node in _read_by(policy):
            found.update(_turns(node))
    for check in parsed.checks.values():
        found.update(_turns(check))
    turns = frozenset(one for one in found if isinstance(one, Turn))
    everybody = frozenset(one for one in found if not isinstance(one, Turn))
    return Turns(day, turns, everybody, parsed.pack.leap_day is LeapDay.NEXT_DAY)


def changes_between(parsed: ParsedPack, before: date, day: date) -> bool:
    """Tell whether between two days the pack itself says something else: a figure's period, a policy's, or a turn."""
    figures: list[StandardDef | TableDef] = [*parsed.pack.standards.values(), *parsed.pack.tables.values()]
    periods = [one.policy.effective for one in parsed.policies.values()]
    for found in figures:
        parts = found.figures if isinstance(found, StandardDef) else found.editions
        periods += [one.period for one in parts]
    edges = {edge for period in periods for edge in (period.start, period.end) if edge is not None}
    everybody = turns_on(parsed, before).everybody
    edges |= {one for one in everybody if isinstance(one, date)}
    is_new_year = NEW_YEAR in everybody and before.year != day.year
    return any(before < edge <= day for edge in edges) or is_new_year or (DAILY in everybody and before != day)


def _read_by(policy: DatedPolicy) -> Iterator[Node]:
    yield policy.holds_written
    if policy.amount_written is not None:
        yield policy.amount_written
    if not is_today(policy.start):  # the month of such a start moves with the calendar, for everybody alike
        yield policy.start


def _turns(node: Node) -> Iterator[Found]:
    if isinstance(node, Compare):
        found = _threshold(node)
        if found is not None:
            yield from found
            return
    if isinstance(node, Call) and node.function in COUNTING:
        yield from _every(node)
        return
    if is_today(node):
        yield DAILY
    for child in children(node):
        yield from _turns(child)


def _threshold(node: Compare) -> list[Found] | None:
    """Find the days on which a comparison turns; None if it is none of these."""
    left, operator, right = node.left, node.operator, node.right
    if is_today(left) or (isinstance(left, Literal) and not is_today(right)):
        left, operator, right = right, _MIRRORED[operator], left
    if is_today(right):
        return _against_today(left)
    if not (isinstance(left, Call) and left.function in _UNITS and isinstance(right, Literal)):
        return None
    counted = _counted(left)
    if counted is None or not isinstance(right.value, int) or right.value < 1:
        return None
    unit, count = _UNITS[left.function], right.value
    reached = {">=": (count,), "<": (count,), ">": (count + 1,), "<=": (count + 1,)}.get(operator, (count, count + 1))
    return [Turn(counted[0], unit * one, until=counted[1]) for one in reached]


def _against_today(node: Node) -> list[Found] | None:
    if isinstance(node, Literal) and isinstance(node.value, date):
        return [node.value, node.value + timedelta(days=1)]
    if isinstance(node, FieldRef):
        return [Turn(node.field, 0), Turn(node.field, 0, days=1)]
    if isinstance(node, Call) and node.function == "anniversary":
        start, years = node.arguments
        if isinstance(start, FieldRef) and isinstance(years, Literal) and isinstance(years.value, int):
            return [Turn(start.field, 12 * years.value), Turn(start.field, 12 * years.value, days=1)]
    return None


def _counted(call: Call) -> tuple[str, str] | None:
    """Give the fact from which a call counts up to today, and the fact whose coming ends that; None if it does not."""
    start, end = call.arguments
    if not isinstance(start, FieldRef):
        return None
    if is_today(end):
        return start.field, ""
    if isinstance(end, FieldRef) and end.absent == "running":
        return start.field, end.field
    return None


def _every(call: Call) -> Iterator[Found]:
    """Find every day on which a count changes, wherever it is used."""
    counted = _counted(call)
    if counted is not None:
        yield from _STEPS[call.function](*counted)
        return
    if any(is_today(argument) or _is_running(argument) for argument in call.arguments):
        yield DAILY
    for argument in call.arguments:
        if not is_today(argument):
            yield from _turns(argument)


_STEPS: Mapping[str, Callable[[str, str], tuple[Found, ...]]] = {
    "years_between": lambda fact, until: (Turn(fact, 0, again=12, until=until),),
    "months_between": lambda fact, until: (Turn(fact, 0, again=1, until=until),),
    "ceil_years": lambda fact, until: (Turn(fact, 0, days=1, again=12, until=until),),
    "half_years": lambda fact, until: (
        Turn(fact, 0, days=1, again=12, until=until),
        Turn(fact, 6, again=12, until=until),
    ),
    "both_ends_years": lambda fact, until: (NEW_YEAR, Turn(fact, 0, until=until)),
}


def is_today(node: Node) -> bool:
    """Tell whether an expression is just the day of the decision."""
    return isinstance(node, Call) and node.function == "as_of"


def _is_running(node: Node) -> bool:
    return isinstance(node, FieldRef) and node.absent == "running"
