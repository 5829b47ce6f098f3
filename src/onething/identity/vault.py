"""
How a second factor's secret lies in the database: locked by the key of purpose "factor", bound to its account.

`use` binds what is locked to another use than that, and is no secret.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onething.identity.errors import FactorBroken
from onething.plumbing import keys

_NONCE = 12
_VERSION = 2


def lock(account_id: UUID, secret: bytes, use: bytes = b"") -> bytes:
    """Lock a secret with the newest key; its version (2 bytes) stands in front."""
    key = keys.provider().secret("factor")  # made at first use, so before its version is asked
    version = keys.provider().newest("factor").to_bytes(_VERSION)
    nonce = secrets.token_bytes(_NONCE)
    return version + nonce + AESGCM(key).encrypt(nonce, secret, account_id.bytes + version + use)


def unlock(account_id: UUID, locked: bytes, use: bytes = b"") -> bytes:
    """Open a locked secret. Refuses FactorBroken when it was changed, or is another account's or of another use."""
    version, nonce, text = locked[:_VERSION], locked[_VERSION : _VERSION + _NONCE], locked[_VERSION + _NONCE :]
    key = keys.provider().secret("factor", int.from_bytes(version))
    try:
        return AESGCM(key).decrypt(nonce, text, account_id.bytes + version + use)
    except (InvalidTag, ValueError) as broken:
        raise FactorBroken from broken
