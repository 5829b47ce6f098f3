"""Care mode (长辈版): large type, large targets, the same information; and the language. One tap, no script.

Remembered by a cookie on this device, and on the server for whoever is signed in, so that a new phone has it too.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onething.kernel.access import Actor
from onething.kernel.language import Language
from onething.plumbing.ui.models import Preference

COOKIE = "onething_care"
YEAR = 365 * 24 * 3600
LARGEST = 3
CODES: dict[Language, str] = {"zh": "zh-hans", "en": "en"}


def care_of(request: HttpRequest, actor: Actor) -> int:
    """Find the size of type this reader chose: 0 (off) or 1–3. This device's choice first, then the account's."""
    chosen = request.COOKIES.get(COOKIE)
    if chosen is None and actor.account_id is not None:
        chosen = _of_account(request, actor.account_id)[0]
    return size(chosen)


def size(text: str | None) -> int:
    """Read a size; anything that is none of ours is 0 (off)."""
    return int(text) if text in ("1", "2", "3") else 0


def language_of(request: HttpRequest, actor: Actor) -> str:
    """Find the language that the account chose, for a device on which none was; "" if neither did."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or actor.account_id is None:
        return ""
    return _of_account(request, actor.account_id)[1]


def remember(response: HttpResponse, actor: Actor, care: int) -> None:
    """Keep the choice on this device for a year, and on the server for an account."""
    response.set_cookie(COOKIE, str(care), max_age=YEAR, samesite="Lax", httponly=True)
    if actor.account_id is not None:
        Preference.objects.update_or_create(account_id=actor.account_id, defaults={"care": care})


def remember_language(response: HttpResponse, actor: Actor, language: str) -> None:
    """Keep the language on this device for a year, and on the server for an account."""
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax")
    if actor.account_id is not None:
        Preference.objects.update_or_create(account_id=actor.account_id, defaults={"language": language})


def _of_account(request: HttpRequest, account_id: UUID) -> tuple[str, str]:
    """Read the account's choices, size and language, once a session; for a program's key no session is begun."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return "", ""
    known = request.session.get("wishes")
    if known is None:
        row = Preference.objects.filter(account_id=account_id).values_list("care", "language").first()
        known = request.session["wishes"] = [str(row[0]), row[1]] if row else ["0", ""]
    return known[0], known[1]
