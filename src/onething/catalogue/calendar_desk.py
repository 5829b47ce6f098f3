"""The calendar at the desk: a year with its days and sources, and a new notice entered and agreed by two."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.catalogue import errors, policy
from onething.catalogue.drafts import years
from onething.catalogue.forms import NoticeForm
from onething.catalogue.models import CalendarYear
from onething.identity import policy as identity
from onething.identity import queries as door
from onething.kernel.errors import Refusal
from onething.kernel.workdays import Year
from onething.plumbing import calendars, clock, scanning
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words

HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节", "")
MOST_BYTES = 64 * 1024


@page(may=policy.EDIT_CALENDAR)
def year(request: Request, number: int) -> HttpResponse:
    """Show the days of a year with their source, and take a notice in."""
    form = NoticeForm(request.POST or None, request.FILES or None, initial={"year": number + 1})
    refusals: list[Refusal] = []
    if request.method == "POST" and form.is_valid():
        text = _text(form, request.POST)
        _whole, refusals = years.checked(form.cleaned_data["year"], text)
        if not refusals:
            return _entered(request, form, text)
    shown = _year_of(number)
    context = {
        "number": number,
        "year": shown,
        "days": [day for day in shown.days if day.kind not in ("working_day", "weekend")],
        "counted": sum(day.counts for day in shown.days),
        "form": form if years.may_enter(request.actor) else None,
        "rows": HOLIDAYS,
        "entered": CalendarYear.objects.visible_to(request.actor).order_by("-entered_at")[:10],
        "refusals": [in_words(refusal) for refusal in refusals],
    }
    return render(request, "catalogue/year.html", context, status=422 if refusals or form.errors else 200)


@page(may=policy.EDIT_CALENDAR, methods=("GET",))
def this_year(request: Request) -> HttpResponse:
    """Go to the year that it is."""
    return redirect("catalogue:year", clock.day_of(request.now).year)


def _year_of(number: int) -> Year:
    national = calendars.national_calendar()
    if national.covers(number) or number < min(national.by_year):
        return national.year(number)
    return calendars.computed_year(number)


def _entered(request: Request, form: NoticeForm, text: str) -> HttpResponse:
    given = form.cleaned_data
    entry = years.enter_year(
        year=given["year"], text=text, reason=given["reason"], actor=request.actor, now=request.now
    )
    messages.success(request, _("Asked for. A second person has to agree; until then nothing changes."))
    return redirect("catalogue:entered_year", entry.pk)


def _text(form: NoticeForm, rows: QueryDict) -> str:
    given = form.cleaned_data
    if given["file"]:
        raw = given["file"].read(MOST_BYTES + 1)
        scanning.require_clean(io.BytesIO(raw))
        return str(raw.decode("utf-8", errors="replace"))
    notice = {key: given[key] for key in ("title", "number", "issued", "address")}
    columns = zip(*(rows.getlist(name) for name in ("name", "first", "last", "make_up")), strict=False)
    holidays = [_holiday(*typed) for typed in columns if typed[1].strip()]
    return years.written(given["year"], notice, holidays)


def _holiday(name: str, first: str, last: str, make_up: str) -> dict[str, Any]:
    worked = [_day(day) for day in make_up.replace("，", ",").replace("、", ",").split(",") if day.strip()]
    found: dict[str, Any] = {"name": name.strip(), "first": _day(first), "last": _day(last or first)}
    return {**found, "make_up": worked} if worked else found


def _day(typed: str) -> date | str:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return typed.strip()  # the check says that this is no day


@page(may=policy.EDIT_CALENDAR, methods=("GET",))
def entered_year(request: Request, entry_id: UUID) -> HttpResponse:
    """Show what was entered for a year, and which days it moves."""
    entry = CalendarYear.objects.visible_to(request.actor).filter(pk=entry_id).first()
    if entry is None:
        raise errors.CalendarNotFound
    after, refusals = years.checked(entry.year, entry.text)
    proposal = door.proposal_about(request.actor, years.AGREE, entry.pk, request.now)
    context = {
        "entry": entry,
        "moved": list(years.moved(calendars.national_calendar(), after, entry.year)) if after else [],
        "refusals": [in_words(refusal) for refusal in refusals],
        "proposal": proposal,
        "is_own": proposal is not None and proposal.asked_by == request.actor.account_id,
        "may_agree": request.actor.may(policy.PUBLISH_CALENDAR) and request.actor.may(identity.APPROVE),
        "asker": door.names_of([proposal.asked_by]).get(proposal.asked_by, "") if proposal else "",
    }
    return render(request, "catalogue/entered_year.html", context)
