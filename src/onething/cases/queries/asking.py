"""Reading what desks ask the window, and what it answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from onething.cases.errors import QuestionNotFound
from onething.cases.models import Case, Question
from onething.exchange.models import Order
from onething.identity import queries as accounts
from onething.kernel.access import Actor
from onething.plumbing import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question as both sides read it; the names are of colleagues, empty where nobody has answered."""

    question: Question
    words: str
    asked_by: str
    answer: str
    answered_by: str


def question_for(actor: Actor, question_id: UUID) -> Question:
    """Find one question. Refuses QuestionNotFound, also where it is not the actor's to see."""
    found = Question.objects.visible_to(actor).filter(pk=question_id).first()
    if found is None:
        raise QuestionNotFound
    return found


def asked_about(actor: Actor, order: Order) -> list[Asked]:
    """List what a desk asked about an order, the oldest first. Two queries."""
    return _asked(Question.objects.visible_to(actor).filter(case_id=order.case_id, order=order))


def asked_in(actor: Actor, case: Case) -> list[Asked]:
    """List what desks asked about a case, the oldest first; nothing for whom it is not. Two queries."""
    return _asked(Question.objects.visible_to(actor).filter(case=case))


def _asked(found: QuerySet[Question]) -> list[Asked]:
    with rows.as_house():  # whose key opens it, the case tells, and a desk does not see that; the rows are its own
        whole = found.select_related("case").defer("case__plan", "case__answers").order_by("asked_at", "pk")
        opened = [(row, row.words, row.answer) for row in whole]
        names = accounts.names_of({who for row, _, _ in opened for who in (row.asked_by, row.answered_by) if who})
    return [_spelled(row, words, answer, names) for row, words, answer in opened]


def _spelled(row: Question, words: str, answer: str, names: Mapping[UUID, str]) -> Asked:
    by = names.get(row.answered_by, "") if row.answered_by else ""
    return Asked(question=row, words=words, asked_by=names.get(row.asked_by, ""), answer=answer, answered_by=by)
