"""Which matters apply to a person, which do not, and which cannot be told yet; and what the ones that do ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from onething.engine.bundle.compiled import Compiled, CompiledMatter, When
from onething.engine.bundle.facts import Situation
from onething.engine.bundle.model import Act, Clause, FieldUse, MaterialNeed, Need, Words
from onething.engine.bundle.plan import Change
from onething.engine.rules.closures import Facts

Part = TypeVar("Part")


@dataclass(slots=True)
class Doubts:
    """Which missing field would change what. Collected while conditions are evaluated."""

    by_field: dict[str, dict[tuple[str, str, str | None], Change]] = field(default_factory=dict)

    def note(self, missing: Iterable[str], change: Change) -> None:
        """Remember that each of the missing fields decides something."""
        for name in missing:
            self.by_field.setdefault(name, {})[(change.kind, change.id, change.matter)] = change


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a matter in the plan asks for in this situation."""

    compiled: CompiledMatter
    fields: tuple[FieldUse, ...]
    materials: tuple[MaterialNeed, ...]
    needs: tuple[Need, ...]
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The matters of the plan by id in the order of the pack, and the others with their reasons."""

    asked: Mapping[str, Asked]
    refused: Mapping[str, Clause]
    undecided: Mapping[str, frozenset[str]]
    doubts: Doubts


def select(compiled: Compiled, situation: Situation) -> Selection:
    """Decide every matter, and for those that apply every part of them."""
    doubts = Doubts()
    applying: list[CompiledMatter] = []
    refused: dict[str, Clause] = {}
    undecided: dict[str, frozenset[str]] = {}
    for name, one in compiled.matters.items():
        outcome = _decide(one, situation.facts)
        if isinstance(outcome, Clause):
            refused[name] = outcome
        elif outcome:
            undecided[name] = outcome
            doubts.note(outcome, Change("matter", name, one.matter.title))
        else:
            applying.append(one)
    asked = {one.matter.id: _asked(compiled, one, situation.facts, doubts) for one in applying}
    _drop_idle_doubts(doubts, asked)
    return Selection(asked, refused, undecided, doubts)


def _drop_idle_doubts(doubts: Doubts, asked: Mapping[str, Asked]) -> None:
    """A doubtful need of a matter that is not in the plan changes nothing."""
    for name, changes in list(doubts.by_field.items()):
        kept = {key: change for key, change in changes.items() if change.kind != "need" or change.id in asked}
        doubts.by_field[name] = kept
        if not kept:
            del doubts.by_field[name]


def _decide(matter: CompiledMatter, facts: Facts) -> Clause | frozenset[str]:
    """The first clause that is not met, or the fields that leave it open (none: it applies)."""
    missing: frozenset[str] = frozenset()
    for clause in matter.applies:
        verdict = clause.verdict(facts)
        if verdict.value is False:
            return clause.part
        missing |= verdict.missing
    return missing


def _asked(compiled: Compiled, one: CompiledMatter, facts: Facts, doubts: Doubts) -> Asked:
    kept = _Kept(compiled, one.matter.id, facts, doubts)
    return Asked(
        one,
        kept.of("field", one.fields),
        kept.of("material", one.materials),
        kept.of("need", one.needs),
        kept.of("act", one.acts),
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """Keeps the parts of a matter that count in this situation, and notes the doubtful ones."""

    compiled: Compiled
    matter: str
    facts: Facts
    doubts: Doubts

    def of(self, kind: str, parts: tuple[When[Part], ...]) -> tuple[Part, ...]:
        return tuple(self._true(kind, parts))

    def _true(self, kind: str, parts: tuple[When[Part], ...]) -> Iterator[Part]:
        for one in parts:
            verdict = one.verdict(self.facts)
            if verdict.value is True:
                yield one.part
            elif verdict.value is None:
                name, title = _named(self.compiled, one.part)
                kind_of = "event" if isinstance(one.part, Need) and one.part.event else kind
                self.doubts.note(verdict.missing, Change(kind_of, name, title, self.matter))


def _named(compiled: Compiled, part: object) -> tuple[str, Words]:
    """Id and title of a part of a matter."""
    catalogue = compiled.catalogue
    if isinstance(part, FieldUse):
        return part.field, catalogue.fields[part.field].label
    if isinstance(part, MaterialNeed):
        return part.any_of[0], catalogue.materials[part.any_of[0]].title
    if isinstance(part, Act):
        return part.id, part.title
    if isinstance(part, Need) and part.matter:
        return part.matter, catalogue.matters[part.matter].title
    if isinstance(part, Need) and part.event:
        return part.event, catalogue.events[part.event].title
    raise TypeError(part)
