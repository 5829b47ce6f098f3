"""The first page of the portal."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onething.cases import notices, stories
from onething.cases import queries as cases
from onething.catalogue import queries as catalogue
from onething.kernel.access import Door
from onething.kernel.codes import NATION
from onething.plumbing import clock
from onething.plumbing.ui import panels
from onething.plumbing.ui.doors import Request, page
from onething.registry import queries as registry

AT_MOST = 2
"""Tasks shown on the first page; more are counted, not listed (design, section 3)."""


@page(public="the first page says what this is, to everybody", methods=("GET",))
def home(request: Request) -> HttpResponse:
    """Show what waits for me, how my case goes, and what can be done here; staff go to their first area."""
    if request.actor.door is Door.STAFF:
        areas = panels.shown("workbench", request.actor)
        return redirect(areas[0].url if areas else reverse("identity:me"))
    if request.actor.door is Door.HELPER:
        return redirect("cases:matters")
    if request.actor.door is not Door.CITIZEN or request.actor.person_id is None:
        offered = catalogue.releases_for(NATION, on=clock.day_of(request.now))
        return render(request, "site/welcome.html", {"offered": offered})
    return _own_home(request)


def _own_home(request: Request) -> HttpResponse:
    person = registry.person(request.actor, request.actor.person_id)  # type: ignore[arg-type]  # checked by home()
    boards = cases.boards(cases.cases_of(request.actor)[:AT_MOST], now=request.now)
    waiting = [(board.case, asked, _title(board, asked.task.matter)) for board in boards for asked in board.corrections]
    to_come = [
        (board.case, material, notices.material_title(board.case.plan, material), day)
        for board in boards
        for material, day in board.papers_to_come
        if board.case.is_open
    ]
    drafts = list(cases.drafts_of(request.actor))
    offered = catalogue.releases_for(person.region_id, on=clock.day_of(request.now))
    under_way = {draft.release.pack for draft in drafts} | {b.case.release.pack for b in boards if b.case.is_open}
    context = {
        "name": person.name,
        "greeting": _greeting(request),
        "waiting": waiting[:AT_MOST],
        "more": max(len(waiting) - AT_MOST, 0),
        "drafts": drafts,
        "to_come": to_come[:AT_MOST],
        "tasks": len(waiting) + len(drafts) + len(to_come),
        "boards": [(board, stories.segments(board.lanes)) for board in boards],
        "offered": [release for release in offered if release.pack not in under_way],
    }
    return render(request, "site/home.html", context)


def _title(board: cases.CaseBoard, matter: str) -> object:
    return next(lane.title for lane in board.lanes if lane.matter == matter)


def _greeting(request: Request) -> str:
    """Tell the part of the day: morning, afternoon or evening."""
    hour = request.now.astimezone(clock.BEIJING).hour
    return "morning" if 4 <= hour < 12 else "afternoon" if hour < 18 else "evening"
