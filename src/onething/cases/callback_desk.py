"""The list of calls: people who were not content are rung up, and what came of it is recorded."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.cases import aftermath, policy, services
from onething.plumbing import clock, looks
from onething.plumbing.ui.doors import Request, page

LOOKED_AT_RATING = "rating"


@page(may=policy.CALL_BACK, methods=("GET",))
def calls(request: Request) -> HttpResponse:
    """List whom to ring up, by whose turn and day, and the last calls made."""
    today = clock.day_of(request.now)
    to_make = aftermath.calls(request.actor, today=today)
    made = aftermath.calls(request.actor, today=today, done=True)
    persons = {call.order.case.person_id for call in (*to_make, *made)}
    looks.note(persons, way="list", purpose=LOOKED_AT_RATING, actor=request.actor, now=request.now)
    return render(request, "cases/calls.html", {"to_make": to_make, "made": made})


@page(may=policy.CALL_BACK, methods=("POST",))
def record(request: Request, case_id: UUID) -> HttpResponse:
    """Record what came of a call."""
    services.record_call(
        case_id=case_id,
        outcome=request.POST.get("outcome", ""),
        words=request.POST.get("words", ""),
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, _("Recorded. The person sees it in the case."))
    return redirect("cases:calls")
