"""Which matters apply to a person, which do not, and which cannot be told yet; and what the ones that do ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from onething.engine.bundle.compiled import Compiled, CompiledMatter, When
from onething.engine.bundle.completions import Completions
from onething.engine.bundle.model import Act, Clause, FieldUse, MaterialNeed, Need

Part = TypeVar("Part")


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
    undecided: Mapping[str, tuple[str, ...]]


def select(compiled: Compiled, completions: Completions) -> Selection:
    """Decide every matter, and for those that apply every part of them."""
    asked: dict[str, Asked] = {}
    refused: dict[str, Clause] = {}
    undecided: dict[str, tuple[str, ...]] = {}
    for name, one in compiled.matters.items():
        applies = completions.every(one.applies)
        verdict = completions.settled(applies)
        if verdict is True:
            asked[name] = _asked(one, completions)
        elif verdict is False:
            refused[name] = _unmet(one, completions)
        else:
            undecided[name] = tuple(completions.deciding(applies))
    return Selection(asked, refused, undecided)


def _unmet(matter: CompiledMatter, completions: Completions) -> Clause:
    """The first condition that is not met; where only all together cannot be met, the first that is not."""
    verdicts = [(one.part, completions.holds(one)) for one in matter.applies]
    unmet = [part for part, verdict in verdicts if verdict is False]
    doubtful = [part for part, verdict in verdicts if verdict is not True]
    return (unmet or doubtful)[0]


def _asked(one: CompiledMatter, completions: Completions) -> Asked:
    return Asked(
        one,
        _kept(one.fields, completions),
        _kept(one.materials, completions),
        _kept(one.needs, completions),
        _kept(one.acts, completions),
    )


def _kept(parts: tuple[When[Part], ...], completions: Completions) -> tuple[Part, ...]:
    """The parts that count for this person, whatever is still to be answered."""
    return tuple(one.part for one in parts if completions.holds(one) is True)
