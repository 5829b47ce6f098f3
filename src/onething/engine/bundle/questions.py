"""The questions still open: missing answers that would change the plan, each with what it would change."""

from __future__ import annotations

from collections.abc import Iterator

from onething.engine.bundle.compiled import Compiled
from onething.engine.bundle.facts import Situation
from onething.engine.bundle.plan import Change, OpenQuestion
from onething.engine.bundle.selection import Doubts
from onething.engine.rules import Unknown


def open_questions(compiled: Compiled, situation: Situation, doubts: Doubts) -> tuple[OpenQuestion, ...]:
    """List the open questions in the order of the data dictionary."""
    return tuple(
        OpenQuestion(name, field.label, (*_derived(compiled, situation, name), *doubts.by_field[name].values()))
        for name, field in compiled.catalogue.fields.items()
        if name in doubts.by_field
    )


def _derived(compiled: Compiled, situation: Situation, name: str) -> Iterator[Change]:
    """The derived fields that the answer would settle, or bring nearer."""
    for derived in compiled.derived:
        value = situation.facts.get(derived.field)
        if isinstance(value, Unknown) and name in value:
            yield Change("derived", derived.field, compiled.catalogue.fields[derived.field].label)
