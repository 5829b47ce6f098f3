"""What a seal says, and the leaves it says it of. Pure: no database, no clock, keys are handed in.

A leaf is 48 bytes: transaction (8, big-endian), id (8), digest of the content (32). Leaves sort as rows do.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_LEAF = struct.Struct(">qq32s")
_READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("number", "since", "until", "rows", "key"), int),
    **dict.fromkeys(("root", "previous"), bytes.fromhex),
    "sealed_at": datetime.fromisoformat,
}
NOTHING_BEFORE = bytes(32)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row as a seal knows it."""

    transaction: int
    entry: int
    digest: bytes

    @property
    def packed(self) -> bytes:
        """Write the leaf as its 48 bytes."""
        return _LEAF.pack(self.transaction, self.entry, self.digest)


def leaves_of(manifest: bytes) -> Iterator[Leaf]:
    """Read a manifest, leaf by leaf. Bytes behind the last whole leaf are left out: the root will not fit them."""
    whole = len(manifest) - len(manifest) % _LEAF.size
    return (Leaf(*parts) for parts in _LEAF.iter_unpack(manifest[:whole]))


def rows_in(manifest: bytes) -> int:
    """Count the leaves of a manifest."""
    return len(manifest) // _LEAF.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """
    What is signed: these rows, all of them, stood in the journal then.

    The rows are those of the transactions `since` (included) to `until` (not included); `root` and `rows` are of
    their leaves in order; `previous` is the digest of the seal before; `key` is the version of the signing key.
    """

    number: int
    sealed_at: datetime
    since: int
    until: int
    rows: int
    root: bytes
    previous: bytes
    key: int

    @property
    def content(self) -> bytes:
        """Write the statement as the bytes that are signed: JSON, names sorted, no spaces."""
        return _write(self._plain())

    @property
    def digest(self) -> bytes:
        """Compute what the next seal names as its `previous`."""
        return hashlib.sha256(self.content).digest()

    def signed(self, key: Ed25519PrivateKey) -> Signed:
        """Sign the statement."""
        return Signed(self, key.sign(self.content))

    def _plain(self) -> dict[str, Any]:
        at = self.sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
        return {**asdict(self), "sealed_at": at, "root": self.root.hex(), "previous": self.previous.hex()}


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement and its signature (Ed25519, 64 bytes): a seal."""

    statement: Statement
    signature: bytes

    def fits(self, key: Ed25519PublicKey) -> bool:
        """Tell whether this key signed this statement."""
        try:
            key.verify(self.signature, self.statement.content)
        except InvalidSignature:
            return False
        return True

    @property
    def line(self) -> bytes:
        """Write the seal as one line of the file that lies outside the database, with its line end."""
        return _write({**self.statement._plain(), "signature": self.signature.hex()}) + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Self | None:
        """Read a seal back; None when this is not one, to the byte."""
        try:
            plain = json.loads(line)
            signature = bytes.fromhex(plain.pop("signature"))
            seal = cls(Statement(**{name: _READ[name](value) for name, value in plain.items()}), signature)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return seal if seal.line == line else None


def signing_key(secret: bytes) -> Ed25519PrivateKey:
    """Derive the key that signs seals from the 32 secret bytes of the purpose "seal"."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"onething journal seal ed25519 v1")
    return Ed25519PrivateKey.from_private_bytes(derive.derive(secret))


def _write(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
