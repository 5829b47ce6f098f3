"""What one message says and to whom, and how it is sealed while it waits."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onething.plumbing import keys

_NONCE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message in clear. It has no printed form, so that it cannot slip into a log."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)


def seal(letter: Letter, reference: UUID) -> tuple[bytes, int]:
    """Encrypt a letter for one row (AES-256-GCM, bound to its id). Gives the sealed bytes and the key's version."""
    keys.provider().secret("field")  # made at first use, so before its version is asked
    version = keys.provider().newest("field")
    nonce = os.urandom(_NONCE)
    clear = json.dumps(asdict(letter), ensure_ascii=False).encode()
    return nonce + _cipher(version).encrypt(nonce, clear, reference.bytes), version


def unseal(sealed: bytes, version: int, reference: UUID) -> Letter:
    """Read a sealed letter again. Refuses keys.KeyMissing."""
    clear = _cipher(version).decrypt(sealed[:_NONCE], sealed[_NONCE:], reference.bytes)
    return Letter(**json.loads(clear))


def _cipher(version: int) -> AESGCM:
    return AESGCM(keys.provider().secret("field", version))
