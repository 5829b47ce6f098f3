"""The person's door to an offer: what it is, why, and the three answers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from onething.entitlements import leads, policy, services
from onething.plumbing.ui.doors import Request, page


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
