"""A file as lines of text: CSV in UTF-8 (with or without BOM), UTF-16, GBK and GB18030, and Excel (.xlsx).

Lines keep their number in the file, so that a fault can be found again. A file is read as a stream; only Excel, whose
format asks for it, is held in memory.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from onething.kernel.errors import Refusal
from onething.registry.errors import (
    DigitsLost,
    EncodingUnknown,
    LineCutOff,
    LineTooLong,
    LineTooShort,
    MergedCells,
    MonthUncertain,
    QuoteBroken,
    RosterDamaged,
    RosterEmpty,
    RosterIsOldExcel,
    RosterTooLarge,
    RosterWithoutTitles,
)
from onething.registry.rosters import columns

Fault = tuple[int | None, Refusal]
"""The column (from 0; none for the whole line), and what is wrong."""

_PIECE = 1 << 20
_TITLES_WITHIN = 10
_OLD_EXCEL, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_LARGEST_EXCEL = 30 << 20
_LARGEST_UNPACKED = 600 << 20
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_EXACT = 10**15  # a figure from here on has lost digits in a table program


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is read: as what, in which encoding, with which separator; where its titles stand."""

    kind: str
    encoding: str = ""
    delimiter: str = ","
    title_line: int = 1


@dataclass(slots=True)
class Line:
    """One line as the file has it."""

    number: int
    cells: list[str]
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing on it."""
        return not self.faults and not any(cell.strip() for cell in self.cells)


def look_at(file: BinaryIO, size: int) -> tuple[Shape, list[str]]:
    """
    Find out how a file is to be read, and its titles.

    Refuses RosterEmpty, RosterIsOldExcel, RosterDamaged, RosterTooLarge, EncodingUnknown, RosterWithoutTitles.
    """
    if size == 0:
        raise RosterEmpty
    head = file.read(4)
    file.seek(0)
    if head == _OLD_EXCEL:
        raise RosterIsOldExcel
    if head == _ZIP and size > _LARGEST_EXCEL:
        raise RosterTooLarge(most=_LARGEST_EXCEL >> 20)
    shape = Shape("xlsx") if head == _ZIP else _shape_of_text(file)
    file.seek(0)
    first = [line for line, _ in zip(_raw(file, shape), range(_TITLES_WITHIN), strict=False)]
    titles = _title_line(first)
    file.seek(0)
    return Shape(shape.kind, shape.encoding, shape.delimiter, titles.number), [cell.strip() for cell in titles.cells]


def lines_of(file: BinaryIO, shape: Shape, titles: Sequence[str]) -> Iterator[Line]:
    """
    Read the lines below the titles; empty ones and repeated titles are left out.

    A line with too many or too few cells carries that as its fault, also the one where the file was cut off.
    """
    width, held = len(titles), None
    for line in _raw(file, shape):
        if line.number <= shape.title_line or line.is_empty or [c.strip() for c in line.cells] == list(titles):
            continue
        if held is not None:
            yield held
        held = _of_width(line, width)
    if held is not None:
        yield _last(held, width)


def _of_width(line: Line, width: int) -> Line:
    if any(column is None for column, _ in line.faults):
        return line
    while len(line.cells) > width and not line.cells[-1].strip():
        line.cells.pop()
    if len(line.cells) > width:
        line.faults.append((None, LineTooLong(cells=len(line.cells), titles=width)))
    elif len(line.cells) < width and not columns.is_total(line.cells):
        line.faults.append((None, LineTooShort(cells=len(line.cells), titles=width)))
    return line


def _last(line: Line, width: int) -> Line:
    """The last line tells more than that it is too short: the file ends within it."""
    if any(isinstance(refusal, LineTooShort) for _, refusal in line.faults):
        line.faults = [(None, LineCutOff(cells=len(line.cells), titles=width))]
    return line


def _title_line(first: Sequence[Line]) -> Line:
    """The line in which most titles are known; a heading over all columns may stand above it."""
    known = [(sum(bool(columns.target_of(cell)) for cell in line.cells), -line.number, line) for line in first]
    best = max(known, key=lambda row: row[:2], default=None)
    if best is None or best[0] == 0:
        filled = [line for line in first if sum(bool(cell.strip()) for cell in line.cells) > 1]
        if not filled:
            raise RosterWithoutTitles
        return filled[0]
    return best[2]


def _raw(file: BinaryIO, shape: Shape) -> Iterator[Line]:
    return _excel(file) if shape.kind == "xlsx" else _text(file, shape)


def _shape_of_text(file: BinaryIO) -> Shape:
    encoding = _encoding(file)
    file.seek(0)
    head = file.read(_PIECE).decode(encoding, errors="ignore")
    line = next((line for line in head.splitlines() if line.strip()), "")
    return Shape("csv", encoding, max(",\t;，|", key=line.count))


def _encoding(file: BinaryIO) -> str:
    head = file.read(4)
    for bom, name in _BOMS.items():
        if head.startswith(bom):
            return _tried(file, name) or _refuse(file, name)
    return _tried(file, "utf-8") or _tried(file, "gb18030") or _refuse(file, "gb18030")


def _tried(file: BinaryIO, encoding: str) -> str | None:
    """Decode the whole file; a UTF-8 file that ends within a character was cut off there, and is UTF-8 all the same."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
    except UnicodeDecodeError:
        return None
    return encoding


def _refuse(file: BinaryIO, encoding: str) -> str:
    file.seek(0)
    line, decoder = 1, codecs.getincrementaldecoder(encoding)()
    for piece in file:
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            break
        line += 1
    raise EncodingUnknown(line=line)


def _text(file: BinaryIO, shape: Shape) -> Iterator[Line]:
    reader_of = io.TextIOWrapper(file, encoding=shape.encoding, errors="replace", newline="")
    reader = csv.reader(reader_of, delimiter=shape.delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            yield Line(number, cells)
            number = reader.line_num + 1
    except csv.Error:
        yield Line(number, [], [(None, QuoteBroken())])
    finally:
        reader_of.detach()


def _excel(file: BinaryIO) -> Iterator[Line]:
    try:
        yield from _sheet(io.BytesIO(file.read()))
    except (zipfile.BadZipFile, KeyError, ParseError, EOFError, ValueError) as broken:
        raise RosterDamaged from broken


def _sheet(file: BinaryIO) -> Iterator[Line]:
    with zipfile.ZipFile(file) as packed:
        if sum(member.file_size for member in packed.infolist()) > _LARGEST_UNPACKED:
            raise RosterTooLarge(most=_LARGEST_UNPACKED >> 20)
        book = load_workbook(file, read_only=True, data_only=False)
        sheet = book.worksheets[0]
        merged = _merged(packed, sheet._worksheet_path)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        line = Line(number, [])
        for column, cell in enumerate(row):
            line.cells.append(_cell(cell.value))
            line.faults += [(column, fault) for fault in _lost(cell.value)]
        line.faults += [(None, MergedCells(cells=ref)) for low, high, ref in merged if low <= number <= high]
        yield line


_MERGED = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"')


def _merged(packed: zipfile.ZipFile, path: str) -> list[tuple[int, int, str]]:
    """List the merged cells of a sheet: first line, last line, as the program names them."""
    with packed.open(path) as sheet:
        names = [name.decode() for name in _MERGED.findall(sheet.read())]
    bounds = [(range_boundaries(name), name) for name in names]
    return [(low or 1, high or 1, name) for (_, low, _, high), name in bounds]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _lost(value: Any) -> list[Refusal]:
    """What a figure in a cell no longer tells: digits from the 16th on, and whether 1987.1 was January or October."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) >= _EXACT:
            return [DigitsLost()]
        if 1800 < value < 2200 and f"{value}".endswith(".1"):
            return [MonthUncertain()]
    return []
