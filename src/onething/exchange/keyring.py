"""The keys between the house and one department, derived from the installation's department key. Pure.

A department that makes its own key pair hands in its public half, and only that one counts for its answers; the
pair derived here serves simulators and departments without key custody of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from onething.kernel.signing import SharedSecret, SigningKey


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """What signs between the house and one department."""

    shared: SharedSecret  # both directions, v1
    house: SigningKey  # orders, v1a
    department: SigningKey  # replies, v1a, unless the department holds its own


def derive(master: bytes, source: str) -> Keyring:
    """Derive a department's keys from the 32 secret bytes of the installation and the department's name."""
    return Keyring(
        shared=SharedSecret(_expand(master, f"shared {source}")),
        house=SigningKey.from_seed(_expand(master, "house")),
        department=SigningKey.from_seed(_expand(master, f"department {source}")),
    )


def _expand(master: bytes, label: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"onething exchange {label}".encode()).derive(
        master
    )
