"""What one line says about one person, read by the columns' fields; or everything that is wrong with it at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onething.kernel import codes
from onething.kernel.errors import Refusal
from onething.registry import cells, sections
from onething.registry.errors import (
    BirthDateDiffers,
    CellMissing,
    RegionNameUncertain,
    RegionNotBelow,
    SexDiffers,
)
from onething.registry.rosters.tables import Fault, Line

_REQUIRED = ("name", "id_number")
_SEXES = {"男": "male", "女": "female", "1": "male", "2": "female"}


@dataclass(slots=True)
class Entry:
    """One person as a line names them. `statements`: section → its values."""

    number: int
    name: str = ""
    id_number: str = ""
    phone: str = ""
    region: str = ""
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Places:
    """The divisions a roster may name: by code and by name, all within the one it is for."""

    default: str
    by_code: frozenset[str]
    by_name: Mapping[str, tuple[str, ...]]

    def find(self, text: str) -> str:
        """Find a division by code or name. Refuses RegionNotBelow, RegionNameUncertain."""
        plain = cells.plain(text)
        if plain.isascii() and plain.isdigit():
            code = plain.ljust(12, "0")
            if code in self.by_code:
                return code
            raise RegionNotBelow
        found = self.by_name.get(plain, ())
        if len(found) > 1:
            raise RegionNameUncertain(count=len(found))
        if not found:
            raise RegionNotBelow
        return found[0]


class LineReader:
    """Reads lines by the fields of their columns. Made once for a file."""

    def __init__(self, targets: Sequence[str], places: Places, today: date) -> None:
        self.places, self.today = places, today
        self.columns = [(index, target) for index, target in enumerate(targets) if target]
        self.at = {target: index for index, target in self.columns}
        self.parts = [(i, *self._part(target)) for i, target in self.columns if "." in target]

    @staticmethod
    def _part(target: str) -> tuple[str, str, cells.Reader]:
        part, _, name = target.partition(".")
        return part, name, sections.section(part).field(name).read

    def read(self, line: Line) -> Entry:
        """Read one line. What is wrong stands in its `faults`; a line with faults enters nothing."""
        entry = Entry(line.number)
        mapped = {index for index, _ in self.columns}
        entry.faults = [fault for fault in line.faults if fault[0] is None or fault[0] in mapped]
        if any(column is None for column, _ in entry.faults):
            return entry
        marked = {column for column, _ in entry.faults}
        self._who(entry, line.cells, marked)
        self._what(entry, line.cells, marked)
        return entry

    def _who(self, entry: Entry, texts: Sequence[str], marked: set[int | None]) -> None:
        for target in _REQUIRED:
            if target not in self.at or not texts[self.at[target]].strip():
                entry.faults.append((self.at.get(target), CellMissing()))
                marked.add(self.at.get(target))
        entry.region = self.places.default
        self._try(entry, texts, marked, "name", cells.full_name)
        self._try(entry, texts, marked, "id_number", self._id_number)
        self._try(entry, texts, marked, "phone", cells.phone)
        self._try(entry, texts, marked, "region", self.places.find)
        if entry.id_number:
            self._compare(entry, texts)

    def _id_number(self, text: str) -> str:
        return codes.read_id_number(text, on=self.today).value

    def _try(
        self, entry: Entry, texts: Sequence[str], marked: set[int | None], target: str, read: Callable[[str], str]
    ) -> None:
        column = self.at.get(target)
        if column is None or column in marked or not texts[column].strip():
            return
        try:
            setattr(entry, target, read(texts[column]))
        except Refusal as refusal:
            entry.faults.append((column, refusal))

    def _compare(self, entry: Entry, texts: Sequence[str]) -> None:
        """What a table says twice must agree: date of birth and sex stand in the ID number too."""
        number = entry.id_number
        if (column := self.at.get("birth_date")) is not None and texts[column].strip():
            born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
            entry.faults += _differing(column, texts[column], lambda text: born.startswith(cells.day_or_month(text)))
        if (column := self.at.get("sex")) is not None and texts[column].strip():
            sex = "male" if int(number[16]) % 2 else "female"
            if _SEXES.get(texts[column].strip()) != sex:
                entry.faults.append((column, SexDiffers()))

    def _what(self, entry: Entry, texts: Sequence[str], marked: set[int | None]) -> None:
        stated: dict[str, dict[str, Any]] = defaultdict(dict)
        for column, part, name, read in self.parts:
            text = texts[column]
            if column in marked or not text or text.isspace():
                continue
            try:
                stated[part][name] = read(text)
            except Refusal as refusal:
                entry.faults.append((column, refusal))
        entry.statements = stated


def _differing(column: int, text: str, agrees: Callable[[str], bool]) -> list[Fault]:
    try:
        return [] if agrees(text) else [(column, BirthDateDiffers())]
    except Refusal as refusal:
        return [(column, refusal)]
