"""The registry at the desk: a person's file, lists of persons, corrections, who is expected, what was shared."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.kernel.errors import Refusal
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words
from onething.registry import policy, queries, sections, services, words
from onething.registry.errors import PurposeMissing, RosterNotNow
from onething.registry.forms import ArchiveForm, RosterForm, StatementForm
from onething.registry.models import Roster
from onething.registry.rosters import columns

ROWS = 50
FAULTS = 100
LOOKED_FOR, LOOKED_AT, LOOKED_FULL = "registry.search", "registry.file", "registry.full"
"""Why somebody looked, as the journal names it; a full look carries its purpose behind a colon."""


@page(may=policy.READ_PERSON)
def find(request: Request) -> HttpResponse:
    """Find a person by ID number or mobile number; the number travels in no address, and the look is noted."""
    found, refusal = [], None
    if request.method == "POST":
        try:
            found = queries.look_for(request.actor, request.POST.get("number", ""))
        except Refusal as refused:
            refusal = in_words(refused)
        for person in found:
            services.note_look(person.pk, LOOKED_FOR, request.actor, request.now)
    shown = {"found": found, "refusal": refusal, "asked": request.method == "POST"}
    return render(request, "registry/find.html", shown, status=422 if refusal else 200)


@page(may=policy.READ_PERSON, methods=("GET",))
def person(request: Request, person_id: UUID) -> HttpResponse:
    """Show a person's file with masks. The look is noted, and the page says so."""
    return _person_page(request, person_id, LOOKED_AT)


@page(may=policy.SEE_FULL, methods=("POST",))
def person_full(request: Request, person_id: UUID) -> HttpResponse:
    """Show a person's file in full, for a purpose. Refuses PurposeMissing."""
    purpose = request.POST.get("purpose", "")
    if purpose not in words.PURPOSES:
        raise PurposeMissing
    return _person_page(request, person_id, f"{LOOKED_FULL}:{purpose}", is_full=True)


def _person_page(
    request: Request, person_id: UUID, purpose: str, *, is_full: bool = False, status: int = 200, **more: Any
) -> HttpResponse:
    file = queries.person_file(request.actor, person_id)
    services.note_look(person_id, purpose, request.actor, request.now)
    shown = {
        "file": file,
        "person": file.person,
        "is_full": is_full,
        "purposes": words.PURPOSES,
        "sections": sections.SECTIONS.values(),
        "archive_form": ArchiveForm(request.actor),
        "may_see_full": request.actor.may(policy.SEE_FULL) and not is_full,
        "may_record": request.actor.may(policy.RECORD_STATEMENT),
        **more,
    }
    return render(request, "registry/person.html", shown, status=status)


@page(may=policy.RECORD_STATEMENT)
def record(request: Request, person_id: UUID, section: str) -> HttpResponse:
    """Write what a document or the person says about one entry of the file."""
    part = sections.section(section)
    who = queries.person(request.actor, person_id)
    form = StatementForm(part, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.record_statement(
            person_id=person_id,
            section=section,
            values=form.values,
            source=f"{form.cleaned_data['authority']}:desk",
            grade=sections.Grade.DOCUMENTED,
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, _("Kept. What other sources say stands beside it."))
        return redirect("registry:person", person_id)
    shown = {"person": who, "section": part, "form": form}
    return render(request, "registry/record.html", shown, status=422 if form.errors else 200)


@page(may=policy.RECORD_STATEMENT, methods=("POST",))
def archive(request: Request, person_id: UUID) -> HttpResponse:
    """Add a line to the ledger of the paper archive."""
    form = ArchiveForm(request.actor, request.POST)
    if not form.is_valid():
        return _person_page(request, person_id, LOOKED_AT, status=422, archive_form=form)
    services.note_archive(person_id=person_id, actor=request.actor, now=request.now, **form.cleaned_data)
    messages.success(request, _("The line stands in the ledger."))
    return redirect("registry:person", person_id)


@page(may=policy.RECORD_STATEMENT, methods=("POST",))
def ask(request: Request, person_id: UUID) -> HttpResponse:
    """Take down that the person says a field is wrong."""
    given = request.POST
    services.ask_correction(
        person_id=person_id,
        section=given.get("section", ""),
        match=_bytes(given.get("match", "")),
        field=given.get("field", ""),
        wanted=given.get("wanted", ""),
        because=given.get("because", ""),
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, _("The correction was taken down and waits for an answer."))
    return redirect("registry:person", person_id)


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


@page(may=policy.ANSWER_CORRECTION, methods=("GET",))
def corrections(request: Request) -> HttpResponse:
    """List the corrections that wait for an answer, the oldest first."""
    return _listed(request, "registry/corrections.html", queries.corrections_open(request.actor))


@page(may=policy.ANSWER_CORRECTION)
def correction(request: Request, correction_id: int) -> HttpResponse:
    """Show one correction beside what all sources say, and take the answer. The look is noted."""
    asked = queries.correction(request.actor, correction_id)
    if request.method == "POST":
        return _answered(request, correction_id)
    services.note_look(asked.person_id, f"{LOOKED_FULL}:correct", request.actor, request.now)
    file = queries.person_file(request.actor, asked.person_id)
    said = [
        view
        for entry in file.entries
        if (entry.section.name, entry.match) == (asked.section, bytes(asked.match))
        for view in entry.fields
        if view.field.name == asked.field
    ]
    shown = {
        "asked": asked,
        "person": file.person,
        "content": file.person.data_key.unseal("correction", bytes(asked.sealed)),
        "view": said[0] if said else None,
        "field": sections.section(asked.section).field(asked.field),
    }
    return render(request, "registry/correction.html", shown)


def _answered(request: Request, correction_id: int) -> HttpResponse:
    does = request.POST.get("does")
    given: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if does == "pass_on":
        authority = services.pass_on_correction(correction_id=correction_id, **given)
        told = _("Passed on to: %(authority)s") % {"authority": _(words.AUTHORITIES[authority])}
    else:
        services.answer_correction(
            correction_id=correction_id,
            is_accepted=does == "accept",
            answer=request.POST.get("answer", ""),
            **given,
        )
        told = _("The answer was kept.")
    messages.success(request, told)
    return redirect("registry:corrections")


@page(may=policy.REVIEW_ARRIVAL, methods=("GET",))
def arrivals(request: Request) -> HttpResponse:
    """List who is expected, those who lack most first."""
    return _listed(request, "registry/arrivals.html", queries.arrivals(request.actor))


@page(may=policy.REVIEW_ARRIVAL, methods=("POST",))
def review(request: Request, person_id: UUID) -> HttpResponse:
    """Say how the review of one expected person stands."""
    state = request.POST.get("state", "")
    services.review_arrival(person_id=person_id, state=state, actor=request.actor, now=request.now)
    return redirect("registry:arrivals")


@page(may=policy.READ_SHARING, methods=("GET",))
def sharing(request: Request) -> HttpResponse:
    """List what was shared with whom, the newest first."""
    return _listed(request, "registry/sharing.html", queries.sharings(request.actor))


def _listed(request: Request, template: str, rows: QuerySet[Any]) -> HttpResponse:
    return render(request, template, {"page": Paginator(rows, ROWS).get_page(request.GET.get("page"))})


@page(may=policy.IMPORT_ROSTER)
def rosters(request: Request) -> HttpResponse:
    """List the lists of persons, and take a new one in."""
    form = RosterForm(request.actor, request.POST or None, request.FILES or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            taken = services.take_roster(file=given.pop("file").file, actor=request.actor, now=request.now, **given)
        except Refusal as refused:
            refusal = in_words(refused)
        else:
            return redirect("registry:roster", taken.pk)
    listed = Paginator(queries.rosters(request.actor), ROWS).get_page(request.GET.get("page"))
    shown = {"page": listed, "form": form, "refusal": refusal, "most": services.MOST_BYTES >> 20}
    return render(request, "registry/rosters.html", shown, status=422 if refusal or form.errors else 200)


@page(may=policy.IMPORT_ROSTER, methods=("GET",))
def roster(request: Request, roster_id: UUID) -> HttpResponse:
    """Show one list: what its columns mean, what is wrong with it, and what can be done with it."""
    return _roster_page(request, roster_id)


def _roster_page(request: Request, roster_id: UUID, *, refusal: Refusal | None = None) -> HttpResponse:
    found = queries.roster(request.actor, roster_id)
    shown = {
        "roster": found,
        "columns": list(zip(found.titles, found.columns, strict=True)),
        "targets": [(target, columns.label_of(target)) for target in columns.TARGETS],
        "lines": queries.marked_lines(found)[:FAULTS] if found.wrapped_key else [],
        "most": FAULTS,
        "refusal": in_words(refusal) if refusal else None,
        "is_open": found.state in (Roster.State.TAKEN, Roster.State.CHECKED),
        "undo_days": services.UNDO_DAYS,
        "may_undo": found.state == Roster.State.APPLIED and found.wrapped_key is not None,
    }
    return render(request, "registry/roster.html", shown, status=refusal.status if refusal else 200)


@page(may=policy.IMPORT_ROSTER, methods=("POST",))
def work_on_roster(request: Request, roster_id: UUID) -> HttpResponse:
    """Map, check, import, undo or throw away a list; mend one line or leave it out."""
    try:
        told = _worked(request, roster_id)
    except Refusal as refusal:
        return _roster_page(request, roster_id, refusal=refusal)
    messages.success(request, told)
    return redirect("registry:roster", roster_id)


def _worked(request: Request, roster_id: UUID) -> str:
    given: dict[str, Any] = {"roster_id": roster_id, "actor": request.actor, "now": request.now}
    does = request.POST.get("does", "")
    if does in ("mend", "leave_out", "take_in"):
        return _worked_on_line(request, does, given)
    if does == "check":
        services.map_roster(targets=request.POST.getlist("column"), **given)
        services.check_roster(**given)
        return _("Checked. Nothing was imported yet.")
    if does == "apply":
        services.apply_roster(**given)
        return _("Imported, as a whole.")
    if does == "undo":
        gone, stayed = services.undo_roster(**given)
        return _("Taken back: %(gone)s persons went, %(stayed)s stayed because somebody has worked with them.") % {
            "gone": gone,
            "stayed": stayed,
        }
    if does == "discard":
        services.discard_roster(**given)
        return _("Thrown away, with its file.")
    raise RosterNotNow


def _worked_on_line(request: Request, does: str, given: dict[str, Any]) -> str:
    typed = request.POST.get("number", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
    if does == "mend":
        services.mend_line(number=number, cells=request.POST.getlist("cell"), **given)
        return _("The line was checked again.")
    services.leave_out_line(number=number, is_left_out=does == "leave_out", **given)
    return _("Kept.")
