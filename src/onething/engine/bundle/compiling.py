"""From a catalogue to a compiled one: every problem is found and refused together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Protocol, TypeVar

from onething.engine.bundle import checks, situations
from onething.engine.bundle.compiled import (
    Compiled,
    CompiledDerived,
    CompiledMaterial,
    CompiledMatter,
    DerivedCase,
    Value,
    When,
)
from onething.engine.bundle.completions import worth_trying
from onething.engine.bundle.errors import CatalogueRefused, WrongDerivedValue
from onething.engine.bundle.model import Catalogue, Clause, DerivedField, FieldDef, MaterialDef, MatterDef, Words
from onething.engine.rules import Rule, compile_rule
from onething.engine.rules.language import Dictionary
from onething.engine.rules.values import values_that_matter
from onething.kernel.errors import Refusal

CONSENT = Words("您选择办理", "You chose to have it done")
DECLINED = Words("您选择不办理", "You chose not to have it done")


def compile_catalogue(catalogue: Catalogue) -> Compiled:
    """
    Make a catalogue ready for computing plans.

    Refuses CatalogueRefused with every problem found: conditions that cannot be used, references to nothing, needs in
    a cycle, materials that nobody supplies, matters that can never apply.
    """
    problems = [*checks.references(catalogue)]
    if problems:
        raise CatalogueRefused(tuple(problems))
    compiled, problems = _Compiler(catalogue).compile()
    problems += checks.arrangement(catalogue) if not problems else []
    problems += situations.never_applying(compiled) if not problems else []
    problems += situations.sometimes_unsupplied(compiled) if not problems else []
    if problems:
        raise CatalogueRefused(tuple(problems))
    return replace(compiled, values=worth_trying(values_that_matter(rule.node for rule in compiled.rules()), compiled))


class _Compiler:
    """Compiles conditions, each text once, and collects refusals instead of stopping at the first."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.fields: Dictionary = catalogue.fields
        self.known: dict[str, Rule | None] = {}
        self.problems: list[Refusal] = []

    def compile(self) -> tuple[Compiled, list[Refusal]]:
        catalogue = self.catalogue
        compiled = Compiled(
            catalogue,
            {matter.id: self._matter(matter) for matter in catalogue.matters.values()},
            {material.id: self._material(material) for material in catalogue.materials.values()},
            self._in_order([self._derived(one) for one in catalogue.derived]),
            self._field_checks(),
            {station.id: station.can for station in catalogue.stations.values()},
            self._all(catalogue.terms),
        )
        return compiled, self.problems

    def _rule(self, text: str | None) -> Rule | None:
        if text is None:
            return None
        if text not in self.known:
            self.known[text] = self._collecting(partial(compile_rule, text, self.fields))
        return self.known[text]

    def _collecting(self, compile_one: Callable[[], Rule]) -> Rule | None:
        try:
            return compile_one()
        except Refusal as refusal:
            self.problems.append(refusal)
            return None

    def _matter(self, matter: MatterDef) -> CompiledMatter:
        return CompiledMatter(
            matter,
            tuple(When(clause, self._rule(clause.when)) for clause in _clauses(matter)),
            self._all(matter.fields),
            self._all(matter.materials),
            self._all(matter.needs),
            self._all(matter.acts),
        )

    def _all(self, parts: Iterable[Conditional]) -> tuple[When[Conditional], ...]:
        return tuple(When(part, self._rule(part.when)) for part in parts)

    def _material(self, material: MaterialDef) -> CompiledMaterial:
        return CompiledMaterial(material, self._all(material.supplies))

    def _derived(self, derived: DerivedField) -> CompiledDerived:
        cases = []
        for when, value, because, source in derived.cases:
            rule = self._rule(when)
            if rule is not None:
                cases.append(DerivedCase(rule, self._derived_value(derived.field, value), because, source))
        return CompiledDerived(derived.field, tuple(cases))

    def _derived_value(self, name: str, value: str | int | bool) -> Value:
        field = self.catalogue.fields[name]
        if not _fits(field, value):
            self.problems.append(WrongDerivedValue(field=name, value=value, correction=_what_fits(field)))
            return value
        return date.fromisoformat(str(value)) if field.type == "date" else value

    def _in_order(self, derived: list[CompiledDerived]) -> tuple[CompiledDerived, ...]:
        reads = {one.field: frozenset().union(*(case.rule.fields for case in one.cases)) for one in derived}
        order, refusal = checks.derivation_order(reads)
        if refusal is not None:
            self.problems.append(refusal)
        by_field = {one.field: one for one in derived}
        return tuple(by_field[name] for name in order)

    def _field_checks(self) -> dict[str, Rule]:
        found = {field.id: self._rule(field.check) for field in self.catalogue.fields.values() if field.check}
        return {name: rule for name, rule in found.items() if rule is not None}


class _HasWhen(Protocol):
    @property
    def when(self) -> str | None: ...


Conditional = TypeVar("Conditional", bound=_HasWhen)


def _clauses(matter: MatterDef) -> tuple[Clause, ...]:
    """The conditions of a matter; consent is one more, the last."""
    if matter.consent is None:
        return matter.applies
    return (*matter.applies, Clause(matter.consent, CONSENT, DECLINED, matter.title_source or ""))


def _fits(field: FieldDef, value: str | int | bool) -> bool:
    if field.type == "choice":
        return value in {option.value for option in field.options}
    if field.type == "boolean":
        return isinstance(value, bool)
    if field.type in ("integer", "money"):
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str) and (field.type != "date" or _is_day(value))


def _what_fits(field: FieldDef) -> Words:
    options = ", ".join(option.value for option in field.options)
    if options:
        return Words(f"可以是：{options}。", f"Its options: {options}.")
    return Words(f"它的类型是 {field.type}。", f"Its type is {field.type}.")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
