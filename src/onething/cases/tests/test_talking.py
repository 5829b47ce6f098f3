"""Person and clerk write to each other about a case; nobody else reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from onething.cases import letters, queries, services
from onething.cases.errors import MessageEmpty, MessageTooLong
from onething.cases.models import Case, Message, Thread
from onething.cases.tests import factories
from onething.cases.tests.test_workbench import staff
from onething.correspondence.models import Notice
from onething.exchange import queue
from onething.exchange.queue import Ask, Group
from onething.identity import services as identity
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.registry.models import Person

pytestmark = pytest.mark.django_db

NOW = factories.NOW
ASKED = "体检表要原件吗？"
ANSWER = "不用原件，照片就行。"
CLERK = Actor(
    door=Door.STAFF, account_id=None, region=factories.REGION, role="clerk",
    permissions=frozenset({"cases.read_case", "cases.talk", "cases.take_up_concern"}),
)  # fmt: skip


@pytest.fixture
def case() -> Case:
    return factories.case()


@pytest.fixture
def own(case: Case) -> Actor:
    return factories.citizen(Person.objects.get(pk=case.person_id))


def asked(case: Case, own: Actor, words: str = ASKED) -> Message:
    return services.write_to_clerk(case=case, words=words, actor=own, now=NOW)


def test_a_question_waits_for_an_answer_by_a_day(case: Case, own: Actor) -> None:
    for words in (ASKED, ASKED, "还有，几点下班？"):  # a double click counts once
        asked(case, own, words)
    thread = Thread.objects.get()
    assert (thread.unanswered, thread.unread, thread.region) == (2, 0, factories.REGION)
    assert thread.due == (NOW + timedelta(days=1)).date()
    services.answer_person(case=case, words=ANSWER, actor=CLERK, now=NOW)
    thread.refresh_from_db()
    assert (thread.unanswered, thread.unread, thread.due) == (0, 1, None)
    services.mark_read(case=case, actor=CLERK)
    assert Thread.objects.get().unread == 1, "a clerk's look is not the person's"
    services.mark_read(case=case, actor=own)
    assert Thread.objects.get().unread == 0


def test_it_lies_sealed(case: Case, own: Actor) -> None:
    asked(case, own)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM cases_message")
        assert ASKED.encode() not in bytes(cursor.fetchone()[0])


def test_nobody_else_reads_it(case: Case, own: Actor) -> None:
    asked(case, own)
    supervisor = replace(CLERK, permissions=CLERK.permissions - {"cases.talk"})
    others = [replace(CLERK, region="990200000000"), supervisor, replace(own, person_id=CLERK.account_id)]
    for actor in others:
        assert queries.said_in(actor, case) == []
        assert queries.thread_of(actor, case) is None
    assert [said.words for said in queries.said_in(own, case)] == [ASKED]
    with pytest.raises(Denied):
        services.answer_person(case=case, words=ANSWER, actor=supervisor, now=NOW)
    with pytest.raises(Denied):
        services.write_to_clerk(case=case, words=ASKED, actor=CLERK, now=NOW)


def test_an_empty_and_an_endless_message_are_refused(case: Case, own: Actor) -> None:
    with pytest.raises(MessageEmpty):
        asked(case, own, " \n")
    with pytest.raises(MessageTooLong):
        asked(case, own, "长" * 1001)
    assert not Message.objects.exists()


def test_the_person_is_told_that_not_what(case: Case) -> None:
    message = services.answer_person(case=case, words=ANSWER, actor=CLERK, now=NOW)
    for _ in range(2):
        letters.tell_of_message(case_id=case.pk, message_id=message.pk, now=NOW)
    told = Notice.objects.filter(kind="message").select_related("person")
    assert {notice.channel for notice in told} == {"sms", "in_app"}
    for notice in told:
        assert case.number in notice.text[1]
        assert "照片" not in "".join(notice.text)


def test_it_stands_in_the_clerks_queue_until_answered(case: Case, own: Actor) -> None:
    asked(case, own)
    today = clock.day_of(NOW)

    def groups(days: int, actor: Actor = CLERK) -> list[Group]:
        page = queue.page_of(actor, Ask(now=NOW, today=today + timedelta(days=days)))
        return [item.key.group for item in page.items if item.kind == "message"]

    assert [groups(days) for days in (0, 1, 2)] == [[Group.NEW], [Group.DUE], [Group.OVERDUE]]
    assert groups(0, replace(CLERK, region="990200000000")) == []
    services.leave_unanswered(case=case, actor=CLERK, now=NOW)
    assert groups(2) == []


def test_both_sides_in_the_browser(client: Client, case: Case) -> None:
    account = identity.open_account(person=Person.objects.get(pk=case.person_id), actor=SYSTEM, now=NOW)
    citizen = enter(Client(), account)
    page = reverse("cases:talk", args=[case.number])
    assert citizen.post(page, {"words": ASKED}).status_code == 302
    clerk = staff(client)
    desk = clerk.get(reverse("cases:desk_case", args=[case.number])).content.decode()
    assert ASKED in desk
    assert "1 条没答复" in desk
    clerk.post(reverse("cases:desk_answer", args=[case.number]), {"phrase": "no_need", "words": ANSWER})
    assert "1 条新的" in citizen.get(reverse("cases:case", args=[case.number])).content.decode()
    text = citizen.get(page).content.decode()
    assert ANSWER in text
    assert "您不用来" in text
    assert "1 条新的" not in citizen.get(reverse("cases:case", args=[case.number])).content.decode()
    watching = staff(Client(), "supervisor")
    seen = watching.get(reverse("cases:desk_case", args=[case.number])).content.decode()
    assert ASKED not in seen
    assert ANSWER not in seen
