"""The person's own doors: what I get and what is due to me; an offer, why, and the three answers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from onething.entitlements import leads, own, policy, services
from onething.plumbing.ui.doors import Request, page
from onething.registry.errors import NoSuchPerson


@page(may=policy.ANSWER_OFFER)
def offer(request: Request, offer_id: UUID) -> HttpResponse:
    """Show an offer to the person it was made to, and take their answer."""
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        services.answer_offer(offer_id=offer_id, answer=answer, actor=request.actor, now=request.now)
        return redirect("entitlements:offer", offer_id)
    sheet = leads.sheet_of(request.actor, offer_id, now=request.now)
    shown = {"sheet": sheet, "offer": sheet.offer, "line": sheet.line, "visit": {"holds": {"sources": sheet.sources}}}
    return render(request, "entitlements/offer.html", shown)


@page(may=policy.ANSWER_OFFER, methods=("GET",))
def mine(request: Request) -> HttpResponse:
    """Show what one gets, what is under way, what is due and was never asked for, and why not the rest."""
    if request.actor.person_id is None:
        raise NoSuchPerson
    found = own.own_page(request.actor, request.actor.person_id, now=request.now)
    return render(request, "entitlements/mine.html", {"own": found, "visit": {"holds": {"sources": found.sources}}})
