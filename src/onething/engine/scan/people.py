"""The file of people: are all columns there, of the right type; and what tells one file from another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onething.engine.bundle.model import Words
from onething.engine.policies.model import FactDef
from onething.engine.scan.errors import ColumnMissing, ColumnMistyped, PeopleUnreadable

PERSON = "person"
_TAIL = 1 << 20
WANTED = {
    "date": "date",
    "integer": "a whole number",
    "money": "a whole number (fen)",
    "boolean": "yes or no",
    "choice": "text",
    "region": "text",
    "choices": "a list of texts",
}


NO_SUCH_FILE = Words("没有这个文件", "there is no such file")


def files_of(people: Path) -> tuple[Path, ...]:
    """Give the Parquet files of people: one, or those of a folder by name. Refuses PeopleUnreadable."""
    found = tuple(sorted(people.glob("*.parquet"))) if people.is_dir() else (people,)
    if not found or not all(file.is_file() for file in found):
        raise PeopleUnreadable(path=people, reason=NO_SUCH_FILE)
    return found


def check_columns(files: Sequence[Path], facts: Iterable[FactDef]) -> int:
    """Check that every file has what is read, and count the rows. Refuses what `errors` names."""
    facts = tuple(facts)
    return sum(_check(file, facts) for file in files)


def _check(file: Path, facts: Sequence[FactDef]) -> int:
    try:
        metadata = pq.read_metadata(file)
        schema = pq.read_schema(file)
    except (pa.ArrowException, OSError) as reason:
        raise PeopleUnreadable(path=file, reason=str(reason).split("\n")[0]) from None
    for name in (PERSON, *(fact.id for fact in facts)):
        if name not in schema.names:
            raise ColumnMissing(column=name)
    numbers = schema.field(PERSON).type
    if not (pa.types.is_integer(numbers) or _is_text(numbers)):
        raise ColumnMistyped(column=PERSON, found=numbers, wanted="a whole number or text")
    for fact in facts:
        found = schema.field(fact.id).type
        if not _fits(fact.type, found):
            raise ColumnMistyped(column=fact.id, found=found, wanted=WANTED[fact.type])
    return int(metadata.num_rows)


def _fits(wanted: str, found: pa.DataType) -> bool:
    if pa.types.is_dictionary(found):
        found = found.value_type
    if wanted == "choices":
        return pa.types.is_list(found) and _is_text(found.value_type)
    if wanted in ("choice", "region"):
        return _is_text(found)
    tests = {"date": pa.types.is_date, "boolean": pa.types.is_boolean}
    return bool(tests.get(wanted, pa.types.is_integer)(found))


def _is_text(found: pa.DataType) -> bool:
    return bool(pa.types.is_string(found) or pa.types.is_large_string(found))


def digest_of(files: Sequence[Path]) -> str:
    """Tell files apart by their size and their last megabyte, where Parquet keeps what it says of every row group."""
    digest = hashlib.sha256()
    for file in files:
        size = file.stat().st_size
        with file.open("rb") as stream:
            stream.seek(max(0, size - _TAIL))
            digest.update(size.to_bytes(8, "big") + stream.read())
    return digest.hexdigest()
