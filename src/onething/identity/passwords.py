"""Passwords: scrypt, a few at a time, and as slow for a name nobody has as for one somebody has."""

from __future__ import annotations

import threading

from django.contrib.auth.hashers import check_password, make_password

from onething.identity.errors import PasswordTooWeak

SHORTEST = 12
NO_PASSWORD = "!"  # noqa: S105  # Django's mark of an unusable password; checking against it costs one hash

_at_once = threading.BoundedSemaphore(4)  # 16 MB each: a hundred sign-ins in one second must not eat the memory


def hashed(password: str | None, *, username: str) -> str:
    """Hash a new password; None makes an account that cannot sign in with one. Refuses PasswordTooWeak."""
    if password is None:
        return make_password(None)
    if len(password) < SHORTEST or username.lower() in password.lower():
        raise PasswordTooWeak(length=SHORTEST)
    with _at_once:
        return make_password(password)


def fits(password: str, stored: str | None) -> bool:
    """Tell whether a password is the stored one; with nothing stored, take as long and say no."""
    with _at_once:
        return check_password(password, stored or NO_PASSWORD)
