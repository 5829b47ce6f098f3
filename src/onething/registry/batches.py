"""Reading many persons, in the order of their ids: for sweeps over everybody. Nothing that was opened is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from onething.kernel import codes
from onething.registry.cipher import DataKey, WrappedKey
from onething.registry.errors import SealBroken
from onething.registry.models import KnownFact
from onething.registry.queries import Known

OWN = ("birth_date", "sex")
"""Facts that are read out of the ID number."""


@dataclass(frozen=True, slots=True)
class Read:
    """One person of a batch. `key` is None where nothing of them can be opened any more; then nothing is known."""

    person_id: UUID
    region: str
    key: DataKey | None
    known: dict[str, Known]


def persons_after(after: UUID | None, *, fields: Iterable[str], most: int) -> list[Read]:
    """
    Read the next persons behind an id: of each field the best source, as `known_facts` does. Two queries.

    Name and phone are not opened; forgotten persons are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PERSONS, [after, after, most])
        persons = cursor.fetchall()
        if not persons:
            return []
        cursor.execute(_FACTS, [persons[0][0], persons[-1][0], list(fields)])
        facts = defaultdict(list)
        for person_id, *fact in cursor.fetchall():
            facts[person_id].append(fact)
    return [_read(row, facts[row[0]]) for row in persons]


def _read(row: tuple[Any, ...], facts: list[list[Any]]) -> Read:
    person_id, region, number, source, checked_at, version, wrapped = row
    if version is None:
        return Read(person_id, region, None, {})
    try:
        key = DataKey.unwrap(person_id, WrappedKey(version, bytes(wrapped)))
        read = codes.read_id_number(key.unseal("id_number", bytes(number)))
        own = {"birth_date": read.birth_date.isoformat(), "sex": read.sex.value}
        known = {name: Known(own[name], source, checked_at, KnownFact.Grade.AUTHORITATIVE) for name in OWN}
        for field, sealed, said_by, grade, at in facts:  # the best comes first
            if field not in known:
                known[field] = Known(KnownFact.open(key, field, bytes(sealed)), said_by, at, grade)
    except SealBroken:
        return Read(person_id, region, None, {})
    return Read(person_id, region, key, known)


_PERSONS = """
SELECT p.id, p.region_id, p.sealed_id_number, p.source, p.checked_at, k.version, k.wrapped
FROM registry_person p LEFT JOIN registry_personkey k ON k.person_id = p.id
WHERE (%s::uuid IS NULL OR p.id > %s::uuid) AND p.forgotten_at IS NULL ORDER BY p.id LIMIT %s
"""
_FACTS = """
SELECT person_id, field, sealed, source, grade, checked_at FROM registry_knownfact
WHERE person_id BETWEEN %s AND %s AND field = ANY(%s)
ORDER BY person_id, field, grade DESC, checked_at DESC, source
"""
