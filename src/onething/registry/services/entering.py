"""Entering many persons at once: sealed in memory, copied into the tables in pieces, in the caller's transaction."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, LiteralString, TypeVar
from uuid import UUID, uuid4

from django.db import connection

from onething.plumbing import copying, keys, rows
from onething.registry import masks, sections
from onething.registry.cipher import DataKey, Ring, WrappedKey, blind_index_with
from onething.registry.errors import OtherName, PersonElsewhere
from onething.registry.models import statement_name
from onething.registry.regions import prefix
from onething.registry.rosters.lines import Entry

T = TypeVar("T")

PIECE = 5_000
EXPECTED = ("service.enlisted_on", "service.discharged_on", "service.placement", "contact.phone", "bank_card.number")
"""What the matters of a discharge ask for most: whoever lacks it is asked before arrival, not at the window."""


@dataclass(slots=True)
class Entered:
    """How many persons were new, and how many were known already."""

    new: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """A registered person whom a line speaks of."""

    person_id: UUID
    region: str
    key: DataKey
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where entries come from: source and grade of what they say, the division, the moment; are they expected?"""

    source: str
    grade: int
    region: str
    now: datetime
    is_discharge: bool


def match_of(key: DataKey, section: str, words: str) -> bytes:
    """Compute what makes two sources mean the same entry of a person (16 bytes): nothing without the person's key."""
    return hmac.digest(key.secret, f"match:{section}:{words}".encode(), hashlib.sha256)[:16]


def pieces_of(entries: Iterable[T]) -> Iterator[list[T]]:
    """Take entries some thousands at a time."""
    source = iter(entries)
    while piece := list(islice(source, PIECE)):
        yield piece


def find_known(piece: Sequence[Entry], ring: Ring, region: str) -> dict[str, Known]:
    """
    Find the registered persons among some entries: ID number → person. Puts a fault on entries that do not fit them:
    OtherName, PersonElsewhere.
    """
    indexes = _indexes_of(piece, ring)
    found: dict[str, Known] = {}
    with (
        rows.as_house(),
        connection.cursor() as cursor,
    ):  # a number is registered once in the country, not once a county
        cursor.execute(_FIND, [list(indexes)])
        for index, person_id, home, sealed, version, wrapped in cursor.fetchall():
            key = DataKey.unwrap(person_id, WrappedKey(version, bytes(wrapped)))
            name = str(key.unseal("name", bytes(sealed)))
            found[indexes[bytes(index)]] = Known(person_id, home, key, name)
    for entry in piece:
        if known := found.get(entry.id_number):
            entry.faults += _unfit(entry, known, region)
    return found


_FIND = """
SELECT p.id_index, p.id, p.region_id, p.sealed_name, k.version, k.wrapped
FROM registry_person p JOIN registry_personkey k ON k.person_id = p.id WHERE p.id_index = ANY(%s)
"""


def _indexes_of(piece: Sequence[Entry], ring: Ring) -> dict[bytes, str]:
    """Give every index under which these numbers may stand; during a re-index that is one per key."""
    numbers = [entry.id_number for entry in piece if entry.id_number]
    indexes = {ring.blind_index("id_number", number): number for number in numbers}
    for version in keys.provider().versions("index"):
        if version != ring.index_version:
            secret = keys.provider().secret("index", version)
            for number in numbers:
                indexes[blind_index_with(secret, "id_number", number)] = number
    return indexes


def _unfit(entry: Entry, known: Known, region: str) -> list[tuple[None, Any]]:
    if not known.region.startswith(prefix(region)):
        return [(None, PersonElsewhere())]
    return [(None, OtherName())] if known.name != entry.name else []


@dataclass(slots=True)
class _Rows:
    """The rows of one piece, in the columns' order of the statements below."""

    persons: list[tuple[Any, ...]] = field(default_factory=list)
    keys: list[tuple[Any, ...]] = field(default_factory=list)
    statements: list[tuple[Any, ...]] = field(default_factory=list)
    more_statements: list[tuple[Any, ...]] = field(default_factory=list)  # of persons known before
    arrivals: list[tuple[Any, ...]] = field(default_factory=list)


def enter(piece: Sequence[Entry], known: Mapping[str, Known], origin: Origin, ring: Ring) -> Entered:
    """Enter one piece of entries without faults, in the caller's transaction."""
    sealed = _Rows()
    for entry in piece:
        person = known.get(entry.id_number)
        if person is None:
            _add_new(sealed, entry, origin, ring)
        else:
            stated = dict(entry.statements)
            if entry.phone:
                stated["contact"] = {"phone": entry.phone} | stated.get("contact", {})
            sealed.more_statements += _statements(person.key, stated, origin)
            _expect(sealed, person.person_id, entry, origin)
    _copy("registry_person", _PERSONS, sealed.persons)
    _copy("registry_personkey", _KEYS, sealed.keys)
    _copy("registry_statement", _STATEMENTS, sealed.statements)
    _insert(_STATE, sealed.more_statements)
    _insert(_EXPECT, sealed.arrivals)
    return Entered(len(sealed.persons), len(piece) - len(sealed.persons))


def _add_new(rows: _Rows, entry: Entry, origin: Origin, ring: Ring) -> None:
    key = DataKey.fresh(uuid4())
    phone, number = entry.phone, entry.id_number
    rows.persons.append(
        (
            key.person_id,
            entry.region,
            masks.name(entry.name),
            key.seal("name", entry.name),
            key.seal("id_number", number),
            key.seal("phone", phone),
            ring.blind_index("id_number", number),
            ring.blind_index("phone", phone) if phone else None,
            ring.index_version,
            origin.source,
            origin.now,
        )
    )
    rows.keys.append((key.person_id, ring.field_version, ring.wrap(key)))
    rows.statements += _statements(key, entry.statements, origin)
    _expect(rows, key.person_id, entry, origin)


def _statements(key: DataKey, stated: Mapping[str, Mapping[str, Any]], origin: Origin) -> Iterator[tuple[Any, ...]]:
    for name, values in stated.items():
        part = sections.SECTIONS[name]
        content, grade = graded(part, values, origin.source, origin.grade, origin.now)
        match = match_of(key, name, part.key_of(values))
        sealed = key.seal(statement_name(name), content)
        yield key.person_id, name, match, origin.source, sealed, origin.now, grade


def graded(
    part: sections.Section, values: Mapping[str, Any], source: str, given: int, at: datetime
) -> tuple[dict[str, Any], int]:
    """Give what is sealed for a statement, and its grade; a field whose grade is another one has it beside it."""
    grades = {name: sections.grade_of(part.field(name), source, given) for name in values}
    usual = max(grades.values())
    own = {name: [at.isoformat(), grade] for name, grade in grades.items() if grade != usual}
    return ({"values": dict(values), "own": own} if own else {"values": dict(values)}), int(usual)


def _expect(rows: _Rows, person_id: UUID, entry: Entry, origin: Origin) -> None:
    if origin.is_discharge:
        rows.arrivals.append((person_id, origin.source, lacking(entry), origin.now))


def lacking(entry: Entry) -> list[str]:
    """List what an expected person's data lack, as section.field."""
    return [
        name
        for name in EXPECTED
        if not (name == "contact.phone" and entry.phone)
        and name.partition(".")[2] not in entry.statements.get(name.partition(".")[0], {})
    ]


_PERSONS = {
    "id": "uuid", "region_id": "varchar", "masked_name": "text", "sealed_name": "bytea", "sealed_id_number": "bytea",
    "sealed_phone": "bytea", "id_index": "bytea", "phone_index": "bytea", "index_version": "int2", "source": "text",
    "checked_at": "timestamptz",
}  # fmt: skip
_KEYS = {"person_id": "uuid", "version": "int2", "wrapped": "bytea"}
_STATEMENTS = {
    "person_id": "uuid", "section": "text", "match": "bytea", "source": "text", "sealed": "bytea",
    "checked_at": "timestamptz", "grade": "int2",
}  # fmt: skip
_STATE = """
INSERT INTO registry_statement (person_id, section, match, source, sealed, checked_at, grade)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (person_id, section, match, source) DO UPDATE
SET sealed = EXCLUDED.sealed, checked_at = EXCLUDED.checked_at, grade = EXCLUDED.grade
"""
_EXPECT = """
INSERT INTO registry_arrival (person_id, source, lacking, expected_at, state) VALUES (%s, %s, %s, %s, 'waiting')
ON CONFLICT (person_id) DO NOTHING
"""


def _copy(table: str, columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    with copying.into(table, tuple(columns)) as copy:
        copy.set_types(tuple(columns.values()))
        for row in rows:
            copy.write_row(row)


def _insert(statement: LiteralString, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
