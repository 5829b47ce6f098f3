"""What every way in shares: the page with its refusal, the session that begins, where one goes on to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from onething.identity import queries, sessions
from onething.identity.addresses import own_path
from onething.identity.models import Account
from onething.identity.providers import CITIZENS, STAFF
from onething.kernel.errors import Refusal
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.middleware import in_words

AT_THE_DOOR = "signing in is for people who are not signed in yet"


def begin(request: Request, account: Account, *, means: str, there: str = "") -> HttpResponse:
    """Begin a session and send on: to choose a hat if there are several, else to the page that was asked for."""
    there = there or next_page(request)
    hats = queries.hats_of(account.pk, request.now)
    sessions.begin(request, account, means=means, hats=hats, now=request.now)
    if len(sessions.wearable(hats, means)) > 1:
        return redirect(f"{reverse('identity:hat')}?{urlencode({'next': there})}")
    return HttpResponseRedirect(there)


def show(request: Request, name: str, form: forms.Form, refusal: Refusal | None = None, **more: Any) -> HttpResponse:
    """Show a page of the door, with the refusal if there is one."""
    words: dict[str, Any] = {
        "form": form,
        "next": next_page(request),
        "refusal": in_words(refusal) if refusal else None,
    }
    words |= {"ended": request.session.pop(sessions.ENDED, ""), "providers": _providers(name)} | more
    return render(request, f"identity/{name}.html", words, status=refusal.status if refusal else 200)


def _providers(page_name: str) -> list[tuple[str, str]]:
    """Find the providers to offer on a page of the door, each with its title: citizens' beside the code."""
    serves = {"sign_in": CITIZENS, "password": STAFF}.get(page_name)
    fitting = [one for one in settings.SIGN_IN_PROVIDERS.values() if one.serves == serves]
    return [(one.name, one.title_en if reading_language() == "en" else one.title) for one in fitting]


def next_page(request: Request) -> str:
    """Give the page of ours that was asked for before."""
    return own_path(request.POST.get("next") or request.GET.get("next"))


def with_next(request: Request, name: str, there: str = "") -> str:
    """Give the address of a page of the door that knows where to go on to."""
    return f"{reverse(name)}?{urlencode({'next': there or next_page(request)})}"


def address_of(request: Request) -> str:
    """Give the network address that a try is counted under."""
    return str(request.META.get("REMOTE_ADDR", ""))
