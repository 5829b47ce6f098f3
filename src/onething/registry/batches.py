"""Reading many persons, in the order of their ids: for sweeps over everybody. Nothing that was opened is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from onething.kernel import codes
from onething.registry import stated
from onething.registry.cipher import DataKey, Opener, WrappedKey
from onething.registry.errors import SealBroken
from onething.registry.models import KnownFact, Statement, known_name

OWN = ("birth_date", "sex")
"""Facts that are read out of the ID number."""
FIRST = UUID(int=0)
LAST = UUID(int=2**128 - 1)
Told = tuple[bytes, int]
"""What the best source says of a field: JSON, padded with blanks, and the grade of the evidence."""


@dataclass(frozen=True, slots=True)
class Read:
    """One person of a batch. `key` is None where nothing of them can be opened any more; then nothing is known."""

    person_id: UUID
    region: str
    key: DataKey | None
    told: dict[str, Told]


def persons_between(after: UUID | None, last: UUID | None, *, fields: Iterable[str]) -> Iterator[Read]:
    """
    Read the persons behind one id up to another: of each field the best, as `facts_for_rules` does. One COPY.

    Name and phone are not opened; forgotten persons are left out. Nothing else may be asked of the database meanwhile.
    """
    return _copied(_BETWEEN, {"after": after or FIRST, "last": last or LAST}, fields)


def persons_called(person_ids: Sequence[UUID], *, fields: Iterable[str]) -> Iterator[Read]:
    """Read these persons, as `persons_between` does. Forgotten ones are left out."""
    return _copied(_CALLED, {"ids": list(person_ids)}, fields)


def last_of(after: UUID | None, most: int) -> UUID | None:
    """Find the last of the next so many persons behind an id; None where fewer are left."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_OF, [after or FIRST, most - 1])
        row = cursor.fetchone()
    return row[0] if row else None


def _copied(which: str, given: dict[str, Any], fields: Iterable[str]) -> Iterator[Read]:
    names = {field: known_name(field).encode() for field in fields}
    reader = _Reader(Opener(), names)
    of = {name: which % {"id": column} for name, column in _IDS.items()}
    values = {**given, "fields": list(names), "sections": list(stated.SECTIONS)}
    literals = {name: sql.Literal(value) for name, value in values.items()}
    statement = sql.SQL(_READ % of).format(**literals)  # of constants
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(("uuid", "varchar", "bytea", "int2", "bytea", "text[]", "bytea[]", "int2[]", *_STATED))
        for row in copy.rows():
            yield reader.read(*row)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Opens what is read; `names` are those to which the values of fields are bound."""

    opener: Opener
    names: dict[str, bytes]

    def read(
        self,
        person_id: UUID,
        region: str,
        number: bytes,
        version: int | None,
        wrapped: bytes,
        fields: list[str] | None,
        sealed: list[bytes] | None,
        grades: list[int] | None,
        *statements: list[Any] | None,
    ) -> Read:
        if version is None:
            return Read(person_id, region, None, {})
        try:
            key = self.opener.key(person_id, WrappedKey(version, wrapped))
            told = _own(key, number)
            if fields and sealed and grades:
                names = self.names
                texts = key.texts(zip([names[field] for field in fields], sealed, strict=True))
                for field, text, grade in zip(fields, texts, grades, strict=True):  # the best comes first
                    if field not in told:
                        told[field] = (text, grade)
            if statements[0]:
                self._take_in(told, statements, key)
        except SealBroken:
            return Read(person_id, region, None, {})
        return Read(person_id, region, key, told)

    def _take_in(self, told: dict[str, Told], columns: Sequence[Any], key: DataKey) -> None:
        """Take in what the file states, where it is better than what is known."""
        rows = [Statement(**dict(zip(_COLUMNS, row, strict=True))) for row in zip(*columns, strict=True)]
        for field, said in stated.facts_of(rows, key).items():
            if field in self.names and (field not in told or said.grade > told[field][1]):
                told[field] = (json.dumps(said.value).encode(), int(said.grade))


def _own(key: DataKey, number: bytes) -> dict[str, Told]:
    read = codes.IdNumber(json.loads(key.texts([(b"id_number", number)])[0]))  # was read when it was sealed
    values = (f'"{read.birth_date.isoformat()}"', f'"{read.sex.value}"')
    grade = int(KnownFact.Grade.AUTHORITATIVE)
    return {name: (value.encode(), grade) for name, value in zip(OWN, values, strict=True)}


_IDS = {"which": "p.id", "facts": "f.person_id", "stated": "s.person_id"}
_COLUMNS = ("section", "match", "source", "sealed", "grade", "checked_at")
_STATED = ("text[]", "bytea[]", "text[]", "bytea[]", "int2[]", "timestamptz[]")
_BETWEEN = "%(id)s > {after} AND %(id)s <= {last}"
_CALLED = "%(id)s = ANY({ids})"
_LAST_OF = """
SELECT id FROM registry_person WHERE id > %s AND forgotten_at IS NULL ORDER BY id OFFSET %s LIMIT 1
"""
_READ = """
COPY (
    SELECT p.id, p.region_id, p.sealed_id_number, k.version, k.wrapped, known.fields, known.sealed, known.grades,
           said.sections, said.matches, said.sources, said.sealed, said.grades, said.checked
    FROM registry_person p LEFT JOIN registry_personkey k ON k.person_id = p.id
    LEFT JOIN (
        SELECT person_id, array_agg(field) AS fields, array_agg(sealed) AS sealed, array_agg(grade) AS grades
        FROM (
            SELECT person_id, field, sealed, grade FROM registry_knownfact f
            WHERE %(facts)s AND field = ANY({fields})
            ORDER BY person_id, field, grade DESC, checked_at DESC, source
        ) AS ordered GROUP BY person_id
    ) AS known ON known.person_id = p.id
    LEFT JOIN (
        SELECT person_id, array_agg(section) AS sections, array_agg(match) AS matches, array_agg(source) AS sources,
               array_agg(sealed) AS sealed, array_agg(grade) AS grades, array_agg(checked_at) AS checked
        FROM registry_statement s WHERE %(stated)s AND section = ANY({sections}) GROUP BY person_id
    ) AS said ON said.person_id = p.id
    WHERE %(which)s AND p.forgotten_at IS NULL ORDER BY p.id
) TO STDOUT (FORMAT BINARY)
"""
