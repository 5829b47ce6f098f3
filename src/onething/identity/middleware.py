"""Who asks: the session's account under its hat, or the holder of an API key. One query, none for nobody."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from onething.identity import hats, queries, services
from onething.identity.errors import ApiKeyRefused
from onething.identity.models import Account
from onething.identity.policy import CITIZEN
from onething.identity.sessions import HAT, MEANS
from onething.kernel.access import NOBODY, Actor
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.middleware import problem

BEARER = "Bearer "


class ActorMiddleware:
    """
    Set `request.actor`.

    Posts are read anew at every request: one that ended a second ago opens nothing. A key in the header counts before
    the session, and needs no CSRF token: a browser never sends it by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        header = request.headers.get("Authorization", "")
        if not header.startswith(BEARER):
            request.actor = _actor_of_session(request)
            return self.get_response(request)
        try:
            request.actor = services.actor_of_key(token=header.removeprefix(BEARER).strip(), now=request.now)
        except ApiKeyRefused as refusal:
            answer = problem(refusal)
            answer["WWW-Authenticate"] = "Bearer"
            return answer
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # read by Django's CSRF middleware
        return self.get_response(request)


def _actor_of_session(request: Request) -> Actor:
    signed_in = request.session.get(SESSION_KEY)
    present = queries.presence(UUID(signed_in), request.now) if signed_in else None
    if present is None or not _is_of_password(request, present.password):
        return NOBODY
    wearable = [hat for hat in present.hats if request.session.get(MEANS) != "code" or hat.key == CITIZEN]
    hat = hats.chosen(wearable, request.session.get(HAT, ""))
    return hat.actor(queries.permissions_of(hat.role)) if hat else hats.bareheaded(present.account_id)


def _is_of_password(request: Request, password: str) -> bool:
    """A session ends when the password it was opened with is changed."""
    expected = Account(password=password).get_session_auth_hash()
    return constant_time_compare(request.session.get(HASH_SESSION_KEY, ""), expected)
