"""Walk-in: a number is drawn, called once, and followed on the phone; the hall's own pages need no account."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from onething.cases.models import Case
from onething.cases.tests import factories as cases
from onething.catalogue import planning
from onething.desks.appointments import displays, errors, queries, services
from onething.desks.appointments.models import Hall, Ticket
from onething.desks.appointments.season import read_season
from onething.desks.appointments.tests import factories
from onething.desks.appointments.tests.factories import DAY, NOW, STATION, TODAY
from onething.kernel.access import NOBODY, SYSTEM
from onething.plumbing import clock
from onething.registry.models import Arrival, Person

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hall() -> Hall:
    cases.regions()
    return factories.hall()


def draw(hall: Hall, *, minute: int = 0, code: str = "", first: bool = False) -> Ticket:
    now = NOW + minute * MINUTE
    return services.draw_ticket(hall=hall, code=code, goes_first=first, actor=NOBODY, now=now)


def call(hall: Hall, counter: int = 1, *, minute: int = 60) -> Ticket:
    return services.call_next(hall=hall, counter=counter, actor=SYSTEM, now=NOW + minute * MINUTE)


def test_numbers_follow_each_other_and_are_called_in_order(hall: Hall) -> None:
    drawn = [draw(hall, minute=n) for n in range(3)]
    assert [ticket.label for ticket in drawn] == ["B001", "B002", "B003"]
    assert [call(hall, n).label for n in (1, 2)] == ["B001", "B002"]
    assert call(hall, 1).label == "B003"
    assert Ticket.objects.get(number=1).state == "served", "calling the next ends the one before"
    with pytest.raises(errors.NobodyWaits):
        call(hall, 1)
    assert Ticket.objects.get(number=3).state == "called", "and with nobody there nothing changes"


def test_an_elder_goes_first_and_the_next_day_begins_with_one(hall: Hall) -> None:
    draw(hall)
    elder = draw(hall, minute=5, first=True)
    assert call(hall) == elder
    tomorrow = services.draw_ticket(hall=hall, code="", goes_first=False, actor=NOBODY, now=NOW + DAY)
    assert tomorrow.number == 1


def test_an_appointment_is_called_at_its_time_and_kept_by_being_served() -> None:
    case = factories.case()
    hall = factories.hall()
    held = factories.book(case, factories.slot_on(hall, TODAY, time(11)))
    draw(hall)
    ticket = draw(hall, minute=1, code=held.code.lower())
    assert ticket.label == "A002" and draw(hall, minute=2, code=held.code) == ticket
    assert call(hall, minute=30).label == "B001", "before their time they let others go"
    assert call(hall, minute=60) == ticket
    services.finish_ticket(ticket_id=ticket.pk, actor=SYSTEM, now=NOW + 70 * MINUTE)
    held.refresh_from_db(), case.refresh_from_db()
    assert (held.state, case.visited) == ("kept", [STATION])


def test_a_missed_call_can_wait_again(hall: Hall) -> None:
    ticket, other = draw(hall), draw(hall, minute=1)
    services.miss_ticket(ticket_id=call(hall).pk, actor=SYSTEM, now=NOW + 61 * MINUTE)
    for _ in range(2):
        back = services.return_ticket(code=ticket.code, actor=NOBODY, now=NOW + 62 * MINUTE)
    assert back.state == "waiting"
    assert [call(hall, minute=63), call(hall, minute=64)] == [other, ticket]
    services.finish_ticket(ticket_id=ticket.pk, actor=SYSTEM, now=NOW + 65 * MINUTE)
    for refused in (services.finish_ticket, services.miss_ticket, services.call_again):
        with pytest.raises(errors.TicketOver):
            refused(ticket_id=ticket.pk, actor=SYSTEM, now=NOW + 66 * MINUTE)
    with pytest.raises(errors.TicketOver):
        services.return_ticket(code=ticket.code, actor=NOBODY, now=NOW + 66 * MINUTE)


def test_sent_on_one_is_next_at_the_other_counter_only(hall: Hall) -> None:
    ticket, other = draw(hall), draw(hall, minute=1)
    call(hall, 1)
    services.call_again(ticket_id=ticket.pk, actor=SYSTEM, now=NOW + 61 * MINUTE)
    services.transfer_ticket(ticket_id=ticket.pk, counter=4, actor=SYSTEM, now=NOW + 62 * MINUTE)
    assert call(hall, 1) == other
    assert call(hall, 4) == ticket
    with pytest.raises(errors.CounterUnknown):
        services.transfer_ticket(ticket_id=ticket.pk, counter=7, actor=SYSTEM, now=NOW + 63 * MINUTE)
    with pytest.raises(errors.CounterUnknown):
        call(hall, 7)


def test_on_a_day_off_no_tickets_are_given_out(hall: Hall) -> None:
    saturday = datetime(2026, 9, 12, 2, tzinfo=NOW.tzinfo)
    services.close_day(hall=hall, day=TODAY + DAY, reason="停电", actor=SYSTEM, now=NOW)
    for now in (saturday, NOW + DAY):
        with pytest.raises(errors.HallClosedNow):
            services.draw_ticket(hall=hall, code="", goes_first=False, actor=NOBODY, now=now)
    for code in ("ZZZZZZ", "x", "𠮷"):
        with pytest.raises(errors.CodeUnknown):
            draw(hall, code=code)


def test_the_foreseen_wait_grows_with_the_line_and_shrinks_with_counters(hall: Hall) -> None:
    assert queries.line_of(hall, now=NOW).new_waits == 0, "two counters stand free"
    for _ in range(6):
        draw(hall)
    call(hall, 1), call(hall, 2)
    line = queries.line_of(hall, now=NOW)
    assert (len(line.waiting), line.counters) == (4, 2)
    assert line.new_waits == 75, "4 waiting and 2 served: the fifth of them frees a counter, 15 minutes each"


@pytest.mark.django_db(transaction=True)
def test_counters_that_press_at_once_never_call_the_same_one() -> None:
    cases.regions()
    hall = factories.hall()
    for minute in range(6):
        draw(hall, minute=minute)
    start = Barrier(6)

    def press(counter: int) -> int:
        try:
            start.wait()
            return call(hall, counter).number
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(press, range(1, 7))) == [1, 2, 3, 4, 5, 6]


# the hall's own pages


@pytest.fixture
def today_hall() -> Iterator[Hall]:
    """A hall on this very day; where that is no working day its tickets are written as a working day would."""
    cases.regions()
    yield factories.hall(now=clock.now())


def written(hall: Hall, **values: object) -> Ticket:
    now = clock.now()
    number = Ticket.objects.count() + 1
    return Ticket.objects.create(
        **{"hall": hall, "day": clock.day_of(now), "number": number, "taken_at": now, "since": now} | values
    )


def address(hall: Hall, name: str, key: str = "") -> str:
    return reverse(f"appointments:{name}", args=[hall.pk, key or displays.key_of(hall)])


def test_the_screen_shows_numbers_refreshes_itself_and_needs_its_key(today_hall: Hall) -> None:
    called = written(today_hall, state="called", counter=3, called_at=clock.now())
    waiting = written(today_hall)
    page = Client(headers={"accept-language": "en"}).get(address(today_hall, "screen")).content.decode()
    assert called.label in page and "counter 3" in page and waiting.label in page
    assert 'http-equiv="refresh"' in page
    assert called.code not in page, "a code on the wall would let anybody answer for it"
    old = address(today_hall, "screen")
    assert Client().get(address(today_hall, "screen", "0" * 24)).status_code == 403
    services.withdraw_displays(hall=today_hall, actor=SYSTEM, now=clock.now())
    assert Client().get(old).status_code == 403


def test_a_ticket_is_followed_by_its_code(today_hall: Hall) -> None:
    written(today_hall)
    mine = written(today_hall)
    phone = Client(headers={"accept-language": "en"})
    here = reverse("appointments:ticket", args=[mine.code])
    page = phone.get(here).content.decode()
    assert mine.label in page and "One person is before you" in page and "<svg" in page
    Ticket.objects.filter(pk=mine.pk).update(state="called", counter=2, called_at=clock.now())
    assert "Please come to counter 2 now" in phone.get(here).content.decode()
    Ticket.objects.filter(pk=mine.pk).update(state="missed")
    assert "let me wait again" in phone.get(here).content.decode()
    phone.post(here)
    assert Ticket.objects.get(pk=mine.pk).state == "waiting"
    assert phone.get(reverse("appointments:ticket", args=["NOSUCHCODE"])).status_code == 404


def test_the_entrance_takes_whoever_stands_there(today_hall: Hall) -> None:
    machine = Client(headers={"accept-language": "en"})
    assert "I have not booked" in machine.get(address(today_hall, "entrance")).content.decode()
    wrong = machine.post(address(today_hall, "entrance"), {"code": "ZZZZZZ"})
    is_open = planning.calendar().is_working_day(clock.day_of(clock.now()))
    assert wrong.status_code == 422
    answer = machine.post(address(today_hall, "entrance"), {"goes_first": "on"})
    assert (answer.status_code, Ticket.objects.filter(goes_first=True).count()) == ((302, 1) if is_open else (422, 0))


# the tide


def test_the_tide_is_foreseen_and_opened_by_a_button() -> None:
    case = factories.case()
    hall = factories.hall()
    _expect(case, 120)
    season = read_season()
    days = queries.tides(SYSTEM, hall, season, now=NOW)
    plan = queries.to_open(hall, days)
    assert plan and all(day.share < 0.9 for day in days if day.more > 0)
    assert all(day.longest_then < 15 for day in days)
    assert services.open_windows(hall=hall, extra=plan, actor=SYSTEM, now=NOW) > 0
    after = queries.tides(SYSTEM, hall, season, now=NOW)
    assert queries.to_open(hall, after) == {}
    assert all(day.staffed >= min(day.needed, hall.counters) for day in after)
    with pytest.raises(errors.MoreThanThereIs):
        services.open_windows(hall=hall, extra={TODAY + DAY: 5}, actor=SYSTEM, now=NOW)
    with pytest.raises(errors.DayPast):
        services.open_windows(hall=hall, extra={TODAY - DAY: 1}, actor=SYSTEM, now=NOW)


def test_who_has_booked_is_not_expected_a_second_time() -> None:
    case = factories.case()
    hall = factories.hall()
    Arrival.objects.create(person_id=case.person_id, source="x", expected_at=NOW)
    factories.book(case, factories.slot_on(hall, TODAY + 2 * DAY))
    assert sum(queries._listed(SYSTEM, hall).values()) == 0


def _expect(case: Case, people: int) -> None:
    """Expect so many people more of the case's county."""
    one = Person.objects.get(pk=case.person_id)
    fields = {f.attname: getattr(one, f.attname) for f in Person._meta.concrete_fields if not f.primary_key}
    more = Person.objects.bulk_create(
        Person(**{**fields, "id_index": f"{n}".encode(), "phone_index": None}) for n in range(people)
    )
    Arrival.objects.bulk_create(Arrival(person=person, source="x", expected_at=NOW) for person in more)
