"""The hall's own pages: the calling screen, the machine at the entrance, and a ticket followed on the phone."""

from __future__ import annotations

from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from onething.desks.appointments import displays, forms, queries, services
from onething.desks.appointments.errors import HallNotFound
from onething.desks.appointments.models import Hall
from onething.kernel.errors import Refusal
from onething.plumbing import clock, rows
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words

REFRESH_SCREEN, REFRESH_TICKET = 8, 20  # seconds


def _hall(hall_id: UUID, key: str) -> Hall:
    found = Hall.objects.select_related("organisation").filter(pk=hall_id).first()
    if found is None:
        raise HallNotFound
    displays.require(found, key)
    return found


@page(public="a display on the wall has no account; its address carries a key, and it shows numbers only")
def screen(request: Request, hall_id: UUID, key: str) -> HttpResponse:
    """Show who is called where, who is next, and how long one waits today."""
    hall = _hall(hall_id, key)
    with rows.as_house():
        line = queries.line_of(hall, now=request.now)
    context = {"hall": hall, "line": line, "refresh": REFRESH_SCREEN, "does": hall.does.splitlines()}
    return render(request, "appointments/screen.html", context)


@page(public="whoever stands in the hall draws a ticket without an account; the machine's address carries a key")
def entrance(request: Request, hall_id: UUID, key: str) -> HttpResponse:
    """Draw a ticket: with the code of an appointment, or without."""
    hall = _hall(hall_id, key)
    form = forms.DrawForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            with rows.as_house():
                drawn = services.draw_ticket(hall=hall, actor=request.actor, now=request.now, **form.cleaned_data)
            return redirect("appointments:ticket", drawn.code)
        except Refusal as refused:
            refusal = in_words(refused)
    with rows.as_house():
        line = queries.line_of(hall, now=request.now)
    context = {"hall": hall, "line": line, "refusal": refusal, "code": request.POST.get("code", "")[:12]}
    return render(request, "appointments/entrance.html", context, status=422 if refusal else 200)


@page(public="whoever holds a ticket follows it by the code on it; it shows numbers only")
def ticket(request: Request, code: str) -> HttpResponse:
    """Show a ticket: its number, how many are before it, where it is called; and let one back who missed the call."""
    with rows.as_house():
        if request.method == "POST":
            services.return_ticket(code=code, actor=request.actor, now=request.now)
            return redirect("appointments:ticket", code)
        found = queries.ticket_by_code(code, today=clock.day_of(request.now))
        line = queries.line_of(found.hall, now=request.now)
    ahead = line.ahead_of(found)
    picture = segno.make(settings.PUBLIC_URL + reverse("appointments:ticket", args=[found.code]), error="m")
    context = {
        "ticket": found,
        "hall": found.hall,
        "ahead": ahead,
        "minutes": line.minutes_for(ahead),
        "picture": mark_safe(picture.svg_inline(scale=4, border=2, omitsize=False)),  # noqa: S308  # drawn by us
        "refresh": REFRESH_TICKET,
    }
    return render(request, "appointments/ticket.html", context)
