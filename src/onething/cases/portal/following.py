"""Following: one's cases, what waits for oneself, and the ways back."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.cases import flow, forms, notices, papers, policy, queries, services, stories
from onething.cases.models import Case, Correction
from onething.cases.portal.marking import marked
from onething.cases.portal.taking import take_papers
from onething.catalogue import planning
from onething.catalogue import queries as catalogue
from onething.catalogue.models import Release
from onething.correspondence import queries as letters
from onething.engine.bundle.errors import AnswersNotUsable
from onething.kernel.errors import Refusal
from onething.plumbing import clock
from onething.plumbing.ui.doors import Request, page


@page(may=policy.FILE_OWN, methods=("GET",))
def matters(request: Request) -> HttpResponse:
    """Everything one has begun or submitted."""
    boards = queries.boards(queries.cases_of(request.actor), now=request.now)
    context = {
        "boards": [(board, stories.segments(board.lanes)) for board in boards],
        "drafts": queries.drafts_of(request.actor),
        "to_begin": _to_begin(request) if _may_begin(request) and not boards else None,
    }
    return render(request, "cases/matters.html", context)


def _may_begin(request: Request) -> bool:
    return request.actor.errand is not None and request.actor.errand.case_id is None


def _to_begin(request: Request) -> Release | None:
    """Find what a helper was asked to file, if it is not begun yet."""
    actor, today = request.actor, clock.day_of(request.now)
    offered = catalogue.releases_for(actor.region, on=today)
    return next((r for r in offered if actor.errand and r.pack == actor.errand.pack), None)


@page(may=policy.FILE_OWN, methods=("GET",))
def receipt(request: Request, number: str) -> HttpResponse:
    """It has arrived: the number, the day, and what happens next."""
    board = queries.case_board(request.actor, number, now=request.now)
    departments = {lane.department["en"] for lane in board.lanes}
    return render(request, "cases/receipt.html", {"board": board, "departments": len(departments)})


@page(may=policy.FILE_OWN, methods=("GET",))
def case(request: Request, number: str) -> HttpResponse:
    """How far everything is."""
    board = queries.case_board(request.actor, number, now=request.now)
    plan = board.case.plan
    context = {
        "board": board,
        "plan": plan,
        "past": stories.past_of(plan, board.story),
        "groups": stories.groups(board.lanes),
        "segments": stories.segments(board.lanes),
        "key": stories.key(board.counts),
        "decider": notices.matter_title(plan, board.decided_by) if board.decided_by else None,
        "rest_by": max((lane.forecast for lane in board.lanes if lane.forecast), default=None),
        "to_come": [(m, notices.material_title(plan, m), day) for m, day in board.papers_to_come],
        "corrections": [(asked, notices.matter_title(plan, asked.task.matter)) for asked in board.corrections],
        "events": [notices.event_title(plan, name) for name in stories.awaited(board.lanes)],
        "documents": letters.documents_of_case(request.actor, board.case.pk),
        "actors": {event["id"]: event["actor"] for event in plan["external"]},
        "titles": {matter["id"]: matter["title"] for matter in plan["matters"]},
    }
    return render(request, "cases/case.html", context)


@page(may=policy.FILE_OWN)
def correction(request: Request, number: str, correction_id: UUID) -> HttpResponse:
    """Mend exactly what was asked for: these fields, these papers, nothing else."""
    asked = queries.correction_for(request.actor, correction_id)
    if asked.answered_at:
        return redirect("cases:case", asked.case.number)
    questions = _questions(asked)
    reading = forms.Reading(questions=tuple(questions))
    slips: dict[str, Refusal] = {}
    if request.method == "POST":
        reading = forms.read(questions, request.POST)
        slips = take_papers(request, partial(_mend, request, asked), required=_lacking(asked))
        if not reading.slips and not slips:
            reading = _answered(request, asked, reading)
        if not reading.slips and not slips:
            messages.success(request, _("Thank you. It has gone back to the office, and its clock runs on."))
            return redirect("cases:case", asked.case.number)
    plan = asked.case.plan
    behind = flow.cut_off_by(asked.task.matter, {m["id"]: frozenset(m["needs"]) for m in plan["matters"]})
    context = {
        "correction": asked,
        "case": asked.case,
        "matter": notices.matter_title(plan, asked.task.matter),
        "department": planning.compiled(asked.case.release).catalogue.departments[asked.task.department],
        "questions": reading.questions,
        "lines": [(paper, slips.get(paper.id)) for paper in notices.papers_of(plan) if paper.id in asked.materials],
        "slips": reading.slips,
        "behind": len(behind),
        "others": len(plan["matters"]) - 1 - len(behind),
    }
    return render(request, "cases/correction.html", context, status=422 if reading.slips or slips else 200)


@page(may=policy.FILE_OWN)
def later_paper(request: Request, number: str, material: str) -> HttpResponse:
    """Hand in a paper that was to follow."""
    found = queries.case_for(request.actor, number)
    paper = next((p for p in notices.papers_of(found.plan) if p.id == material), None)
    if paper is None:
        return redirect("cases:case", found.number)
    slips: dict[str, Refusal] = {}
    if request.method == "POST":
        slips = take_papers(request, partial(_supply, request, found), required=[material])
        if not slips:
            messages.success(request, _("Thank you. The paper is here."))
            return redirect("cases:case", found.number)
    context = {"case": found, "paper": paper, "slip": next(iter(slips.values()), None)}
    return render(request, "cases/later_paper.html", context, status=422 if slips else 200)


@page(may=policy.WITHDRAW_OWN)
def withdraw(request: Request, number: str) -> HttpResponse:
    """Take the case back, after saying what that means."""
    found = queries.case_for(request.actor, number)
    if request.method == "POST" and request.POST.get("sure") == "yes":
        services.withdraw_case(case=found, actor=request.actor, now=request.now)
        messages.success(request, _("You have withdrawn this. What was already done stays done."))
        return redirect("cases:case", found.number)
    board = queries.case_board(request.actor, number, now=request.now)
    context = {"board": board, "groups": stories.groups(board.lanes), "is_unsure": request.method == "POST"}
    return render(request, "cases/withdraw.html", context)


def _answered(request: Request, asked: Correction, reading: forms.Reading) -> forms.Reading:
    """Hand in what was mended; what the catalogue refuses is marked beside the field."""
    try:
        services.answer_correction(correction=asked, answers=reading.answers, actor=request.actor, now=request.now)
    except AnswersNotUsable as refusal:
        return marked(reading, refusal)
    return reading


def _questions(asked: Correction) -> list[forms.Question]:
    case, answers = asked.case, queries.answers_in(asked.case)
    return [
        forms.question_of(case.release, case.plan, name, value=answers.get(name), region=case.region)
        for name in asked.fields
    ]


def _lacking(asked: Correction) -> list[str]:
    """Name the papers still to be mended; one that came in an earlier attempt need not be chosen again."""
    fresh = set(asked.case.uploads.filter(added_at__gte=asked.asked_at).values_list("material", flat=True))
    return [material for material in asked.materials if material not in fresh]


def _mend(request: Request, asked: Correction, material: str, content: bytes, further: list[bytes]) -> None:
    papers.attach_to_correction(
        correction=asked, material=material, content=content, further=further, actor=request.actor, now=request.now
    )


def _supply(request: Request, case: Case, material: str, content: bytes, further: list[bytes]) -> None:
    papers.attach_to_case(
        case=case, material=material, content=content, further=further, actor=request.actor, now=request.now
    )
