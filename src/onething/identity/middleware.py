"""Who asks: the session's account under its hat, or the holder of an API key. One query, none for nobody."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from onething.identity import hats, mandates, queries, services, sessions, typed
from onething.identity.errors import ApiKeyRefused, ConsentRefused, TooManyCalls
from onething.identity.models import Account
from onething.identity.policy import HELPER
from onething.identity.queries import Presence
from onething.kernel.access import NOBODY, Actor
from onething.kernel.errors import Refusal
from onething.plumbing import looks, rows
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.middleware import problem

BEARER = "Bearer "
ON_BEHALF_OF = "On-Behalf-Of"
"""Beside a portal's own key: the token of the person whose session it is."""


class ActorMiddleware:
    """
    Set `request.actor`.

    PostgreSQL is told as well, and holds the request to the actor's rows (plumbing/rows.py). Posts are read anew at
    every request: one that ended a second ago opens nothing. A key in the header counts before the session, and needs
    no CSRF token: a browser never sends it by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        with rows.walled():
            header = request.headers.get("Authorization", "")
            if header.startswith(BEARER):
                return self._of_program(request, header.removeprefix(BEARER).strip())
            request.actor = _actor_of_session(request)
            return typed.put_back(request, self.get_response(request))

    def _of_program(self, request: Request, token: str) -> HttpResponse:
        try:
            with rows.as_house():
                request.actor, request.api_key = services.caller(token=token, now=request.now)
                if (session := request.headers.get(ON_BEHALF_OF)) is not None:
                    request.actor = services.actor_with_consent(
                        key=request.api_key, client=request.actor, token=session.strip(), now=request.now
                    )
        except (ApiKeyRefused, ConsentRefused, TooManyCalls) as refusal:
            return _refuse(refusal)
        rows.admit(request.actor)
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # read by Django's CSRF middleware
        return self.get_response(request)


def _refuse(refusal: Refusal) -> HttpResponse:
    answer = problem(refusal)
    if isinstance(refusal, TooManyCalls):
        answer["Retry-After"] = str(refusal.facts["seconds"])
    else:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def _actor_of_session(request: Request) -> Actor:
    signed_in = request.session.get(SESSION_KEY)
    if not signed_in:
        return NOBODY
    with rows.as_house():
        present = queries.presence(UUID(signed_in), request.now)
    if present is None or not _is_of_password(request, present.password):
        return _over(request, "ended")
    if why := sessions.why_over(request, present.sessions_since, request.now):
        return _over(request, why, account_id=present.account_id)
    sessions.note_use(request, request.now)
    actor = _under_hat(request, present)
    rows.admit(actor)
    return actor


def _under_hat(request: Request, present: Presence) -> Actor:
    means = request.session.get(sessions.MEANS, "")
    wearable = sessions.wearable(present.hats, means)
    worn = request.session.get(sessions.HAT, "")
    if worn.startswith(hats.FOR):
        return _for_somebody(request, present.account_id, worn, means)
    if worn and worn not in {hat.key for hat in wearable}:
        return _over(request, "post")  # never into the other hat unasked
    hat = hats.chosen(wearable, worn)
    return hat.actor(queries.permissions_of(hat.role)) if hat else hats.bareheaded(present.account_id)


def _for_somebody(request: Request, account_id: UUID, worn: str, means: str) -> Actor:
    with rows.as_house():
        hat = mandates.hat_of(account_id, worn, request.now, means=means)
    if hat is None:
        return _over(request, "mandate")
    actor = hat.actor(queries.permissions_of(HELPER))
    looks.note([hat.person_id], way="page", purpose="errand", actor=actor, now=request.now)
    return actor


def _over(request: Request, why: str, *, account_id: UUID | None = None) -> Actor:
    sessions.end(request, why, typed=typed.seal(request, account_id) if account_id else "")
    return NOBODY


def _is_of_password(request: Request, password: str) -> bool:
    """A session ends when the password it was opened with is changed."""
    expected = Account(password=password).get_session_auth_hash()
    return constant_time_compare(request.session.get(HASH_SESSION_KEY, ""), expected)
