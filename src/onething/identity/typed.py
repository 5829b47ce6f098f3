"""
What somebody had typed when their session was over: kept sealed, given back after signing in again.

Only the account whose session it was can open it; secrets and files are not kept, and neither is what is larger than
MOST. A page may read it itself (`give_back`); else the form it came from is filled as it was (`put_back`).
"""

from __future__ import annotations

import base64
import json
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from onething.identity import refill, vault
from onething.identity.errors import FactorBroken
from onething.plumbing.ui.doors import Request

KEPT: Final = "typed"
MOST: Final = 64 * 1024
_USE: Final = b"typed"
_FORM: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_SECRET: Final = ("password", "csrfmiddlewaretoken", "code")


def seal(request: HttpRequest, account_id: UUID) -> str:
    """Seal what a form brought, with its address; empty where there is nothing to keep."""
    if request.method != "POST" or request.content_type not in _FORM:
        return ""
    posted = request.POST.copy()
    for name in [name for name in posted if any(secret in name for secret in _SECRET)]:
        posted.pop(name)
    text = posted.urlencode()
    if not text or len(text) > MOST:
        return ""
    content = json.dumps({"path": request.path, "text": text}).encode()
    return base64.b64encode(vault.lock(account_id, content, _USE)).decode()


def give_back(request: Request) -> QueryDict | None:
    """Give back what was typed on this page before the session ended, once; None if there is nothing."""
    typed = _opened(request)
    if typed is None or typed["path"] != request.path:
        return None
    del request.session[KEPT]
    return QueryDict(typed["text"])


def put_back(request: Request, response: HttpResponse) -> HttpResponse:
    """Fill the form it came from, wherever that stands; once. Any other page is left as it is."""
    if KEPT not in request.session or response.status_code != 200 or response.streaming:
        return response
    typed = _opened(request)
    if typed is None or not response.get("Content-Type", "").startswith("text/html"):
        return response
    boxes = dict(QueryDict(typed["text"]).lists())
    note = _("What you typed is still here. Please check it and save it.")
    filled = refill.refilled(
        response.content.decode(), page=request.path, sent_to=typed["path"], typed=boxes, note=note
    )
    if filled is not None:
        del request.session[KEPT]
        response.content = filled.encode()
    return response


def _opened(request: Request) -> dict[str, Any] | None:
    kept = request.session.get(KEPT)
    if not kept or request.method != "GET" or request.actor.account_id is None:
        return None
    try:
        opened: dict[str, Any] = json.loads(vault.unlock(request.actor.account_id, base64.b64decode(kept), _USE))
    except FactorBroken:
        del request.session[KEPT]  # somebody else has signed in
        return None
    return opened
