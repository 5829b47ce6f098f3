"""Submit one form, read the case and fetch its slip, record an outside event."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from onething.cases import notices, papers, policy, queries, services
from onething.cases.errors import DraftAlreadySubmitted, PaperRefused, SlipNotYet, UploadWrongKind
from onething.cases.models import Draft
from onething.cases.states import CaseState
from onething.catalogue import queries as catalogue
from onething.correspondence import queries as correspondence_queries
from onething.correspondence import services as correspondence
from onething.kernel.access import Actor
from onething.kernel.errors import Denied, Invalid
from onething.plumbing import clock, looks, rows
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.middleware import in_words

router = Router(tags=["cases"])


FILE = (
    "The file in base64: a JPEG or PNG photograph or a PDF, told by its content, at most 10 MB. Several photographs of "
    "one paper are several entries with the same `material`; the same file twice is kept once."
)


class Paper(Schema):
    """One file for one material."""

    model_config = ConfigDict(extra="forbid")
    material: str = Field(max_length=80, description="id of a material of the plan whose `action` is `hand_in`")
    content: str = Field(max_length=14_000_000, description=FILE)


KEPT_ANSWERS = "By field id, as for `/catalogue/plan`. What was kept before stays: send what is new or different."


class Filled(Schema):
    """The one form as far as it is filled: answers by field id, and papers."""

    model_config = ConfigDict(extra="forbid")
    pack: str = Field(max_length=120, pattern=r"^[^\x00]*$", examples=["demo/retirement"])
    answers: dict[str, Any] = Field(description=KEPT_ANSWERS)
    papers: list[Paper] = Field(default_factory=list, max_length=60)


class Submission(Filled):
    """The one form, with the papers that will follow and the day promised for each."""

    to_follow: dict[str, date] = Field(
        default_factory=dict, description="material id → day by which it comes; only where the plan says `may_follow`"
    )


class DraftOut(Schema):
    """What a form still lacks before it can be submitted, by field and material id."""

    id: UUID
    open_questions: list[str]
    answers_missing: list[str]
    papers_missing: list[str]


class Receipt(Schema):
    """What a submission gives."""

    number: str
    promised: date
    matters: int


class Matter(Schema):
    """One matter as the person sees it."""

    id: str
    title: dict[str, str]
    department: dict[str, str]
    status: Literal["later", "work", "you", "ext", "done", "stop", "cut", "none"] = Field(
        description="not yet begun · at the department · waits for you, see `corrections` · waits for something "
        "outside · done · not approved · cannot go on without one that was not approved, its `cause` · withdrawn"
    )
    words: str = Field(description="what the department said, in its own words")
    cause: str = Field(description="id of the matter that was not approved, where this one could not go on without it")
    remedy: str = Field(description="what can be done about a refusal")
    due: date | None = Field(description="last day; null where no day runs, or the clock stands")
    forecast: date | None = Field(description="when it will probably be done")
    ended: date | None
    needs: list[str] = Field(description="ids of the matters that must be done before it")
    awaits: list[str] = Field(description="ids of the outside events that it waits for")


class CaseOut(Schema):
    """One case: where it stands and what it waits for."""

    number: str
    state: CaseState
    promised: date = Field(description="the day promised at submission")
    due: date | None = Field(
        description="that day now, later by the days on which the clock stood; null while it stands"
    )
    forecast: date | None = Field(description="when the last matter will probably be done")
    matters: list[Matter]


class EventIn(Schema):
    """An outside event that has happened, by its id in the pack."""

    model_config = ConfigDict(extra="forbid")
    event: str = Field(max_length=80, examples=["army_remittance"], description="`external[].id` of the plan")


def _reader(request: HttpRequest) -> Actor:
    """Find who reads a case: whose key has a scope for cases at all, their own or those of the division."""
    actor = cast(Request, request).actor
    if not actor.may(policy.FILE_OWN) and not actor.may(policy.READ_CASE):
        raise Denied
    return actor


def actor_of(request: HttpRequest, permission: str) -> Actor:
    """Give who calls. Refuses Denied."""
    actor = cast(Request, request).actor
    actor.must(permission)
    return actor


@router.post("", response={201: Receipt}, summary="Submit the one form")
def submit(request: HttpRequest, submission: Submission) -> Status[Receipt]:
    """Submit one form with its papers as one case; submitting again while it is open continues the same form."""
    actor = actor_of(request, policy.FILE_OWN)
    draft = _filled(submission, actor)
    with rows.as_house():  # a case's parts are written before the case that makes them this person's
        case = services.submit_case(draft=draft, to_follow=submission.to_follow, actor=actor, now=clock.now())
    return Status(201, Receipt(number=case.number, promised=case.promised, matters=len(case.plan["matters"])))


@router.post("/drafts", response=DraftOut, summary="Keep a form that is not finished")
def keep_draft(request: HttpRequest, filled: Filled) -> DraftOut:
    """Keep answers and papers of a form not yet submitted, as the pages do, and say what is still missing."""
    actor = actor_of(request, policy.FILE_OWN)
    draft = _filled(filled, actor)
    plan = queries.plan_of(draft, on=clock.day_of(clock.now()))
    known, here = queries.known_and_answered(draft), set(draft.uploads.values_list("material", flat=True))
    return DraftOut(
        id=draft.pk,
        open_questions=[one["field"] for one in plan["open_questions"]],
        answers_missing=[one["id"] for one in plan["form"]["fields"] if one["required"] and one["id"] not in known],
        papers_missing=[one.id for one in notices.papers_of(plan) if one.id not in here],
    )


def _filled(filled: Filled, actor: Actor) -> Draft:
    """
    Put answers and papers into the person's form, which goes on where it was left.

    Where a call that was given up submits it at this very moment, the next look says so, with the case's number.
    Refuses Denied, CaseAlreadyRunning.
    """
    try:
        return _kept(filled, actor)
    except DraftAlreadySubmitted:
        return _kept(filled, actor)


def _kept(filled: Filled, actor: Actor) -> Draft:
    if actor.person_id is None:
        raise Denied
    now = clock.now()
    release = catalogue.current_release(filled.pack, on=clock.day_of(now))
    draft = services.start_draft(person_id=actor.person_id, release=release, actor=actor, now=now)
    if draft.release_id != release.pk:  # begun earlier, by rules that were published anew since
        draft = services.renew_draft(draft=draft, release=release, actor=actor, now=now)
    language = reading_language()
    draft = services.save_answers(draft=draft, answers=filled.answers, language=language, actor=actor, now=now)
    for paper in filled.papers:
        _take(paper, draft, actor)
    return draft


def _take(paper: Paper, draft: Draft, actor: Actor) -> None:
    """Take one paper; the same file sent again, after an answer that got lost, is not kept twice."""
    try:
        content = bytes_of(paper)
        digest = papers.take(content).digest
        if not draft.uploads.filter(material=paper.material, digest=digest).exists():
            papers.attach_to_draft(draft=draft, material=paper.material, content=content, actor=actor, now=clock.now())
    except Invalid as refusal:
        raise PaperRefused(material=paper.material, why=in_words(refusal)["sentence"]) from refusal


def bytes_of(paper: Paper) -> bytes:
    """Give the file in a call. Refuses UploadWrongKind."""
    try:
        return base64.b64decode(paper.content, validate=True)
    except ValueError as broken:
        raise UploadWrongKind from broken


@router.get("/{number}", response=CaseOut, summary="Read one case")
def read(request: HttpRequest, number: str) -> CaseOut:
    """Read a case with its matters; 404 for one that is not the caller's to see."""
    actor = _reader(request)
    board = queries.case_board(actor, number, now=clock.now())
    looks.note([board.case.person_id], way="api", purpose="case", actor=actor, now=clock.now())
    lanes = [Matter(id=lane.matter, **{name: getattr(lane, name) for name in _LANE}) for lane in board.lanes]
    case = board.case
    return CaseOut(
        number=case.number,
        state=CaseState(case.state),
        promised=case.promised,
        due=case.due,
        forecast=board.forecast,
        matters=lanes,
    )


_LANE = ("title", "department", "status", "words", "cause", "remedy", "due", "forecast", "ended", "needs", "awaits")


@router.get("/{number}/slip", summary="Fetch the signed result slip")
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """Fetch the result slip as a signed PDF; 404 until every matter has ended."""
    actor = _reader(request)
    case = queries.case_for(actor, number)
    document = correspondence_queries.newest_slip(actor, case.pk)
    if document is None:
        raise SlipNotYet
    looks.note([document.person_id], way="api", purpose="document", actor=actor, now=clock.now())
    return HttpResponse(
        correspondence.open_document(document=document, actor=actor, now=clock.now()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{document.number}.pdf"'},
    )


@router.post("/{number}/events", response={204: None}, summary="Record an outside event")
def record_event(request: HttpRequest, number: str, given: EventIn) -> Status[None]:
    """Record that something outside has happened (部队汇款到账); what waited for it starts. Twice changes nothing."""
    actor = actor_of(request, policy.RECORD_EVENT)
    case = queries.case_for(actor, number)
    services.record_event(case=case, event=given.event, actor=actor, now=clock.now())
    return Status(204, None)
