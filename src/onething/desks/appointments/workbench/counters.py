"""A counter's page: who is served, who is next, and what becomes of a ticket."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from onething.desks.appointments import forms, policy, queries, services
from onething.desks.appointments.errors import CounterUnknown, NobodyWaits, TicketNotFound
from onething.plumbing.ui.doors import Request, page


@page(may=policy.SERVE_COUNTER, methods=("GET",))
def counter(request: Request, hall_id: UUID) -> HttpResponse:
    """Show the line, and whom this counter serves; which counter it is stands in the address."""
    hall = queries.hall_for(request.actor, hall_id)
    line = queries.line_of(hall, now=request.now)
    form = forms.CounterForm(request.GET)
    mine = form.cleaned_data["counter"] if form.is_valid() else None
    context = {
        "hall": hall,
        "line": line,
        "counter": mine if mine is not None and mine <= hall.counters else None,
        "serving": next((ticket for ticket in line.called if ticket.counter == mine), None),
        "all_counters": range(1, hall.counters + 1),
        "may_run": request.actor.may(policy.RUN_HALL),
    }
    return render(request, "appointments/counter.html", context)


@page(may=policy.SERVE_COUNTER, methods=("POST",))
def call_next(request: Request, hall_id: UUID) -> HttpResponse:
    """End whom this counter serves, and call the next."""
    hall = queries.hall_for(request.actor, hall_id)
    number = _counter(request)
    try:
        services.call_next(hall=hall, counter=number, actor=request.actor, now=request.now)
    except NobodyWaits:
        messages.info(request, _("Nobody waits. Whom you serve stays with you until you end it."))
    return _back(hall_id, number)


@page(may=policy.SERVE_COUNTER, methods=("POST",))
def change(request: Request, hall_id: UUID, ticket_id: UUID) -> HttpResponse:
    """Call again, end, note as not there, send on, or let somebody back into the line."""
    hall = queries.hall_for(request.actor, hall_id)
    number, verb = _counter(request), request.POST.get("verb", "")
    who: dict[str, Any] = {"ticket_id": ticket_id, "actor": request.actor, "now": request.now}
    if verb == "transfer":
        services.transfer_ticket(counter=_counter(request, "to"), **who)
    elif verb in _VERBS:
        _VERBS[verb](**who)
    else:
        raise TicketNotFound
    return _back(hall.pk, number)


_VERBS = {
    "again": services.call_again,
    "done": services.finish_ticket,
    "missed": services.miss_ticket,
    "back": services.bring_back,
}


@page(may=policy.SERVE_COUNTER, methods=("POST",))
def draw(request: Request, hall_id: UUID) -> HttpResponse:
    """Draw a ticket for somebody who has no phone and stands at the reception."""
    hall = queries.hall_for(request.actor, hall_id)
    ticket = services.draw_ticket(
        hall=hall,
        code=request.POST.get("code", "")[:12],
        goes_first="goes_first" in request.POST,
        actor=request.actor,
        now=request.now,
    )
    return redirect("appointments:ticket", ticket.code)


def _counter(request: Request, name: str = "counter") -> int:
    form = forms.CounterForm({"counter": request.POST.get(name)})
    if not form.is_valid():
        raise CounterUnknown
    number: int = form.cleaned_data["counter"]
    return number


def _back(hall_id: UUID, number: int) -> HttpResponse:
    return redirect(f"{reverse('appointments:counter', args=[hall_id])}?counter={number}")
