"""A department's desk asks the window, the window answers, with or without asking the person; the desk notes it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from onething.cases import policy, queries
from onething.cases.errors import QuestionClosed, QuestionNotFound, QuestionOpen
from onething.cases.events import AnswerNoted, DeskAnswered, DeskAsked, PersonAskedForDesk, QuestionDropped
from onething.cases.models import ASKED_BY_DESK, Case, Question
from onething.cases.services.talking import answer_person, read_words
from onething.catalogue import planning
from onething.exchange import policy as exchange
from onething.exchange import queries as order_book
from onething.exchange.errors import OrderAlreadyAnswered
from onething.exchange.models import Order
from onething.exchange.states import OPEN
from onething.kernel import workdays
from onething.kernel.access import SYSTEM, Actor
from onething.kernel.errors import Denied
from onething.plumbing import clock, rows
from onething.plumbing.journal import publish, writes
from onething.registry import sealing

ANSWERED_IN = 1
"""Working days within which the window answers a desk, and the desk goes on with the answer."""


@writes
def ask_window(*, order_id: UUID, words: str, actor: Actor, now: datetime) -> Question:
    """
    Ask the window about an open order. The department's clock runs on; the same words twice are one question.

    Refuses Denied, OrderNotFound (another desk's), OrderAlreadyAnswered, QuestionOpen, MessageEmpty, MessageTooLong.
    """
    actor.must(exchange.ANSWER_ORDER)
    if actor.account_id is None:
        raise Denied
    order_book.order_for(actor, order_id)
    asked = read_words(words)
    order = Order.objects.select_for_update().defer("sealed").get(pk=order_id)
    if not order.is_open:
        raise OrderAlreadyAnswered
    with rows.as_house():  # a desk sees its order, not the case behind it
        before = Question.objects.unanswered().filter(order=order).select_related("case").first()
        if before is not None:
            return _the_same(before, asked)
        return _keep(order, asked, actor.account_id, actor, now)


def _the_same(before: Question, asked: str) -> Question:
    if before.words != asked:
        raise QuestionOpen
    return before


def _keep(order: Order, asked: str, asked_by: UUID, actor: Actor, now: datetime) -> Question:
    case = Case.objects.only("person_id", "region", "intake_region").get(pk=order.case_id)
    question = Question.objects.create(
        case=case, order=order, matter=order.matter, organisation=order.organisation,
        region=case.intake_region or case.region, sealed=sealing.seal(case.person_id, asked, field=ASKED_BY_DESK),
        asked_by=asked_by, asked_at=now, due=_next_day(now),
    )  # fmt: skip
    publish(DeskAsked(case_id=case.pk, question_id=question.pk, matter=order.matter), actor=actor, at=now)
    return question


@writes
def answer_desk(*, question_id: UUID, words: str, actor: Actor, now: datetime) -> Question:
    """
    Answer what a desk asked; it returns to the desk's queue. The same words twice are one answer.

    Refuses Denied, QuestionNotFound, QuestionClosed (answered, or decided without), MessageEmpty, MessageTooLong.
    """
    question = _for_window(question_id, actor)
    said = read_words(words)
    if question.answered_by == actor.account_id and question.answer == said:
        return question
    _must_wait(question)
    question.sealed_answer = sealing.seal(question.case.person_id, said, field=ASKED_BY_DESK)
    question.answered_by, question.answered_at, question.due = actor.account_id, now, _next_day(now)
    question.save(update_fields=["sealed_answer", "answered_by", "answered_at", "due"])
    fact = DeskAnswered(case_id=question.case_id, question_id=question.pk, matter=question.matter)
    publish(fact, actor=actor, at=now)
    return question


@writes
def ask_person_for_desk(*, question_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """
    Ask the person before the desk is answered: they read it among the messages of their case.

    Refuses Denied, QuestionNotFound, QuestionClosed, MessageEmpty, MessageTooLong.
    """
    question = _for_window(question_id, actor)
    _must_wait(question)
    answer_person(case=question.case, words=words, actor=actor, now=now)
    question.person_asked_at = now
    question.save(update_fields=["person_asked_at"])
    fact = PersonAskedForDesk(case_id=question.case_id, question_id=question.pk, matter=question.matter)
    publish(fact, actor=actor, at=now)


@writes
def note_answer(*, question_id: UUID, actor: Actor, now: datetime) -> None:
    """Take an answer that was read off the desk's queue; again changes nothing. Refuses Denied, QuestionNotFound."""
    actor.must(exchange.ANSWER_ORDER)
    question = _locked(question_id, actor)
    if question.is_to_be_read:
        _close(question, now)
        fact = AnswerNoted(case_id=question.case_id, question_id=question.pk, matter=question.matter)
        publish(fact, actor=actor, at=now)


@writes
def drop_questions(*, now: datetime, case: Case | None = None) -> int:
    """Close what no longer waits for anything: the order was decided, given back, or taken back. Returns how many."""
    open_ = Question.objects.select_for_update(skip_locked=True, of=("self",)).filter(closed_at=None)
    gone = open_.filter(case=case) if case else open_.exclude(order__state__in=OPEN)
    found = list(gone[:500])
    for question in found:
        _close(question, now)
        fact = QuestionDropped(case_id=question.case_id, question_id=question.pk, matter=question.matter)
        publish(fact, actor=SYSTEM, at=now)
    return len(found)


def _close(question: Question, now: datetime) -> None:
    question.closed_at = now
    question.save(update_fields=["closed_at"])


def _for_window(question_id: UUID, actor: Actor) -> Question:
    actor.must(policy.TALK)
    return _locked(question_id, actor)


def _must_wait(question: Question) -> None:
    """The window may know before the sweep does: a desk that has decided wants no answer."""
    with rows.as_house():  # the order may be of the other place, where one takes in and another decides
        is_open = Order.objects.filter(pk=question.order_id, state__in=OPEN).exists()
    if not (question.is_unanswered and is_open):
        raise QuestionClosed


def _locked(question_id: UUID, actor: Actor) -> Question:
    queries.question_for(actor, question_id)
    with rows.as_house():  # whose key opens it, the case tells, and a desk does not see that
        locked = Question.objects.select_for_update(of=("self",)).select_related("case")
        found = locked.defer("case__plan", "case__answers").filter(pk=question_id).first()
    if found is None:
        raise QuestionNotFound
    return found


def _next_day(now: datetime) -> date:
    today = clock.day_of(now)
    return workdays.add_working_days(planning.calendar(), today, ANSWERED_IN).due or today
