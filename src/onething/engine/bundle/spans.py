"""
How long it takes at least and at most, whatever is answered to the questions still open.

Each matter's end is drawn as a decision diagram over the missing answers: it begins when the last one that it waits for
has ended, where that one applies and the wait counts. The ends are joined branch by branch, so nothing is gone through
twice that is alike. Where a condition cannot be tried (`diagrams.Stuck`) both is taken to be possible: the span may
then be wider than it must be, never narrower. It also spans answers that will be refused later (see `completions`).

Where the way of a paper hangs on everything else, every combination of answers is arranged, as far as tries allow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from onething.engine.bundle.arranging import arrange
from onething.engine.bundle.compiled import Compiled
from onething.engine.bundle.completions import Completions, TooMany
from onething.engine.bundle.diagrams import Diagram, Diagrams, Joining, Leaf, Node, Stuck, outcomes
from onething.engine.bundle.durations import Durations
from onething.engine.bundle.errors import MaterialOutOfReach, TooEntangled
from onething.engine.bundle.facts import Situation
from onething.engine.bundle.paperways import Made, Papers
from onething.engine.bundle.schedule import Finish, in_order
from onething.engine.rules import Unknown
from onething.engine.rules.closures import Facts


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most working days; `most` is None where it cannot be told."""

    least: int
    most: int | None


MOST_JOINTS = 20_000
"""Branches put together for one plan; beyond this conditions are no longer held against each other."""

UNTOLD = Span(0, None)


def span_of(compiled: Compiled, completions: Completions, durations: Durations) -> Span:
    """Find the shortest and the longest plan that the missing answers could lead to."""
    papers = Papers(compiled, completions, durations)
    made = list(papers.made())
    if any(one.way is None for one in made):
        span = _Arranged(compiled, completions, durations, papers).span()
        if span is not None:
            return span
    waits = _waits(compiled, completions, made)
    applying = {name: completions.diagram(completions.every(one.applies)) for name, one in compiled.matters.items()}
    try:
        return _Drawn(completions.diagrams, durations, applying, waits).span()
    except TooMany:
        loose = [_Wait(one.first, one.then, _loose(one.counts)) for one in waits]
        applying = {name: _loose(one) for name, one in applying.items()}
        return _Drawn(completions.diagrams, durations, applying, loose).span()


@dataclass(frozen=True, slots=True)
class _Wait:
    """`then` waits for `first` where `counts` and both apply."""

    first: str
    then: str
    counts: Diagram


def _waits(compiled: Compiled, completions: Completions, made: list[Made]) -> list[_Wait]:
    needs = [(one, name) for name, matter in compiled.matters.items() for one in matter.needs]
    waits = [
        _Wait(one.part.matter, name, completions.diagram(completions.every((one,))))
        for one, name in needs
        if one.part.matter
    ]
    waits += [_Wait(one.maker, one.matter, _taken(completions, one)) for one in made]
    return [one for one in waits if _may_hold(one.counts)]


def _taken(completions: Completions, made: Made) -> Diagram:
    """Whether a paper comes by this way; Stuck where that hangs on everything else."""
    if made.way is None:
        return Stuck(frozenset())
    taken = Joining(completions.diagrams, partial(_is_at, made.place), _freely)
    return taken.joined(completions.diagram(made.way))


def _freely(steps: int) -> None:
    """One diagram alone grows no further than it has."""


def _loose(condition: Diagram) -> Diagram:
    """A condition of which only that it is open is kept, not what it hangs on."""
    return Stuck(condition.fields) if isinstance(condition, Node) else condition


Days = tuple[int, int]
"""At least and at most, where these answers are given."""


class _Drawn:
    """Draws the end of every matter as if it applied, and of these the whole."""

    def __init__(
        self, diagrams: Diagrams, durations: Durations, applying: Mapping[str, Diagram], waits: Sequence[_Wait]
    ) -> None:
        self.diagrams, self.applying, self.left = diagrams, applying, MOST_JOINTS
        self.names = tuple(applying)
        self.finish = durations.finish(self.names)
        self.before: dict[str, list[_Wait]] = {name: [] for name in self.names}
        for one in waits:
            self.before[one.then].append(one)
        self.later, self.where = self._joining(_later), self._joining(_where)
        self.ends: dict[str, Diagram] = {}

    def _joining(self, of: Callable[..., Any]) -> Joining:
        return Joining(self.diagrams, of, self._spend)

    def _spend(self, joints: int) -> None:
        self.left -= joints
        if self.left < 0:
            raise TooMany

    def span(self) -> Span:
        """Give the span of the whole. Raises TooMany."""
        none = self.diagrams.leaf((0, 0))
        whole: Diagram = none
        order = self._in_order()
        if len(order) < len(self.names):
            return UNTOLD  # some might wait in a circle
        for number in order:
            name = self.names[number]
            start: Diagram = none
            for wait in self.before[name]:
                start = self._later_of(start, self._where_holds(wait.counts, self.ends[wait.first]))
            ended = self._joining(partial(_ended, self.finish, number)).joined(start)
            self.ends[name] = self._where_holds(self.applying[name], ended)
            whole = self._later_of(whole, self.ends[name])
        ends = [end.value for end in outcomes(whole) if isinstance(end, Leaf)]
        return Span(min(least for least, _ in ends), max(most for _, most in ends))

    def _where_holds(self, condition: Diagram, days: Diagram) -> Diagram:
        holds = isinstance(condition, Leaf) and condition.value is True
        return days if holds else self.where.joined(condition, days)

    def _later_of(self, one: Diagram, other: Diagram) -> Diagram:
        none = self.diagrams.leaf((0, 0))
        return other if one is none else one if other is none else self.later.joined(one, other)

    def _in_order(self) -> list[int]:
        place = {name: number for number, name in enumerate(self.names)}
        return in_order(len(self.names), [[place[one.first] for one in self.before[name]] for name in self.names])


def _may_hold(condition: Diagram) -> bool:
    return not (isinstance(condition, Leaf) and condition.value is False)


def _later(one: Leaf, other: Leaf) -> Days:
    return max(one.value[0], other.value[0]), max(one.value[1], other.value[1])


def _where(condition: Leaf | Stuck, days: Leaf) -> Days:
    """The days where a condition holds, else none; from none to those where it cannot be told."""
    holds = None if isinstance(condition, Stuck) else condition.value
    return days.value if holds is True else (0, days.value[1] if holds is None else 0)


def _ended(finish: Finish, number: int, start: Leaf) -> Days:
    """Where a matter ends that begins within these days; to begin later is never to end earlier."""
    return finish(number, start.value[0]), finish(number, start.value[1])


def _is_at(place: int, way: Leaf | Stuck) -> bool | None:
    """Whether the way comes to this place; None where it cannot be told."""
    return None if isinstance(way, Stuck) else way.value == place


@dataclass(frozen=True, eq=False, slots=True)
class _Arranged:
    """Arranges everything for each combination of answers."""

    compiled: Compiled
    completions: Completions
    durations: Durations
    papers: Papers

    def span(self) -> Span | None:
        """Give the span; None where it is more than can be tried."""
        ends = outcomes(self.completions.diagram(self._days))
        days = [end.value for end in ends if isinstance(end, Leaf) and end.value is not None]
        if not days or any(isinstance(end, Stuck) for end in ends):
            return None
        return Span(min(days), max(days))

    def _days(self, facts: Facts) -> Any:
        """The length of the whole once everything that bears on it is answered; None where it would be refused."""
        self.completions.spend(len(self.papers.papers))
        missing = self.papers.open_conditions(facts)
        if missing:
            return Unknown(missing)
        try:
            settled = Completions(self.compiled, Situation(facts, ()))
            return arrange(self.compiled, settled, self.durations).schedule.days
        except MaterialOutOfReach:
            return None
        except TooEntangled:
            raise TooMany from None
