"""Sealing for the modules above: give a person's id and a value, keep the bytes in a table of your own.

    row.sealed = sealing.seal(person_id, answers, field="case.answers")
    answers = sealing.unseal(person_id, row.sealed, field="case.answers")

A value opens only for the same person and the same field. After `forget_person` it opens never again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from onething.registry.cipher import DataKey
from onething.registry.errors import PersonErased
from onething.registry.models import PersonKey


def key_of(person_id: UUID) -> DataKey:
    """Open a person's key, for sealing several values with one look. Refuses PersonErased."""
    key = PersonKey.objects.filter(person_id=person_id).first()
    if key is None:
        raise PersonErased
    return key.opened()


def keys_of(person_ids: Iterable[UUID]) -> Mapping[UUID, DataKey]:
    """Open the keys of many persons in one query; forgotten ones are left out."""
    return {key.person_id: key.opened() for key in PersonKey.objects.filter(person_id__in=list(person_ids))}


def seal(person_id: UUID, value: Any, *, field: str = "value") -> bytes:
    """Seal a JSON value under a person's key. Refuses PersonErased."""
    return key_of(person_id).seal(field, value)


def unseal(person_id: UUID, sealed: bytes, *, field: str = "value") -> Any:
    """Open a sealed value. Refuses PersonErased, SealBroken."""
    return key_of(person_id).unseal(field, bytes(sealed))


def seal_bytes(person_id: UUID, content: bytes, *, field: str = "file") -> bytes:
    """Seal a file under a person's key. Refuses PersonErased."""
    return key_of(person_id).seal_bytes(field, content)


def unseal_bytes(person_id: UUID, sealed: bytes, *, field: str = "file") -> bytes:
    """Open a sealed file. Refuses PersonErased, SealBroken."""
    return key_of(person_id).unseal_bytes(field, sealed)
