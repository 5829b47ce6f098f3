"""Why not, what would change it, and from which day: what a decision's trace and a person's days say further."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from onething.engine.policies.deciding import CompiledPolicy, Decision, Facts, Outcome, known
from onething.engine.rules.closures import AS_OF
from onething.engine.rules.dates import anniversary
from onething.engine.rules.nodes import Call, Literal, Node, walk

Trace = Sequence[bool | None]
LONGEST_LIFE = 130  # years
LONGEST_MONTHS = 20 * 366  # days; what is counted in months runs for a few years


def verdict_of(policy: CompiledPolicy, trace: Trace) -> bool | None:
    """Say whether the policy holds, from the values of its conditions alone."""
    common, ways = _parts(policy, trace)
    way = _any([_all(one) for one in ways])
    return _all([*common, way])


def _parts(policy: CompiledPolicy, trace: Trace) -> tuple[Trace, list[Trace]]:
    """The values of the common conditions, and of those of each way."""
    at = len(policy.dated.lines)
    ways = []
    for way in policy.dated.ways:
        ways.append(trace[at : at + len(way.lines)])
        at += len(way.lines)
    return trace[: len(policy.dated.lines)], ways


def _all(values: Trace) -> bool | None:
    return False if False in values else None if None in values else True


def _any(values: Trace) -> bool | None:
    return True if True in values else None if None in values else False


def failing(decision: Decision) -> tuple[int, ...]:
    """
    Give the fewest conditions (by position) that stand against a yes: were they fulfilled, it would be no "no".

    Where there are several ways, those of the way with the fewest. Nothing for any other outcome.
    """
    if decision.outcome is not Outcome.NOT_ELIGIBLE:
        return ()
    policy, trace = decision.policy, decision.trace
    at = len(policy.dated.lines)
    common = tuple(index for index in range(at) if trace[index] is False)
    ways = []
    for way in policy.dated.ways:
        ways.append(tuple(index for index in range(at, at + len(way.lines)) if trace[index] is False))
        at += len(way.lines)
    return common + min(ways, key=len)


def day_of_yes(decision: Decision, facts: Facts, day: date) -> date | None:
    """
    Find the first later day on which a no becomes a yes by the mere passing of time, all else staying as it is.

    The figures of `day` are used; None if there is no such day in a lifetime.
    """
    return next((later for later, holds in _later(decision, facts, day) if holds is True), None)


def day_no_falls(decision: Decision, facts: Facts, day: date) -> date | None:
    """
    Find the first later day on which a no is no longer certain, by the mere passing of time.

    For somebody of whom not everything is known (`facts` may hold `Unknown`): from that day it depends on the rest.
    """
    return next((later for later, holds in _later(decision, facts, day) if holds is not False), None)


def _later(decision: Decision, facts: Facts, day: date) -> Iterator[tuple[date, object]]:
    if decision.outcome is not Outcome.NOT_ELIGIBLE or not decision.trace:
        return
    holds, given = decision.policy.holds, known(facts, day)
    for later in _turns(decision.policy, facts, day):
        yield later, holds({**given, AS_OF: later})


def _turns(policy: CompiledPolicy, facts: Facts, day: date) -> list[date]:
    """Every later day on which a condition may change, in order."""
    node = policy.dated.holds_written
    functions = {part.function for part in walk(node) if isinstance(part, Call)}
    if "as_of" not in functions:
        return []
    last = anniversary(day, LONGEST_LIFE)
    starts = {value for value in (*facts.values(), *_days(node)) if isinstance(value, date)}
    by_month = bool(functions & {"months_between", "half_years"})
    found = set(chain.from_iterable(_anniversaries(start, last, by_month) for start in starts))
    if "both_ends_years" in functions:
        found |= {date(year, 1, 1) for year in range(day.year, last.year)}
    return sorted(later for later in found if day < later <= last)


def _days(node: Node) -> Iterator[date]:
    for part in walk(node):
        if isinstance(part, Literal) and isinstance(part.value, date):
            yield part.value


def _anniversaries(start: date, last: date, by_month: bool) -> Iterator[date]:
    """The days around each completed year: the day before, the day, the day after; by months every day of a while."""
    if by_month:
        yield from (start + timedelta(days=number) for number in range(LONGEST_MONTHS))
    whole = (anniversary(start, years) for years in range(max(0, last.year - start.year + 1)))
    for day in whole:
        yield from (day - timedelta(days=1), day, day + timedelta(days=1))
