"""
What the answers still missing could come to: does an answer make a difference, is something settled without it?

Three-valued logic alone asks too much: in `x AND (x OR NOT z)` it misses z too. Here the missing answers are tried,
over the values that make a difference to the conditions (`values_that_matter`: yes and no, every option, every number
and day a condition names, with its neighbours), only those that are really missed next, and no further than needed.

What comes of it is kept as a decision diagram (`diagrams`), so that what is alike is gone through once.

Exact wherever every missing answer can be cut into such values. It is not for a field that is calculated with or
compared with another field, nor for one of several choices of which conditions name more than four, nor beyond
`MOST_TRIES`: there it is said to make a difference although it may not. A question is never missed. Nor are
combinations left out that will be refused later: by a check between answers, or because nobody could supply some
paper then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from onething.engine.bundle.compiled import Compiled, CompiledDerived, DerivedCase, When
from onething.engine.bundle.diagrams import Answering, Deciding, Diagram, Diagrams, Leaf, Replacing, Stuck, outcomes
from onething.engine.bundle.facts import Situation, situation_of
from onething.engine.rules import AS_OF, NONE, Unknown
from onething.engine.rules.closures import Facts

MOST_TRIES = 5_000
"""Combinations of answers tried for one plan."""

Given = Mapping[str, Any]
Outcome = Callable[[Facts], Any]
"""A value, or Unknown: what hangs on the facts."""


class _Out:
    """No outcome to compare: what is asked about does not arise."""


OUT = _Out()


class TooMany(Exception):
    """Nothing is proven within the tries."""


def every(parts: tuple[When[Any], ...]) -> Outcome:
    """Give the outcome “all of these hold”."""
    rules = [part.rule.evaluate for part in parts if part.rule is not None]

    def holds(facts: Facts) -> object:
        missing: frozenset[str] = frozenset()
        for rule in rules:
            value = rule(facts)
            if value is False:
                return False
            missing |= value if isinstance(value, Unknown) else frozenset()
        return Unknown(missing) if missing else True

    return holds


def where(applies: tuple[When[Any], ...], outcome: Outcome) -> Outcome:
    """An outcome that only arises where these conditions hold."""
    around = every(applies)

    def inside(facts: Facts) -> object:
        holds = around(facts)
        if holds is False:
            return OUT
        value = outcome(facts)
        return _joined(holds, value) if isinstance(holds, Unknown) else value

    return inside


def _joined(holds: Unknown, value: object) -> Unknown:
    return Unknown(holds | value) if isinstance(value, Unknown) else holds


@dataclass(slots=True)
class Completions:
    """
    The situation of one person, with every way in which the missing answers could be given.

    A derived field that is not settled is first tried like an answer; then the diagram of its own value, made once,
    is put in its place. So its many cases are gone through once and not for every outcome that hangs on it.
    """

    compiled: Compiled
    situation: Situation
    tries: int = MOST_TRIES
    diagrams: Diagrams = field(init=False)
    facts: dict[str, Any] = field(init=False)
    waiting: list[Replacing] | None = None
    decided: dict[Diagram, frozenset[str]] = field(default_factory=dict)
    by: Deciding = field(default_factory=partial(Deciding, OUT))
    drawn: dict[Outcome, Diagram] = field(default_factory=dict)
    counting: dict[tuple[int, ...], Outcome] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.diagrams = Diagrams(dict(self.compiled.values), self.compiled.derived_fields)
        self.facts = dict(self.situation.facts)
        for one in self.compiled.derived:
            if isinstance(self.facts.get(one.field), Unknown):
                self.facts[one.field] = Unknown((one.field,))

    @property
    def open(self) -> frozenset[str]:
        """The fields, derived ones too, whose value is missing where that leaves conditions unknown."""
        facts = self.situation.facts
        return frozenset(
            name
            for name, one in self.compiled.catalogue.fields.items()
            if isinstance(facts.get(name), Unknown) or (one.absent == "unknown" and name not in facts)
        )

    def every(self, parts: tuple[When[Any], ...]) -> Outcome:
        """Give the outcome “all of these hold”: for the same conditions the same one, so that it is drawn once."""
        key = tuple(id(part.rule) for part in parts if part.rule is not None)
        found = self.counting.get(key)
        if found is None:
            found = self.counting[key] = every(parts)
        return found

    def holds(self, part: When[Any]) -> Any:
        """Tell whether a part counts, whatever is answered; Unknown where the answers decide it."""
        now = True if part.rule is None else part.rule.evaluate(self.situation.facts)
        return self.settled(self.every((part,))) if isinstance(now, Unknown) else now

    def settled(self, outcome: Outcome) -> Any:
        """Give the outcome if it is the same whatever is answered, else Unknown with the answers that decide it."""
        now = self._now(outcome)
        if not isinstance(now, Unknown):
            return now
        try:
            only = self._diagram(outcome)
        except TooMany:
            return now
        return only.value if isinstance(only, Leaf) else now

    def deciding(self, outcome: Outcome) -> list[str]:
        """
        Name the missing answers that make a difference to an outcome, each for some answers to the others.

        An answer makes a difference if two of its values, all others alike, have different outcomes other than OUT.
        """
        now = self._now(outcome)
        if not isinstance(now, Unknown):
            return []
        try:
            diagram = self._diagram(outcome)
        except TooMany:
            return sorted(now)
        if diagram not in self.decided:
            self.decided[diagram] = self.by.fields(diagram)
        return sorted(self.decided[diagram] & now)

    def _now(self, outcome: Outcome) -> Any:
        """The outcome as far as the answers given tell it; an outcome may itself cost tries."""
        try:
            return outcome(self.situation.facts)
        except TooMany:
            return Unknown(self.open)

    def spend(self, tries: int) -> None:
        """Count tries. Raises TooMany."""
        self.tries -= tries
        if self.tries < 0:
            raise TooMany

    def diagram(self, outcome: Outcome) -> Diagram:
        """Draw what comes of an outcome over the answers still missing. Stuck where it is more than can be tried."""
        now = self._now(outcome)
        if not isinstance(now, Unknown):
            return self.diagrams.leaf(now)
        try:
            return self._diagram(outcome)
        except TooMany:
            return Stuck(now)

    def _diagram(self, outcome: Outcome) -> Diagram:
        found = self.drawn.get(outcome)
        if found is None:
            found = self.drawn[outcome] = self._drawn(outcome)
        return found

    def _drawn(self, outcome: Outcome) -> Diagram:
        derived = self._derived()
        diagram = self._grown(outcome, {})
        for one in derived:
            diagram = one.within(diagram)
        return diagram

    def _grown(self, outcome: Outcome, given: Given) -> Diagram:
        """Try the values of one missing answer after the other, until the outcome is settled."""
        self.spend(1)
        value = outcome({**self.facts, **given})
        if not isinstance(value, Unknown):
            return self.diagrams.leaf(value)
        return self._asking(value, given, lambda more: self._grown(outcome, more))

    def _asking(self, missing: Unknown, given: Given, grow: Callable[[Given], Diagram]) -> Diagram:
        name = self.diagrams.next(missing)
        if name is None:
            return Stuck(missing)
        return self.diagrams.node(name, [grow({**given, name: one}) for one in self.diagrams.values[name]])

    def _derived(self) -> list[Replacing]:
        """The derived fields that are not settled, each with the diagram of its value over answers alone."""
        if self.waiting is None:
            self.waiting = [Replacing(self.diagrams, name, values) for name, values in self._values().items()]
        return self.waiting

    def _values(self) -> Mapping[str, Diagram]:
        """Make the diagrams of the derived fields, if it can be from those of somebody who has answered nothing."""
        if self.compiled.read_by_derived.isdisjoint(self.facts):
            return self._kept()
        places = self._places()
        if places is None:
            return self._made()
        nobody = Completions(self.compiled, situation_of(self.compiled, {}, self.facts[AS_OF]))
        try:
            kept = nobody._kept()
        except TooMany:
            return self._made()
        self.diagrams = nobody.diagrams
        answering = Answering(self.diagrams, places)
        return {name: answering.within(one) for name, one in kept.items() if isinstance(self.facts[name], Unknown)}

    def _kept(self) -> Mapping[str, Diagram]:
        """Make the diagrams for somebody who has answered nothing that the derived fields follow from, once a day."""
        day = self.facts[AS_OF]
        kept = self.compiled.kept.get(day)
        if kept is None:
            self.compiled.kept.clear()  # conditions may read the day; yesterday's will not be asked for again
            values = self._made()
            kept = self.compiled.kept[day] = self.diagrams.copy(), values
        self.diagrams = kept[0].copy()
        return kept[1]

    def _places(self) -> Mapping[str, int] | None:
        """
        Where the answers that the derived fields follow from stand among the values worth trying.

        None where the diagrams were drawn without one of them: it cannot be tried, or need not be answered at all.
        """
        fields = self.compiled.catalogue.fields
        given = [name for name in self.compiled.read_by_derived if name in self.facts]
        places = {name: _place(self.compiled.values.get(name, ()), self.facts[name]) for name in given}
        if any(fields[name].absent != "unknown" for name in given):
            return None
        told = {name: place for name, place in places.items() if place is not None}
        return told if len(told) == len(places) else None

    def _made(self) -> dict[str, Diagram]:
        made: dict[str, Diagram] = {}
        for one in self.compiled.derived:
            if isinstance(self.facts[one.field], Unknown):
                made[one.field] = self._value_of(one, made)
        return made

    def _value_of(self, one: CompiledDerived, earlier: Mapping[str, Diagram]) -> Diagram:
        diagram = _Cases(self).grown([_Left(case) for case in one.cases], {})
        for name, values in earlier.items():
            diagram = Replacing(self.diagrams, name, values).within(diagram)
        ends = [end.value for end in outcomes(diagram) if isinstance(end, Leaf)]
        self.diagrams.values[one.field] = tuple(dict.fromkeys([*ends, *(case.value for case in one.cases), NONE]))
        return diagram


@dataclass(slots=True)
class _Cases:
    """Grows the diagram of a derived field: the first true case gives its value. Cases that failed are dropped."""

    completions: Completions
    known: dict[tuple[Any, ...], Diagram] = field(default_factory=dict)

    def grown(self, cases: Sequence[_Left], given: Given) -> Diagram:
        left, missing = self._left(cases, given)
        if not missing:
            return self.completions.diagrams.leaf(left[0].case.value if left else NONE)
        key = self._alike(left, given)
        if key not in self.known:
            self.completions.spend(1)
            self.known[key] = self.completions._asking(missing, given, partial(self.grown, left))
        return self.known[key]

    def _left(self, cases: Sequence[_Left], given: Given) -> tuple[list[_Left], Unknown]:
        """The cases that may still hold, up to the first that does; and what is missing for those before it."""
        facts = {**self.completions.facts, **given}
        left: list[_Left] = []
        missing: frozenset[str] = frozenset()
        for one in cases:
            now = one.value if _is_waiting(one.value, given) else one.case.rule.evaluate(facts)
            if now is False:
                continue
            left.append(_Left(one.case, now))
            if now is True:
                break
            missing |= now
        return left, Unknown(missing)

    def _alike(self, left: Sequence[_Left], given: Given) -> tuple[Any, ...]:
        """What the rest hangs on: the cases that are left, and the answers given that they read."""
        read = frozenset().union(*(one.case.rule.fields for one in left))
        return (
            *(id(one.case) for one in left),
            *((name, value) for name, value in sorted(given.items()) if name in read),
        )


class _Left(NamedTuple):
    """A case of a derived field that may still hold, with what it came to so far: True, or what is missing."""

    case: DerivedCase
    value: Any = None


def _is_waiting(value: Any, given: Given) -> bool:
    """Whether nothing that was given since could have made a difference: none of what was missing."""
    return isinstance(value, Unknown) and value.isdisjoint(given)


def worth_trying(values: Mapping[str, tuple[Any, ...] | None], compiled: Compiled) -> dict[str, tuple[Any, ...]]:
    """Keep, of the values that matter to conditions, those that stand for all a person could answer."""
    fields = compiled.catalogue.fields
    kept = {}
    for name, some in values.items():
        if some is not None and _stand_for_all(fields[name].type, some):
            kept[name] = tuple(one for one in some if fields[name].type != "money" or one >= 0)
    return kept


def _place(values: tuple[Any, ...], answer: object) -> int | None:
    """The place of the value that no condition tells from this answer: itself, the nearest below, or the lowest."""
    if answer in values:
        return values.index(answer)
    if not values or not isinstance(answer, int | date):
        return None
    below = [value for value in values if value <= answer]
    return values.index(max(below, default=min(values)))


def _stand_for_all(kind: str, values: tuple[Any, ...]) -> bool:
    if kind == "choices":
        return len(values) == 1 << len(frozenset().union(*values))
    return kind != "date" or all(isinstance(one, date) for one in values)
