"""
The questions still open: exactly the missing answers that would change the plan, each with what it would change.

An answer changes the plan if there are answers to the other open questions with which two of its values lead to
different plans: another matter, another part of one, another way of a paper, another day to keep (`completions`).

The questions that decide most come first: by how many matters they bring in or leave out, then by how many things they
change at all, then by the order of the data dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from onething.engine.bundle.compiled import Compiled, CompiledMatter, When
from onething.engine.bundle.completions import Completions, Outcome, every, where
from onething.engine.bundle.durations import Durations
from onething.engine.bundle.model import Act, FieldUse, MaterialNeed, Need, PersonalTerm, Words
from onething.engine.bundle.paperways import papers_in_doubt
from onething.engine.bundle.plan import Change, OpenQuestion
from onething.engine.rules import Unknown
from onething.engine.rules.closures import Facts


def open_questions(compiled: Compiled, completions: Completions, durations: Durations) -> tuple[OpenQuestion, ...]:
    """List the open questions, those that decide most first."""
    if not completions.open:
        return ()
    asking = _Asking(compiled, completions, durations, completions.open)
    for outcome, change in asking.decisions():
        asking.note(completions.deciding(outcome), change)
    asking.note_papers()
    return tuple(sorted(asking.questions(), key=_weight))


def _weight(question: OpenQuestion) -> tuple[int, int]:
    matters = sum(change.kind == "matter" for change in question.would_change)
    return -matters, -len(question.would_change)


@dataclass(slots=True)
class _Asking:
    compiled: Compiled
    completions: Completions
    durations: Durations
    open: frozenset[str]
    changes: dict[str, dict[tuple[str, str, str | None], Change]] = field(default_factory=dict)
    counting: dict[tuple[tuple[int, ...], ...], Outcome] = field(default_factory=dict)

    def note(self, names: Iterable[str], change: Change) -> None:
        for name in names:
            self.changes.setdefault(name, {})[(change.kind, change.id, change.matter)] = change

    def questions(self) -> Iterator[OpenQuestion]:
        """The questions in the order of the data dictionary."""
        for derived in self.compiled.derived:
            label = self.compiled.catalogue.fields[derived.field].label
            deciding = self.completions.deciding(_value_of(derived.field))
            self.note((name for name in deciding if name in self.changes), Change("derived", derived.field, label))
        for name, one in self.compiled.catalogue.fields.items():
            if name in self.changes:
                changes = tuple(self.changes[name].values())
                yield OpenQuestion(name, one.label, one.type, one.options, one.question, one.hint, changes)

    def decisions(self) -> Iterator[tuple[Outcome, Change]]:
        """Everything a missing answer could decide, with how it is named."""
        possible = [one for one in self.compiled.matters.values() if self._is_possible(one)]
        for one in possible:
            if self._reads_open(one.applies):
                yield self.completions.every(one.applies), Change("matter", one.matter.id, one.matter.title)
        for one in possible:
            yield from self._parts(one)
        for term in self.compiled.terms:
            yield self._term(term), Change("term", term.part.id, term.part.title, term.part.matter)

    def note_papers(self) -> None:
        """Note the answers that decide by which way a paper comes."""
        materials = self.compiled.catalogue.materials
        for one in papers_in_doubt(self.compiled, self.completions, self.durations):
            names = one.missing.intersection(self.completions.deciding(one.way))
            self.note(sorted(names), Change("material", one.material, materials[one.material].title, one.matter))

    def _reads_open(self, parts: Iterable[When[Any]]) -> bool:
        return any(part.rule is not None and not self.open.isdisjoint(part.rule.fields) for part in parts)

    def _is_possible(self, matter: CompiledMatter) -> bool:
        return every(matter.applies)(self.completions.situation.facts) is not False

    def _parts(self, matter: CompiledMatter) -> Iterator[tuple[Outcome, Change]]:
        parts: tuple[When[Any], ...] = (*matter.fields, *matter.materials, *matter.needs, *matter.acts)
        alike: dict[Any, list[When[Any]]] = {}
        for one in parts:
            alike.setdefault(replace(one.part, when=None), []).append(one)
        for part, several in alike.items():
            if self._reads_open(several):
                yield self._counted(matter, part, several), self._change(matter, part)

    def _counted(self, matter: CompiledMatter, part: object, several: list[When[Any]]) -> Outcome:
        """How often a part counts, where its matter applies, and for a need the matter that is needed."""
        needed = self.compiled.matters.get(part.matter or "") if isinstance(part, Need) else None
        around = (*matter.applies, *(needed.applies if needed else ()))
        key = _rules(around), _rules(several)
        if key not in self.counting:
            self.counting[key] = where(around, _how_many(several))
        return self.counting[key]

    def _change(self, matter: CompiledMatter, part: object) -> Change:
        kind, name, title = _named(self.compiled, part)
        return Change(kind, name, title, matter.matter.id)

    def _term(self, term: When[PersonalTerm]) -> Outcome:
        """Whether it binds and the day it counts from; no answer is a question where the dictionary says so."""
        applies = self.compiled.matters[term.part.matter].applies if term.part.matter else ()
        is_open = self.compiled.catalogue.fields[term.part.from_field].absent == "unknown"
        return where(applies, _only_if(term, _value_of(term.part.from_field, is_open=is_open)))


def _rules(parts: Iterable[When[Any]]) -> tuple[int, ...]:
    """What conditions parts have: the same rules, the same outcome."""
    return tuple(id(part.rule) for part in parts)


def _how_many(parts: Iterable[When[Any]]) -> Outcome:
    holding = [every((part,)) for part in parts]

    def count(facts: Facts) -> object:
        verdicts = [holds(facts) for holds in holding]
        missing = frozenset().union(*(verdict for verdict in verdicts if isinstance(verdict, Unknown)))
        return Unknown(missing) if missing else sum(verdict is True for verdict in verdicts)

    return count


def _only_if(condition: When[Any], outcome: Outcome) -> Outcome:
    """An outcome that is False where the condition does not hold: unlike with `where`, that makes a difference."""
    around = every((condition,))

    def value(facts: Facts) -> object:
        holds = around(facts)
        if holds is False:
            return False
        inner = outcome(facts)
        missing = [one for one in (holds, inner) if isinstance(one, Unknown)]
        return Unknown(frozenset().union(*missing)) if missing else inner

    return value


def _value_of(name: str, *, is_open: bool = True) -> Outcome:
    missing = Unknown((name,)) if is_open else None

    def value(facts: Facts) -> object:
        return facts.get(name, missing)

    return value


_KINDS: Mapping[type, str] = {FieldUse: "field", MaterialNeed: "material", Act: "act", Need: "need"}


def _named(compiled: Compiled, part: object) -> tuple[str, str, Words]:
    """Kind, id and title of a part of a matter."""
    catalogue = compiled.catalogue
    if isinstance(part, Need) and part.event:
        return "event", part.event, catalogue.events[part.event].title
    if isinstance(part, Need) and part.matter:
        return "need", part.matter, catalogue.matters[part.matter].title
    if isinstance(part, FieldUse):
        return "field", part.field, catalogue.fields[part.field].label
    if isinstance(part, MaterialNeed):
        return "material", part.any_of[0], catalogue.materials[part.any_of[0]].title
    if isinstance(part, Act):
        return "act", part.id, part.title
    raise TypeError(part)
