"""Care mode (长辈版): large type, large targets, the same information. One tap on every page, no script.

Remembered by a cookie on this device, and on the server for whoever is signed in, so that a new phone has it too.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from onething.kernel.access import Actor
from onething.plumbing.ui.models import Preference

COOKIE = "onething_care"
YEAR = 365 * 24 * 3600
LARGEST = 3


def care_of(request: HttpRequest, actor: Actor) -> int:
    """Find the size of type this reader chose: 0 (off) or 1–3. This device's choice first, then the account's."""
    chosen = request.COOKIES.get(COOKIE)
    if chosen is None and actor.account_id is not None:
        chosen = _of_account(request, actor.account_id)
    return size(chosen)


def size(text: str | None) -> int:
    """Read a size; anything that is none of ours is 0 (off)."""
    return int(text) if text in ("1", "2", "3") else 0


def remember(response: HttpResponse, actor: Actor, care: int) -> None:
    """Keep the choice on this device for a year, and on the server for an account."""
    response.set_cookie(COOKIE, str(care), max_age=YEAR, samesite="Lax", httponly=True)
    if actor.account_id is not None:
        Preference.objects.update_or_create(account_id=actor.account_id, defaults={"care": care})


def _of_account(request: HttpRequest, account_id: UUID) -> str:
    known = request.session.get("care")
    if known is None:
        row = Preference.objects.filter(account_id=account_id).values_list("care", flat=True).first()
        known = request.session["care"] = str(row or 0)
    return str(known)
