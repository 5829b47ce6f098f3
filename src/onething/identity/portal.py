"""The door's pages: sign in with a code or a password, choose a hat, one's own page, sign out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from onething.identity import queries, services, sessions
from onething.identity.addresses import own_path
from onething.identity.errors import NoSuchPost, SignInRefused
from onething.identity.forms import CodeForm, ContactForm, PasswordForm
from onething.identity.hats import Hat
from onething.identity.models import Account
from onething.identity.policy import CITIZEN
from onething.kernel.access import Door
from onething.kernel.errors import Refusal
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words

AT_THE_DOOR = "signing in is for people who are not signed in yet"


@page(public=AT_THE_DOOR)
def sign_in(request: Request) -> HttpResponse:
    """Ask who somebody is; a code goes to the registered phone."""
    if request.actor.account_id and request.method == "GET":
        return _onwards(request)
    form = ContactForm(request.POST or None)
    if not form.is_valid():
        return _show(request, "sign_in", form)
    try:
        person_id = services.request_code(name=form.cleaned_data["name"], address=_address(request), now=request.now)
    except Refusal as refusal:
        return _show(request, "sign_in", form, refusal)
    request.session[sessions.PENDING] = str(person_id)
    return redirect(_with_next(request, "identity:code"))


@page(public=AT_THE_DOOR)
def code(request: Request) -> HttpResponse:
    """Take the code, and begin the session."""
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return _show(request, "code", form)
    pending = UUID(request.session.get(sessions.PENDING) or str(uuid4()))
    try:
        account = services.sign_in_with_code(
            person_id=pending, code=form.cleaned_data["code"], address=_address(request), now=request.now
        )
    except Refusal as refusal:
        return _show(request, "code", form, refusal)
    return _begin(request, account, means="code")


@page(public=AT_THE_DOOR)
def password(request: Request) -> HttpResponse:
    """Take a name and a password, and begin the session."""
    form = PasswordForm(request.POST or None)
    if not form.is_valid():
        return _show(request, "password", form, SignInRefused() if form.is_bound else None)
    try:
        account = services.sign_in_with_password(**form.cleaned_data, address=_address(request), now=request.now)
    except Refusal as refusal:
        return _show(request, "password", form, refusal)
    return _begin(request, account, means="password")


@page(public="somebody who has not chosen a hat yet has no permission at all")
def hat(request: Request) -> HttpResponse:
    """Let somebody with several hats choose one."""
    if request.actor.account_id is None:
        return redirect(_with_next(request, "identity:sign_in"))
    if request.method == "POST":
        if request.POST.get("hat") not in {hat.key for hat in _hats(request)}:
            raise NoSuchPost
        chosen = services.choose_hat(account_id=request.actor.account_id, key=request.POST["hat"], now=request.now)
        sessions.wear(request, chosen.key)
        return HttpResponseRedirect(own_path(request.POST.get("next")))
    return render(request, "identity/hat.html", {"hats": _titled(_hats(request)), "next": _next(request)})


@page(public="everybody who is signed in sees their own account; nobody else's is shown")
def me(request: Request) -> HttpResponse:
    """Show one's own account, hats and ways out."""
    account_id = request.actor.account_id
    if account_id is None:
        return redirect(_with_next(request, "identity:sign_in", there=request.path))
    account = Account.objects.visible_to(request.actor).select_related("person__key").get(pk=account_id)
    return render(request, "identity/me.html", {"account": account, "hats": _titled(_hats(request))})


@page(public="everybody may leave", methods=("POST",))
def sign_out(request: Request) -> HttpResponse:
    """End the session."""
    if request.actor.account_id:
        services.sign_out(account_id=request.actor.account_id, actor=request.actor, now=request.now)
    sessions.end(request)
    return redirect("/")


def _begin(request: Request, account: Account, *, means: str) -> HttpResponse:
    there = _next(request)
    sessions.begin(request, account, means=means)
    if means == "password" and len(queries.hats_of(account.pk, request.now)) > 1:
        return redirect(f"{reverse('identity:hat')}?{urlencode({'next': there})}")
    return HttpResponseRedirect(there)


def _onwards(request: Request) -> HttpResponse:
    """Send on somebody who is signed in already; without a hat they choose one first."""
    if request.actor.door is Door.NOBODY:
        return redirect(_with_next(request, "identity:hat"))
    return HttpResponseRedirect(_next(request))


def _show(request: Request, name: str, form: forms.Form, refusal: Refusal | None = None) -> HttpResponse:
    words: dict[str, Any] = {"form": form, "next": _next(request), "refusal": in_words(refusal) if refusal else None}
    return render(request, f"identity/{name}.html", words, status=refusal.status if refusal else 200)


def _hats(request: Request) -> Sequence[Hat]:
    found = queries.hats_of(request.actor.account_id, request.now)
    by_code = request.session.get(sessions.MEANS) == "code"
    return [hat for hat in found if hat.key == CITIZEN or not by_code]


def _titled(found: Sequence[Hat]) -> list[tuple[Hat, str]]:
    return [(hat, queries.role_title(hat.role)[reading_language() == "en"]) for hat in found]


def _next(request: Request) -> str:
    return own_path(request.POST.get("next") or request.GET.get("next"))


def _with_next(request: Request, name: str, there: str = "") -> str:
    return f"{reverse(name)}?{urlencode({'next': there or _next(request)})}"


def _address(request: Request) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
