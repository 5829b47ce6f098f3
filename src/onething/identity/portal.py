"""The door's pages: sign in with a code or a password, choose a hat, one's own page, sign out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

import segno
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from onething.identity import policy, queries, services, sessions, totp, vault
from onething.identity.addresses import own_path
from onething.identity.entrance import AT_THE_DOOR, address_of, begin, next_page, show, with_next
from onething.identity.errors import NoSuchPost, SecondFactorMissing, SignInRefused, SignInTooSlow
from onething.identity.forms import CodeForm, ContactForm, FactorForm, JoinForm, PasswordForm
from onething.identity.hats import Hat
from onething.identity.models import Account, Invitation
from onething.identity.policy import CITIZEN
from onething.identity.services.by_provider import STAFF_MEANS
from onething.kernel.access import Door
from onething.kernel.errors import Denied, Refusal
from onething.plumbing.rows import as_house
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words

LOOKS = 50


@page(public=AT_THE_DOOR)
@as_house()
def sign_in(request: Request) -> HttpResponse:
    """Ask who somebody is; a code goes to the registered phone."""
    if request.actor.account_id and request.method == "GET":
        return _onwards(request)
    form = ContactForm(request.POST or None)
    if not form.is_valid():
        return show(request, "sign_in", form)
    try:
        person_id = services.request_code(name=form.cleaned_data["name"], address=address_of(request), now=request.now)
    except Refusal as refusal:
        return show(request, "sign_in", form, refusal)
    request.session[sessions.PENDING] = str(person_id)
    return redirect(with_next(request, "identity:code"))


@page(public=AT_THE_DOOR)
@as_house()
def code(request: Request) -> HttpResponse:
    """Take the code, and begin the session."""
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return show(request, "code", form)
    pending = UUID(request.session.get(sessions.PENDING) or str(uuid4()))
    try:
        account = services.sign_in_with_code(
            person_id=pending, code=form.cleaned_data["code"], address=address_of(request), now=request.now
        )
    except Refusal as refusal:
        return show(request, "code", form, refusal)
    return begin(request, account, means="code")


@page(public=AT_THE_DOOR)
@as_house()
def password(request: Request) -> HttpResponse:
    """Take a name and a password; whoever holds a post is asked for the second factor next."""
    form = PasswordForm(request.POST or None)
    if not form.is_valid():
        return show(request, "password", form, SignInRefused() if form.is_bound else None)
    try:
        account = services.sign_in_with_password(**form.cleaned_data, address=address_of(request), now=request.now)
    except Refusal as refusal:
        return show(request, "password", form, refusal)
    if not queries.needs_factor(account.pk, request.now):
        return begin(request, account, means="password")
    there = with_next(request, "identity:factor")
    sessions.pause_half_way(request, account, request.now)
    return redirect(there)


@page(public=AT_THE_DOOR)
@as_house()
def factor(request: Request) -> HttpResponse:
    """Take the code of the app, or a recovery code, and begin the session."""
    half_in = sessions.half_way(request, request.now)
    by_provider = sessions.is_by_provider(request)
    if half_in is None:
        return show(request, "password", PasswordForm(), SignInTooSlow() if request.method == "POST" else None)
    account = Account.objects.select_related("person").get(pk=half_in)
    is_citizen = bool(account.person) and not by_provider
    if request.POST.get("as") == CITIZEN and is_citizen:
        return begin(request, account, means="password")
    form = FactorForm(request.POST or None)
    missing = None if queries.has_factor(account.pk) else SecondFactorMissing()
    if missing or not form.is_valid():
        return show(request, "factor", form, missing, is_citizen=is_citizen, is_missing=bool(missing))
    try:
        code, address = form.cleaned_data["code"], address_of(request)
        services.sign_in_with_factor(account_id=account.pk, code=code, address=address, now=request.now)
    except Refusal as refusal:
        return show(request, "factor", form, refusal, is_citizen=is_citizen)
    return begin(request, account, means=STAFF_MEANS if by_provider else "factor")


@page(public="a one-time link, handed over by an administrator, is itself the permission")
@as_house()
def join(request: Request, token: str) -> HttpResponse:
    """Set a password and an authenticator by a one-time link; show the recovery codes, this once."""
    waiting = queries.invitation(token, request.now)
    account = waiting.account
    needs_password = not account.has_usable_password()
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = services.accept_invitation(
                token=token,
                code=form.cleaned_data["code"],
                password=form.cleaned_data["password"] if needs_password else None,
                now=request.now,
            )
        except Refusal as refusal:
            return _show_join(request, form, waiting, needs_password, refusal)
        sessions.end(request)
        return render(request, "identity/recovery_codes.html", {"codes": codes})
    return _show_join(request, form, waiting, needs_password)


def _show_join(
    request: Request, form: JoinForm, waiting: Invitation, needs_password: bool, refusal: Refusal | None = None
) -> HttpResponse:
    secret = vault.unlock(waiting.account_id, bytes(waiting.locked))
    picture = segno.make(totp.address(secret, waiting.account.username), error="m")
    words = {
        "form": form,
        "account": waiting.account,
        "needs_password": needs_password,
        "picture": mark_safe(picture.svg_inline(scale=4, border=2, omitsize=True)),  # noqa: S308  # drawn by us
        "secret": totp.spelled(secret),
        "refusal": in_words(refusal) if refusal else None,
    }
    return render(request, "identity/join.html", words, status=refusal.status if refusal else 200)


@page(public="somebody who has not chosen a hat yet has no permission at all")
def hat(request: Request) -> HttpResponse:
    """Let somebody with several hats choose one."""
    if request.actor.account_id is None:
        return redirect(with_next(request, "identity:sign_in"))
    if request.method == "POST":
        if request.POST.get("hat") not in {hat.key for hat in _hats(request)}:
            raise NoSuchPost
        chosen = services.choose_hat(account_id=request.actor.account_id, key=request.POST["hat"], now=request.now)
        sessions.wear(request, chosen.key)
        return HttpResponseRedirect(own_path(request.POST.get("next")))
    return render(request, "identity/hat.html", {"hats": _titled(_hats(request)), "next": next_page(request)})


@page(public="everybody may stop acting for somebody else", methods=("POST",))
def leave_errand(request: Request) -> HttpResponse:
    """Take off the hat of a mandate; one's own is chosen anew."""
    if request.actor.errand is None:
        return redirect("home")
    sessions.wear(request, "")
    return redirect("identity:hat")


@page(public="everybody who is signed in sees their own account; nobody else's is shown")
def me(request: Request) -> HttpResponse:
    """Show one's own account, hats and ways out."""
    account_id = request.actor.account_id
    if account_id is None:
        return redirect(with_next(request, "identity:sign_in", there=request.path))
    account = Account.objects.visible_to(request.actor).select_related("person__key").get(pk=account_id)
    with_factor = request.session.get(sessions.MEANS) in ("factor", "recovery")
    shown = {"account": account, "hats": _titled(_hats(request)), "with_factor": with_factor}
    return render(request, "identity/me.html", shown)


@page(may=policy.READ_OWN_LOOKS, methods=("GET",))
@as_house()
def looks(request: Request) -> HttpResponse:
    """Show who looked at one's data: who, under which post, when, in which way, and what for."""
    shown = Paginator(queries.looks_at(request.actor), LOOKS).get_page(request.GET.get("page"))
    told = queries.told(list(shown), reading_language())
    let_in = queries.consents_of(request.actor, request.now)
    return render(request, "identity/looks.html", {"looks": told, "page": shown, "let_in": let_in, "now": request.now})


@page(may=policy.CHOOSE_HELPERS, methods=("POST",))
def end_consent(request: Request, consent_id: UUID) -> HttpResponse:
    """End what a portal was allowed, at once."""
    services.end_consent(consent_id=consent_id, actor=request.actor, now=request.now)
    return redirect("identity:looks")


@page(public="everybody may change their own authenticator, having just used the old one", methods=("POST",))
def change_factor(request: Request) -> HttpResponse:
    """Make a one-time link for oneself and follow it: a new phone, or new recovery codes."""
    account_id = request.actor.account_id
    if account_id is None or request.session.get(sessions.MEANS) not in ("factor", "recovery"):
        raise Denied
    token = services.invite(account_id=account_id, actor=request.actor, now=request.now)
    return redirect("identity:join", token)


@page(public="everybody may leave, everywhere at once", methods=("POST",))
def sign_out_everywhere(request: Request) -> HttpResponse:
    """End one's sessions on all devices."""
    if request.actor.account_id:
        services.end_sessions(account_id=request.actor.account_id, actor=request.actor, now=request.now)
    sessions.end(request)
    return redirect("/")


@page(public="everybody may leave", methods=("POST",))
def sign_out(request: Request) -> HttpResponse:
    """End the session."""
    if request.actor.account_id:
        services.sign_out(account_id=request.actor.account_id, actor=request.actor, now=request.now)
    sessions.end(request)
    return redirect("/")


def _onwards(request: Request) -> HttpResponse:
    """Send on somebody who is signed in already; without a hat they choose one first."""
    if request.actor.door is Door.NOBODY:
        return redirect(with_next(request, "identity:hat"))
    return HttpResponseRedirect(next_page(request))


def _hats(request: Request) -> Sequence[Hat]:
    found = queries.hats_of(request.actor.account_id, request.now)
    return sessions.wearable(found, request.session.get(sessions.MEANS, ""))


def _titled(found: Sequence[Hat]) -> list[tuple[Hat, str]]:
    return [(hat, queries.role_title(hat.role)[reading_language() == "en"]) for hat in found]
