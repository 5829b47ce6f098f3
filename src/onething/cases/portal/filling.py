"""Filling: from a life event chosen to one case submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from onething.cases import forms, granting, layout, notices, paging, papers, policy, queries, services
from onething.cases.errors import PaperNotFound
from onething.cases.forms.slips import PromiseMissing
from onething.cases.models import Draft, Upload
from onething.cases.notice_letter import issue_notice
from onething.cases.portal.cosigning import signers_of
from onething.cases.portal.marking import marked
from onething.cases.portal.renewing import by_todays_rules
from onething.cases.portal.taking import take_files
from onething.catalogue import planning
from onething.catalogue import queries as catalogue
from onething.catalogue.errors import ReleaseNotFound
from onething.correspondence.policy import READ_DOCUMENT
from onething.engine.bundle.errors import AnswersNotUsable
from onething.entitlements import leads
from onething.identity import typed
from onething.kernel.errors import Refusal
from onething.plumbing import clock, rows
from onething.plumbing.ui import guarded
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.templatetags.ui import said
from onething.registry import queries as registry


@page(may=policy.FILE_OWN)
def start(request: Request, release_id: UUID) -> HttpResponse:
    """Begin a life event, or go on with the one that is open. A link followed by hand only shows what it is."""
    if request.actor.person_id is None:
        raise ReleaseNotFound
    person = registry.person(request.actor, request.actor.person_id)
    offered = catalogue.releases_for(person.region_id, on=clock.day_of(request.now))
    release = next((r for r in offered if r.pk == release_id), None)
    if release is None:
        raise ReleaseNotFound
    if request.method != "POST":
        return render(request, "cases/start.html", {"release": release})
    draft = services.start_draft(
        person_id=person.pk, release=release, language=reading_language(), actor=request.actor, now=request.now
    )
    return redirect("cases:draft", draft.pk)


@page(may=policy.FILE_OWN, methods=("POST",))
def offered(request: Request, offer_id: UUID) -> HttpResponse:
    """Open the form for what one said yes to; it is begun, if the house has not done so yet."""
    sheet = leads.sheet_of(request.actor, offer_id, now=request.now)
    draft = granting.begin(offer_id=sheet.offer.pk, language=reading_language(), actor=request.actor, now=request.now)
    if draft is None:
        return redirect("entitlements:offer", offer_id)
    return redirect("cases:draft", draft.pk)


@page(may=policy.FILE_OWN, methods=("POST",))
def want(request: Request, policy_id: str) -> HttpResponse:
    """Begin the form for something that is due and was never offered."""
    draft = granting.want(policy=policy_id, language=reading_language(), actor=request.actor, now=request.now)
    return redirect("cases:draft", draft.pk) if draft else redirect("entitlements:mine")


@page(may=policy.FILE_OWN, methods=("GET",))
@by_todays_rules()
def resume(request: Request, draft: Draft) -> HttpResponse:
    """Go on where one left off."""
    if draft.case:
        return redirect("cases:case", draft.case.number)
    sheet = _sheet(request, draft)
    if sheet.undecided:
        return redirect("cases:question", draft.pk)
    if not sheet.has_begun:
        return redirect("cases:notice", draft.pk)
    return redirect(_step_url(sheet, sheet.first_open_step or len(sheet.steps) + 1))


@page(may=policy.FILE_OWN)
@by_todays_rules(keeps_typing=True)
def question(request: Request, draft: Draft) -> HttpResponse:
    """One question that decides which matters there are."""
    sheet = _sheet(request, draft)
    named = request.POST.get("field") or request.GET.get("field", "")
    asked = sheet.question(named) if sheet.may_ask(named) else sheet.next_question(request.GET.get("after", ""))
    if asked is None:
        return redirect("cases:notice", draft.pk)
    reading = _given_back(request, [asked])
    if request.method == "POST":
        reading = _save(request, sheet, [asked])
        if not reading.slips:
            return redirect(_after_question(request, sheet, named))
    context = {
        "sheet": sheet,
        "q": reading.questions[0],
        "slips": reading.slips,
        "questions": reading.questions,
        "changes": sheet.changes_of(asked.field.id),
        "left": len(sheet.undecided),
        "back": request.POST.get("back") or request.GET.get("back", ""),
    }
    return render(request, "cases/question.html", context, status=_status(reading.slips))


@page(may=policy.FILE_OWN, methods=("GET",))
@by_todays_rules()
def notice(request: Request, draft: Draft) -> HttpResponse:
    """The personal notice: what, by when, with which papers, and why."""
    sheet = _sheet(request, draft)
    context = {
        "sheet": sheet,
        "plan": sheet.plan,
        "notice": notices.notice_of(sheet.plan, sheet.known),
        "first_day": notices.first_day(sheet.plan),
        "release": sheet.draft.release,
    }
    return render(request, "cases/notice.html", context)


@page(may=READ_DOCUMENT, methods=("POST",))
@by_todays_rules()
def notice_document(request: Request, draft: Draft) -> HttpResponse:
    """The same notice as a signed PDF, to keep or to take along."""
    sheet = _sheet(request, draft)
    name = str(sheet.answers.get("full_name") or sheet.known["full_name"].value)
    issued = issue_notice(
        draft=sheet.draft,
        plan=sheet.plan,
        name=name,
        language=reading_language(),
        actor=request.actor,
        now=request.now,
    )
    return redirect("correspondence:document", issued.pk)


@page(may=policy.FILE_OWN)
@by_todays_rules(keeps_typing=True)
def known(request: Request, draft: Draft) -> HttpResponse:
    """The first page of the form: what is known already, to be checked and, if wrong, corrected."""
    return _fill(request, _sheet(request, draft), 0)


@page(may=policy.FILE_OWN)
@by_todays_rules(keeps_typing=True)
def step(request: Request, draft: Draft, number: int) -> HttpResponse:
    """One page of the form."""
    sheet = _sheet(request, draft)
    if not 1 <= number <= len(sheet.steps):
        return redirect("cases:papers", draft.pk)
    return _fill(request, sheet, number)


def _fill(request: Request, sheet: forms.Sheet, number: int) -> HttpResponse:
    """Show page `number` of the form (0 is what is known), or keep what was filled in and go on."""
    questions = sheet.step(number) if number else sheet.known_questions
    reading = _given_back(request, questions)
    if request.method == "POST":
        reading = _save(request, sheet, questions)
        if not reading.slips:
            return redirect(_after_step(request, sheet.draft, number))
    context = {
        **_progress(sheet, number),
        "sheet": sheet,
        "questions": reading.questions,
        "slips": reading.slips,
        "title": "、".join(said(q.field.label) for q in reading.questions[:2]) if number else "",
        "back": request.POST.get("back") or request.GET.get("back", ""),
    }
    return render(request, "cases/step.html", context, status=_status(reading.slips))


@page(may=policy.FILE_OWN, methods=("GET", "POST"))
@by_todays_rules(keeps_typing=True)
def hand_in(request: Request, draft: Draft) -> HttpResponse:
    """The papers to hand in: photographs or PDFs, one or several for each."""
    slips: dict[str, Refusal] = {}
    if request.method == "POST":
        _arrange(request, draft)
        attach = partial(_attach, request, draft)
        slips = take_files(request, attach)
        if not slips:
            return redirect(_after_papers(request, draft))
    sheet = _sheet(request, draft)
    context = {
        **_progress(sheet, len(sheet.steps) + 1),
        "sheet": sheet,
        "lines": _lines(request, sheet, slips),
        "slips": slips,
    }
    return render(request, "cases/papers.html", context, status=_status(slips))


@page(may=policy.FILE_OWN, methods=("GET",))
def page_file(request: Request, draft_id: UUID, upload_id: UUID) -> HttpResponse:
    """Show the person a page that was added; a helper, who reads no numbers, does not see it."""
    if request.actor.errand:
        raise PaperNotFound
    upload = paging.page_of(queries.draft_for(request.actor, draft_id), upload_id)
    return guarded.inline(papers.content_of(upload), kind=upload.kind)


@page(may=policy.FILE_OWN)
@by_todays_rules()
def check(request: Request, draft: Draft) -> HttpResponse:
    """Everything once more, and the one button that submits it. Pressed twice, it gives the same case."""
    if draft.case:
        return redirect("cases:receipt", draft.case.number)
    sheet = _sheet(request, draft)
    lines = _lines(request, sheet, {})
    absent = [line for line in lines if not line.files]
    promised = {line.paper.id: line.follow_by for line in absent if line.paper.id in request.POST.getlist("follow")}
    signers = signers_of(sheet) if not sheet.missing else ()
    is_signed = all(one.state == "signed" for one in signers)
    may_submit = not sheet.missing and not sheet.opens_on and all(line.follow_by for line in absent) and is_signed
    slips: dict[str, Refusal] = {}
    if request.method == "POST" and may_submit:
        slips = {line.paper.id: PromiseMissing() for line in absent if line.paper.id not in promised}
        if not slips:
            days = {material: day for material, day in promised.items() if day}
            paging.bind_pages(draft=draft, actor=request.actor, now=request.now)
            with rows.as_house():  # a case's parts are written before the case that makes them this person's
                case = services.submit_case(
                    draft=draft, to_follow=days, language=reading_language(), actor=request.actor, now=request.now
                )
            return redirect("cases:receipt", case.number)
    context = {
        "sheet": sheet,
        "plan": sheet.plan,
        "given": [(q, _page_of(sheet, q.field.id)) for q in sheet.given],
        "corrected": [q for q in sheet.known_questions if q.is_corrected],
        "missing": [(q, _page_of(sheet, q.field.id)) for q in sheet.missing],
        "lines": lines,
        "to_follow": [line for line in absent if line.follow_by],
        "lacking": [line for line in absent if not line.follow_by],
        "signers": signers,
        "may_submit": may_submit,
        "slips": slips,
    }
    return render(request, "cases/check.html", context, status=_status(slips))


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper on the page: what it is, what has been added, by when it may follow, and what was wrong."""

    paper: notices.Paper
    files: tuple[Upload, ...]
    follow_by: date | None
    slip: Refusal | None


def _lines(request: Request, sheet: forms.Sheet, slips: Mapping[str, Refusal]) -> list[PaperLine]:
    uploads = paging.pages_of(sheet.draft)
    today = clock.day_of(request.now)
    return [
        PaperLine(
            paper, tuple(u for u in uploads if u.material == paper.id), _follow_by(paper, today), slips.get(paper.id)
        )
        for paper in notices.papers_of(sheet.plan)
    ]


def _follow_by(paper: notices.Paper, today: date) -> date | None:
    if not paper.may_follow:
        return None
    return layout.latest_day(paper.may_follow, today=today, calendar=planning.calendar())


def _attach(request: Request, draft: Draft, material: str, content: bytes) -> None:
    papers.attach_to_draft(draft=draft, material=material, content=content, actor=request.actor, now=request.now)


def _arrange(request: Request, draft: Draft) -> None:
    """Take a page out, turn it, or put it before the one before it: whichever button was pressed."""
    for deed, do in _DEEDS.items():
        pressed = request.POST.get(deed, "")
        for upload in draft.uploads.filter(case=None) if pressed else ():
            if str(upload.pk) == pressed:
                do(draft=draft, upload_id=upload.pk, actor=request.actor, now=request.now)


_DEEDS = {"remove": papers.remove_upload, "turn": paging.turn_page, "earlier": paging.move_page}


def _sheet(request: Request, draft: Draft) -> forms.Sheet:
    return forms.sheet_of(draft, on=clock.day_of(request.now), for_helper=request.actor.errand is not None)


def _status(slips: Mapping[str, Refusal]) -> int:
    return 422 if slips else 200


def _save(request: Request, sheet: forms.Sheet, questions: Sequence[forms.Question]) -> forms.Reading:
    """Read a page and keep its answers; the catalogue's own checks become slips beside the fields."""
    reading = forms.read(questions, request.POST, all_required="later" not in request.POST)
    if reading.slips:
        return reading
    try:
        services.save_answers(
            draft=sheet.draft,
            answers=reading.answers,
            language=reading_language(),
            actor=request.actor,
            now=request.now,
        )
    except AnswersNotUsable as refusal:
        return marked(reading, refusal)
    return reading


def _given_back(request: Request, questions: Sequence[forms.Question]) -> forms.Reading:
    """Show the questions with what had been typed when a session ended in the middle, if that was here."""
    before = typed.give_back(request)
    if before is None:
        return forms.Reading(questions=tuple(questions))
    messages.info(request, _("What you typed is still here. Please check it and save it."))
    reading = forms.read(questions, before, all_required=False)
    return forms.Reading(questions=reading.questions)


def _after_question(request: Request, sheet: forms.Sheet, named: str) -> str:
    if "later" in request.POST:
        return _put_away(request)
    target = "cases:check" if request.POST.get("back") == "check" else "cases:question"
    return reverse(target, args=[sheet.draft.pk])


def _after_step(request: Request, draft: Draft, number: int) -> str:
    """Say where a filled page leads: home if it was only put away, back to the check, or on."""
    if "later" in request.POST:
        return _put_away(request)
    if request.POST.get("back") == "check":
        return reverse("cases:check", args=[draft.pk])
    return _step_url(_sheet(request, queries.draft_for(request.actor, draft.pk)), number + 1)


def _after_papers(request: Request, draft: Draft) -> str:
    if "later" in request.POST:
        return _put_away(request)
    return reverse("cases:check" if "on" in request.POST else "cases:papers", args=[draft.pk])


def _put_away(request: Request) -> str:
    messages.success(request, _("It is kept. You can go on at any time, on another phone too."))
    return reverse("cases:matters")


def _step_url(sheet: forms.Sheet, number: int) -> str:
    """Give the address of a page of the form: 0 is what is known, after the last one come the papers."""
    if number < 0:
        return reverse("cases:notice", args=[sheet.draft.pk])
    if number == 0:
        return reverse("cases:known", args=[sheet.draft.pk])
    if number <= len(sheet.steps):
        return reverse("cases:step", args=[sheet.draft.pk, number])
    return reverse("cases:papers", args=[sheet.draft.pk])


def _progress(sheet: forms.Sheet, number: int) -> dict[str, object]:
    """Say "page n of m", with the bars and the way back."""
    count = len(sheet.steps) + 2
    return {
        "number": number + 1,
        "count": count,
        "bars": [place <= number for place in range(count)],
        "back_to": _step_url(sheet, number - 1),
    }


def _page_of(sheet: forms.Sheet, name: str) -> str:
    """Find the page on which an answer can be changed, coming back to the check."""
    number = sheet.step_of(name)
    if number:
        return f"{_step_url(sheet, number)}?back=check#q_{name}"
    return f"{reverse('cases:question', args=[sheet.draft.pk])}?field={name}&back=check"
