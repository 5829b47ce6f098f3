"""What cases hand to a person of their own data: drafts, cases, answers, papers, words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from onething.cases import papers, queries
from onething.cases.models import (
    CallBack,
    Case,
    Choice,
    Concern,
    Correction,
    Cosignature,
    DayToKeep,
    Draft,
    Message,
    Objection,
    PaperToCome,
    Pause,
    Question,
    Rating,
    Task,
    Thread,
    Upload,
)
from onething.cases.queries import cosigning
from onething.registry import exports, sealing
from onething.registry.exports import Enclosed, Part, rows

exports.left_out(
    {"tallies.TallyMark": "which pile a case is counted in on the tabs, by its number alone; the case is handed out"}
)

_SUFFIX = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


@exports.part(
    "cases",
    tables=(
        "cases.Draft",
        "cases.DayToKeep",
        "cases.Case",
        "cases.Task",
        "cases.Pause",
        "cases.Correction",
        "cases.Upload",
        "cases.Cosignature",
        "cases.PaperToCome",
        "cases.Choice",
        "cases.Concern",
        "cases.Thread",
        "cases.Message",
        "cases.Question",
        "cases.Rating",
        "cases.CallBack",
        "cases.Objection",
    ),
)
def mine(person_id: UUID) -> Part:
    """Hand out all that somebody filled in and handed in, and what was said and done about it."""
    own, of = {"person_id": person_id}, {"case__person_id": person_id}
    uploads = list(Upload.objects.filter(**own).order_by("added_at"))
    return Part(
        {
            "choices": rows(Choice.objects.filter(**of), without=("made_by",)),
            "drafts": rows(Draft.objects.filter(**own), answers=queries.answers_of),
            "days_to_keep": rows(DayToKeep.objects.filter(**own)),
            "cases": rows(Case.objects.filter(**own), plan=lambda case: case.plan, answers=queries.answers_in),
            "matters": rows(_with_case(Task, of), told=_told, result=_result),
            "stops": rows(Pause.objects.filter(**of)),
            "corrections": rows(_with_case(Correction, of), words=_words),
            "second_signatures": rows(
                Cosignature.objects.filter(**own),
                without=("token", "code"),
                shown=cosigning.shown_in,
                reason=cosigning.reason_in,
            ),
            "papers": rows(uploads, without=("key",), file=_name),
            "papers_to_come": rows(PaperToCome.objects.filter(**of)),
            "concerns": rows(_with_case(Concern, of), words=_words),
            "talks": rows(Thread.objects.filter(**of)),
            "messages": rows(_with_case(Message, of), words=_words),
            "questions_of_departments": rows(
                _with_case(Question, of),
                without=("asked_by", "answered_by"),
                words=_words,
                answer=lambda row: row.answer,
            ),
            "ratings": rows(_with_case(Rating, of), words=_words),
            "calls_back": rows(_with_case(CallBack, of), words=_words),
            "objections": rows(_with_case(Objection, of), said=lambda row: row.said),
        },
        tuple(_file(upload) for upload in uploads),
    )


def _with_case(model: type[Any], of: Mapping[str, UUID]) -> QuerySet[Any]:
    """Read rows of somebody's cases; whose key opens them, the case tells."""
    found: QuerySet[Any] = model.objects.filter(**of).select_related("case")
    return found


def _words(row: Any) -> str:
    return str(row.words)


def _told(task: Task) -> dict[str, str]:
    return {"reason": task.reason, "remedy": task.remedy}


def _result(task: Task) -> Any:
    return sealing.unseal(task.case.person_id, bytes(task.result)) if task.result else {}


def _name(upload: Upload) -> str:
    return f"{upload.material}-{upload.pk}.{_SUFFIX.get(upload.kind, 'bin')}"


def _file(upload: Upload) -> Enclosed:
    return Enclosed(_name(upload), upload.size, lambda: papers.content_of(upload))
