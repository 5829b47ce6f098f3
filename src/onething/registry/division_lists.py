"""Lists of divisions and of their changes, as files bring them: comma-separated, UTF-8, a title line.

Two shapes of lists are read: `code,name[,parent,name_en,valid_from,valid_to]`, and the statistical office's shape with
codes of 2, 4, 6, 9 or 12 digits (`code,name,streetCode,…`), which are filled up with zeros.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import TextIO

from onething.registry.errors import ListUnreadable
from onething.registry.regions import ChangeRow, RegionRow

_LENGTHS = {2, 4, 6, 9, 12}


def read_divisions(file: TextIO, *, valid_from: date | None = None) -> Iterator[RegionRow]:
    """Read a list of divisions, one per line. Refuses ListUnreadable, naming the line."""
    for line, row in _rows(file, {"code", "name"}):
        yield RegionRow(
            code=_code(row["code"], line),
            name=_text(row, "name", line),
            name_en=row.get("name_en", ""),
            above=_code(row["parent"], line) if row.get("parent") else "",
            valid_from=_day(row.get("valid_from", ""), line) or valid_from,
            valid_to=_day(row.get("valid_to", ""), line),
        )


def read_changes(file: TextIO) -> Iterator[ChangeRow]:
    """Read a list of changes, one per line: kind and year or day, old and new code and name. Refuses ListUnreadable."""
    for line, row in _rows(file, {"kind", "old_code", "new_code"}):
        day = _day(row.get("day", ""), line)
        if day is None and not row.get("year", "").isdigit():
            raise ListUnreadable(line=line, problem="year")
        yield ChangeRow(
            kind=row["kind"],
            year=day.year if day else int(row["year"]),
            day=day,
            old_code=_code(row["old_code"], line) if row["old_code"] else "",
            old_name=row.get("old_name", ""),
            new_code=_code(row["new_code"], line) if row["new_code"] else "",
            new_name=row.get("new_name", ""),
            document=row.get("document", ""),
            address=row.get("address", ""),
        )


def _rows(file: TextIO, needed: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(file, strict=True)
    try:
        if missing := needed - set(reader.fieldnames or ()):
            raise ListUnreadable(line=1, problem=", ".join(sorted(missing)))
        for row in reader:
            if None in row.values() or None in row:
                raise ListUnreadable(line=reader.line_num, problem=str(row.get("code") or row.get("old_code")))
            yield reader.line_num, {name: value.strip() for name, value in row.items()}
    except (csv.Error, UnicodeDecodeError) as broken:
        raise ListUnreadable(line=reader.line_num + 1, problem=str(broken)) from broken


def _code(text: str, line: int) -> str:
    if len(text) not in _LENGTHS or not (text.isascii() and text.isdigit()):
        raise ListUnreadable(line=line, problem=text)
    return text.ljust(12, "0")


def _text(row: dict[str, str], name: str, line: int) -> str:
    if not row[name]:
        raise ListUnreadable(line=line, problem=name)
    return row[name]


def _day(text: str, line: int) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as broken:
        raise ListUnreadable(line=line, problem=text) from broken
