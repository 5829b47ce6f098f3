"""The one window's pages: the cases of a division in work order, and one case with everything it waits for."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from onething.cases import acceptance, concerning, finding, notices, papers, phrases, policy, queries, services, stories
from onething.cases.errors import NoColleagueHere, NothingDiffers
from onething.cases.models import Case, Choice
from onething.cases.piles import BY_KEY, Pile
from onething.cases.services import slips
from onething.cases.states import CaseState
from onething.correspondence import queries as letters
from onething.identity import queries as accounts
from onething.identity import services as identity
from onething.identity.four_eyes import deed_of
from onething.kernel.access import SYSTEM
from onething.plumbing import clock, looks
from onething.plumbing.ui import guarded
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.templatetags.ui import said
from onething.registry import policy as registry_policy
from onething.registry import queries as registry
from onething.registry import services as registry_services

ROWS = 50
WORRIES = 10
"""So many stand above the list; “My queue” has them all, in pages."""
LOOKED_AT_LIST = "work_list"
LOOKED_FOR = "case_search"
LOOKED_AT_CASE = "case"
LOOKED_AT_PERSON = "case_person"
"""Why somebody looked, as the journal and the person's own “who looked” page name it."""


@page(may=policy.READ_CASE, methods=("GET",))
def cases(request: Request) -> HttpResponse:
    """List the cases of one's division, the most urgent first; filter, search and page stand in the address."""
    today = clock.day_of(request.now)
    asked = request.GET.get("number", "").strip()
    pile = BY_KEY.get(request.GET.get("pile", ""))
    found = _filtered(request, today, asked, pile)
    after = queries.Place.read(request.GET.get("after", ""))
    shown, place = queries.leaf(found, after=after, rows=ROWS)
    persons = [case.person_id for case in shown]
    way, purpose = ("search", LOOKED_FOR) if asked else ("list", LOOKED_AT_LIST)
    looks.note(persons, way=way, purpose=purpose, actor=request.actor, now=request.now)
    worries = queries.worries(request.actor, most=WORRIES + 1)
    sizes = queries.pile_sizes(request.actor, today=today)
    context = {
        "rows": [queries.listed(case, today=today) for case in shown],
        "after": after,
        "next": place,
        "worries": [_told(worry) for worry in worries[:WORRIES]],
        "more_worries": len(worries) > WORRIES,
        "tabs": [(each, sizes.get(each), each is pile) for each in Pile],
        "pile": pile,
        "total": sum(sizes.values()),
        "asked": asked,
        "asked_slips": _asked(request),
        "filter": urlencode({k: v for k, v in (("pile", pile.key if pile else ""), ("number", asked)) if v}),
    }
    return render(request, "cases/desk.html", context)


def _filtered(request: Request, today: date, asked: str, pile: Pile | None) -> QuerySet[Case]:
    """What is typed is looked for among all cases; a pile among its own; else what is running."""
    found = queries.work_list(request.actor, today=today)
    if asked:
        return finding.found_by(found, asked)
    if pile is None:
        return found.filter(state=CaseState.RUNNING)
    if pile is Pile.ENDED:
        return found.exclude(state=CaseState.RUNNING).order_by("-number")
    return found.filter(Q(pile=pile.value))


@page(may=policy.TAKE_UP_CONCERN, methods=("POST",))
def take_up(request: Request, concern_id: UUID) -> HttpResponse:
    """Take something up in one's own name."""
    services.take_up_concern(concern_id=concern_id, actor=request.actor, now=request.now)
    messages.success(request, _("You have it now. Say here when it is done."))
    return redirect("cases:desk")


@page(may=policy.TAKE_UP_CONCERN, methods=("POST",))
def finish(request: Request, concern_id: UUID) -> HttpResponse:
    """Say that something one has taken up is done."""
    services.finish_concern(concern_id=concern_id, actor=request.actor, now=request.now)
    messages.success(request, _("Done. It is off the list."))
    return redirect("cases:desk")


@page(may=policy.READ_CASE, methods=("GET",))
def case(request: Request, number: str) -> HttpResponse:
    """Show one case. The look is noted, and the page says so."""
    board = queries.case_board(request.actor, number, now=request.now)
    registry_services.note_look(board.case.person_id, LOOKED_AT_CASE, request.actor, request.now)
    return _case_page(request, board)


@page(may=registry_policy.READ_PERSON, methods=("POST",))
def person(request: Request, number: str) -> HttpResponse:
    """Show the case with the person's full name, number and phone, to ring them; noted as a look of its own."""
    board = queries.case_board(request.actor, number, now=request.now)
    registry_services.note_look(board.case.person_id, LOOKED_AT_PERSON, request.actor, request.now)
    # also of a person who is registered elsewhere: the case is this clerk's, and the permission was asked at the door
    return _case_page(request, board, person=registry.person(SYSTEM, board.case.person_id))


@page(may=policy.CHOOSE_SOURCE, methods=("POST",))
def choose(request: Request, number: str) -> HttpResponse:
    """Choose which counts where a register says otherwise, or ask the person."""
    found = queries.case_for(request.actor, number)
    takes, why = request.POST.get("takes", ""), request.POST.get("why", "")
    if takes not in Choice.Takes.values or why not in Choice.Why.values:
        raise NothingDiffers
    services.choose_source(
        case=found, field=request.POST.get("field", ""), takes=takes, why=why, actor=request.actor, now=request.now
    )
    asked = takes == Choice.Takes.ASK
    messages.success(request, _("The person is asked.") if asked else _("Chosen. Orders from now on carry it."))
    return redirect(reverse("cases:desk_case", args=[number]) + "#differences")


@page(may=policy.RECORD_EVENT, methods=("POST",))
def record_event(request: Request, number: str) -> HttpResponse:
    """Record that something outside has happened; what waited for it starts."""
    found = queries.case_for(request.actor, number)
    event = request.POST.get("event", "")
    services.record_event(case=found, event=event, actor=request.actor, now=request.now)
    title = said(notices.event_title(found.plan, event))
    messages.success(request, _("Recorded: “%(title)s”. What waited for it has started.") % {"title": title})
    return redirect("cases:desk_case", found.number)


@page(may=policy.CORRECT_SLIP, methods=("POST",))
def ask_for_slip(request: Request, number: str) -> HttpResponse:
    """Ask that the slip is replaced or revoked; a colleague has to agree."""
    found = queries.case_for(request.actor, number)
    chosen, reason = request.POST.get("what", ""), request.POST.get("reason", "")[:500]
    reply_id = _uuid(chosen)
    if found.is_open and reply_id:
        services.ask_for_outcome(case=found, reply_id=reply_id, reason=reason, actor=request.actor, now=request.now)
    else:
        kind = slips.REVOKE if chosen == "revoke" else slips.REPLACE
        services.ask_for_slip(
            case=found, kind=kind, reply_id=reply_id, reason=reason, actor=request.actor, now=request.now
        )
    messages.success(request, _("Asked for. A colleague has to agree."))
    return redirect("cases:desk_case", found.number)


@page(may=policy.APPROVE_SLIP, methods=("POST",))
def decide_slip(request: Request, number: str, proposal_id: UUID) -> HttpResponse:
    """Agree or disagree to what a colleague asked about a slip."""
    found = queries.case_for(request.actor, number)
    if request.POST.get("answer") != "yes":
        identity.turn_down(proposal_id=proposal_id, actor=request.actor, now=request.now)
        messages.success(request, _("Turned down."))
        return redirect("cases:desk_case", found.number)
    identity.approve(proposal_id=proposal_id, actor=request.actor, now=request.now)
    messages.success(request, _("Done: two of you have agreed."))
    return redirect("cases:desk_case", found.number)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _asked(request: Request, case: Case | None = None) -> list[tuple[Any, Any, str, bool]]:
    """What waits for a colleague's yes about slips: of one case, or of all; who asked, and whether it was oneself."""
    waiting = [
        one
        for one in accounts.proposals(request.actor, request.now)
        if one.kind in (slips.REPLACE, slips.REVOKE, slips.COUNT) and (case is None or one.subject == case.pk)
    ]
    names = accounts.names_of(one.asked_by for one in waiting)
    mine = request.actor.account_id
    return [(one, deed_of(one.kind), names.get(one.asked_by, ""), one.asked_by == mine) for one in waiting]


@page(may=policy.TALK, methods=("POST",))
def answer(request: Request, number: str) -> HttpResponse:
    """Answer the person, with a ready sentence, free words, or both."""
    found = queries.case_for(request.actor, number)
    words = phrases.spoken(request.POST.get("phrase", ""), request.POST.get("words", ""), found.language)
    services.answer_person(case=found, words=words, actor=request.actor, now=request.now)
    messages.success(request, _("Sent. The person is told that something is there, not what."))
    return redirect("cases:desk_case", found.number)


@page(may=policy.TALK, methods=("POST",))
def no_answer(request: Request, number: str) -> HttpResponse:
    """Say that what the person wrote needs no answer."""
    found = queries.case_for(request.actor, number)
    services.leave_unanswered(case=found, actor=request.actor, now=request.now)
    return redirect("cases:desk_case", found.number)


@page(may=policy.TAKE_UP_CONCERN, methods=("POST",))
def hand_over(request: Request, number: str) -> HttpResponse:
    """Put the case into a colleague's hands."""
    found = queries.case_for(request.actor, number)
    chosen = [one for one in _colleagues(request) if str(one.account_id) == request.POST.get("colleague")]
    if not chosen:
        raise NoColleagueHere
    words = request.POST.get("words", "")
    services.hand_over_case(
        case=found, account_id=chosen[0].account_id, words=words, actor=request.actor, now=request.now
    )
    messages.success(request, _("%(name)s has the case now.") % {"name": chosen[0].name})
    return redirect("cases:desk_case", found.number)


@page(may=policy.READ_CASE, methods=("GET",))
def paper_file(request: Request, number: str, upload_id: UUID) -> HttpResponse:
    """Show one paper of a case; each view is noted."""
    found = queries.case_for(request.actor, number)
    upload = papers.upload_of(found.pk, upload_id)
    looks.note([found.person_id], way="file", purpose=LOOKED_AT_CASE, actor=request.actor, now=request.now)
    return guarded.inline(papers.content_of(upload), kind=upload.kind)


def _told(worry: queries.Worry) -> tuple[queries.Worry, object, object]:
    return worry, concerning.happened(worry.concern), concerning.to_do(worry.concern)


def _colleagues(request: Request) -> list[accounts.Colleague]:
    return accounts.colleagues(request.actor, policy.TAKE_UP_CONCERN, request.now)


def _case_page(request: Request, board: queries.CaseBoard, **more: Any) -> HttpResponse:
    plan, today = board.case.plan, clock.day_of(request.now)
    uploads = papers.uploads_of(board.case.pk)
    clocks = queries.clocks_of(board.case, today=today)
    context = {
        "board": board,
        "case": board.case,
        "plan": plan,
        "lanes": [(lane, clocks.get(lane.matter), _is_late(lane, today)) for lane in _in_work_order(board.lanes)],
        "key": stories.key(board.counts),
        "segments": stories.segments(board.lanes),
        "titles": {matter["id"]: matter["title"] for matter in plan["matters"]},
        "events": [(name, notices.event_title(plan, name)) for name in stories.awaited(board.lanes)],
        "corrections": [(asked, notices.matter_title(plan, asked.task.matter)) for asked in board.corrections],
        "papers": [(notices.material_title(plan, m), day, day < today) for m, day in board.papers_to_come],
        "past": stories.past_of(plan, board.story),
        "documents": letters.documents_of_case(request.actor, board.case.pk),
        "letters": letters.notices_of_case(request.actor, board.case.pk),
        "decider": notices.matter_title(plan, board.decided_by) if board.decided_by else None,
        "accepted": acceptance.acceptance_of(board.case, {upload.material for upload in uploads}),
        "differences": acceptance.chosen(
            board.case, acceptance.differences(board.case, queries.answers_in(board.case))
        ),
        "may_choose": request.actor.may(policy.CHOOSE_SOURCE) and board.case.is_open,
        "reasons": acceptance.REASONS.items(),
        "reasons_by": acceptance.REASONS,
        "view": acceptance.view_of(plan, uploads, request.GET),
        "thread": queries.thread_of(request.actor, board.case),
        "said": queries.said_in(request.actor, board.case),
        "phrases": phrases.ANSWERS.items(),
        "may_talk": request.actor.may(policy.TALK),
        "colleagues": _colleagues(request) if request.actor.may(policy.TAKE_UP_CONCERN) else [],
        "concerns": [_told(worry) for worry in queries.concerns_of(request.actor, board.case)],
        "places": queries.places_of(board.case),
        "is_late": board.case.is_open and board.case.due is not None and board.case.due < today,
        "may_record": request.actor.may(policy.RECORD_EVENT) and board.case.is_open,
        "slip": letters.newest_slip(request.actor, board.case.pk),
        "contradictions": _contradictions(board),
        "asked": _asked(request, board.case),
        "may_correct_slip": request.actor.may(policy.CORRECT_SLIP),
        "may_approve_slip": request.actor.may(policy.APPROVE_SLIP),
        "may_see_person": request.actor.may(registry_policy.READ_PERSON) and "person" not in more,
        **more,
    }
    return guarded.framing_own(render(request, "cases/desk_case.html", context))


def _contradictions(board: queries.CaseBoard) -> list[tuple[Any, Any]]:
    matters = {task.pk: task.matter for task in board.case.tasks.all()}
    said = services.contradictions(board.case)
    return [(reply, notices.matter_title(board.case.plan, matters[reply.task_id])) for reply in said]


_ORDER = ("you", "work", "ext", "later", "done", "stop", "cut", "none")


def _in_work_order(lanes: tuple[queries.Lane, ...]) -> list[queries.Lane]:
    return sorted(lanes, key=lambda lane: (_ORDER.index(lane.status), lane.due or date.max))


def _is_late(lane: queries.Lane, today: date) -> bool:
    return lane.status == "work" and lane.due is not None and lane.due < today
