"""Closing one's own account, step by step; and the desk where it is decided about the data."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.identity import leaving, policy, queries, services, sessions
from onething.identity.errors import ClosingCodeRefused, NotYourOwn
from onething.identity.four_eyes import deed_of
from onething.identity.models import Proposal
from onething.identity.services.leaving import ERASE
from onething.kernel.access import Door
from onething.kernel.errors import Refusal
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words
from onething.registry.policy import FORGET_PERSON

CLOSING = "closing"


@page(public="everybody may close their own account; a code to their phone is the permission")
def close(request: Request) -> HttpResponse:
    """Say what closing means and what stands in its way; send the code, take it, and close."""
    if request.actor.door is not Door.CITIZEN or request.actor.person_id is None:  # a helper closes nothing
        raise NotYourOwn
    refusal = None
    if request.method == "POST":
        try:
            if request.POST.get("does") == "send":
                _send(request)
                return redirect("identity:close")
            return _closed(request)
        except Refusal as refused:
            refusal = refused
    shown = {
        "open": leaving.still_open(request.actor.person_id),
        "is_sent": CLOSING in request.session,
        "refusal": in_words(refusal) if refusal else None,
    }
    return render(request, "identity/close.html", shown, status=refusal.status if refusal else 200)


def _send(request: Request) -> None:
    digest = services.send_closing_code(actor=request.actor, now=request.now)
    request.session[CLOSING] = [digest, request.now.timestamp()]


def _closed(request: Request) -> HttpResponse:
    digest, sent = request.session.get(CLOSING) or ["", 0]
    if not digest:
        raise ClosingCodeRefused
    asked = services.close_own_account(
        code=request.POST.get("code", ""),
        digest=digest,
        sent_at=datetime.fromtimestamp(sent, UTC),
        actor=request.actor,
        now=request.now,
    )
    shown = {"title": asked.title}
    sessions.end(request)
    return render(request, "identity/closed.html", shown)


@page(may=policy.ANSWER_ERASURE, methods=("GET",))
def erasures(request: Request) -> HttpResponse:
    """List who closed their account and what was decided about their data."""
    return _desk(request)


@page(may=policy.ANSWER_ERASURE, methods=("POST",))
def answer(request: Request, erasure_id: UUID) -> HttpResponse:
    """Keep the data by a duty, propose to destroy it, or agree (or not) to what a colleague proposed."""
    try:
        told = _answered(request, erasure_id)
    except Refusal as refusal:
        return _desk(request, refusal)
    messages.success(request, told)
    return redirect("identity:erasures")


def _answered(request: Request, erasure_id: UUID) -> str:
    given: dict[str, Any] = {"actor": request.actor, "now": request.now}
    does, words = request.POST.get("does"), request.POST.get("words", "")[:500]
    if does == "keep":
        services.keep_data(erasure_id=erasure_id, because=words, **given)
        return _("Kept, with your reason.")
    if does == "propose":
        services.propose_erasure(erasure_id=erasure_id, reason=words, **given)
        return _("Asked for. A colleague has to agree.")
    proposal_id = next((one.pk for one in _proposed(request) if one.subject == erasure_id), erasure_id)
    if does == "agree":
        services.approve(proposal_id=proposal_id, **given)
        return _("Done: two of you have agreed.")
    services.turn_down(proposal_id=proposal_id, **given)
    return _("Turned down.")


def _desk(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    proposed = {one.subject: one for one in _proposed(request)}
    shown = {
        "rows": [(one, proposed.get(one.pk)) for one in queries.erasures(request.actor)[:200]],
        "deed": deed_of(ERASE),
        "may_agree": request.actor.may(FORGET_PERSON),
        "refusal": in_words(refusal) if refusal else None,
    }
    return render(request, "identity/erasures.html", shown, status=refusal.status if refusal else 200)


def _proposed(request: Request) -> list[Proposal]:
    return [one for one in queries.proposals(request.actor, request.now) if one.kind == ERASE]
