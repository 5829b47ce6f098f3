"""A person chooses how they are reminded, the language and the size; another phone has it too."""

from __future__ import annotations

import pytest
from django.test import Client

from onething.correspondence import services
from onething.correspondence.errors import NoEmailKnown, ReminderWayWrong
from onething.correspondence.models import Notice, ReminderWish
from onething.correspondence.policy import CHOOSE_REMINDERS
from onething.identity import services as identity
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing.journal.models import Entry
from onething.registry.models import Person
from onething.registry.tests import factories

NOW = factories.NOW
TEXTS = {"in_app": ("日子近了", "10月1日前报到。"), "sms": ("", "10月1日前报到。")}
PAGE = "/letters/ways/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db: None) -> Person:
    factories.load_regions()
    return factories.person()


@pytest.fixture
def reachable(db: None) -> Person:
    """Somebody of whom an e-mail address is known."""
    factories.load_regions()
    return factories.person(known={"email": "he@example.com"})


def citizen(person: Person) -> Actor:
    return Actor(door=Door.CITIZEN, person_id=person.pk, permissions=frozenset({CHOOSE_REMINDERS}))


def sent(person: Person, *, is_reminder: bool, once: str = "") -> set[str]:
    given = {"person_id": person.pk, "case_id": None, "kind": "day_to_keep", "texts": TEXTS, "actor": SYSTEM}
    return {n.channel for n in services.send_notice(**given, once=once, is_reminder=is_reminder, now=NOW)}


@pytest.mark.parametrize(
    ("way", "channels"),
    [("sms", {"in_app", "sms"}), ("email", {"in_app", "email"}), ("letter", {"in_app"}), ("none", set())],
)
def test_a_reminder_goes_the_way_that_was_chosen_and_nothing_else_does(reachable, way, channels) -> None:
    person = reachable
    assert sent(person, is_reminder=True) == {"in_app", "sms"}, "who never chose is reminded by all"
    services.choose_reminders(way=way, actor=citizen(person), now=NOW)
    assert sent(person, is_reminder=True) == channels
    assert sent(person, is_reminder=False) == {"in_app", "sms"}, "what the law has told is no reminder"
    assert sent(person, is_reminder=True, once="a day") == sent(person, is_reminder=True, once="a day") == channels


def test_an_email_that_is_gone_becomes_a_text_message(person) -> None:
    ReminderWish.objects.create(person=person, way="email", chosen_at=NOW)
    assert sent(person, is_reminder=True) == {"in_app", "sms"}


def test_an_email_goes_to_the_address_that_is_known(reachable) -> None:
    person = reachable
    services.choose_reminders(way="email", actor=citizen(person), now=NOW)
    sent(person, is_reminder=True)
    written = Notice.objects.get(channel="email")
    services.hand_over(notice_id=written.pk, now=NOW)
    written.refresh_from_db()
    assert written.message_id is not None and written.text == TEXTS["in_app"]


def test_what_cannot_be_is_refused(person) -> None:
    with pytest.raises(NoEmailKnown):
        services.choose_reminders(way="email", actor=citizen(person), now=NOW)
    with pytest.raises(ReminderWayWrong):
        services.choose_reminders(way="pigeon", actor=citizen(person), now=NOW)
    with pytest.raises(Denied):
        services.choose_reminders(way="sms", actor=Actor(door=Door.STAFF), now=NOW)
    assert not ReminderWish.objects.exists()


def test_the_same_again_is_no_new_fact(person) -> None:
    for way in ("none", "none", "letter"):
        services.choose_reminders(way=way, actor=citizen(person), now=NOW)
    assert [e.payload["way"] for e in Entry.objects.filter(kind="correspondence.ReminderWayChosen").order_by("id")] == [
        "none", "letter",
    ]  # fmt: skip


def test_another_phone_has_the_same(person) -> None:
    account = identity.open_account(person=person, actor=SYSTEM, now=NOW)
    phone = enter(Client(), account)
    answer = phone.post(PAGE, {"reminders": "letter", "language": "en", "care": "2"})
    assert answer.status_code == 302
    third = enter(Client(), account)
    shown = third.get(PAGE).content.decode()
    assert '<html lang="en">' in shown and "How shall we remind you?" in shown
    assert 'class="care care-2"' in shown
    assert 'value="letter" checked' in shown
    third.post("/look/language/", {"language": "zh-hans", "next": "/"})
    assert "怎么提醒您" in third.get(PAGE).content.decode()
    assert "怎么提醒您" in enter(Client(), account).get(PAGE).content.decode()


def test_a_wrong_choice_is_said_and_what_was_chosen_stays(person) -> None:
    phone = enter(Client(), identity.open_account(person=person, actor=SYSTEM, now=NOW))
    answer = phone.post(PAGE, {"reminders": "email", "language": "en", "care": "3"})
    assert answer.status_code == 422
    assert 'value="email" checked' in answer.content.decode() and 'value="3" checked' in answer.content.decode()


def test_nobody_is_sent_to_the_door() -> None:
    assert "/door/" in Client().get(PAGE)["Location"]
