"""The hall's pages in the workbench: the day with its appointments, the hall's settings, booking for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onething.cases import queries as cases
from onething.catalogue import queries as catalogue
from onething.desks.appointments import choosing, displays, forms, policy, queries, services
from onething.desks.appointments.errors import HallNotFound
from onething.desks.appointments.hours import Hours
from onething.desks.appointments.models import Hall
from onething.kernel.errors import Refusal
from onething.plumbing import clock, looks
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words
from onething.registry import services as registry
from onething.registry.models import Organisation

LOOKED_AT = "appointments"
"""Why somebody looked, as the journal and the person's own “who looked” page name it."""


@page(may=policy.SERVE_COUNTER, methods=("GET",))
def halls(request: Request) -> HttpResponse:
    """List the halls of one's division, and the stations that have none yet."""
    may_run = request.actor.may(policy.RUN_HALL)
    context = {
        "halls": queries.halls(request.actor),
        "stations": queries.stations_without_hall(request.actor) if may_run else [],
        "may_run": may_run,
    }
    return render(request, "appointments/halls.html", context)


@page(may=policy.SERVE_COUNTER, methods=("GET",))
def day(request: Request, hall_id: UUID) -> HttpResponse:
    """Show who is booked on a day, and of whom nobody has said yet whether they came."""
    hall = queries.hall_for(request.actor, hall_id)
    asked = forms.day_in(request.GET, now=request.now)
    today = clock.day_of(request.now)
    booked = list(queries.booked_on(request.actor, hall, asked))
    before = list(queries.unrecorded(request.actor, hall, today=today)) if asked == today else []
    persons = [one.person_id for one in (*booked, *before)]
    looks.note(persons, way="list", purpose=LOOKED_AT, actor=request.actor, now=request.now)
    context = {
        "hall": hall,
        "day": asked,
        "booked": booked,
        "before": before,
        "days": queries.days_around(hall, now=request.now),
        "may_run": request.actor.may(policy.RUN_HALL),
        "is_today": asked == today,
    }
    return render(request, "appointments/day.html", context)


@page(may=policy.SERVE_COUNTER, methods=("POST",))
def record(request: Request, hall_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Record that somebody came, or did not."""
    hall = queries.hall_for(request.actor, hall_id)
    came = request.POST.get("came") == "yes"
    change = services.record_kept if came else services.record_missed
    change(appointment_id=appointment_id, actor=request.actor, now=request.now)
    messages.success(request, _("Recorded: was here.") if came else _("Recorded: did not come. They can book again."))
    return redirect("appointments:day", hall.pk)


@page(may=policy.RUN_HALL)
def open_hall(request: Request, code: str) -> HttpResponse:
    """Open a station for booking."""
    office = queries.stations_without_hall(request.actor).filter(code=code).first()
    if office is None:
        raise HallNotFound
    hall = Hall(organisation=office, counters=3, staff=3)
    return _settings(request, hall, _ORDINARY)


@page(may=policy.RUN_HALL)
def settings(request: Request, hall_id: UUID) -> HttpResponse:
    """Set a hall's hours, counters and words."""
    hall = queries.hall_for(request.actor, hall_id)
    return _settings(request, hall, hall.hours)


def _settings(request: Request, hall: Hall, hours: list[Hours]) -> HttpResponse:
    stations = _stations(hall.organisation, request)
    form = forms.HallForm(stations, request.POST or None, instance=hall)
    lines = forms.stretches(request.POST or None, hours)
    refusal = None
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        try:
            kept = _keep(request, form.save(commit=False), [line.hours for line in lines if line.hours])
            messages.success(request, _("Saved. The times that can be booked follow; what is booked stays booked."))
            return redirect("appointments:settings", kept.pk)
        except Refusal as refused:
            refusal = in_words(refused)
    is_bad = bool(refusal or form.errors or (lines.is_bound and not lines.is_valid()))
    return render(
        request,
        "appointments/settings.html",
        _shown(request, hall, form, lines, refusal),
        status=422 if is_bad else 200,
    )


def _keep(request: Request, hall: Hall, hours: list[Hours]) -> Hall:
    if not hall._state.adding:
        return services.set_hall(hall=hall, hours=hours, actor=request.actor, now=request.now)
    words = {name: getattr(hall, name) for name in _WORDS}
    return services.open_hall(
        organisation=hall.organisation, serves=hall.serves, counters=hall.counters, staff=hall.staff, hours=hours,
        actor=request.actor, now=request.now, **words,
    )  # fmt: skip


_ORDINARY = [Hours(time(9), time(12), 2), Hours(time(13, 30), time(17), 2)]
"""What the form of a new hall begins with."""

_WORDS = ("address", "does", "slot_minutes", "per_counter", "days_ahead", "elders_first")


def _shown(request: Request, hall: Hall, form: Any, lines: Any, refusal: Mapping[str, str] | None) -> dict[str, Any]:
    is_new = hall._state.adding
    today = clock.day_of(request.now)
    return {
        "hall": hall,
        "form": form,
        "lines": lines,
        "refusal": refusal,
        "is_new": is_new,
        "closing": forms.ClosureForm(),
        "key": displays.key_of(hall),
        "closures": [] if is_new else queries.closures(hall, today=today),
    }


def _stations(office: Organisation, request: Request) -> dict[str, Any]:
    """Gather the stations of the packs that hold where a hall is: id → title."""
    releases = catalogue.releases_for(office.region_id, on=clock.day_of(request.now))
    found: dict[str, Any] = {}
    for release in releases:
        for name, station in release.content.get("stations", {}).items():
            found.setdefault(name, station["title"])
    return found


@page(may=policy.RUN_HALL, methods=("POST",))
def close_day(request: Request, hall_id: UUID) -> HttpResponse:
    """Close the hall for a day; whoever had booked is told."""
    hall = queries.hall_for(request.actor, hall_id)
    form = forms.ClosureForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was closed: give a day, and a reason for those who had booked."))
        return redirect("appointments:settings", hall.pk)
    told = services.close_day(hall=hall, actor=request.actor, now=request.now, **form.cleaned_data)
    words = ngettext(
        "Closed. One person is told and offered other times.",
        "Closed. %(n)d persons are told and offered other times.",
        told,
    )
    messages.success(request, words % {"n": told})
    return redirect("appointments:settings", hall.pk)


@page(may=policy.RUN_HALL, methods=("POST",))
def reopen_day(request: Request, hall_id: UUID) -> HttpResponse:
    """Open a closed day again."""
    hall = queries.hall_for(request.actor, hall_id)
    day = forms.day_in(request.POST, now=request.now)
    services.reopen_day(hall=hall, day=day, actor=request.actor, now=request.now)
    messages.success(request, _("Open again. Its times can be booked."))
    return redirect("appointments:settings", hall.pk)


@page(may=policy.RUN_HALL, methods=("POST",))
def withdraw_displays(request: Request, hall_id: UUID) -> HttpResponse:
    """Give the displays new addresses; the old ones open nothing any more."""
    services.withdraw_displays(hall=queries.hall_for(request.actor, hall_id), actor=request.actor, now=request.now)
    messages.success(request, _("The displays have new addresses; the old ones open nothing any more."))
    return redirect("appointments:settings", hall_id)


@page(may=policy.BOOK_FOR)
def book_for(request: Request, number: str, station: str) -> HttpResponse:
    """Book or move a visit for somebody who stands or rings at the counter. The look is noted."""
    case = cases.case_for(request.actor, number)
    registry.note_look(case.person_id, LOOKED_AT, request.actor, request.now)
    return choosing.choose(request, case, station, back="cases:desk_case", template="appointments/book_for.html")


@page(may=policy.BOOK_FOR, methods=("POST",))
def cancel_for(request: Request, number: str, station: str) -> HttpResponse:
    """Cancel a visit's time for somebody who asks for it."""
    case = cases.case_for(request.actor, number)
    services.cancel(case=case, station=station, actor=request.actor, now=request.now)
    messages.success(request, _("Cancelled. The person is told."))
    return redirect("cases:desk_case", number)
