"""A personal file as screens show it: sections, entries, and of each field the best value beside all others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from onething.registry import sections
from onething.registry.cipher import DataKey
from onething.registry.models import ArchiveMove, Said, Statement


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field: what the best source says, what the others say, and whether they disagree."""

    field: sections.Field
    best: Said
    others: tuple[Said, ...]

    @property
    def shown(self) -> str:
        """The value as it is shown without a purpose."""
        return self.field.shown(self.best.value)

    @property
    def full(self) -> str:
        """The value as it is."""
        return str(self.best.value)

    @property
    def is_conflict(self) -> bool:
        """Tell whether another source says something else; a month agrees with a day in it."""
        return any(not _agree(self.best.value, other.value) for other in self.others)

    @property
    def others_shown(self) -> list[tuple[str, Said]]:
        """What others say, as it is shown without a purpose."""
        return [(self.field.shown(said.value), said) for said in self.others]


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of a section: a term of service, a merit, a relative."""

    section: sections.Section
    match: bytes
    fields: tuple[FieldView, ...]

    @property
    def has_conflict(self) -> bool:
        """Tell whether sources disagree about any of its fields."""
        return any(view.is_conflict for view in self.fields)


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of a life course: when (a day, or a month), what kind of thing, and in which words."""

    on: str
    kind: str
    words: str = ""


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str) and {len(one), len(other)} == {7, 10}:
        return one[:7] == other[:7]
    return bool(one == other)


def entries_of(statements: Iterable[Statement], key: DataKey) -> list[EntryView]:
    """Put statements together: one view per entry, in the order of the sections."""
    order = list(sections.SECTIONS)
    in_order = sorted(statements, key=lambda row: (order.index(row.section), bytes(row.match)))
    return [
        _entry(section, match, list(rows), key)
        for (section, match), rows in groupby(in_order, key=lambda row: (row.section, bytes(row.match)))
    ]


def _entry(name: str, match: bytes, rows: list[Statement], key: DataKey) -> EntryView:
    part = sections.section(name)
    said = [row.said(key) for row in rows]
    views = []
    for field in part.fields:
        values = [one[field.name] for one in said if field.name in one]
        if values:
            best, *others = sorted(values, key=lambda v: (v.grade, v.checked_at), reverse=True)
            views.append(FieldView(field, best, tuple(others)))
    return EntryView(part, match, tuple(views))


_TURNS: Mapping[str, tuple[str, ...]] = {
    "service": ("enlisted_on", "discharged_on"),
    "merit": ("awarded_on",),
    "disability": ("assessed_on",),
    "household": ("registered_on",),
}
_WORDS = {"merit": "class", "disability": "grade", "service": "unit"}


def life_course(
    entries: Iterable[EntryView], archive: Iterable[ArchiveMove], birth: date, registered_at: datetime
) -> list[Moment]:
    """List the turns of a life course that the file knows, the earliest first."""
    course = [Moment(birth.isoformat(), "birth"), Moment(registered_at.date().isoformat(), "registered")]
    for entry in entries:
        values = {view.field.name: view for view in entry.fields}
        words = values.get(_WORDS.get(entry.section.name, ""))
        for turn in _TURNS.get(entry.section.name, ()):
            if turn in values:
                kind = f"{entry.section.name}.{turn}"
                course.append(Moment(values[turn].full, kind, words.shown if words else ""))
    course += [Moment(line.day.isoformat(), f"archive.{line.kind}", line.outside) for line in archive]
    return sorted(course, key=lambda moment: moment.on)
