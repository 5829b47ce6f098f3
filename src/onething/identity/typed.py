"""
What somebody had typed when their session was over: kept sealed under their key, given back after signing in again.

Only the person whose session it was can open it; files are not kept, and neither is what is larger than MOST.
"""

from __future__ import annotations

import base64
from typing import Final
from uuid import UUID

from django.http import HttpRequest, QueryDict

from onething.plumbing.rows import as_house
from onething.plumbing.ui.doors import Request
from onething.registry import sealing
from onething.registry.errors import PersonErased, SealBroken

KEPT: Final = "typed"
MOST: Final = 64 * 1024
_FIELD: Final = "identity.typed"
_FORM: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


def seal(request: HttpRequest, person_id: UUID | None) -> str:
    """Seal what a form brought, with its address; empty where there is nothing to keep."""
    if request.method != "POST" or person_id is None or request.content_type not in _FORM:
        return ""
    posted = request.POST.copy()
    posted.pop("csrfmiddlewaretoken", None)
    text = posted.urlencode()
    if not text or len(text) > MOST:
        return ""
    with as_house():
        sealed = sealing.seal(person_id, {"path": request.path, "text": text}, field=_FIELD)
    return base64.b64encode(sealed).decode()


def give_back(request: Request) -> QueryDict | None:
    """Give back what was typed on this page before the session ended, once; None if there is nothing."""
    kept = request.session.get(KEPT)
    if not kept or request.method != "GET" or request.actor.person_id is None:
        return None
    try:
        typed = sealing.unseal(request.actor.person_id, base64.b64decode(kept), field=_FIELD)
    except (SealBroken, PersonErased):
        del request.session[KEPT]  # somebody else has signed in
        return None
    if typed["path"] != request.path:
        return None
    del request.session[KEPT]
    return QueryDict(typed["text"])
