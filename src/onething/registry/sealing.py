"""Sealing for the modules above: give a person's id and a value, keep the bytes in a table of your own.

    row.sealed = sealing.seal(person_id, answers, field="case.answers")
    answers = sealing.unseal(person_id, row.sealed, field="case.answers")

A value opens only for the same person and the same field. After `forget_person` it opens never again. A key is read
once in the transaction of a service, however many values it seals, and kept no longer than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from onething.plumbing import prepared
from onething.plumbing.journal import book
from onething.registry.cipher import DataKey, WrappedKey
from onething.registry.errors import PersonErased
from onething.registry.models import PersonKey


def key_of(person_id: UUID) -> DataKey:
    """Open a person's key, for sealing several values with one look. Refuses PersonErased."""
    return book.once(_kept(person_id), lambda: _read_key(person_id))


def keys_of(person_ids: Iterable[UUID]) -> Mapping[UUID, DataKey]:
    """Open the keys of many persons in one query; forgotten ones are left out."""
    wanted = set(person_ids)
    if len(wanted) > 1:
        return {key.person_id: key.opened() for key in PersonKey.objects.filter(person_id__in=wanted)}
    try:
        return {person_id: key_of(person_id) for person_id in wanted}
    except PersonErased:
        return {}


def found(person_id: UUID, version: int | None, wrapped: bytes | None) -> None:
    """Keep a person's locked key that was read with something else, until the running service ends. None: not there."""
    if version is not None and wrapped is not None:
        book.keep(_locked(person_id), WrappedKey(version, wrapped))


def opened(person_id: UUID, version: int | None, wrapped: bytes | None) -> DataKey:
    """Open a key that was read with something else, as `found` takes it. Refuses PersonErased."""
    if version is None or wrapped is None:
        raise PersonErased
    return book.once(_kept(person_id), lambda: DataKey.unwrap(person_id, WrappedKey(version, wrapped)))


def destroy_key(person_id: UUID) -> None:
    """Destroy a person's key: what was sealed with it opens never again."""
    book.read_anew(_kept(person_id))
    book.read_anew(_locked(person_id))
    PersonKey.objects.filter(person_id=person_id).delete()


def _kept(person_id: UUID) -> tuple[str, UUID]:
    return ("registry.key", person_id)


def _locked(person_id: UUID) -> tuple[str, UUID]:
    return ("registry.locked_key", person_id)


def _read_key(person_id: UUID) -> DataKey:
    return DataKey.unwrap(person_id, book.once(_locked(person_id), lambda: _read_locked(person_id)))


def _read_locked(person_id: UUID) -> WrappedKey:
    row = prepared.row(_KEY, [person_id])
    if row is None:
        raise PersonErased
    return WrappedKey(*row)


_KEY = "SELECT version, wrapped FROM registry_personkey WHERE person_id = %s"


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
