"""The code beside the QR of a document: 16 characters that only this installation can compute from the content.

The QR lies inside the PDF, so it cannot carry the PDF's own digest. It carries the number and this keyed digest of
what the document says; the public page then names the digest of the finished PDF. 80 bits: not to be guessed, and,
being keyed, it tells nothing about the content to somebody who would try all likely contents.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

_TO_READABLE = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_MISREAD = str.maketrans("OIL", "011")


def compute(secret: bytes, *, number: str, content: bytes) -> str:
    """Compute the code of a document: 16 characters of Crockford's base 32 (no I, L, O, U)."""
    tag = hmac.digest(secret, b"check\0" + number.encode() + b"\0" + content, hashlib.sha256)
    return base64.b32encode(tag[:10]).decode().translate(_TO_READABLE)


def read(typed: str) -> str:
    """Read a code as people type it: small letters, spaces and dashes, O for 0, I and L for 1."""
    return "".join(typed.upper().translate(_MISREAD).replace("-", "").split())


def same(code: str, typed: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(code.encode(), read(typed).encode())


def grouped(code: str) -> str:
    """Write a code in fours, as it is printed."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
