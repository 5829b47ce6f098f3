"""潮汐窗口: how many will come on which day, how many windows that needs, and one button that opens them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from onething.desks.appointments import charts, policy, queries, services
from onething.desks.appointments.season import read_season
from onething.plumbing.ui.doors import Request, page


@page(may=policy.RUN_HALL)
def tide(request: Request, hall_id: UUID) -> HttpResponse:
    """Foresee the days that can be booked; open the windows that are short."""
    hall = queries.hall_for(request.actor, hall_id)
    season = read_season()
    days = queries.tides(request.actor, hall, season, now=request.now)
    plan = queries.to_open(hall, days)
    if request.method == "POST":
        extra = {day: counters for day, counters in plan.items() if day.isoformat() in request.POST.getlist("day")}
        more = services.open_windows(hall=hall, extra=extra, actor=request.actor, now=request.now)
        words = ngettext("Opened: one place more to book.", "Opened: %(n)d places more to book.", more)
        messages.success(request, words % {"n": more})
        return redirect("appointments:tide", hall.pk)
    context = {
        "hall": hall,
        "days": [(day, day.on in plan, day.needed > hall.counters, day.needed - hall.staff) for day in days],
        "chart": charts.tides(days),
        "plan": plan,
        "season": season,
        "may_run": True,
    }
    return render(request, "appointments/tide.html", context)
