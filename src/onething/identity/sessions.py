"""
What a session holds: the account, how it came in, the hat it wears, when it began and was last seen. Never a name.

It ends after a time without use, in any case after a working day, when its password or authenticator is changed, when
somebody ends it from another device, when the account is closed, and when the post it was opened under has ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth import login, logout
from django.http import HttpRequest

from onething.identity.hats import Hat
from onething.identity.models import Account
from onething.identity.policy import CITIZEN
from onething.identity.typed import KEPT

HAT: Final = "hat"
MEANS: Final = "means"
PENDING: Final = "code_for"
HALF_IN: Final = "factor_for"
HALF_SINCE: Final = "factor_since"
HALF_BY: Final = "factor_by"
BEGAN: Final = "began"
SEEN: Final = "seen"
ENDED: Final = "ended"

LONGEST: Final = timedelta(hours=10)  # a working day at the window
IDLE: Final = {True: timedelta(minutes=30), False: timedelta(hours=2)}
"""How long a session rests before it ends: of staff, who leave a window unattended; of citizens on their own phone."""
NOTED_EVERY: Final = timedelta(minutes=1)  # so often, at most, a session is written because it was used
LINGERS: Final = timedelta(hours=14)
"""How long the cookie outlives the session: whose it was must be known, to keep what they had typed (typed.py)."""
HALF_WAY: Final = timedelta(minutes=5)  # between the password and the second step

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin(request: HttpRequest, account: Account, *, means: str, hats: Sequence[Hat], now: datetime) -> None:
    """Begin a session under a new id, so that an id planted before is worth nothing. The only hat is put on at once."""
    _flush(request)
    login(request, account, backend=_BACKEND)
    request.session[MEANS] = means
    request.session[BEGAN] = request.session[SEEN] = now.timestamp()
    fitting = wearable(hats, means)
    if len(fitting) == 1:
        request.session[HAT] = fitting[0].key
    request.session.set_expiry(int((LONGEST + LINGERS).total_seconds()))


def pause_half_way(request: HttpRequest, account: Account, now: datetime, *, by_provider: bool = False) -> None:
    """Keep that the password was right, or a provider vouched; the second step must follow within minutes."""
    _flush(request)
    request.session[HALF_IN] = str(account.pk)
    request.session[HALF_SINCE] = now.timestamp()
    request.session[HALF_BY] = "provider" if by_provider else "password"
    request.session.set_expiry(int(HALF_WAY.total_seconds()))


def half_way(request: HttpRequest, now: datetime) -> str | None:
    """Find the account whose password was right a moment ago."""
    since = request.session.get(HALF_SINCE, 0)
    is_fresh = now.timestamp() - since < HALF_WAY.total_seconds()
    return request.session.get(HALF_IN) if is_fresh else None


def is_by_provider(request: HttpRequest) -> bool:
    """Tell whether the first step was a staff provider's: it opens posts, never somebody's own matters."""
    return bool(request.session.get(HALF_BY) == "provider")


def wearable(hats: Sequence[Hat], means: str) -> list[Hat]:
    """Keep the hats that this way in allows: posts need the second factor; by a staff provider there are only posts."""
    return [hat for hat in hats if (means != "provider_staff" if hat.key == CITIZEN else is_strong(means))]


def may_wear_mandate(means: str, *, is_of_post: bool) -> bool:
    """Tell whether this way in allows the hat of a mandate: that of a post, or a private one."""
    return is_strong(means) if is_of_post else means != "provider_staff"


def is_strong(means: str) -> bool:
    """Tell whether the second factor was used."""
    return means in ("factor", "recovery", "provider_staff")


def why_over(request: HttpRequest, sessions_since: datetime | None, now: datetime) -> str:
    """Tell why a session is over: "ended" from elsewhere, "long", "idle"; "" while it goes on."""
    began, seen = request.session.get(BEGAN, 0), request.session.get(SEEN, 0)
    if sessions_since is not None and began < sessions_since.timestamp():
        return "ended"
    if now.timestamp() - began >= LONGEST.total_seconds():
        return "long"
    is_staff = is_strong(request.session.get(MEANS, "")) and request.session.get(HAT, "") not in ("", CITIZEN)
    return "idle" if now.timestamp() - seen >= IDLE[is_staff].total_seconds() else ""


def note_use(request: HttpRequest, now: datetime) -> None:
    """Keep that the session was used; written once a minute at most."""
    if now.timestamp() - request.session.get(SEEN, 0) >= NOTED_EVERY.total_seconds():
        request.session[SEEN] = now.timestamp()


def wear(request: HttpRequest, hat: str) -> None:
    """Put a hat on; what the session may do changes, so its id does too."""
    request.session.cycle_key()
    request.session[HAT] = hat


def _flush(request: HttpRequest) -> None:
    """Begin with nothing but what was typed before the last session ended; it opens for its writer only."""
    kept = request.session.get(KEPT)
    request.session.flush()
    if kept:
        request.session[KEPT] = kept


def end(request: HttpRequest, why: str = "", *, typed: str = "") -> None:
    """End the session and everything in it; the next page can say why, and what was typed can be given back."""
    logout(request)
    if typed:
        request.session[KEPT] = typed
    if why:
        request.session[ENDED] = why
