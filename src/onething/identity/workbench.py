"""The administrator's pages: accounts, posts, keys for programs, what waits for a second person, and the roles."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from onething.identity import policy, queries, services
from onething.identity.desk_forms import AccountForm, KeyForm, PostForm, WorkEmailForm
from onething.identity.errors import NoSuchPost
from onething.identity.four_eyes import deed_of
from onething.identity.models import Account, ApiKey, Post, Proposal
from onething.kernel.errors import Denied, Refusal
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words

ROWS = 50
ASKED_FOR = {
    "reset": "identity.reset_second_factor",
    "close": "identity.close_account",
    "reopen": "identity.reopen_account",
}


@page(may=policy.READ_ACCOUNT, methods=("GET",))
def accounts(request: Request) -> HttpResponse:
    """List the staff of one's division with their posts."""
    shown = Paginator(queries.staff_of(request.actor), ROWS).get_page(request.GET.get("page"))
    rows = [(account, _posts(account, request.now)) for account in shown]
    return render(request, "identity/accounts.html", {"rows": rows, "page": shown})


@page(may=policy.OPEN_ACCOUNT)
def new_account(request: Request) -> HttpResponse:
    """Open an account with its first post, and show the one-time link, this once."""
    form = AccountForm(request.actor, request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            account, token = _open(request, form)
        except Refusal as refused:
            refusal = refused
        else:
            return _hand_over(request, account.pk, account.username, token)
    shown = {"form": form, "refusal": in_words(refusal) if refusal else None}
    return render(request, "identity/new_account.html", shown, status=422 if form.errors or refusal else 200)


@transaction.atomic
def _open(request: Request, form: AccountForm) -> tuple[Account, str]:
    """All or nothing: an account without a post would be seen by nobody."""
    account = services.open_account(
        username=form.cleaned_data["username"],
        display_name=form.cleaned_data["display_name"],
        work_email=form.cleaned_data["work_email"],
        actor=request.actor,
        now=request.now,
    )
    services.give_post(account=account, **form.post(request.now), actor=request.actor, now=request.now)
    return account, services.invite(account_id=account.pk, actor=request.actor, now=request.now)


@page(may=policy.READ_ACCOUNT, methods=("GET",))
def account(request: Request, account_id: UUID) -> HttpResponse:
    """Show one account: its posts, its keys, and what can be done."""
    return _account_page(request, account_id)


@page(may=policy.OPEN_ACCOUNT, methods=("POST",))
def work_email(request: Request, account_id: UUID) -> HttpResponse:
    """Set where the house writes to a member of staff."""
    queries.staff_account(request.actor, account_id)
    form = WorkEmailForm(request.POST)
    if not form.is_valid():
        return _account_page(request, account_id, status=422, email_form=form)
    services.change_work_email(account_id=account_id, **form.cleaned_data, actor=request.actor, now=request.now)
    messages.success(request, _("The address was kept."))
    return redirect("identity:account", account_id)


@page(may=policy.OPEN_ACCOUNT, methods=("POST",))
def new_link(request: Request, account_id: UUID) -> HttpResponse:
    """Make a new enrolment link for an account that has no authenticator yet; a lost one needs four eyes."""
    found = queries.staff_account(request.actor, account_id)
    if queries.has_factor(account_id):
        raise Denied
    token = services.invite(account_id=account_id, actor=request.actor, now=request.now)
    return _hand_over(request, account_id, found.username, token)


@page(may=policy.GIVE_POST, methods=("POST",))
def new_post(request: Request, account_id: UUID) -> HttpResponse:
    """Give an account another post."""
    found = queries.staff_account(request.actor, account_id)
    form = PostForm(request.actor, request.POST)
    if not form.is_valid():
        return _account_page(request, account_id, status=422, post_form=form)
    try:
        services.give_post(account=found, **form.post(request.now), actor=request.actor, now=request.now)
    except Refusal as refusal:
        return _account_page(request, account_id, status=refusal.status, post_form=form, refusal=in_words(refusal))
    messages.success(request, _("The post was given."))
    return redirect("identity:account", account_id)


@page(may=policy.GIVE_POST, methods=("POST",))
def end_post(request: Request, account_id: UUID, post_id: UUID) -> HttpResponse:
    """End a post now; whoever works under it is out at the next click."""
    services.end_post(post_id=post_id, at=request.now, actor=request.actor, now=request.now)
    messages.success(request, _("The post has ended."))
    return redirect("identity:account", account_id)


@page(may=policy.ISSUE_API_KEY, methods=("POST",))
def new_key(request: Request, account_id: UUID) -> HttpResponse:
    """Issue a key for programs under one post, and show it, this once."""
    found = queries.staff_account(request.actor, account_id)
    post = _own_post(found, request.POST.get("post", ""))
    form = KeyForm(queries.permissions_of(post.role), request.POST)
    if not form.is_valid():
        return _account_page(request, account_id, status=422, key_form=form)
    given = form.cleaned_data
    reason = given.pop("reason")
    if queries.reads_persons(given["scopes"]):
        return _ask_for_key(request, account_id, post, given, reason)
    given["expires_at"] = request.now + timedelta(days=given.pop("days"))
    key = services.issue_api_key(account=found, post=post, **given, actor=request.actor, now=request.now)
    return render(request, "identity/shown_once.html", {"title": _("The key"), "text": key, "account": found})


def _ask_for_key(request: Request, account_id: UUID, post: Post, wanted: dict[str, Any], reason: str) -> HttpResponse:
    title = f"{wanted['label']}: {', '.join(wanted['scopes'])}"
    try:
        services.propose(
            kind=services.ISSUE_KEY, subject=post.pk, title=title, region=post.region_id, reason=reason,
            values=wanted, actor=request.actor, now=request.now,
        )  # fmt: skip
    except Refusal as refusal:
        return _account_page(request, account_id, status=refusal.status, refusal=in_words(refusal))
    messages.success(request, _("Asked for. A second administrator has to agree."))
    return redirect("identity:second_eyes")


@page(may=policy.ISSUE_API_KEY, methods=("POST",))
def revoke_key(request: Request, account_id: UUID, key_id: UUID) -> HttpResponse:
    """Revoke a key at once."""
    services.revoke_api_key(key_id=key_id, actor=request.actor, now=request.now)
    messages.success(request, _("The key was revoked."))
    return redirect("identity:keys") if "list" in request.POST else redirect("identity:account", account_id)


@page(may=policy.ISSUE_API_KEY, methods=("GET",))
def keys(request: Request) -> HttpResponse:
    """List every key for programs: whose, what it may, until when, when it was used last, who issued it."""
    shown = Paginator(queries.all_keys(request.actor), ROWS).get_page(request.GET.get("page"))
    names = queries.names_by_reference(key.issued_by for key in shown)
    rows = [(key, _scopes(key), names.get(key.issued_by, "")) for key in shown]
    return render(request, "identity/keys.html", {"rows": rows, "page": shown, "now": request.now})


def _scopes(key: ApiKey) -> list[str]:
    return [queries.permission_in_words(scope, reading_language()) for scope in key.scopes]


@page(may=policy.OPEN_ACCOUNT, methods=("POST",))
def ask(request: Request, account_id: UUID) -> HttpResponse:
    """Ask for what needs a second person: reset a lost authenticator, close the account."""
    found = queries.staff_account(request.actor, account_id)
    kind = ASKED_FOR.get(request.POST.get("what", ""))
    if kind is None:
        raise Denied
    try:
        services.propose(
            kind=kind, subject=account_id, title=found.username, region=request.actor.region,
            reason=request.POST.get("reason", "")[:500], actor=request.actor, now=request.now,
        )  # fmt: skip
    except Refusal as refusal:
        return _account_page(request, account_id, status=refusal.status, refusal=in_words(refusal))
    messages.success(request, _("Asked for. A second administrator has to agree."))
    return redirect("identity:second_eyes")


@page(may=policy.APPROVE, methods=("GET",))
def second_eyes(request: Request) -> HttpResponse:
    """List what waits for a second person."""
    waiting = queries.proposals(request.actor, request.now)
    names = queries.names_of(proposal.asked_by for proposal in waiting)
    rows = [(each, deed_of(each.kind), names.get(each.asked_by, ""), _is_own(request, each)) for each in waiting]
    return render(request, "identity/second_eyes.html", {"rows": rows})


@page(may=policy.APPROVE, methods=("POST",))
def decide(request: Request, proposal_id: UUID) -> HttpResponse:
    """Say yes or no to what a colleague asked for."""
    if request.POST.get("answer") != "yes":
        services.turn_down(proposal_id=proposal_id, actor=request.actor, now=request.now)
        messages.success(request, _("Turned down."))
        return redirect("identity:second_eyes")
    gives = services.gives(proposal_id=proposal_id, actor=request.actor, now=request.now)
    shown = services.approve(proposal_id=proposal_id, actor=request.actor, now=request.now)
    if shown:
        told = {
            "title": gives or _("The enrolment link"),
            "text": shown if gives else request.build_absolute_uri(shown),
        }
        return render(request, "identity/shown_once.html", told)
    messages.success(request, _("Done: two of you have agreed."))
    return redirect("identity:second_eyes")


@page(may=policy.READ_ACCOUNT, methods=("GET",))
def roles(request: Request) -> HttpResponse:
    """Print the roles in sentences."""
    shown = [queries.role_in_words(role, reading_language()) for role in queries.roles()]
    return render(request, "identity/roles.html", {"roles": shown})


def _account_page(request: Request, account_id: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    found = queries.staff_account(request.actor, account_id)
    held = _posts(found, request.now)
    current = [post for post, _title, is_now in held if is_now]
    shown = {
        "account": found,
        "posts": held,
        "keys": queries.keys_of(request.actor, account_id),
        "now": request.now,
        "post_form": PostForm(request.actor),
        "email_form": WorkEmailForm(initial={"work_email": found.work_email}),
        "key_forms": [(post, KeyForm(queries.permissions_of(post.role))) for post in current],
        "may_open": request.actor.may(policy.OPEN_ACCOUNT),
        "may_give": request.actor.may(policy.GIVE_POST) and request.actor.account_id != account_id,
        "may_issue": request.actor.may(policy.ISSUE_API_KEY),
        "has_factor": queries.has_factor(account_id),
        **more,
    }
    return render(request, "identity/account.html", shown, status=status)


def _hand_over(request: Request, account_id: UUID, username: str, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("identity:join", args=[token]))
    shown = {"title": _("The enrolment link"), "text": link, "account": {"pk": account_id, "username": username}}
    return render(request, "identity/shown_once.html", shown)


def _posts(found: Account, now: datetime) -> list[tuple[Post, str, bool]]:
    held: list[Post] = found.held  # type: ignore[attr-defined]  # by queries.staff_of
    return [(post, _role(post.role), _is_now(post, now)) for post in held]


def _own_post(found: Account, post_id: str) -> Post:
    held: list[Post] = found.held  # type: ignore[attr-defined]  # by queries.staff_of
    post = next((each for each in held if str(each.pk) == post_id), None)
    if post is None:
        raise NoSuchPost
    return post


def _role(role: str) -> str:
    return queries.role_title(role)[reading_language() == "en"]


def _is_now(post: Post, now: datetime) -> bool:
    return post.valid_from <= now and (post.valid_to is None or post.valid_to > now)


def _is_own(request: Request, proposal: Proposal) -> bool:
    return proposal.asked_by == request.actor.account_id
