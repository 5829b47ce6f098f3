"""Doors: how a page says who may come in. Each route has a permission, or says why everybody may.

@page(may=policy.SUBMIT)
def submit(request: Request, draft_id: UUID) -> HttpResponse: ...

@page(public="the slip's QR code is checked by people without an account")
def check(request: Request, number: str) -> HttpResponse: ...
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from onething.kernel.access import Actor, Door, Permission
from onething.kernel.errors import Denied, Invalid

View = Callable[..., HttpResponse]


class SignUnreadable(Invalid):
    """What was sent has a sign in it that cannot be kept."""

    remedy = "It comes in by copying, sometimes. Go back and type the text by hand."


class Request(HttpRequest):
    """A request after the middleware: who asks (under which hat), and when."""

    actor: Actor
    now: datetime
    api_key: object = None  # the key of a program, as `identity` knows it


def page(
    *, may: Permission = "", public: str = "", methods: tuple[str, ...] = ("GET", "POST")
) -> Callable[[View], View]:
    """
    Make a view a door. Exactly one of `may` (a permission) and `public` (the reason) is given.

    Nobody is sent to sign in and comes back; somebody without the permission is refused (Denied).
    """
    if bool(may) == bool(public):
        raise TypeError("a door names a permission or the reason why it is public")

    def make(view: View) -> View:
        @wraps(view)
        def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed(methods)
            if may and not request.actor.may(may):
                if request.actor.door is Door.NOBODY:
                    return _to_sign_in(request)
                raise Denied
            _require_readable(request)
            return view(request, *args, **kwargs)

        door.may, door.public = may, public  # type: ignore[attr-defined]  # read by the house tests
        return door

    return make


def _require_readable(request: HttpRequest) -> None:
    """No keyboard writes NUL, and the database keeps none. What comes with files is read by its view, not before."""
    if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
        return
    if any("\0" in value for _, values in request.POST.lists() for value in values):
        raise SignUnreadable


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    there = request.get_full_path() if request.method == "GET" else _page_of_form(request)
    return HttpResponseRedirect(f"{reverse('identity:sign_in')}?{urlencode({'next': there})}")


def _page_of_form(request: HttpRequest) -> str:
    """Find the page of this site on which a form was sent, else the first page."""
    page = urlsplit(request.META.get("HTTP_REFERER", ""))
    return urlunsplit(("", "", page.path, page.query, "")) if page.netloc == request.get_host() else "/"
