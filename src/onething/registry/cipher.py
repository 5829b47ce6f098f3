"""How a personal value is locked: one random key per person, itself locked by the installation's "field" key.

A sealed value is bound to its person and its field: moved to another row or another column it does not open.
Destroying a person's key makes all that was sealed with it unreadable, in every table at once.
Source: docs/decisions/0008-personal-data.md.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onething.plumbing import keys
from onething.registry.errors import SealBroken

FORMAT = b"\x01"
NONCE = 12
_TEXT = len(FORMAT) + NONCE
BLOCK = 32  # values are padded to this, so that the length of a name is not readable from its seal


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A person's key as it lies in the database: locked by this version of the "field" key."""

    version: int
    content: bytes


@dataclass(frozen=True, slots=True)
class DataKey:
    """The key of one person, open, in memory only."""

    person_id: UUID
    secret: bytes = field(repr=False)
    _aead: AESGCM = field(init=False, repr=False, compare=False)  # set up once, however many values are opened

    def __post_init__(self) -> None:
        object.__setattr__(self, "_aead", AESGCM(self.secret))

    @classmethod
    def fresh(cls, person_id: UUID) -> DataKey:
        """Make a new random key for a person."""
        return cls(person_id, secrets.token_bytes(32))

    @classmethod
    def unwrap(cls, person_id: UUID, wrapped: WrappedKey, ring: keys.KeyProvider | None = None) -> DataKey:
        """Open a person's key. Refuses SealBroken, and KeyMissing when that version is not on file."""
        secret = (ring or keys.provider()).secret("field", wrapped.version)
        return cls(person_id, _open(AESGCM(secret), wrapped.content, _bound(person_id, f"key:{wrapped.version}")))

    def wrap(self) -> WrappedKey:
        """Lock this key with the newest "field" key."""
        secret = keys.provider().secret("field")  # made at first use, so before its version is asked
        version = keys.provider().newest("field")
        return WrappedKey(version, _lock(AESGCM(secret), self.secret, _bound(self.person_id, f"key:{version}")))

    def seal(self, name: str, value: Any) -> bytes:
        """Seal one JSON value under the name of its field."""
        return self.seal_text(name, json.dumps(value, ensure_ascii=False).encode())

    def seal_text(self, name: str, text: bytes) -> bytes:
        """Seal one value that is written as JSON already."""
        padded = text.ljust(-(-len(text) // BLOCK) * BLOCK)
        return FORMAT + _lock(self._aead, padded, _bound(self.person_id, name))

    def unseal(self, name: str, sealed: bytes) -> Any:
        """Open a sealed value. Refuses SealBroken when it was changed or is another person's or field's."""
        return json.loads(self.unseal_bytes(name, sealed))

    def texts(self, sealed: Iterable[tuple[bytes, bytes]]) -> list[bytes]:
        """
        Open many values, each given with the name of its field, as the JSON that was sealed, padded with blanks.

        For sweeps, where reading the JSON and looking at every name again would show. Refuses SealBroken.
        """
        opened, person = self._aead.decrypt, self.person_id.bytes
        try:
            return [opened(one[1:_TEXT], _of_format(one)[_TEXT:], person + name) for name, one in sealed]
        except (InvalidTag, ValueError) as broken:
            raise SealBroken from broken

    def seal_bytes(self, name: str, content: bytes) -> bytes:
        """Seal a file's content under the name of its field."""
        return FORMAT + _lock(self._aead, content, _bound(self.person_id, name))

    def unseal_bytes(self, name: str, sealed: bytes) -> bytes:
        """Open a sealed file. Refuses SealBroken."""
        return _open(self._aead, _of_format(sealed)[1:], _bound(self.person_id, name))


def blind_index(kind: str, text: str) -> bytes:
    """
    Compute the keyed index by which a value is found without being stored (32 bytes, HMAC-SHA256).

    There are only about 10¹¹ plausible ID numbers: whoever holds the "index" key can try them all.
    """
    return blind_index_with(keys.provider().secret("index"), kind, text)


def blind_index_with(secret: bytes, kind: str, text: str) -> bytes:
    """Compute a keyed index with this secret (32 bytes)."""
    return hmac.digest(secret, f"{kind}:{text}".encode(), hashlib.sha256)


@dataclass(frozen=True, slots=True)
class Ring:
    """
    The newest "field" and "index" keys, read once: for work on many persons, where reading a file for each would show.

    Not kept longer than that work, so that a rotation takes effect.
    """

    field_version: int
    field_secret: bytes = field(repr=False)
    index_version: int
    index_secret: bytes = field(repr=False)

    @classmethod
    def newest(cls) -> Ring:
        """Read the newest keys."""
        ring = keys.provider()
        field_secret, index_secret = ring.secret("field"), ring.secret("index")
        return cls(ring.newest("field"), field_secret, ring.newest("index"), index_secret)

    def wrap(self, key: DataKey) -> bytes:
        """Lock a person's key."""
        return _lock(AESGCM(self.field_secret), key.secret, _bound(key.person_id, f"key:{self.field_version}"))

    def blind_index(self, kind: str, text: str) -> bytes:
        """Compute a keyed index, as `blind_index` does."""
        return blind_index_with(self.index_secret, kind, text)


class Opener:
    """The "field" keys, read and set up once each: for opening many persons. Not kept longer than that work."""

    def __init__(self) -> None:
        self._locks: dict[int, AESGCM] = {}

    def key(self, person_id: UUID, wrapped: WrappedKey) -> DataKey:
        """Open a person's key. Refuses SealBroken, KeyMissing."""
        lock = self._locks.get(wrapped.version)
        if lock is None:
            lock = self._locks[wrapped.version] = AESGCM(keys.provider().secret("field", wrapped.version))
        return DataKey(person_id, _open(lock, wrapped.content, _bound(person_id, f"key:{wrapped.version}")))


def index_versions() -> list[int]:
    """List the versions of the "index" key that are on file, the newest first: more than one during a re-index."""
    return sorted(keys.provider().versions("index"), reverse=True)


def blind_indexes(kind: str, text: str) -> list[bytes]:
    """Compute a value's index under every "index" key on file, the newest first: for looking up, never for storing."""
    ring = keys.provider()
    return [blind_index_with(ring.secret("index", version), kind, text) for version in index_versions()]


def _bound(person_id: UUID, name: str) -> bytes:
    return person_id.bytes + name.encode()


def _of_format(sealed: bytes) -> bytes:
    """Give back what is sealed in the one format there is. Refuses SealBroken."""
    if sealed[:1] != FORMAT:
        raise SealBroken
    return sealed


def _lock(lock: AESGCM, text: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + lock.encrypt(nonce, text, bound)


def _open(lock: AESGCM, content: bytes, bound: bytes) -> bytes:
    try:
        return lock.decrypt(content[:NONCE], content[NONCE:], bound)
    except (InvalidTag, ValueError) as broken:
        raise SealBroken from broken
