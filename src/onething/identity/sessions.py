"""What a session holds: the account, how it came in, the hat it wears. Never a name or a number."""

from __future__ import annotations

from typing import Final

from django.contrib.auth import login, logout
from django.http import HttpRequest

from onething.identity.models import Account

HAT: Final = "hat"
MEANS: Final = "means"
PENDING: Final = "code_for"
HOURS: Final = 10  # a working day at the window

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin(request: HttpRequest, account: Account, *, means: str) -> None:
    """Begin a session under a new id, so that an id planted before is worth nothing."""
    request.session.flush()
    login(request, account, backend=_BACKEND)
    request.session[MEANS] = means
    request.session.set_expiry(HOURS * 3600)


def wear(request: HttpRequest, hat: str) -> None:
    """Put a hat on; what the session may do changes, so its id does too."""
    request.session.cycle_key()
    request.session[HAT] = hat


def end(request: HttpRequest) -> None:
    """End the session and everything in it."""
    logout(request)
