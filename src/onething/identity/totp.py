"""One-time codes by time (RFC 6238: SHA-1, six digits, thirty seconds), as every authenticator app makes them. Pure."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP_SECONDS = 30
SECRET_BYTES = 20
ISSUER = "One Thing 一件事"


def fresh_secret() -> bytes:
    """Make a new random secret (20 bytes)."""
    return secrets.token_bytes(SECRET_BYTES)


def step_at(moment: datetime) -> int:
    """Number the thirty seconds that a moment lies in."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_at(secret: bytes, step: int) -> str:
    """Compute the code of one step."""
    return _of(secret).generate(step * STEP_SECONDS).decode()


def fitting_step(secret: bytes, code: str, now: datetime) -> int | None:
    """Find the step whose code this is: the present one, or one of its neighbours for clocks that are a little off."""
    here = step_at(now)
    fitting = [step for step in (here, here - 1, here + 1) if hmac.compare_digest(code_at(secret, step), code)]
    return fitting[0] if fitting else None


def address(secret: bytes, name: str) -> str:
    """Write what the QR code holds: an otpauth address."""
    return _of(secret).get_provisioning_uri(name, ISSUER)


def spelled(secret: bytes) -> str:
    """Spell the secret for typing: base32, in groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def _of(secret: bytes) -> TOTP:
    return TOTP(secret, 6, SHA1(), STEP_SECONDS)  # noqa: S303  # SHA-1 is what the apps know; it is an HMAC here
