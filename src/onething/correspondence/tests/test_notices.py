"""Letters: written in several channels, sent by jobs, read in the inbox."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from onething.correspondence import queries, services
from onething.correspondence.errors import ChannelWrong, NoText, NoticeMissing
from onething.correspondence.models import Notice
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing.messages import queries as messages
from onething.plumbing.messages.models import Message
from onething.registry.models import Person
from onething.registry.tests import factories

NOW = factories.NOW
TEXTS = {"in_app": ("办好了", "何青松：13 件事都办好了。"), "sms": ("", "都办好了，请打开“信件”看结果单。")}

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db) -> Person:
    factories.load_regions()
    return factories.person()


def _write(person: Person, **wishes) -> list[Notice]:
    given = {"person_id": person.pk, "case_id": uuid4(), "kind": "settled", "texts": TEXTS, "actor": SYSTEM, "now": NOW}
    return services.send_notice(**given | wishes)


def _citizen(person: Person) -> Actor:
    return Actor(door=Door.CITIZEN, person_id=person.pk)


def _by_sms(notices: list[Notice]) -> Notice:
    return next(notice for notice in notices if notice.channel == "sms")


def _hand_over(notice: Notice) -> Notice:
    services.hand_over(notice_id=notice.pk, now=NOW)
    notice.refresh_from_db()
    return notice


def test_a_letter_in_the_inbox_has_arrived_by_being_written(person):
    _write(person)
    (row,) = queries.inbox(_citizen(person))
    assert (row.state, row.delivered_at) == ("sent", NOW)
    assert queries.in_clear(row).body == TEXTS["in_app"][1]


def test_the_text_lies_sealed(person):
    _write(person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(n::text, '') FROM correspondence_notice n")
        rows = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(payload::text, '') FROM journal_entry")
        facts = cursor.fetchone()[0]
    for secret in ("何青松", "何青松".encode().hex(), "都办好了"):
        assert secret not in rows
        assert secret not in facts


def test_a_text_message_goes_to_the_person_s_phone_and_comes_back_as_sent(person):
    notice = _hand_over(_by_sms(_write(person)))
    assert notice.state == "written"
    (outgoing,) = messages.outbox(to=person.phone)
    assert outgoing.body == TEXTS["sms"][1]
    services.record_delivery(message_id=notice.message_id, now=NOW + timedelta(seconds=2))
    notice.refresh_from_db()
    assert (notice.state, notice.delivered_at) == ("sent", NOW + timedelta(seconds=2))


def test_handing_over_twice_sends_once(person):
    notice = _by_sms(_write(person))
    _hand_over(notice)
    _hand_over(notice)
    assert Message.objects.count() == 1


def test_a_message_that_fails_makes_its_letter_fail(person):
    notice = _hand_over(_by_sms(_write(person)))
    services.record_failure(message_id=notice.message_id, reason="http_400", now=NOW)
    notice.refresh_from_db()
    assert (notice.state, notice.reason) == ("failed", "http_400")


def test_a_settled_message_of_somebody_else_changes_no_letter(person):
    notice = _hand_over(_by_sms(_write(person)))
    services.record_failure(message_id=uuid4(), reason="http_400", now=NOW)
    notice.refresh_from_db()
    assert notice.state == "written"


def test_without_a_telephone_the_letter_fails_with_its_reason(db):
    factories.load_regions()
    notice = _hand_over(_by_sms(_write(factories.person(phone=""))))
    assert (notice.state, notice.reason) == ("failed", "no_address")


def test_mail_goes_to_the_known_address(db):
    factories.load_regions()
    person = factories.person(known={"email": "he@mail.example"})
    (notice,) = _write(person, texts={"email": ("办好了", "都办好了。")})
    _hand_over(notice)
    assert messages.outbox(channel="email")[0].to == "he@mail.example"


def test_the_same_letter_once(person):
    first = _write(person, once="case:1:settled")
    again = _write(person, once="case:1:settled")
    assert {notice.pk for notice in again} == {notice.pk for notice in first}
    assert Notice.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry WHERE kind = 'correspondence.NoticeWritten'")
        assert cursor.fetchone() == (2,)


def test_no_text_and_a_wrong_channel_are_refused(person):
    with pytest.raises(NoText):
        _write(person, texts={})
    with pytest.raises(ChannelWrong):
        _write(person, texts={"pigeon": ("", "")})
    assert not Notice.objects.exists()


def test_a_letter_is_read_by_its_person_only(person):
    notice = next(n for n in _write(person) if n.channel == "in_app")
    stranger = factories.person(name="魏长河")
    assert queries.letter_for(_citizen(person), notice.pk).subject == "办好了"
    for other in (_citizen(stranger), Actor(door=Door.NOBODY), factories.staff(factories.COUNTY)):
        with pytest.raises(NoticeMissing):
            queries.letter_for(other, notice.pk)
        assert not queries.inbox(other)


def test_only_the_first_reading_by_the_person_is_kept(person):
    notice = next(n for n in _write(person) if n.channel == "in_app")
    clerk = Actor(door=Door.STAFF, region=factories.COUNTY, permissions=frozenset({"correspondence.read_letters"}))
    services.mark_read(notice_id=notice.pk, actor=clerk, now=NOW)
    services.mark_read(notice_id=notice.pk, actor=_citizen(person), now=NOW + timedelta(hours=1))
    services.mark_read(notice_id=notice.pk, actor=_citizen(person), now=NOW + timedelta(hours=2))
    notice.refresh_from_db()
    assert notice.read_at == NOW + timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_the_worker_carries_a_letter_all_the_way():
    factories.load_regions()
    person = factories.person()
    _write(person)
    _work()
    assert set(Notice.objects.values_list("channel", "state")) == {("in_app", "sent"), ("sms", "sent")}
    (outgoing,) = messages.outbox(to=person.phone)
    assert (outgoing.state, outgoing.sender) == ("sent", "local")


def _work() -> None:
    """Run every waiting job, as the worker does, until none is left."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(queues=["default"], wait=False, install_signal_handlers=False, listen_notify=False)
