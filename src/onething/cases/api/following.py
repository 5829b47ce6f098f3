"""What comes after the submission: one's cases, what is to be mended, papers that follow, messages, taking it back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Schema, Status
from pydantic import ConfigDict

from onething.cases import papers, policy, queries, services
from onething.cases.api.submitting import Paper, actor_of, bytes_of, router
from onething.cases.errors import PaperRefused
from onething.cases.models import Correction
from onething.cases.states import CaseState
from onething.correspondence import queries as letters
from onething.kernel.access import Actor
from onething.kernel.errors import Invalid
from onething.plumbing import clock, looks
from onething.plumbing.cursors import Cursor, page_of
from onething.plumbing.ui.middleware import in_words

Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
After = Annotated[Cursor | None, Query(description="`next` of the page before.", max_length=120)]


class CaseLine(Schema):
    """One of one's cases in a list."""

    number: str
    title: dict[str, str]
    state: CaseState
    submitted: datetime
    promised: date
    due: date | None


class CasePage(Schema):
    """Some of one's cases, newest first; `next` asks for those after them, null at the end."""

    items: list[CaseLine]
    next: str | None


class CorrectionOut(Schema):
    """What an office asks to have mended: these fields and papers, by this day."""

    id: UUID
    matter: str
    words: str = Field(description="what the office asks, in its own words")
    fields: list[str] = Field(description="ids of the form's fields to answer anew; their types stand in the plan")
    materials: list[str] = Field(description="ids of the materials to hand in anew")
    asked_at: datetime
    answer_by: date


class Mending(Schema):
    """The mended answers by field, and the mended papers."""

    model_config = ConfigDict(extra="forbid")
    answers: dict[str, Any] = Field(default_factory=dict)
    papers: list[Paper] = Field(default_factory=list, max_length=60)


class Message(Schema):
    """One message to the person."""

    id: UUID
    kind: str
    subject: str
    body: str
    at: datetime
    read_at: datetime | None


class MessagePage(Schema):
    """Some messages of a case, newest first; `next` asks for those after them, null at the end."""

    items: list[Message]
    next: str | None


@router.get("", response=CasePage, summary="List one's cases")
def cases(request: HttpRequest, limit: Limit = 20, after: After = None) -> CasePage:
    """List one's cases, newest first, page by page."""
    actor = actor_of(request, policy.FILE_OWN)
    found, following = page_of(queries.cases_of(actor), by="submitted_at", after=after, limit=limit)
    looks.note([case.person_id for case in found[:1]], way="api", purpose="case", actor=actor, now=clock.now())
    lines = [
        CaseLine(
            number=case.number,
            title=case.release.title,
            state=CaseState(case.state),
            submitted=case.submitted_at,
            promised=case.promised,
            due=case.due,
        )
        for case in found
    ]
    return CasePage(items=lines, next=following)


@router.get("/{number}/corrections", response=list[CorrectionOut], summary="List what is to be mended")
def corrections(request: HttpRequest, number: str) -> list[CorrectionOut]:
    """List what offices have asked to have mended and is still open."""
    actor = actor_of(request, policy.FILE_OWN)
    board = queries.case_board(actor, number, now=clock.now())
    looks.note([board.case.person_id], way="api", purpose="case", actor=actor, now=clock.now())
    return [
        CorrectionOut(matter=one.task.matter, **{name: getattr(one, name) for name in _CORRECTION})
        for one in board.corrections
    ]


_CORRECTION = ("id", "words", "fields", "materials", "asked_at", "answer_by")


@router.post("/{number}/corrections/{correction}", response={204: None}, summary="Answer what was to be mended")
def answer_correction(request: HttpRequest, number: str, correction: UUID, mending: Mending) -> Status[None]:
    """Hand in exactly what was asked for; the papers that are good are kept even if something else is refused."""
    actor = actor_of(request, policy.FILE_OWN)
    queries.case_for(actor, number)
    asked = queries.correction_for(actor, correction)
    for paper in mending.papers:
        _mend(paper, asked, actor)
    services.answer_correction(correction=asked, answers=mending.answers, actor=actor, now=clock.now())
    return Status(204, None)


def _mend(paper: Paper, asked: Correction, actor: Actor) -> None:
    """Take one mended paper; the same file sent again, after an answer that got lost, is not kept twice."""
    try:
        content = bytes_of(paper)
        digest = papers.take(content).digest
        fresh = asked.case.uploads.filter(material=paper.material, digest=digest, added_at__gte=asked.asked_at)
        if asked.answered_at or not fresh.exists():
            papers.attach_to_correction(
                correction=asked, material=paper.material, content=content, actor=actor, now=clock.now()
            )
    except Invalid as refusal:
        raise PaperRefused(material=paper.material, why=in_words(refusal)["sentence"]) from refusal


@router.post("/{number}/papers", response={204: None}, summary="Hand in a paper that was to follow")
def later_paper(request: HttpRequest, number: str, paper: Paper) -> Status[None]:
    """Hand in a paper that was to follow, also a late one, for every office that needs it. Twice changes nothing."""
    actor = actor_of(request, policy.FILE_OWN)
    case = queries.case_for(actor, number)
    papers.attach_to_case(case=case, material=paper.material, content=bytes_of(paper), actor=actor, now=clock.now())
    return Status(204, None)


@router.post("/{number}/withdrawal", response={204: None}, summary="Take a case back")
def withdraw(request: HttpRequest, number: str) -> Status[None]:
    """Take a case back: what is not done ends, what is done stays done. It cannot be undone."""
    actor = actor_of(request, policy.FILE_OWN)
    services.withdraw_case(case=queries.case_for(actor, number), actor=actor, now=clock.now())
    return Status(204, None)


@router.get("/{number}/messages", response=MessagePage, summary="Read the messages of a case")
def messages(request: HttpRequest, number: str, limit: Limit = 20, after: After = None) -> MessagePage:
    """Read what was written to the person about a case, newest first, page by page."""
    actor = actor_of(request, policy.FILE_OWN)
    case = queries.case_for(actor, number)
    written = letters.notices_of_case(actor, case.pk).filter(channel="in_app")
    found, following = page_of(written, by="at", after=after, limit=limit)
    looks.note([case.person_id], way="api", purpose="letter", actor=actor, now=clock.now())
    opened = [letters.in_clear(one) for one in found]
    return MessagePage(
        items=[Message(**{name: getattr(one, name) for name in Message.model_fields}) for one in opened],
        next=following,
    )
