"""Signed messages: the Standard Webhooks scheme, `v1` (HMAC-SHA256) and `v1a` (Ed25519). No clock: now is handed in.

    headers = sign([shared, key], message_id="…", at=now, body=body)
    verify([shared, key.public], headers, body, now=now)        # refuses, or says nothing

What is signed is "<id>.<timestamp>.<body>". Source: standardwebhooks.com, specification 1.0.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from onething.kernel.errors import Denied, Invalid

ID = "webhook-id"
TIMESTAMP = "webhook-timestamp"
SIGNATURE = "webhook-signature"
TOLERANCE = timedelta(minutes=5)
_MOST_SIGNATURES = 8  # keys in rotation; more is an attempt to make us work


class SignatureMissing(Denied):
    """This message is not signed, or its signature headers cannot be read."""

    status = 401
    remedy = "Send webhook-id, webhook-timestamp (seconds) and webhook-signature with every message."


class SignatureWrong(Denied):
    """The signature of this message does not fit its content and the agreed key."""

    status = 401
    remedy = "Sign the exact bytes that are sent, with the key agreed for this connection."


class SignatureStale(Denied):
    """The timestamp of this message lies more than five minutes from our clock."""

    status = 401
    remedy = "Set the clock, and sign again with a fresh timestamp in every attempt."


class KeyMalformed(Invalid):
    """This is not a key of the kind “{kind}”."""

    remedy = "Copy the whole key, with its beginning (whsec_, whsk_ or whpk_)."


class Signer(Protocol):
    """Something that can sign."""

    def signature(self, content: bytes) -> str:
        """Sign content as "<version>,<base64>"."""
        ...


class Verifier(Protocol):
    """Something that can tell whether a signature fits."""

    version: str

    def fits(self, content: bytes, signature: bytes) -> bool:
        """Tell whether the signature is of this content and key."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class SharedSecret:
    """A secret both sides hold: `whsec_…`. It proves who sent a message to the two of them, to nobody else."""

    key: bytes
    version = "v1"

    @classmethod
    def read(cls, text: str) -> SharedSecret:
        """Read `whsec_<base64>` (24 to 64 bytes). Refuses KeyMalformed."""
        key = _unpack(text, "whsec_")
        if not 24 <= len(key) <= 64:
            raise KeyMalformed(kind="whsec_")
        return cls(key)

    @property
    def text(self) -> str:
        """Write the secret down. Secret: never log it."""
        return _pack("whsec_", self.key)

    def signature(self, content: bytes) -> str:
        """Sign content as `v1,…`."""
        return _pack("v1,", hmac.digest(self.key, content, hashlib.sha256))

    def fits(self, content: bytes, signature: bytes) -> bool:
        """Tell, in constant time, whether the signature fits."""
        return hmac.compare_digest(hmac.digest(self.key, content, hashlib.sha256), signature)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What anybody may hold to check one side's signatures: `whpk_…`."""

    key: Ed25519PublicKey
    version = "v1a"

    @classmethod
    def read(cls, text: str) -> PublicKey:
        """Read `whpk_<base64 of 32 bytes>`. Refuses KeyMalformed."""
        raw = _unpack(text, "whpk_")
        if len(raw) != 32:
            raise KeyMalformed(kind="whpk_")
        return cls(Ed25519PublicKey.from_public_bytes(raw))

    @property
    def text(self) -> str:
        """Write the key down; it is no secret."""
        return _pack("whpk_", _raw(self.key))

    def fits(self, content: bytes, signature: bytes) -> bool:
        """Tell whether the signature fits."""
        try:
            self.key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """One side's own key: `whsk_…`. What it signed, that side cannot deny."""

    key: Ed25519PrivateKey

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        """Make the key of a 32-byte seed."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def read(cls, text: str) -> SigningKey:
        """Read `whsk_<base64 of the seed, or of seed and public key>`. Refuses KeyMalformed."""
        raw = _unpack(text, "whsk_")
        if len(raw) not in (32, 64):
            raise KeyMalformed(kind="whsk_")
        return cls.from_seed(raw[:32])

    @property
    def text(self) -> str:
        """Write the key down, seed and public key. Secret: never log it."""
        return _pack("whsk_", self.key.private_bytes_raw() + _raw(self.key.public_key()))

    @property
    def public(self) -> PublicKey:
        """Give the half that may be shown."""
        return PublicKey(self.key.public_key())

    def signature(self, content: bytes) -> str:
        """Sign content as `v1a,…`."""
        return _pack("v1a,", self.key.sign(content))


def sign(signers: Iterable[Signer], *, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Sign a message; give the three headers. The id stays the same in every attempt, `at` is fresh."""
    seconds = str(int(at.timestamp()))
    content = _content(message_id, seconds, body)
    return {ID: message_id, TIMESTAMP: seconds, SIGNATURE: " ".join(signer.signature(content) for signer in signers)}


def verify(verifiers: Iterable[Verifier], headers: Mapping[str, str], body: bytes, *, now: datetime) -> str:
    """
    Check a message against the keys that may have signed it; give its id. One fitting signature is enough.

    Header names in any case. Refuses SignatureMissing, SignatureStale, SignatureWrong.
    """
    lower = {name.lower(): value for name, value in headers.items()}
    message_id, seconds, signatures = (lower.get(name, "") for name in (ID, TIMESTAMP, SIGNATURE))
    if not message_id or not signatures:
        raise SignatureMissing
    if abs(now.timestamp() - _seconds(seconds)) > TOLERANCE.total_seconds():
        raise SignatureStale
    content = _content(message_id, seconds, body)
    given = [_split(part) for part in signatures.split(" ")[:_MOST_SIGNATURES]]
    # No early end: how long a check takes must not tell which key or which byte was wrong.
    fitting = [v.fits(content, signature) for v in verifiers for version, signature in given if version == v.version]
    if not any(fitting):
        raise SignatureWrong
    return message_id


def _content(message_id: str, seconds: str, body: bytes) -> bytes:
    return f"{message_id}.{seconds}.".encode() + body


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise SignatureMissing
    return int(text)


def _split(part: str) -> tuple[str, bytes]:
    version, _, signature = part.partition(",")
    try:
        return version, base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return "", b""


def _pack(prefix: str, raw: bytes) -> str:
    return prefix + base64.b64encode(raw).decode()


def _unpack(text: str, prefix: str) -> bytes:
    if not text.startswith(prefix):
        raise KeyMalformed(kind=prefix)
    try:
        return base64.b64decode(text.removeprefix(prefix), validate=True)
    except (binascii.Error, ValueError) as broken:
        raise KeyMalformed(kind=prefix) from broken


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
