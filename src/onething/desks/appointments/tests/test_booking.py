"""One key: the visit that is left gets its time, once, and never more people than there are places."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from onething.cases import queries as case_queries
from onething.cases import services as cases
from onething.cases.errors import CaseClosed, VisitUnknown
from onething.cases.models import Case
from onething.cases.tests import factories as case_factories
from onething.catalogue import planning
from onething.correspondence.models import Notice
from onething.desks.appointments import errors, hours, letters, queries, services
from onething.desks.appointments.hours import Hours
from onething.desks.appointments.models import Appointment, Hall, Slot
from onething.desks.appointments.tests import factories
from onething.desks.appointments.tests.factories import DAY, NOW, STATION, TODAY, book
from onething.kernel.access import SYSTEM
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return factories.case()


@pytest.fixture
def hall() -> Hall:
    case_factories.regions()
    return factories.hall()


@pytest.fixture
def both(case: Case) -> tuple[Case, Hall]:
    return case, factories.hall()


def told(case: Case) -> list[str]:
    rows = Entry.objects.filter(subject=case.pk, kind__startswith="desks.appointments.")
    return [entry.kind.rpartition(".")[2] for entry in rows.order_by("id")]


def test_a_visit_gets_its_time(both: tuple[Case, Hall]) -> None:
    case, hall = both
    slot = factories.first_free(hall)
    appointment = book(case, slot)
    slot.refresh_from_db()
    assert (appointment.state, slot.taken, appointment.region) == ("booked", 1, case.region)
    assert told(case) == ["AppointmentBooked"]
    assert len(appointment.code) == 6


def test_booking_twice_gives_the_same_one_and_another_time_is_refused(both: tuple[Case, Hall]) -> None:
    case, hall = both
    first, second = queries.free_slots(hall, now=NOW)[:2]
    assert book(case, first) == book(case, first)
    with pytest.raises(errors.AlreadyBooked):
        book(case, second)
    assert sum(Slot.objects.values_list("taken", flat=True)) == 1


def test_the_database_holds_one_open_appointment_and_no_place_too_many(both: tuple[Case, Hall]) -> None:
    case, hall = both
    appointment = book(case, factories.first_free(hall))
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(
            case=case, person_id=case.person_id, region=case.region, slot=appointment.slot, station=STATION,
            booked_at=NOW, changed_at=NOW,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(pk=appointment.slot_id).update(taken=3)


def test_moving_gives_the_old_place_back(both: tuple[Case, Hall]) -> None:
    case, hall = both
    first, second = queries.free_slots(hall, now=NOW)[:2]
    book(case, first)
    moved = services.move(case=case, station=STATION, slot_id=second.pk, actor=SYSTEM, now=NOW)
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.taken, second.taken, moved.sequence) == (0, 1, 1)
    assert told(case) == ["AppointmentBooked", "AppointmentMoved"]


def test_moving_to_a_full_time_leaves_everything_as_it_was(case: Case) -> None:
    hall = factories.small_hall()
    first, second = queries.free_slots(hall, now=NOW)[:2]
    book(factories.copies(case, 1)[0], second)
    book(case, first)
    with pytest.raises(errors.SlotFull):
        services.move(case=case, station=STATION, slot_id=second.pk, actor=SYSTEM, now=NOW)
    held = queries.open_appointment(case, STATION)
    assert held and held.slot == first
    assert [slot.taken for slot in Slot.objects.filter(pk__in=[first.pk, second.pk])] == [1, 1]


def test_cancelling_gives_the_place_back_and_one_can_book_again(both: tuple[Case, Hall]) -> None:
    case, hall = both
    slot = factories.first_free(hall)
    book(case, slot)
    services.cancel(case=case, station=STATION, actor=SYSTEM, now=NOW)
    slot.refresh_from_db()
    assert slot.taken == 0
    assert book(case, slot).state == "booked"
    with pytest.raises(errors.NothingBooked):
        services.cancel(case=factories.copies(case, 1)[0], station=STATION, actor=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("station", "refusal"), [("police_station", errors.VisitNotInPlan), (STATION, errors.SlotNotFound)]
)
def test_what_is_not_there_is_refused(both: tuple[Case, Hall], station: str, refusal: type[Exception]) -> None:
    case, _ = both
    with pytest.raises(refusal):
        services.book(case=case, station=station, slot_id=-1, actor=SYSTEM, now=NOW)


def test_a_time_that_is_past_or_too_near_is_refused(both: tuple[Case, Hall]) -> None:
    case, hall = both
    slot = factories.slot_on(hall, TODAY, time(10, 30))
    with pytest.raises(errors.SlotPast):
        book(case, slot, now=slot.starts_at - timedelta(minutes=29))
    assert book(case, slot, now=slot.starts_at - timedelta(minutes=30))


def test_a_hall_elsewhere_or_of_another_kind_is_refused(case: Case) -> None:
    from onething.registry import services as registry
    from onething.registry.regions import RegionRow

    row = RegionRow(code="990199000000", name="临水县", name_en="Linshui")
    registry.load_regions(rows=[row], source="invented", actor=SYSTEM, now=NOW)
    for place in (factories.hall("far", "990199000000"), factories.hall("police", serves=["police_station"])):
        with pytest.raises(errors.OtherPlace):
            book(case, factories.first_free(place))
    assert queries.halls_for(case, STATION) == []
    assert not Slot.objects.exclude(taken=0).exists()


def test_somebody_else_books_nothing(both: tuple[Case, Hall]) -> None:
    case, hall = both
    stranger = case_factories.citizen(case_factories.person("990123199905210169"))
    with pytest.raises(Denied):
        book(case, factories.first_free(hall), actor=stranger)


def test_what_a_case_had_booked_ends_with_it(both: tuple[Case, Hall]) -> None:
    case, hall = both
    slot = factories.first_free(hall)
    book(case, slot)
    cases.withdraw_case(case=case, actor=SYSTEM, now=NOW)
    services.drop_needless(case_id=case.pk, actor=SYSTEM, now=NOW)
    services.drop_needless(case_id=case.pk, actor=SYSTEM, now=NOW)
    slot.refresh_from_db()
    assert (Appointment.objects.get().state, slot.taken) == ("cancelled", 0)
    with pytest.raises(CaseClosed):
        book(case, slot)


# kept, missed


def test_a_kept_visit_becomes_an_act_of_the_case(both: tuple[Case, Hall]) -> None:
    case, hall = both
    held = book(case, factories.first_free(hall))
    for _ in range(2):
        services.record_kept(appointment_id=held.pk, actor=SYSTEM, now=NOW + DAY)
    case.refresh_from_db()
    assert case.visited == [STATION]
    (fact,) = Entry.objects.filter(subject=case.pk, kind="cases.VisitMade")
    assert fact.payload["acts"] == ["household_page", "fingerprints", "card_bank_check"]
    assert "VisitMade" in [line.kind for line in case_queries.case_board(SYSTEM, case.number, now=NOW).story]
    with pytest.raises(errors.VisitAlreadyMade):
        book(case, factories.first_free(hall))
    with pytest.raises(VisitUnknown):
        cases.record_visit(case=case, station="moon", actor=SYSTEM, now=NOW)


def test_a_missed_visit_can_be_booked_again(both: tuple[Case, Hall]) -> None:
    case, hall = both
    held = book(case, factories.first_free(hall))
    with pytest.raises(errors.NotYetTime):
        services.record_missed(appointment_id=held.pk, actor=SYSTEM, now=held.slot.starts_at)
    services.record_missed(appointment_id=held.pk, actor=SYSTEM, now=held.slot.ends_at)
    with pytest.raises(errors.AppointmentOver):
        services.record_kept(appointment_id=held.pk, actor=SYSTEM, now=held.slot.ends_at)
    again = factories.slot_on(hall, TODAY + DAY)
    assert book(case, again, now=held.slot.ends_at).slot == again


def test_nobody_recorded_it_and_the_person_books_again(both: tuple[Case, Hall]) -> None:
    """A desk that forgets must not keep a person from coming."""
    case, hall = both
    held = book(case, factories.first_free(hall))
    again = factories.slot_on(hall, TODAY + DAY)
    moved = services.move(case=case, station=STATION, slot_id=again.pk, actor=SYSTEM, now=held.slot.ends_at)
    held.refresh_from_db()
    assert (held.state, moved.slot, moved.pk != held.pk) == ("missed", again, True)


# reminded


def test_the_day_before_once(both: tuple[Case, Hall]) -> None:
    case, hall = both
    book(case, factories.slot_on(hall, TODAY + 2 * DAY))
    assert [services.remind(now=NOW + after * DAY) for after in (0, 1, 1, 2)] == [0, 1, 0, 0]
    assert told(case).count("AppointmentNear") == 1


def test_who_booked_today_for_tomorrow_knows(both: tuple[Case, Hall]) -> None:
    case, hall = both
    book(case, factories.slot_on(hall, TODAY + DAY))
    assert services.remind(now=NOW) == 0


@pytest.mark.parametrize("kind", ["booked", "moved", "near", "missed", "cancelled", "needless", "dropped"])
def test_every_letter_has_its_words_and_is_written_once(both: tuple[Case, Hall], kind: str) -> None:
    case, hall = both
    held = book(case, factories.slot_on(hall, TODAY + DAY))
    for _ in range(2):
        letters.tell(appointment_id=held.pk, kind=kind, now=NOW)
    written = Notice.objects.filter(case_id=case.pk, kind=f"appointment_{kind}").order_by("channel")
    assert [notice.channel for notice in written] == ["in_app", "sms"]
    subject, body = written[0].text
    assert "9月10日（周四） 09:00" in body
    assert not any(character.isascii() and character.isalpha() for character in subject)


# the days of a hall


def test_times_lie_on_working_days_only_make_up_days_with_them(hall: Hall) -> None:
    """Oracle: the State Council's notice for autumn 2026 as people read it."""
    days = sorted(set(Slot.objects.values_list("day", flat=True)))
    assert days[0] == date(2026, 9, 9)
    assert len(days) == 15
    assert date(2026, 9, 20) in days, "a Sunday that is worked"
    assert {date(2026, 9, 19), date(2026, 9, 25), date(2026, 9, 26)} & set(days) == set()


def test_the_times_of_a_day_fit_into_its_hours(hall: Hall) -> None:
    times = [f"{s.starts_at.astimezone(clock.BEIJING):%H:%M}" for s in Slot.objects.filter(day=TODAY)]
    assert times == [
        "09:00",
        "09:30",
        "10:00",
        "10:30",
        "11:00",
        "11:30",
        *[f"{13 + (30 + 30 * n) // 60}:{(30 + 30 * n) % 60:02d}" for n in range(7)],
    ]
    assert set(Slot.objects.values_list("capacity", flat=True)) == {2}


@given(
    opens=st.times(),
    closes=st.times(),
    counters=st.integers(1, 9),
    extra=st.integers(0, 5),
    minutes=st.integers(5, 240),
)
def test_no_time_runs_past_closing_and_none_overlap(
    opens: time, closes: time, counters: int, extra: int, minutes: int
) -> None:
    stretch = Hours(opens, closes, counters)
    laid = hours.places([stretch], hours.Day(TODAY, extra=extra), minutes=minutes, per_counter=1, zone=clock.BEIJING)
    ends = [begins + timedelta(minutes=minutes) for begins in laid]
    assert all(begins.time() >= opens and begins.date() == TODAY for begins in laid)
    assert all(end <= datetime.combine(TODAY, closes, clock.BEIJING) for end in ends)
    assert all(end <= after for end, after in zip(ends, list(laid)[1:], strict=False))
    assert set(laid.values()) <= {counters + extra}
    assert (hours.fault_in([stretch]) is None) == (opens < closes)


def test_working_days_are_those_of_the_calendar() -> None:
    calendar = planning.calendar()
    listed = list(hours.working_days(calendar, date(2026, 9, 19), 10))
    by_hand = [on for on in (date(2026, 9, 19) + n * DAY for n in range(40)) if calendar.is_working_day(on)][:10]
    assert listed == by_hand


def test_other_hours_keep_what_is_booked(both: tuple[Case, Hall]) -> None:
    case, hall = both
    slot = factories.slot_on(hall, TODAY + DAY)
    book(case, slot)
    services.set_hall(hall=hall, hours=[Hours(time(14), time(16), 1)], actor=SYSTEM, now=NOW)
    slot.refresh_from_db()
    assert (slot.capacity, slot.taken) == (1, 1)
    free = queries.free_slots(hall, now=NOW).filter(day=TODAY + DAY)
    assert [f"{s.starts_at.astimezone(clock.BEIJING):%H:%M}" for s in free] == ["14:00", "14:30", "15:00", "15:30"]


@pytest.mark.parametrize(
    ("stretches", "refusal"),
    [
        ([Hours(time(12), time(9), 1)], errors.HoursWrong),
        ([Hours(time(9), time(12), 1), Hours(time(11), time(13), 1)], errors.HoursWrong),
        ([Hours(time(9), time(12), 7)], errors.MoreThanThereIs),
    ],
)
def test_hours_that_cannot_be_are_refused(hall: Hall, stretches: list[Hours], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        services.set_hall(hall=hall, hours=stretches, actor=SYSTEM, now=NOW)
    with pytest.raises(errors.HallExists):
        services.open_hall(
            organisation=hall.organisation, serves=["x"], counters=1, hours=[], actor=SYSTEM, now=NOW
        )  # fmt: skip


def test_a_closed_day_tells_those_who_had_booked_and_offers_other_times(both: tuple[Case, Hall]) -> None:
    case, hall = both
    other = factories.copies(case, 1)[0]
    book(case, factories.slot_on(hall, TODAY + DAY))
    kept = book(other, factories.slot_on(hall, TODAY + 2 * DAY))
    assert services.close_day(hall=hall, day=TODAY + DAY, reason="停电检修", actor=SYSTEM, now=NOW) == 1
    assert told(case)[-1] == "AppointmentDropped"
    board = queries.visit_board(case, STATION, now=NOW)
    assert board.appointment is None and board.next_free and TODAY + DAY not in {s.day for s in board.next_free}
    assert queries.open_appointment(other, STATION) == kept
    letters.tell(appointment_id=Appointment.objects.get(case=case).pk, kind="dropped", now=NOW)
    assert "停电检修" in Notice.objects.filter(case_id=case.pk)[0].text[1]
    with pytest.raises(errors.DayAlreadyClosed):
        services.close_day(hall=hall, day=TODAY + DAY, reason="x", actor=SYSTEM, now=NOW)
    with pytest.raises(errors.DayPast):
        services.close_day(hall=hall, day=TODAY - DAY, reason="x", actor=SYSTEM, now=NOW)
    services.reopen_day(hall=hall, day=TODAY + DAY, actor=SYSTEM, now=NOW)
    assert book(case, factories.slot_on(hall, TODAY + DAY))
    with pytest.raises(errors.DayNotClosed):
        services.reopen_day(hall=hall, day=TODAY + DAY, actor=SYSTEM, now=NOW)


def test_a_night_brings_the_next_day_into_reach(hall: Hall) -> None:
    before = Slot.objects.count()
    services.lay_out_all(actor=SYSTEM, now=NOW)
    assert Slot.objects.count() == before
    services.lay_out_all(actor=SYSTEM, now=NOW + DAY)
    assert Slot.objects.count() == before + 13


# many at once


@pytest.mark.django_db(transaction=True)
def test_fifty_people_want_the_last_place() -> None:
    """Real connections, all at the same moment: one gets it, the others are told, and nothing is overbooked."""
    case = factories.case()
    slot = factories.first_free(factories.small_hall())
    crowd = factories.copies(case, 50)
    start = Barrier(len(crowd))

    def want(one: Case) -> str:
        try:
            start.wait()
            book(one, slot)
            return "booked"
        except errors.SlotFull:
            return "full"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(crowd)) as pool:
        outcomes = list(pool.map(want, crowd))
    slot.refresh_from_db()
    assert (outcomes.count("booked"), outcomes.count("full")) == (1, 49)
    assert (slot.taken, slot.capacity, Appointment.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_people_who_change_places_do_not_lock_each_other_out() -> None:
    case = factories.case()
    hall = factories.hall()
    first, second = queries.free_slots(hall, now=NOW)[:2]
    crowd = factories.copies(case, 2)
    book(crowd[0], first), book(crowd[1], second)
    start = Barrier(2)

    def swap(one: Case, to: Slot) -> None:
        try:
            start.wait()
            for slot in (to, first if to == second else second) * 5:
                services.move(case=one, station=STATION, slot_id=slot.pk, actor=SYSTEM, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(swap, crowd, (second, first)))
    assert sorted(Slot.objects.filter(taken=1).values_list("pk", flat=True)) == sorted([first.pk, second.pk])
