"""One's own visit: choose, move, cancel, wait for an earlier time, take it into one's calendar."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from onething.cases import queries as cases
from onething.cases.models import Case
from onething.desks.appointments import choosing, ics, letters, policy, queries, services
from onething.desks.appointments.errors import HallNotFound, NothingBooked, OfferNotFound
from onething.desks.appointments.models import Appointment, Hall, Wait
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.templatetags.ui import said


@page(may=policy.BOOK_OWN)
def choose(request: Request, number: str, station: str) -> HttpResponse:
    """Choose a day and a time; what was booked before moves there."""
    case = cases.case_for(request.actor, number)
    return choosing.choose(request, case, station, back="cases:case", template="appointments/choose.html")


@page(may=policy.BOOK_OWN)
def cancel(request: Request, number: str, station: str) -> HttpResponse:
    """Give the time back, after asking once."""
    case = cases.case_for(request.actor, number)
    board = queries.visit_board(case, station, now=request.now)
    if board.appointment is None:
        raise NothingBooked
    if request.method == "POST":
        services.cancel(case=case, station=station, actor=request.actor, now=request.now)
        messages.success(request, _("Cancelled. You can book another time whenever you like."))
        return redirect("cases:case", number)
    return render(request, "appointments/cancel.html", {"board": board, "case": case})


@page(may=policy.BOOK_OWN, methods=("POST",))
def wait(request: Request, number: str, station: str) -> HttpResponse:
    """Wait for an earlier time, or stop waiting."""
    case = cases.case_for(request.actor, number)
    if request.POST.get("stop"):
        services.stop_waiting(case=case, station=station, actor=request.actor, now=request.now)
        messages.success(request, _("You do not wait any more. What you have booked stands."))
    else:
        hall = _hall_in(request, case, station)
        services.wait_for_earlier(case=case, station=station, hall=hall, actor=request.actor, now=request.now)
        messages.success(request, _("We write to you as soon as an earlier time is free. What you have booked stands."))
    return redirect("cases:case", number)


def _hall_in(request: Request, case: Case, station: str) -> Hall:
    asked = request.POST.get("hall")
    hall = next((hall for hall in queries.halls_for(case, station) if str(hall.pk) == asked), None)
    if hall is None:
        raise HallNotFound
    return hall


@page(may=policy.BOOK_OWN)
def offer(request: Request, wait_id: UUID) -> HttpResponse:
    """An earlier time is held: take it, or let the next one have it."""
    found: Wait | None = (
        Wait.objects.visible_to(request.actor)
        .select_related("slot__hall__organisation", "case")
        .filter(pk=wait_id, person_id=request.actor.person_id)
        .first()
    )
    if found is None:
        raise OfferNotFound
    if request.method == "POST":
        return _answer(request, found)
    held = queries.open_appointment(found.case, found.station)
    return render(request, "appointments/offer.html", {"wait": found, "held": held, "case": found.case})


def _answer(request: Request, found: Wait) -> HttpResponse:
    if request.POST.get("answer") == "yes":
        booked = services.accept_offer(wait_id=found.pk, actor=request.actor, now=request.now)
        messages.success(request, _("Booked: %(when)s.") % {"when": letters.moment(booked.slot.starts_at)})
    else:
        services.decline_offer(wait_id=found.pk, actor=request.actor, now=request.now)
        messages.success(request, _("The next in line gets it. What you have booked stands."))
    return redirect("cases:case", found.case.number)


@page(may=policy.BOOK_OWN, methods=("GET",))
def calendar_file(request: Request, number: str, station: str) -> HttpResponse:
    """Give the appointment as a file for the calendar of the phone."""
    case = cases.case_for(request.actor, number)
    board = queries.visit_board(case, station, now=request.now)
    if board.appointment is None:
        raise NothingBooked
    answer = HttpResponse(ics.written(_entry(board, board.appointment)), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{number}.ics"'
    return answer


def _entry(board: queries.VisitBoard, held: Appointment) -> ics.Entry:
    hall = held.slot.hall
    place = said(hall.title) + (f", {hall.address}" if hall.address else "")
    acts = "\n".join(f"- {said(act['title'])}" for act in board.acts)
    code = _("Your code in the hall: %(code)s") % {"code": held.code}
    return ics.Entry(
        uid=f"{held.pk}@one-thing",
        sequence=held.sequence,
        stamp=held.changed_at,
        begins=held.slot.starts_at,
        ends=held.slot.ends_at,
        summary=said(board.title),
        place=place,
        description=f"{acts}\n{code}",
        address=settings.PUBLIC_URL + reverse("cases:case", args=[board.case.number]),
    )
