"""
What the answers still missing could come to: does an answer make a difference, is something settled without it?

Three-valued logic alone asks too much: in `x AND (x OR NOT z)` it misses z too. Here the missing answers are tried,
over the values that make a difference to the conditions (`values_that_matter`: yes and no, every option, every number
and day a condition names, with its neighbours), only those that are really missed next, and no further than needed.

Exact wherever every missing answer can be cut into such values. It is not for a field that is calculated with or
compared with another field, nor for one of several choices of which conditions name more than four, nor beyond
`MOST_TRIES`: there it is said to make a difference although it may not. A question is never missed. Nor are
combinations left out that will be refused later: by a check between answers, or because nobody could supply some
paper then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onething.engine.bundle.compiled import Compiled, When
from onething.engine.bundle.facts import Situation, situation_of
from onething.engine.rules import AS_OF, Unknown
from onething.engine.rules.closures import Facts

MOST_TRIES = 5_000
"""Combinations of answers tried for one plan."""

Outcome = Callable[[Facts], Any]
"""A value, or Unknown: what hangs on the facts."""


class _Out:
    """No outcome to compare: what is asked about does not arise."""


OUT = _Out()
_OPEN = object()


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
    """The situation of one person, with every way in which the missing answers could be given."""

    compiled: Compiled
    situation: Situation
    tries: int = MOST_TRIES
    known: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        derived = self.compiled.derived_fields
        self.known = {name: value for name, value in self.situation.facts.items() if name not in derived}

    @property
    def open(self) -> frozenset[str]:
        """The fields, derived ones too, whose value is missing where that leaves conditions unknown."""
        facts = self.situation.facts
        return frozenset(
            name
            for name, one in self.compiled.catalogue.fields.items()
            if isinstance(facts.get(name), Unknown) or (one.absent == "unknown" and name not in facts)
        )

    def holds(self, part: When[Any]) -> Any:
        """Tell whether a part counts, whatever is answered; Unknown where the answers decide it."""
        now = True if part.rule is None else part.rule.evaluate(self.situation.facts)
        return self.settled(every((part,))) if isinstance(now, Unknown) else now

    def settled(self, outcome: Outcome) -> Any:
        """Give the outcome if it is the same whatever is answered, else Unknown with the answers that decide it."""
        now = outcome(self.situation.facts)
        if not isinstance(now, Unknown):
            return now
        found: list[Any] = []
        try:
            for value in self._outcomes(outcome, {}):
                if value is _OPEN or any(value != other for other in found):
                    return now
                found.append(value)
        except TooMany:
            return now
        return found[0]

    def _outcomes(self, outcome: Outcome, given: Mapping[str, Any]) -> Iterator[Any]:
        value = self._try(outcome, given)
        if not isinstance(value, Unknown):
            yield value
            return
        name = self._next(value)
        if name is None:
            yield _OPEN
            return
        for one in self._values(name):
            yield from self._outcomes(outcome, {**given, name: one})

    def deciding(self, outcome: Outcome) -> list[str]:
        """Name the missing answers that make a difference to an outcome, each for some answers to the others."""
        now = outcome(self.situation.facts)
        return [name for name in sorted(now) if self.differs(outcome, name)] if isinstance(now, Unknown) else []

    def differs(self, outcome: Outcome, name: str) -> bool:
        """Tell whether two answers to `name`, all others alike, can have different outcomes other than OUT."""
        try:
            return self._differs(outcome, name, {})
        except TooMany:
            return True

    def _differs(self, outcome: Outcome, name: str, given: Mapping[str, Any]) -> bool:
        whole = self._try(outcome, given)
        if not isinstance(whole, Unknown) or name not in whole:
            return False
        found = [self._try(outcome, {**given, name: one}) for one in self._values(name)] or [whole]
        missing = Unknown(frozenset().union(*(one for one in found if isinstance(one, Unknown))) - {name})
        settled = [one for one in found if not isinstance(one, Unknown) and one is not OUT]
        if any(one != settled[0] for one in settled):
            return True
        other = self._next(missing)
        if other is None:
            return any(isinstance(one, Unknown) for one in found)
        return any(self._differs(outcome, name, {**given, other: one}) for one in self._values(other))

    def _try(self, outcome: Outcome, given: Mapping[str, Any]) -> Any:
        self.spend(1)
        return outcome(self.facts(given))

    def spend(self, tries: int) -> None:
        """Count tries. Raises TooMany."""
        self.tries -= tries
        if self.tries < 0:
            raise TooMany

    def facts(self, given: Mapping[str, Any]) -> Facts:
        """The facts with some of the missing answers given."""
        if not given:
            return self.situation.facts
        known = {**self.known, **given}
        return situation_of(self.compiled, known, self.known[AS_OF]).facts

    def _next(self, missing: Unknown) -> str | None:
        """The missing answer to try next: the one with the fewest values; None when none of them can be tried."""
        names = [name for name in missing if self._values(name)]
        return min(names, key=lambda name: (len(self._values(name)), name), default=None)

    def _values(self, name: str) -> tuple[Any, ...]:
        return self.compiled.values.get(name) or ()


def worth_trying(values: Mapping[str, tuple[Any, ...] | None], compiled: Compiled) -> dict[str, tuple[Any, ...]]:
    """Keep, of the values that matter to conditions, those that stand for all a person could answer."""
    fields = compiled.catalogue.fields
    kept = {}
    for name, some in values.items():
        if some is not None and _stand_for_all(fields[name].type, some):
            kept[name] = tuple(one for one in some if fields[name].type != "money" or one >= 0)
    return kept


def _stand_for_all(kind: str, values: tuple[Any, ...]) -> bool:
    if kind == "choices":
        return len(values) == 1 << len(frozenset().union(*values))
    return kind != "date" or all(isinstance(one, date) for one in values)
