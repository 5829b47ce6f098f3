"""What a draft changes, entry by entry, old and new side by side; and what that does to the plans. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onething.catalogue.publishing.changes import Changes, changes
from onething.engine.bundle import Plan

MEASURES = ("working_days", "materials", "steps", "trips")


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that reads otherwise: where in its entry, and both values; None where there was or is nothing."""

    where: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One section: what came, what went, and for what changed every value that differs."""

    section: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, tuple[Difference, ...]], ...]


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Compared]:
    """Compare two releases' content, the header first."""
    header = tuple(differences(before.get("header", {}), after.get("header", {})))
    first = [Compared("header", (), (), (("pack.yaml", header),))] if header else []
    return first + [_section(found, before, after) for found in changes(before, after)]


def _section(found: Changes, before: Mapping[str, Any], after: Mapping[str, Any]) -> Compared:
    old, new = before.get(found.section, {}), after.get(found.section, {})
    changed = tuple((name, tuple(differences(old[name], new[name]))) for name in found.changed)
    return Compared(found.section, found.added, found.removed, changed)


def differences(old: Any, new: Any, where: str = "") -> Iterator[Difference]:
    """Walk two values side by side and give every plain value that differs, in the order in which they stand."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            yield from differences(old.get(key), new.get(key), f"{where}.{key}" if where else str(key))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            first, second = (items[index] if index < len(items) else None for items in (old, new))
            yield from differences(first, second, f"{where}[{index + 1}]")
    elif isinstance(old, Mapping | list) or isinstance(new, Mapping | list):
        yield from _whole(old, new, where)
    elif old != new:
        yield Difference(where, _shown(old), _shown(new))


def _whole(old: Any, new: Any, where: str) -> Iterator[Difference]:
    """One side has parts, the other a plain value or nothing: every part came or went."""
    for side, value in (("old", old), ("new", new)):
        empty: Any = type(value)() if isinstance(value, Mapping | list) else None
        if empty is not None:
            yield from differences(*((value, empty) if side == "old" else (empty, value)), where)
        elif value is not None:
            yield Difference(where, *((_shown(value), None) if side == "old" else (None, _shown(value))))


def _shown(value: Any) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class Figures:
    """What an example comes to: measure → (alone, in force now, by the draft), and the promised days."""

    example: str
    rows: tuple[tuple[str, int | None, int | None, int | None], ...]
    due_before: str
    due_after: str

    @property
    def is_moved(self) -> bool:
        """Whether the draft changes anything in it."""
        return self.due_before != self.due_after or any(now != then for _, _, now, then in self.rows)


def figures(example: str, before: Plan | None, after: Plan | None) -> Figures:
    """Hold the figures of one example against what is in force."""
    rows = tuple(
        (
            name,
            getattr(after.before, name) if after else None,
            getattr(before.after, name) if before else None,
            getattr(after.after, name) if after else None,
        )
        for name in MEASURES
    )
    return Figures(example, rows, _due(before), _due(after))


def _due(plan: Plan | None) -> str:
    return plan.promise.due.isoformat() if plan and plan.promise.due else ""
