"""The door by an OpenID provider: out to it, and back. Its calls are made outside any transaction."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from onething.identity import entrance, oidc, services, sessions, throttle
from onething.identity.errors import NoSuchProvider
from onething.identity.forms import ContactForm, PasswordForm
from onething.identity.providers import STAFF, Provider
from onething.identity.services.by_provider import CITIZEN_MEANS, STAFF_MEANS
from onething.kernel.errors import Refusal
from onething.plumbing.rows import as_house
from onething.plumbing.ui.doors import Request, page

KEPT = "provider_kept"


@page(public=entrance.AT_THE_DOOR, methods=("GET",))
def leave(request: Request, name: str) -> HttpResponse:
    """Send the browser to a provider, and keep in its session what the answer must fit."""
    provider = _provider(name)
    try:
        _count(request)
        begun = oidc.begin(provider, back_to=_back_to(provider), now=request.now)
    except Refusal as refusal:
        return _refused(request, provider, refusal, entrance.next_page(request))
    request.session[KEPT] = begun.kept | {"next": entrance.next_page(request)}
    return HttpResponseRedirect(begun.address)


@page(public=entrance.AT_THE_DOOR, methods=("GET",))
def come_back(request: Request, name: str) -> HttpResponse:
    """Take the provider's answer, once, and begin the session of whom it names."""
    provider = _provider(name)
    kept = request.session.pop(KEPT, {})
    try:
        _count(request)
        answer = request.GET.dict()
        claims = oidc.finish(provider, kept, answer, back_to=_back_to(provider), now=request.now)
        with as_house():
            return _let_in(request, provider, claims, kept["next"])
    except Refusal as refusal:
        return _refused(request, provider, refusal, kept.get("next", "/"))


def _let_in(request: Request, provider: Provider, claims: dict[str, object], there: str) -> HttpResponse:
    if provider.serves != STAFF:
        account = services.sign_in_citizen(provider=provider, claims=claims, now=request.now)
        return entrance.begin(request, account, means=CITIZEN_MEANS, there=there)
    account, is_strong = services.find_staff(provider=provider, claims=claims, now=request.now)
    if is_strong:
        services.note_sign_in(account=account, means=STAFF_MEANS, now=request.now)
        return entrance.begin(request, account, means=STAFF_MEANS, there=there)
    sessions.pause_half_way(request, account, request.now, by_provider=True)
    return redirect(entrance.with_next(request, "identity:factor", there))


def _provider(name: str) -> Provider:
    found: Provider | None = settings.SIGN_IN_PROVIDERS.get(name)
    if found is None:
        raise NoSuchProvider
    return found


def _count(request: Request) -> None:
    with as_house():
        throttle.enter(throttle.PER_ADDRESS, entrance.address_of(request), now=request.now)


def _back_to(provider: Provider) -> str:
    """Give the one address that a provider sends back to: of the installation, whatever host was called."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("identity:come_back", args=[provider.name])


def _refused(request: Request, provider: Provider, refusal: Refusal, there: str) -> HttpResponse:
    """Say no on the page where it began, from which every other way goes on to the page asked for."""
    if provider.serves == STAFF:
        return entrance.show(request, "password", PasswordForm(), refusal, next=there)
    return entrance.show(request, "sign_in", ContactForm(), refusal, next=there)
