"""
Is there a person for whom …? Answered by trying, over the values that make a difference to the conditions.

The search asks like a good clerk: it evaluates what is known so far, stops as soon as that decides, and else asks
the next field that is really missing. So a condition over ten fields is settled after a handful of answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from onething.engine.bundle.compiled import Compiled, CompiledMatter, When
from onething.engine.bundle.errors import MaterialNobodySupplies, MatterNeverApplies
from onething.engine.bundle.facts import situation_of
from onething.engine.bundle.model import MaterialNeed, Supply, SupplyBy, Words
from onething.engine.rules import AS_OF, Rule, Unknown
from onething.engine.rules.closures import Facts
from onething.engine.rules.values import values_that_matter
from onething.kernel.errors import Refusal

MOST_TRIES = 3000
ABSENT = object()

Condition = Callable[[Facts], object]
"""True, False or Unknown, as the closures of `engine.rules`."""


class CannotTell(Exception):
    """The conditions calculate with a field, depend on the day, or are too many to try."""


def never_applying(compiled: Compiled) -> Iterator[Refusal]:
    """Find the matters that no situation calls for."""
    for one in compiled.matters.values():
        rules = _rules_of(one)
        if not _possible(compiled, lambda facts, rules=rules: _every(rules, facts), rules):  # type: ignore[misc]
            conditions = " AND ".join(f"({rule.text})" for rule in rules)
            yield MatterNeverApplies(matter=one.matter.id, conditions=conditions)


def sometimes_unsupplied(compiled: Compiled) -> Iterator[Refusal]:
    """Find the papers that, for some person a matter applies to, nobody supplies; name such a person's answers."""
    for one in compiled.matters.values():
        for need in one.materials:
            gap = _Gap(compiled, one, need)
            if gap.is_closed():
                continue
            example = gap.example()
            if example is not None:
                names = " / ".join(need.part.any_of)
                yield MaterialNobodySupplies(material=names, matter=one.matter.id, chain=gap.chain(example))


@dataclass(frozen=True, slots=True)
class _Gap:
    """A paper seen from its worst case: the matter applies, and no way is open."""

    compiled: Compiled
    matter: CompiledMatter
    need: When[MaterialNeed]

    def ways(self) -> list[When[Supply]]:
        return [way for name in self.need.part.any_of for way in self.compiled.materials[name].ways]

    def is_closed(self) -> bool:
        """An unconditional way that asks no other matter closes the gap for everybody."""
        return any(way.rule is None and way.part.by is not SupplyBy.MATTER for way in self.ways())

    def example(self) -> Mapping[str, Any] | None:
        try:
            return _Search(self.compiled, self._opens, self._rules()).example()
        except CannotTell:
            return None

    def _rules(self) -> list[Rule]:
        rules = [*_rules_of(self.matter), *_rule_of(self.need)]
        for way in self.ways():
            rules += [*_rule_of(way), *_rules_of_maker(self.compiled, way)]
        return rules

    def _opens(self, facts: Facts) -> object:
        asked = _every([*_rules_of(self.matter), *_rule_of(self.need)], facts)
        supplied = [_every([*_rule_of(way), *_rules_of_maker(self.compiled, way)], facts) for way in self.ways()]
        return _both([asked, *(_not(one) for one in supplied)])

    def chain(self, example: Mapping[str, Any]) -> Words:
        """Say when no way is open: with which answers, and which matters would have made the paper."""
        makers = ", ".join(sorted({way.part.matter for way in self.ways() if way.part.matter}))
        made = Words(f"（这时不办 {makers}）", f" ({makers} does not apply then)") if makers else Words("", "")
        answers = ", ".join(f"{name} {_shown(value)}" for name, value in sorted(example.items()))
        given = Words(answers or "什么都没回答", answers or "nothing is answered")
        return Words(f"{given.zh}时，哪种办法都走不通{made.zh}", f"every way is closed when {given.en}{made.en}")


def _shown(value: object) -> str:
    """Write an answer as a condition would."""
    if value is ABSENT:
        return "IS NULL"
    if isinstance(value, bool):
        return f"= {str(value).upper()}"
    return f"= {sorted(value)}" if isinstance(value, frozenset) else f"= {value}"


def _rule_of(part: When[Any]) -> list[Rule]:
    return [part.rule] if part.rule is not None else []


def _rules_of(matter: CompiledMatter) -> list[Rule]:
    return [rule for clause in matter.applies for rule in _rule_of(clause)]


def _rules_of_maker(compiled: Compiled, way: When[Supply]) -> list[Rule]:
    return _rules_of(compiled.matters[way.part.matter]) if way.part.matter else []


def _every(rules: Iterable[Rule], facts: Facts) -> object:
    return _both(rule.evaluate(facts) for rule in rules)


def _both(values: Iterable[object]) -> object:
    missing: frozenset[str] = frozenset()
    for value in values:
        if value is False:
            return False
        missing |= value if isinstance(value, Unknown) else frozenset()
    return Unknown(missing) if missing else True


def _not(value: object) -> object:
    return value if isinstance(value, Unknown) else not value


def _possible(compiled: Compiled, condition: Condition, rules: Iterable[Rule]) -> bool:
    """Tell whether the condition holds for somebody; what cannot be told is taken as possible."""
    try:
        return _Search(compiled, condition, rules).example() is not None
    except CannotTell:
        return True


@dataclass(slots=True)
class _Search:
    """Asks field after field until the condition holds; gives the answers that made it hold."""

    compiled: Compiled
    condition: Condition
    rules: Iterable[Rule]
    tries: int = 0
    values: Mapping[str, tuple[Any, ...] | None] = field(init=False)

    def __post_init__(self) -> None:
        nodes = [rule.node for rule in self.rules]
        nodes += [case.rule.node for derived in self.compiled.derived for case in derived.cases]
        self.values = values_that_matter(nodes)

    def example(self) -> Mapping[str, Any] | None:
        """Give answers that make the condition hold, or None if there are none. Raises CannotTell."""
        return self._extend({})

    def _extend(self, answers: dict[str, Any]) -> Mapping[str, Any] | None:
        self.tries += 1
        if self.tries > MOST_TRIES:
            raise CannotTell
        value = self.condition(self._facts(answers))
        if not isinstance(value, Unknown):
            return answers if value else None
        asked = min(value, key=lambda name: (len(self.values.get(name) or ()), name))
        return self._ask(asked, answers)

    def _ask(self, name: str, answers: dict[str, Any]) -> Mapping[str, Any] | None:
        values = self.values.get(name)
        if name == AS_OF or values is None:
            raise CannotTell
        absent = () if self.compiled.catalogue.fields[name].absent == "unknown" else (ABSENT,)
        for value in (*values, *absent):
            found = self._extend({**answers, name: value})
            if found is not None:
                return found
        return None

    def _facts(self, answers: Mapping[str, Any]) -> Facts:
        """What is not asked yet is open, also where the pack says that a missing answer means none."""
        known = {name: Unknown((name,)) for name in self.values if name not in self.compiled.derived_fields}
        known.update(answers)
        given = {name: value for name, value in known.items() if value is not ABSENT}
        return situation_of(self.compiled, given, Unknown((AS_OF,))).facts
