"""Talking with the clerks about one's case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.cases import policy, queries, services
from onething.plumbing.ui.doors import Request, page


@page(may=policy.FILE_OWN)
def talk(request: Request, number: str) -> HttpResponse:
    """Read what was said, and write; only the person themselves and the clerks of the case read it."""
    found = queries.case_for(request.actor, number)
    if request.method == "POST":
        words = request.POST.get("words", "")
        services.write_to_clerk(case=found, words=words, actor=request.actor, now=request.now)
        messages.success(request, _("Sent. You get an answer within one working day; a text message tells you."))
        return redirect("cases:talk", found.number)
    said = queries.said_in(request.actor, found)
    services.mark_read(case=found, actor=request.actor)
    return render(request, "cases/talk.html", {"case": found, "said": said})
