"""Tables as CSV or Excel: orders written, replies read. Pure.

CSV is written in UTF-8 with a mark at its beginning, so that Excel reads it; it is read in UTF-8 or GB 18030. A text
that a spreadsheet would take for a formula is written behind an apostrophe.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from onething.exchange.errors import MessageMalformed

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 200
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = Mapping[str, str]


def write(rows: Sequence[Row], kind: str) -> bytes:
    """Write rows as a table; its columns are those of all rows, in the order of their first appearance."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    return _excel(lines) if kind == "xlsx" else _csv(lines)


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_harmless(value) for value in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def _excel(lines: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("orders")
    for line in lines:
        cells = [openpyxl.cell.WriteOnlyCell(sheet, value) for value in line]
        for cell in cells:
            cell.data_type = "s"  # a text, whatever it begins with
        sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(content: bytes, name: str) -> list[Row]:
    """Read a table, one mapping per row that is not empty. Refuses MessageMalformed."""
    if len(content) > MOST_BYTES:
        raise MessageMalformed(problem=f"the file has more than {MOST_BYTES} bytes")
    lines = _read_excel(content) if name.lower().endswith(".xlsx") else _read_csv(content)
    if not lines or len(lines) > MOST_ROWS + 1 or len(lines[0]) > MOST_COLUMNS:
        raise MessageMalformed(problem=f"the file is empty, or has more than {MOST_ROWS} rows")
    columns = [column.strip() for column in lines[0]]
    return [dict(zip(columns, line, strict=False)) if any(line) else {} for line in lines[1:]]


def _read_csv(content: bytes) -> list[list[str]]:
    try:
        return [
            [_meant(cell) for cell in line] for line in csv.reader(io.StringIO(_text(content), newline=""), strict=True)
        ]
    except csv.Error as broken:
        raise MessageMalformed(problem="the file is not CSV") from broken


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise MessageMalformed(problem="the file is neither UTF-8 nor GB 18030")


def _meant(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _read_excel(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise MessageMalformed(problem="the file unpacks to more than 50 MB")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        lines = [[_cell(value) for value in row] for row in rows]
        book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as broken:
        raise MessageMalformed(problem="the file is not an Excel workbook") from broken
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)
