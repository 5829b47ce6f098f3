"""Who waits for an earlier time: offered in order, held for a while, then the next."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onething.cases.models import Case
from onething.correspondence.models import Notice
from onething.desks.appointments import errors, letters, offers, queries, services
from onething.desks.appointments.models import Hall, Slot, Wait
from onething.desks.appointments.tests import factories
from onething.desks.appointments.tests.factories import DAY, NOW, STATION, TODAY, book
from onething.kernel.access import SYSTEM
from onething.plumbing import clock

pytestmark = pytest.mark.django_db


class Place:
    """A hall of one place a day for five days, all taken; `people[n]` is booked on the n-th."""

    def __init__(self) -> None:
        case = factories.case()
        self.hall: Hall = factories.small_hall(days_ahead=6)
        self.slots = list(queries.free_slots(self.hall, now=NOW))
        self.people: list[Case] = [case, *factories.copies(case, len(self.slots) - 1)]
        for person, slot in zip(self.people, self.slots, strict=True):
            book(person, slot)

    def wait(self, person: Case, *, minutes: int = 0) -> Wait:
        now = NOW + timedelta(minutes=minutes)
        return services.wait_for_earlier(case=person, station=STATION, hall=self.hall, actor=SYSTEM, now=now)

    def cancel(self, person: Case) -> None:
        services.cancel(case=person, station=STATION, actor=SYSTEM, now=NOW)


@pytest.fixture
def place() -> Place:
    return Place()


def test_the_longest_waiting_is_offered_first_and_the_place_is_held(place: Place) -> None:
    early, first, second = place.people[1], place.people[3], place.people[4]
    place.wait(second, minutes=1)
    place.wait(first, minutes=0)
    place.cancel(early)
    offered, waiting = Wait.objects.order_by("since")
    assert (offered.case, offered.state, offered.slot) == (first, "offered", place.slots[1])
    assert (waiting.case, waiting.state) == (second, "waiting")
    place.slots[1].refresh_from_db()
    assert place.slots[1].taken == 1, "nobody else can take it meanwhile"
    letters.offer(wait_id=offered.pk, now=NOW)
    assert "9月11日（周五） 09:00" in Notice.objects.filter(kind="place_offered")[0].text[1]


def test_accepting_moves_the_visit_and_the_old_place_goes_to_the_next(place: Place) -> None:
    first, second = place.people[3], place.people[4]
    offered = place.wait(first)
    place.wait(second, minutes=1)
    place.cancel(place.people[1])
    held = services.accept_offer(wait_id=offered.pk, actor=SYSTEM, now=NOW)
    assert (held.slot, held.sequence) == (place.slots[1], 1)
    after = Wait.objects.get(case=second)
    assert (after.state, after.slot) == ("offered", place.slots[3])
    assert sum(Slot.objects.values_list("taken", flat=True)) == 5


def test_an_offer_lapses_and_the_next_in_line_gets_it(place: Place) -> None:
    first, second = place.people[3], place.people[4]
    offered = place.wait(first)
    place.wait(second, minutes=1)
    place.cancel(place.people[1])
    offered.refresh_from_db()
    assert offered.accept_by
    assert services.lapse_offers(actor=SYSTEM, now=offered.accept_by) == 0
    late = offered.accept_by + timedelta(seconds=1)
    with pytest.raises(errors.OfferLapsed):
        services.accept_offer(wait_id=offered.pk, actor=SYSTEM, now=late)
    assert services.lapse_offers(actor=SYSTEM, now=late) == 1
    offered.refresh_from_db()
    assert offered.state == "lapsed"
    assert Wait.objects.get(case=second).slot == place.slots[1]
    held = queries.open_appointment(first, STATION)
    assert held and held.slot == place.slots[3], "what was booked stands"


def test_declining_passes_it_on_and_without_anybody_it_is_free(place: Place) -> None:
    offered = place.wait(place.people[3])
    place.cancel(place.people[1])
    services.decline_offer(wait_id=offered.pk, actor=SYSTEM, now=NOW)
    assert [slot.pk for slot in queries.free_slots(place.hall, now=NOW)] == [place.slots[1].pk]


def test_nobody_is_offered_a_later_day_than_their_own(place: Place) -> None:
    place.wait(place.people[2])
    place.cancel(place.people[4])
    assert Wait.objects.get().state == "waiting"
    assert queries.free_slots(place.hall, now=NOW).get() == place.slots[4]


def test_without_a_booking_one_waits_for_any_place(place: Place) -> None:
    stranger = factories.copies(place.people[0], 1, "stranger")[0]
    offered = place.wait(stranger)
    place.cancel(place.people[4])
    held = services.accept_offer(wait_id=offered.pk, actor=SYSTEM, now=NOW)
    assert held.slot == place.slots[4]


def test_one_waits_once_and_may_stop(place: Place) -> None:
    person = place.people[3]
    assert place.wait(person) == place.wait(person, minutes=5)
    place.cancel(place.people[1])
    services.stop_waiting(case=person, station=STATION, actor=SYSTEM, now=NOW)
    assert Wait.objects.get().state == "left"
    assert queries.free_slots(place.hall, now=NOW).get() == place.slots[1]


def test_there_is_nothing_earlier_than_tomorrow(place: Place) -> None:
    with pytest.raises(errors.NothingEarlier):
        place.wait(place.people[0], minutes=11 * 60)


def test_more_windows_are_offered_to_those_who_wait_first(place: Place) -> None:
    """潮汐窗口: what opens goes to the line before it goes to anybody else."""
    place.wait(place.people[4])
    more = services.open_windows(hall=place.hall, extra={TODAY + DAY: 1}, actor=SYSTEM, now=NOW)
    assert more == 1
    assert Wait.objects.get().slot == place.slots[0]


def test_a_closed_day_takes_its_offers_back_into_the_line(place: Place) -> None:
    offered = place.wait(place.people[3])
    place.cancel(place.people[1])
    services.close_day(hall=place.hall, day=place.slots[1].day, reason="停电", actor=SYSTEM, now=NOW)
    offered.refresh_from_db()
    assert (offered.state, offered.slot) == ("waiting", None)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(clock.BEIJING)))
def test_nobody_has_to_answer_at_night(now: datetime) -> None:
    by = offers.accept_by(now, clock.BEIJING)
    assert by - now >= offers.HELD
    assert 8 <= by.astimezone(clock.BEIJING).hour < 22
    assert offers.earliest(now, clock.BEIJING) - by == offers.NOTICE
