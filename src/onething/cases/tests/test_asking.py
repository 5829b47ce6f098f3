"""A department's desk asks the window; the window answers, or asks the person first; the clock runs on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from onething.cases import queries, services
from onething.cases.errors import MessageEmpty, MessageTooLong, QuestionClosed, QuestionNotFound, QuestionOpen
from onething.cases.models import Case, Message, Question
from onething.cases.tests import factories
from onething.exchange import queue
from onething.exchange import services as exchange
from onething.exchange.errors import OrderAlreadyAnswered, OrderNotFound
from onething.exchange.models import Order
from onething.exchange.queue import Ask, Group
from onething.identity.queries import permissions_of
from onething.identity.tests.factories import clerk, enter, post, with_app
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry import services as registry
from onething.registry.models import Person

pytestmark = pytest.mark.django_db

NOW = factories.NOW
ELSEWHERE = "990200000000"
WORDS = "体检表上的日期看不清，是几号？"
ANSWER = "是8月20日，我看了原件。"


@pytest.fixture
def case() -> Case:
    return factories.case()


@pytest.fixture
def order(case: Case) -> Order:
    """The order lies on the desk of an office of its own."""
    found = Order.objects.filter(case_id=case.pk).order_by("matter")[0]
    found.organisation = "police"
    found.save(update_fields=["organisation"])
    return found


def officer(organisation: str = "police") -> Actor:
    return Actor(
        door=Door.STAFF, account_id=uuid4(), region=factories.REGION, organisation=organisation, role="department",
        permissions=permissions_of("department"),
    )  # fmt: skip


def at_window(region: str = factories.REGION) -> Actor:
    return Actor(door=Door.STAFF, account_id=uuid4(), region=region, role="clerk", permissions=permissions_of("clerk"))


def ask(order: Order, by: Actor, words: str = WORDS) -> Question:
    return services.ask_window(order_id=order.pk, words=words, actor=by, now=NOW)


def answer(question: Question, by: Actor, words: str = ANSWER) -> Question:
    return services.answer_desk(question_id=question.pk, words=words, actor=by, now=NOW)


def groups(actor: Actor, kind: str, *, days: int = 0, **filters: Any) -> list[Group]:
    asked = Ask(now=NOW, today=clock.day_of(NOW) + timedelta(days=days), **filters)
    return [item.key.group for item in queue.page_of(actor, asked).items if item.kind == kind]


def told(kind: str) -> int:
    return Entry.objects.filter(kind=f"cases.{kind}").count()


def test_a_question_goes_to_the_window_and_its_answer_returns_to_the_desk(case: Case, order: Order) -> None:
    desk, window, due = officer(), at_window(), order.due
    question = ask(order, desk)
    assert (question.region, question.due) == (factories.REGION, (NOW + timedelta(days=1)).date())
    assert [groups(window, "question", days=days) for days in (0, 1, 2)] == [[Group.NEW], [Group.DUE], [Group.OVERDUE]]
    assert groups(desk, "answer") == []
    answer(question, window)
    assert groups(window, "question", days=2) == []
    assert groups(desk, "answer") == [Group.FIXED]
    for side, found in ((desk, queries.asked_about(desk, order)), (window, queries.asked_in(window, case))):
        assert [(one.words, one.answer) for one in found] == [(WORDS, ANSWER)], side
    services.note_answer(question_id=question.pk, actor=desk, now=NOW)
    assert groups(desk, "answer") == []
    assert [told(kind) for kind in ("DeskAsked", "DeskAnswered", "AnswerNoted")] == [1, 1, 1]
    order.refresh_from_db()
    assert order.due == due, "the clock of the department runs on"
    assert not case.pauses.filter(task_id=order.task_id, until=None).exists()


def test_twice_is_once(case: Case, order: Order) -> None:
    desk, window = officer(), at_window()
    question = ask(order, desk)
    assert ask(order, desk).pk == question.pk
    with pytest.raises(QuestionOpen):
        ask(order, desk, "还有一件事。")
    answer(question, window)
    answer(question, window)
    with pytest.raises(QuestionClosed):
        answer(question, window, "不，是9月。")
    with pytest.raises(QuestionClosed):
        answer(question, at_window(), ANSWER + "（别人）")
    for _ in range(2):
        services.note_answer(question_id=question.pk, actor=desk, now=NOW)
    assert [told(kind) for kind in ("DeskAsked", "DeskAnswered", "AnswerNoted")] == [1, 1, 1]
    assert ask(order, desk, "还有一件事。").pk != question.pk, "the next one can be asked when this one is answered"


def test_two_clicks_at_the_same_time_leave_one(order: Order) -> None:
    question = ask(order, officer())
    with pytest.raises(IntegrityError, match="one_open_question"), transaction.atomic():
        question.pk = uuid4()
        question.save(force_insert=True)


def test_an_order_that_is_answered_takes_no_question_and_its_question_no_answer(order: Order) -> None:
    desk, window = officer(), at_window()
    question = ask(order, desk)
    given = {"kind": "refused", "token": uuid4(), "reason": "不符合。", "remedy": "请补一份。"}
    exchange.answer_order(order=order, actor=desk, now=NOW, **given)
    with pytest.raises(OrderAlreadyAnswered):
        ask(order, desk, "晚了。")
    with pytest.raises(QuestionClosed):
        answer(question, window)
    for _ in range(2):
        services.drop_questions(now=NOW)
    assert groups(window, "question", days=3) == []
    assert told("QuestionDropped") == 1


def test_a_case_that_was_taken_back_wants_no_answer(case: Case, order: Order) -> None:
    ask(order, officer())
    own = replace(factories.citizen(Person.objects.get(pk=case.person_id)))
    services.withdraw_case(case=case, actor=own, now=NOW)
    assert groups(at_window(), "question", days=3) == []
    assert told("QuestionDropped") == 1


def test_nobody_else_asks_reads_or_answers(case: Case, order: Order) -> None:
    desk = officer()
    with pytest.raises(OrderNotFound):
        ask(order, officer("medical_insurance"))
    with pytest.raises(Denied):
        ask(order, at_window())
    question = ask(order, desk)
    own = factories.citizen(Person.objects.get(pk=case.person_id))
    for stranger in (at_window(ELSEWHERE), officer("medical_insurance"), own):
        assert queries.asked_in(stranger, case) == []
        assert queries.asked_about(stranger, order) == []
        assert groups(stranger, "question", days=2) == []
    with pytest.raises(QuestionNotFound):
        answer(question, at_window(ELSEWHERE))
    with pytest.raises(Denied):
        answer(question, desk)
    answer(question, at_window())
    with pytest.raises(QuestionNotFound):
        services.note_answer(question_id=question.pk, actor=officer("medical_insurance"), now=NOW)
    assert groups(officer("medical_insurance"), "answer") == []


def test_the_window_asks_the_person_first(case: Case, order: Order) -> None:
    window = at_window()
    question = ask(order, officer())
    services.ask_person_for_desk(question_id=question.pk, words="体检是几号？", actor=window, now=NOW)
    assert Message.objects.get().words == "体检是几号？"
    question.refresh_from_db()
    assert question.person_asked_at == NOW
    assert question.is_unanswered, "the department still waits, and its clock runs on"
    assert groups(window, "question") == [Group.NEW]


def test_an_empty_and_an_endless_question_are_refused(order: Order) -> None:
    with pytest.raises(MessageEmpty):
        ask(order, officer(), " \n")
    with pytest.raises(MessageTooLong):
        ask(order, officer(), "长" * 1001)
    assert not Question.objects.exists()


def test_it_lies_sealed(order: Order) -> None:
    answer(ask(order, officer()), at_window())
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed, sealed_answer FROM cases_question")
        asked, said = map(bytes, cursor.fetchone())
    assert WORDS.encode() not in asked
    assert ANSWER.encode() not in said


def test_where_one_takes_in_and_another_decides_the_place_of_intake_answers(case: Case, order: Order) -> None:
    Case.objects.filter(pk=case.pk).update(intake_region="990224000000")
    question = ask(order, officer())
    away = at_window("990224000000")
    assert question.region == "990224000000"
    assert groups(away, "question") == [Group.NEW]
    assert groups(at_window(), "question") == [], "it is not in two queues"
    answer(question, away)


def test_both_sides_in_the_browser(case: Case, order: Order) -> None:
    desk_account, window_account = with_app(clerk("officer")), with_app(clerk("window"))
    for account, role, code in ((desk_account, "department", "police"), (window_account, "clerk", "service")):
        held = registry.open_organisation(
            code=code, name=code, kind="station", region=factories.REGION, actor=SYSTEM, now=NOW
        )
        post(account, role, region=factories.REGION, organisation=held)
    desk, window = enter(Client(), desk_account), enter(Client(), window_account)
    at_desk, at_case = reverse("exchange:order", args=[order.pk]), reverse("cases:desk_case", args=[case.number])
    assert "时限照常走" in desk.get(at_desk).content.decode()
    assert desk.post(reverse("cases:order_ask", args=[order.pk]), {"words": WORDS}).status_code == 302
    question = Question.objects.get()
    text = window.get(at_case).content.decode()
    assert WORDS in text
    assert "部门的询问" in text
    page = reverse("cases:desk_question", args=[case.number, question.pk])
    window.post(page, {"words": "体检是几号？", "to": "person"})
    assert "窗口已经问本人" in desk.get(at_desk).content.decode()
    window.post(page, {"words": ANSWER, "to": "desk"})
    assert "窗口答复您了" in desk.get(reverse("exchange:desk")).content.decode()
    text = desk.get(at_desk).content.decode()
    assert ANSWER in text
    desk.post(reverse("cases:order_noted", args=[order.pk, question.pk]))
    assert "窗口答复您了" not in desk.get(reverse("exchange:desk")).content.decode()
    late = window.post(page, {"words": "再说一句。", "to": "desk"})
    assert late.status_code == 409
    assert "不用再答复" in late.content.decode()
