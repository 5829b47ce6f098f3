"""Choosing a time: the same for the person on the phone and for the clerk who books for somebody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.cases.models import Case
from onething.desks.appointments import forms, letters, queries, services
from onething.desks.appointments.models import Hall
from onething.kernel.errors import Conflict, Gone
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.middleware import in_words


def choose(request: Request, case: Case, station: str, *, back: str, template: str) -> HttpResponse:
    """Show the times of a visit, and take the one that was chosen; the same for the person and at the counter."""
    board = queries.visit_board(case, station, now=request.now)
    refusal = None
    if request.method == "POST":
        try:
            return _take(request, board, back)
        except (Conflict, Gone) as refused:
            refusal = in_words(refused)
            board = queries.visit_board(case, station, now=request.now)
    context = {"board": board, "case": case, "refusal": refusal, **_times(request, board)}
    return render(request, template, context, status=409 if refusal else 200)


def _take(request: Request, board: queries.VisitBoard, back: str) -> HttpResponse:
    slot_id = forms.slot_in(request.POST)
    change = services.move if board.appointment else services.book
    booked = change(case=board.case, station=board.station, slot_id=slot_id, actor=request.actor, now=request.now)
    messages.success(request, _("Booked: %(when)s.") % {"when": letters.moment(booked.slot.starts_at)})
    return redirect(back, board.case.number)


def _times(request: Request, board: queries.VisitBoard) -> dict[str, Any]:
    """Read what the address asks for: one of the halls, one of its days."""
    hall = next((hall for hall in board.halls if str(hall.pk) == request.GET.get("hall")), None)
    hall = hall or next(iter(board.halls), None)
    if hall is None:
        return {"hall": None, "days": [], "day": None, "slots": []}
    days = queries.free_days(hall, now=request.now)
    asked = _day(request.GET.get("day"))
    day = next((free.on for free in days if free.on == asked), None)
    slots = queries.free_slots(hall, now=request.now).filter(day=day) if day else []
    return {"hall": hall, "days": days, "day": day, "slots": slots, "may_wait": _may_wait(board, hall, days)}


def _may_wait(board: queries.VisitBoard, hall: Hall, days: list[queries.FreeDay]) -> bool:
    """Waiting helps where nothing is free, or nothing before the day that is booked."""
    if board.wait is not None or board.is_made:
        return False
    booked = board.appointment.slot.day if board.appointment and not board.has_passed else None
    return not days if booked is None else not any(free.on < booked for free in days)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
