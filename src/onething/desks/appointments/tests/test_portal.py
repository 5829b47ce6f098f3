"""Booking through the browser's door: the person, the clerk who books for them, and who runs the hall."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onething.cases.models import Case
from onething.cases.tests import factories as cases
from onething.catalogue import services as catalogue
from onething.desks.appointments import queries, services
from onething.desks.appointments.models import Appointment, Hall, Slot, Ticket, Wait
from onething.desks.appointments.tests import factories
from onething.desks.appointments.tests.factories import HOURS, STATION
from onething.identity import services as identity
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.looks.models import Look
from onething.plumbing.packs import read_pack
from onething.registry.models import Person

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


@pytest.fixture
def case() -> Case:
    return factories.case()


@pytest.fixture
def hall(case: Case) -> Hall:
    return factories.hall(hours=HOURS, now=clock.now(), days_ahead=5)


@pytest.fixture
def phone(case: Case) -> Client:
    person = Person.objects.get(pk=case.person_id)
    account = identity.open_account(person=person, actor=SYSTEM, now=clock.now())
    return enter(Client(headers=EN), account)


def seat(role: str) -> Client:
    now = clock.now()
    account = identity.open_account(username=f"{role}.x", display_name="顾明川", actor=SYSTEM, now=now)
    office = factories.office(f"office-{role}")
    identity.give_post(
        account=account, role=role, organisation=office, region=cases.REGION, valid_from=now - timedelta(days=9),
        actor=SYSTEM, now=now,
    )  # fmt: skip
    return enter(Client(headers=EN), account)


def path(name: str, case: Case) -> str:
    return reverse(f"appointments:{name}", args=[case.number, STATION])


def free(hall: Hall) -> list[Slot]:
    return list(queries.free_slots(hall, now=clock.now()))


def test_one_tap_on_the_case_page_books(phone: Client, case: Case, hall: Hall) -> None:
    page = phone.get(reverse("cases:case", args=[case.number])).content.decode()
    slot = free(hall)[0]
    assert "Book your one visit" in page and f'name="slot" value="{slot.pk}"' in page
    answer = phone.post(path("choose", case), {"slot": slot.pk}, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain == [(reverse("cases:case", args=[case.number]), 302)]
    held = Appointment.objects.get()
    assert held.slot == slot and held.code in text and "Put it into my calendar" in text


def test_the_panel_stands_on_the_receipt_and_the_notice(phone: Client, case: Case, hall: Hall) -> None:
    assert "Book your one visit" in phone.get(reverse("cases:receipt", args=[case.number])).content.decode()
    cases.services.withdraw_case(case=case, actor=SYSTEM, now=clock.now())
    draft = cases.services.start_draft(
        person_id=case.person_id, release=case.release, actor=SYSTEM, now=clock.now()
    )  # fmt: skip
    filled = cases.services.save_answers(draft=draft, answers=cases.answers(), actor=SYSTEM, now=clock.now())
    notice = phone.get(reverse("cases:notice", args=[filled.pk])).content.decode()
    assert "booked with one tap after you have submitted" in notice


def test_a_day_then_a_time_then_another_time(phone: Client, case: Case, hall: Hall) -> None:
    first, second = free(hall)[0], free(hall)[-1]
    days = phone.get(path("choose", case)).content.decode()
    assert f"day={second.day.isoformat()}" in days
    times = phone.get(path("choose", case), {"hall": str(hall.pk), "day": second.day.isoformat()}).content.decode()
    assert f'value="{second.pk}"' in times
    phone.post(path("choose", case), {"slot": first.pk})
    phone.post(path("choose", case), {"slot": second.pk})
    assert Appointment.objects.get().slot == second


@pytest.mark.parametrize("given", ["", "x", "９", "-1", "9" * 40, "𠮷", "1; DROP TABLE"])
def test_what_is_no_time_is_refused_politely(phone: Client, case: Case, hall: Hall, given: str) -> None:
    answer = phone.post(path("choose", case), {"slot": given})
    assert answer.status_code == 404 and "There is no such time" in answer.content.decode()


def test_a_time_somebody_else_took_leads_back_to_what_is_free(phone: Client, case: Case, hall: Hall) -> None:
    slot = free(hall)[0]
    Slot.objects.filter(pk=slot.pk).update(taken=slot.capacity)
    answer = phone.post(path("choose", case), {"slot": slot.pk})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Somebody was faster" in text and "day=" in text


def test_cancelling_asks_once(phone: Client, case: Case, hall: Hall) -> None:
    phone.post(path("choose", case), {"slot": free(hall)[0].pk})
    assert "Cancel this booking?" in phone.get(path("cancel", case)).content.decode()
    phone.post(path("cancel", case))
    assert Appointment.objects.get().state == "cancelled"
    assert phone.get(path("cancel", case)).status_code == 404


def test_the_calendar_file_opens_in_a_calendar(phone: Client, case: Case, hall: Hall) -> None:
    assert phone.get(path("calendar_file", case)).status_code == 404
    slot = free(hall)[0]
    phone.post(path("choose", case), {"slot": slot.pk})
    answer = phone.get(path("calendar_file", case))
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == slot.starts_at and event.decoded("dtend") == slot.ends_at


def test_waiting_being_offered_and_answering(phone: Client, case: Case, hall: Hall) -> None:
    every = free(hall)
    for slot in every:
        Slot.objects.filter(pk=slot.pk).update(taken=slot.capacity)
    page = phone.get(reverse("cases:case", args=[case.number])).content.decode()
    assert "All times are taken" in page
    phone.post(path("wait", case), {"hall": str(hall.pk)})
    wait = Wait.objects.get()
    assert "You wait for an earlier time" in phone.get(reverse("cases:case", args=[case.number])).content.decode()
    Slot.objects.filter(pk=every[-1].pk).update(taken=0)
    services.offer_places(hall_id=hall.pk, actor=SYSTEM, now=clock.now())
    offer = reverse("appointments:offer", args=[wait.pk])
    assert "Take this time" in phone.get(offer).content.decode()
    phone.post(offer, {"answer": "yes"})
    assert Appointment.objects.get().slot == every[-1]
    assert "This offer is over" in phone.get(offer).content.decode()


def test_a_case_of_somebody_else_is_not_there(case: Case, hall: Hall) -> None:
    stranger = cases.person("990123199905210169")
    account = identity.open_account(person=stranger, actor=SYSTEM, now=clock.now())
    client = enter(Client(headers=EN), account)
    services.wait_for_earlier(case=case, station=STATION, hall=hall, actor=SYSTEM, now=clock.now())
    for name in ("choose", "cancel", "calendar_file"):
        assert client.get(path(name, case)).status_code == 404
    assert client.post(path("choose", case), {"slot": free(hall)[0].pk}).status_code == 404
    assert client.get(reverse("appointments:offer", args=[Wait.objects.get().pk])).status_code == 404
    assert not Appointment.objects.exists()


# at work


def test_a_clerk_books_for_the_person_and_records_that_they_came(case: Case, hall: Hall) -> None:
    desk = seat("clerk")
    page = desk.get(reverse("cases:desk_case", args=[case.number])).content.decode()
    assert path("book_for", case) in page
    slot = free(hall)[0]
    assert "Choose a day" in desk.get(path("book_for", case)).content.decode()
    desk.post(path("book_for", case), {"slot": slot.pk})
    held = Appointment.objects.get()
    day = desk.get(reverse("appointments:day", args=[hall.pk]), {"day": slot.day.isoformat()}).content.decode()
    assert case.masked_name in day and held.code in day
    assert Look.objects.filter(purpose="appointments").count() >= 2
    desk.post(reverse("appointments:record", args=[hall.pk, held.pk]), {"came": "yes"})
    case.refresh_from_db()
    assert case.visited == [STATION]


def test_who_runs_the_hall_sets_its_hours_and_closes_a_day(case: Case, hall: Hall) -> None:
    catalogue.publish_pack(pack=read_pack("demo/retirement"), actor=SYSTEM, now=clock.now())
    manager = seat("hall")
    assert (
        reverse("appointments:settings", args=[hall.pk]) in manager.get(reverse("appointments:halls")).content.decode()
    )
    given = settings(serves=["county_hall", "bank_branch"])
    assert manager.post(reverse("appointments:settings", args=[hall.pk]), given).status_code == 302
    hall = Hall.objects.get(pk=hall.pk)
    assert (hall.serves, hall.counters, [one.counters for one in hall.hours]) == (
        ["county_hall", "bank_branch"],
        5,
        [2],
    )
    day = free(hall)[-1].day
    manager.post(reverse("appointments:close_day", args=[hall.pk]), {"day": day.isoformat(), "reason": "停电"})
    assert day not in {slot.day for slot in free(hall)}
    manager.post(reverse("appointments:reopen_day", args=[hall.pk]), {"day": day.isoformat()})
    assert day in {slot.day for slot in free(hall)}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"counters": "0"}, "Nothing was saved"),
        ({"serves": ["moon"]}, "Nothing was saved"),
        ({"hours-0-closes": ""}, "Give the beginning, the end"),
        ({"hours-0-closes": "08:00"}, "end before they begin"),
        ({"hours-0-counters": "9"}, "only 5 counters"),
        ({"slot_minutes": "𠮷"}, "Nothing was saved"),
    ],
)
def test_settings_that_cannot_be_are_explained_and_nothing_changes(
    case: Case, hall: Hall, change: dict[str, Any], words: str
) -> None:
    catalogue.publish_pack(pack=read_pack("demo/retirement"), actor=SYSTEM, now=clock.now())
    manager = seat("hall")
    answer = manager.post(reverse("appointments:settings", args=[hall.pk]), settings(**change))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert Hall.objects.get().counters == 6


def test_a_new_hall_is_opened_for_a_station(case: Case) -> None:
    catalogue.publish_pack(pack=read_pack("demo/retirement"), actor=SYSTEM, now=clock.now())
    manager = seat("hall")
    address = reverse("appointments:open_hall", args=["office-hall"])
    assert address in manager.get(reverse("appointments:halls")).content.decode()
    assert manager.post(address, settings()).status_code == 302
    assert Hall.objects.get().organisation.code == "office-hall" and Slot.objects.exists()
    assert manager.get(address).status_code == 404


def settings(**change: Any) -> dict[str, Any]:
    lines = {f"hours-{n}-{name}": "" for n in range(3) for name in ("opens", "closes", "counters")}
    given = {
        "serves": ["county_hall"], "counters": "5", "staff": "4", "slot_minutes": "30", "per_counter": "1",
        "days_ahead": "5", "elders_first": "on", "address": "文山路", "does": "一件事",
        "hours-TOTAL_FORMS": "3", "hours-INITIAL_FORMS": "0", **lines,
        "hours-0-opens": "09:00", "hours-0-closes": "12:00", "hours-0-counters": "2",
    }  # fmt: skip
    return {**given, **change}


# pages cost the same however many rows there are


def counted(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries_made:
        assert client.get(address).status_code == 200
    return len(queries_made)


def test_no_page_costs_more_with_more_rows(phone: Client, case: Case, hall: Hall) -> None:
    desk, slot = seat("clerk"), free(hall)[0]
    pages = [
        (desk, reverse("appointments:day", args=[hall.pk]) + f"?day={slot.day.isoformat()}"),
        (desk, reverse("appointments:halls")),
        (phone, path("choose", case)),
        (phone, reverse("cases:case", args=[case.number])),
    ]
    factories.book(factories.copies(case, 1)[0], slot, now=clock.now())
    few = [counted(client, address) for client, address in pages]
    Slot.objects.filter(hall=hall).update(capacity=30)
    more = factories.copies(case, 12, "Y")
    for one in more:
        factories.book(one, slot, now=clock.now())
    factories.hall("second", hours=HOURS, now=clock.now())
    many = [counted(client, address) for client, address in pages]
    assert few == many
    assert max(few) <= 40


def test_dates_in_addresses_are_read_kindly(case: Case, hall: Hall) -> None:
    desk = seat("clerk")
    for day in ("", "x", "2026-13-01", "2026-09-09"):
        assert desk.get(reverse("appointments:day", args=[hall.pk]), {"day": day}).status_code == 200


def test_who_runs_the_hall_calls_draws_and_opens_windows(case: Case, hall: Hall) -> None:
    """The counter's and the tide's page through the door; neither costs more with more rows."""
    manager, now = seat("hall"), clock.now()
    counter, tide = (reverse(f"appointments:{name}", args=[hall.pk]) for name in ("counter", "tide"))
    few = [counted(manager, f"{counter}?counter=2"), counted(manager, tide)]
    for number in range(1, 9):
        Ticket.objects.create(hall=hall, day=clock.day_of(now), number=number, taken_at=now, since=now)
    slot = free(hall)[-1]
    for one in factories.copies(case, 2):
        factories.book(one, slot, now=now)
    assert [counted(manager, f"{counter}?counter=2"), counted(manager, tide)] == few
    manager.post(reverse("appointments:call_next", args=[hall.pk]), {"counter": "2"})
    called = Ticket.objects.get(state="called")
    assert (called.number, called.counter) == (1, 2)
    change = reverse("appointments:change_ticket", args=[hall.pk, called.pk])
    for verb, state in (("again", "called"), ("missed", "missed"), ("back", "waiting")):
        manager.post(change, {"counter": "2", "verb": verb})
        called.refresh_from_db()
        assert called.state == state
    assert manager.post(change, {"counter": "2", "verb": "burn"}).status_code == 404
    assert manager.post(reverse("appointments:call_next", args=[hall.pk]), {"counter": "𠮷"}).status_code == 422
    days = [day.isoformat() for day in {slot.day for slot in free(hall)}]
    assert manager.post(tide, {"day": days}).status_code == 302
