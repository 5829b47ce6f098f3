"""A catalogue made ready: every condition compiled, every reference resolved, every hopeless arrangement refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from onething.engine.bundle.diagrams import Diagram, Diagrams
from onething.engine.bundle.model import (
    Act,
    Agreement,
    Catalogue,
    Clause,
    FieldUse,
    MaterialDef,
    MaterialNeed,
    MatterDef,
    Need,
    PersonalTerm,
    Supply,
    Words,
)
from onething.engine.rules import Rule, Verdict
from onething.engine.rules.closures import YES, Facts

Part = TypeVar("Part", covariant=True)
Value = str | int | bool | date


@dataclass(frozen=True, slots=True)
class When(Generic[Part]):
    """A part of the catalogue with its compiled condition; without one it always holds."""

    part: Part
    rule: Rule | None

    def verdict(self, facts: Facts) -> Verdict:
        """Decide whether the part counts for this person."""
        return YES if self.rule is None else self.rule.verdict(facts)


@dataclass(frozen=True, slots=True)
class CompiledMatter:
    """One matter with compiled conditions."""

    matter: MatterDef
    applies: tuple[When[Clause], ...]
    fields: tuple[When[FieldUse], ...]
    materials: tuple[When[MaterialNeed], ...]
    needs: tuple[When[Need], ...]
    acts: tuple[When[Act], ...]


@dataclass(frozen=True, slots=True)
class CompiledMaterial:
    """One material with its ways, those that ask least of the applicant first."""

    material: MaterialDef
    ways: tuple[When[Supply], ...]


@dataclass(frozen=True, slots=True)
class DerivedCase:
    """One case of a derived field."""

    rule: Rule
    value: Value
    because: Words
    source: str


@dataclass(frozen=True, slots=True)
class CompiledDerived:
    """A derived field; they stand in the order in which they can be worked out."""

    field: str
    cases: tuple[DerivedCase, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """All of a catalogue that `compute_plan` needs; immutable, to be kept and used for many persons."""

    catalogue: Catalogue
    matters: Mapping[str, CompiledMatter]
    materials: Mapping[str, CompiledMaterial]
    derived: tuple[CompiledDerived, ...]
    field_checks: Mapping[str, Rule]
    abilities: Mapping[str, frozenset[str]]  # what each station can do
    terms: tuple[When[PersonalTerm], ...] = ()
    values: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)  # answers worth trying; see `completions`
    kept: dict[date, tuple[Diagrams, Mapping[str, Diagram]]] = field(default_factory=dict, compare=False, repr=False)
    """By day, the diagrams of the derived fields for somebody who has answered nothing that they follow from."""

    def rules(self) -> Iterator[Rule]:
        """Walk every condition of the catalogue, as often as it is written."""
        for matter in self.matters.values():
            for part in (*matter.applies, *matter.fields, *matter.materials, *matter.needs, *matter.acts):
                yield from [part.rule] if part.rule is not None else []
        for material in self.materials.values():
            yield from (way.rule for way in material.ways if way.rule is not None)
        yield from (case.rule for derived in self.derived for case in derived.cases)
        yield from (term.rule for term in self.terms if term.rule is not None)

    def whom(self, term: When[PersonalTerm]) -> tuple[When[Any], ...]:
        """Give all that must hold for a day to bind a person: its own condition, and those of its matter."""
        applies = self.matters[term.part.matter].applies if term.part.matter else ()
        return (*applies, term)

    @property
    def agreements(self) -> tuple[tuple[str, Agreement], ...]:
        """The fields whose value another one holds too, with that one."""
        fields = self.catalogue.fields.values()
        return tuple((one.id, one.agrees_with) for one in fields if one.agrees_with is not None)

    @property
    def read_by_derived(self) -> frozenset[str]:
        """The answers that the derived fields follow from."""
        read = (case.rule.fields for one in self.derived for case in one.cases)
        return frozenset().union(*read) - self.derived_fields

    @property
    def derived_fields(self) -> frozenset[str]:
        """The fields that follow from others and are never asked."""
        return frozenset(one.field for one in self.derived)
