"""The working-day clock: told plainly first, then against a day-by-day walk that shares no code with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onething.kernel import workdays
from onething.kernel.workdays import (
    Calendar,
    Day,
    Deadline,
    Kind,
    SpecialDay,
    Status,
    Stop,
    Year,
    add_calendar_days,
    add_months,
    add_working_days,
    calendar_to_working,
    next_working_day,
    recompute,
    verify,
    working_days_between,
)

DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def year_2026(*more: SpecialDay) -> Year:
    """National Day 2026 as announced: off from 1 to 7 October, worked on 20 September and 10 October."""
    off = [SpecialDay(date(2026, 10, number), Kind.HOLIDAY, "国庆节", "National Day") for number in range(1, 8)]
    worked = [SpecialDay(on, Kind.MAKE_UP, "国庆节") for on in (date(2026, 9, 20), date(2026, 10, 10))]
    return Year(year=2026, status=Status.ANNOUNCED, source="test", special=(*off, *worked, *more))


def plain_year(year: int, status: Status = Status.ANNOUNCED) -> Year:
    return Year(year=year, status=status, source="test", special=())


CALENDAR = Calendar("test", (plain_year(2025), year_2026(), plain_year(2027), plain_year(2028)))


# The plain case, as a clerk would count it on the wall calendar.


def test_fifteen_working_days_across_national_day() -> None:
    deadline = add_working_days(CALENDAR, day("2026-09-28"), 15)
    assert deadline.due == day("2026-10-23")
    kinds = {line.on.isoformat(): line.kind for line in deadline.proof}
    assert kinds["2026-09-29"] is Kind.WORKING
    assert kinds["2026-10-01"] is Kind.HOLIDAY
    assert kinds["2026-10-10"] is Kind.MAKE_UP
    assert kinds["2026-10-11"] is Kind.WEEKEND
    assert len(deadline.proof) == 25
    assert deadline.counted == 15


def test_the_day_after_the_start_is_day_one() -> None:
    assert add_working_days(CALENDAR, day("2026-09-28"), 1).due == day("2026-09-29")


def test_zero_days_are_due_on_the_start_even_on_a_holiday() -> None:
    deadline = add_working_days(CALENDAR, day("2026-10-03"), 0)
    assert (deadline.due, deadline.proof) == (day("2026-10-03"), ())


def test_the_day_a_stop_begins_does_not_count_and_the_day_it_ends_does() -> None:
    stop = Stop(day("2026-10-13"), day("2026-10-15"), "补正")
    deadline = add_working_days(CALENDAR, day("2026-10-12"), 2, [stop])
    assert [(line.on.day, line.kind.value) for line in deadline.proof] == [
        (13, "stopped"),
        (14, "stopped"),
        (15, "working_day"),
        (16, "working_day"),
    ]
    assert deadline.proof[0].name == "补正"


def test_a_stop_that_begins_and_ends_on_one_day_moves_nothing() -> None:
    stop = Stop(day("2026-10-14"), day("2026-10-14"))
    assert add_working_days(CALENDAR, day("2026-10-12"), 5, [stop]).due == day("2026-10-19")


def test_while_a_stop_is_open_there_is_no_due_date() -> None:
    deadline = add_working_days(CALENDAR, day("2026-10-12"), 5, [Stop(day("2026-10-15"))])
    assert deadline.is_stopped
    assert (deadline.due, deadline.counted, deadline.proof[-1].on) == (None, 2, day("2026-10-14"))


def test_an_open_stop_ends_the_proof_even_inside_another_stop() -> None:
    stops = [Stop(day("2026-10-13"), day("2026-10-16")), Stop(day("2026-10-15"))]
    assert add_working_days(CALENDAR, day("2026-10-12"), 5, stops).proof[-1].on == day("2026-10-14")


def test_an_open_stop_that_begins_after_the_due_day_changes_nothing() -> None:
    deadline = add_working_days(CALENDAR, day("2026-10-12"), 5, [Stop(day("2026-10-20"))])
    assert deadline.due == day("2026-10-19")


def test_a_stop_leaves_weekends_and_holidays_what_they_are() -> None:
    deadline = add_working_days(CALENDAR, day("2026-09-29"), 3, [Stop(day("2026-09-30"), day("2026-10-12"))])
    stopped = [line.on.isoformat() for line in deadline.proof if line.kind is Kind.STOPPED]
    assert stopped == ["2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"]


def test_a_later_notice_moves_an_open_deadline() -> None:
    provisional = Calendar("test", (plain_year(2026, Status.PROVISIONAL),))
    before = add_working_days(provisional, day("2026-09-28"), 15)
    after = recompute(before, provisional.with_year(year_2026()))
    assert (before.due, before.provisional) == (day("2026-10-19"), True)
    assert (after.due, after.provisional) == (day("2026-10-23"), False)
    assert before.version != after.version


def test_a_calendar_that_only_gains_a_later_year_still_proves_the_deadline() -> None:
    young = Calendar("test", (year_2026(),))
    deadline = add_working_days(young, day("2026-09-28"), 15)
    assert young.version != young.with_year(plain_year(2027)).version
    assert verify(deadline, young.with_year(plain_year(2027)))


def test_the_last_days_of_december_are_provisional_until_the_next_year_is_announced() -> None:
    young = Calendar("test", (year_2026(),))
    assert not add_working_days(young, day("2026-12-21"), 4).provisional
    assert add_working_days(young, day("2026-12-21"), 5).provisional
    computed = young.with_year(plain_year(2027, Status.PROVISIONAL))
    assert add_working_days(computed, day("2026-12-21"), 5).provisional
    assert not add_working_days(young.with_year(plain_year(2027)), day("2026-12-21"), 5).provisional


def test_a_year_that_is_not_announced_makes_provisional_whatever_was_counted_in_it() -> None:
    later = Calendar("test", (plain_year(2026, Status.PROVISIONAL), plain_year(2027)))
    assert add_working_days(later, day("2026-12-21"), 15).provisional
    assert not add_working_days(later, day("2027-01-04"), 5).provisional


def test_a_term_that_ends_on_a_day_off_runs_to_the_next_working_day() -> None:
    assert next_working_day(CALENDAR, day("2026-10-01")) == day("2026-10-08")
    assert next_working_day(CALENDAR, day("2026-10-10")) == day("2026-10-10")


def test_how_many_working_days_lie_in_the_next_calendar_days() -> None:
    assert calendar_to_working(CALENDAR, day("2026-09-28"), 10) == 3
    assert add_calendar_days(day("2026-09-28"), 30) == day("2026-10-28")


# Refusals by name.


def test_a_year_that_is_not_there_is_refused() -> None:
    young = Calendar("test", (year_2026(),))
    with pytest.raises(workdays.YearNotCovered, match="2027"):
        add_working_days(young, day("2026-12-20"), 30)
    with pytest.raises(workdays.YearNotCovered, match="2025"):
        working_days_between(young, day("2025-12-20"), day("2026-01-10"))


@pytest.mark.parametrize(
    ("refusal", "attempt"),
    [
        (workdays.DaysNegative, lambda: add_working_days(CALENDAR, day("2026-01-01"), -1)),
        (workdays.DaysNegative, lambda: add_calendar_days(day("2026-01-01"), -1)),
        (workdays.DaysNegative, lambda: add_months(day("2026-01-01"), -1)),
        (workdays.EndBeforeStart, lambda: working_days_between(CALENDAR, day("2026-01-02"), day("2026-01-01"))),
        (workdays.EndBeforeStart, lambda: Stop(day("2026-01-02"), day("2026-01-01"))),
        (workdays.YearTwice, lambda: Calendar("test", (plain_year(2026), year_2026()))),
        (workdays.DayTwice, lambda: year_2026(SpecialDay(date(2026, 10, 1), Kind.HOLIDAY, "中秋节"))),
        (workdays.DayOutsideYear, lambda: year_2026(SpecialDay(date(2025, 12, 31), Kind.HOLIDAY, "元旦"))),
    ],
)
def test_what_makes_no_sense_is_refused(refusal: type[Exception], attempt: object) -> None:
    with pytest.raises(refusal):
        attempt()  # type: ignore[operator]


# Properties. The oracle walks the days with sets of dates and shares nothing with the clock but the answer.

STARTS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(0, 120)


@st.composite
def stop(draw: st.DrawFn, open_ended: bool = False) -> Stop:
    since = draw(st.dates(date(2024, 12, 1), date(2027, 6, 1)))
    length = draw(st.integers(0, 40))
    return Stop(since, None if open_ended else since + length * DAY, draw(st.sampled_from(["补正", "鉴定", ""])))


STOPS = st.lists(stop(), max_size=4)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any calendar: random days off and random weekend days worked in 2025 to 2028."""
    years = []
    for number in range(2025, 2029):
        days = draw(st.sets(st.dates(date(number, 1, 1), date(number, 12, 31)), max_size=25))
        special = [SpecialDay(on, Kind.MAKE_UP if on.weekday() >= 5 else Kind.HOLIDAY, "节") for on in sorted(days)]
        years.append(Year(year=number, status=Status.ANNOUNCED, source="test", special=tuple(special)))
    return Calendar("random", tuple(years))


def is_worked(calendar: Calendar, on: date) -> bool:
    special = {it.on: it.kind for year in calendar.years for it in year.special}
    if on in special:
        return special[on] == "make_up_day"
    return on.isoweekday() < 6


def stopped_days(stops: list[Stop]) -> set[date]:
    return {
        stop.since + number * DAY
        for stop in stops
        for number in range(((stop.until or date(2029, 1, 1)) - stop.since).days)
    }


def walk(calendar: Calendar, start: date, days: int, stops: list[Stop]) -> date:
    standing, on = stopped_days(stops), start
    while days:
        on += DAY
        days -= is_worked(calendar, on) and on not in standing
    return on


@given(calendars(), STARTS, COUNTS, STOPS)
def test_agrees_with_a_walk_day_by_day(calendar: Calendar, start: date, days: int, stops: list[Stop]) -> None:
    deadline = add_working_days(calendar, start, days, stops)
    assert deadline.due == walk(calendar, start, days, stops)
    assert [line.on for line in deadline.proof] == [start + n * DAY for n in range(1, len(deadline.proof) + 1)]
    standing = stopped_days(stops)
    assert [line.counts for line in deadline.proof] == [
        is_worked(calendar, line.on) and line.on not in standing for line in deadline.proof
    ]


@given(calendars(), STARTS, st.integers(0, 60), st.integers(0, 60), STOPS)
def test_adding_twice_is_adding_the_sum(calendar: Calendar, start: date, a: int, b: int, stops: list[Stop]) -> None:
    halfway = add_working_days(calendar, start, a, stops).due
    assert halfway is not None
    assert add_working_days(calendar, halfway, b, stops).due == add_working_days(calendar, start, a + b, stops).due


@given(calendars(), STARTS, COUNTS, STOPS)
def test_between_is_the_inverse_of_adding(calendar: Calendar, start: date, days: int, stops: list[Stop]) -> None:
    due = add_working_days(calendar, start, days, stops).due
    assert due is not None
    assert working_days_between(calendar, start, due, stops) == days
    if days:
        assert working_days_between(calendar, start, due - DAY, stops) == days - 1


@given(calendars(), STARTS, COUNTS, stop())
def test_a_stop_shifts_by_exactly_the_working_days_inside(
    calendar: Calendar, start: date, days: int, stop: Stop
) -> None:
    deadline = add_working_days(calendar, start, days, [stop])
    taken = sum(line.kind is Kind.STOPPED for line in deadline.proof)
    assert deadline.due == add_working_days(calendar, start, days + taken).due or days == 0
    assert deadline.due is not None
    inside = [on for on in stopped_days([stop]) if start < on <= deadline.due and is_worked(calendar, on)]
    assert taken == len(inside)


@given(calendars(), STARTS, COUNTS, STOPS)
def test_monotone_in_days_in_the_start_and_in_stops(
    calendar: Calendar, start: date, days: int, stops: list[Stop]
) -> None:
    due = add_working_days(calendar, start, days, stops).due
    more = add_working_days(calendar, start, days + 1, stops).due
    later = add_working_days(calendar, start + DAY, days, stops).due
    unstopped = add_working_days(calendar, start, days).due
    assert due is not None and more is not None and later is not None and unstopped is not None
    assert due < more
    assert due <= later
    assert unstopped <= due


@given(calendars(), STARTS, COUNTS, STOPS, stop(open_ended=True))
def test_an_open_stop_counts_up_to_its_eve(
    calendar: Calendar, start: date, days: int, stops: list[Stop], standing: Stop
) -> None:
    without = add_working_days(calendar, start, days, stops)
    deadline = add_working_days(calendar, start, days, [*stops, standing])
    assert without.due is not None
    if without.due < standing.since or days == 0:
        assert deadline.due == without.due
    else:
        assert deadline.due is None
        assert all(line.on < standing.since for line in deadline.proof)
        assert deadline.counted == working_days_between(calendar, start, max(start, standing.since - DAY), stops)


@given(calendars(), STARTS, COUNTS, STOPS)
def test_the_proof_holds_and_survives_storing(calendar: Calendar, start: date, days: int, stops: list[Stop]) -> None:
    deadline = add_working_days(calendar, start, days, stops)
    assert verify(deadline, calendar)
    assert Deadline.from_json(deadline.to_json()) == deadline


def _falsified(deadline: Deadline, line: Day, place: int) -> list[Deadline]:
    proof = deadline.proof
    assert deadline.due is not None
    return [
        replace(deadline, due=deadline.due + DAY),
        replace(deadline, due=None),
        replace(deadline, days=deadline.days + 1),
        replace(deadline, start=deadline.start - DAY),
        replace(deadline, provisional=not deadline.provisional),
        replace(deadline, version="2026:00000000"),
        replace(deadline, calendar="other"),
        replace(deadline, proof=proof[:place] + proof[place + 1 :]),
        replace(deadline, proof=(*proof, replace(proof[-1], on=proof[-1].on + DAY))),
        replace(deadline, proof=(*proof[:place], replace(line, name=line.name + "x"), *proof[place + 1 :])),
        replace(deadline, proof=(*proof[:place], replace(line, kind=_other(line.kind)), *proof[place + 1 :])),
        replace(deadline, proof=(*proof[:place], replace(line, on=line.on + DAY), *proof[place + 1 :])),
    ]


def _other(kind: Kind) -> Kind:
    return Kind.WEEKEND if kind is not Kind.WEEKEND else Kind.WORKING


@given(calendars(), STARTS.filter(lambda on: on.year == 2026), st.integers(1, 60), STOPS, st.data())
def test_no_falsified_proof_holds(
    calendar: Calendar, start: date, days: int, stops: list[Stop], data: st.DataObject
) -> None:
    deadline = add_working_days(calendar, start, days, stops)
    place = data.draw(st.integers(0, len(deadline.proof) - 1))
    for falsified in _falsified(deadline, deadline.proof[place], place):
        assert not verify(falsified, calendar)


@given(calendars(), calendars(), STARTS, COUNTS)
def test_recomputing_is_counting_anew(old: Calendar, new: Calendar, start: date, days: int) -> None:
    assert recompute(add_working_days(old, start, days), new) == add_working_days(new, start, days)


# Stored deadlines.


def test_a_stored_deadline_reads_like_a_wall_calendar() -> None:
    plain = add_working_days(
        CALENDAR, day("2026-09-30"), 1, [Stop(day("2026-10-08"), day("2026-10-09"), "补正")]
    ).to_json()
    assert plain["working_days"] == 1
    assert plain["due"] == "2026-10-09"
    assert plain["stops"] == [{"since": "2026-10-08", "until": "2026-10-09", "why": "补正", "why_en": ""}]
    assert plain["proof"][0] == {
        "on": "2026-10-01",
        "number": None,
        "kind": "holiday",
        "name": "国庆节",
        "name_en": "National Day",
    }
    assert plain["proof"][-1]["number"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"working_days": "3"},
        {"working_days": True},
        {"provisional": 0},
        {"due": "soon"},
        {"stops": None},
        {"proof": [{"on": "2026-10-08", "number": 7, "kind": "working_day", "name": "", "name_en": ""}]},
        {"more": 1},
    ],
)
def test_a_damaged_deadline_is_refused(change: dict[str, object]) -> None:
    plain = add_working_days(CALENDAR, day("2026-10-07"), 3).to_json()
    with pytest.raises(workdays.ProofUnreadable):
        Deadline.from_json({**plain, **change})


def test_correcting_a_source_does_not_change_the_version() -> None:
    first, second = year_2026(), replace(year_2026(), source="another")
    assert first.digest == second.digest
    assert first.digest != plain_year(2026).digest


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2026-09-09", 6, "2027-03-09"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-29", 6, "2028-02-29"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-01-31", 0, "2026-01-31"),
    ],
)
def test_months_run_to_the_day_of_the_same_number_or_to_the_month_s_last(start: str, months: int, last: str) -> None:
    assert add_months(day(start), months) == day(last)


@given(start=st.dates(date(2000, 1, 1), date(2100, 1, 1)), months=st.integers(0, 240))
def test_months_later_lies_in_that_month_and_is_never_a_later_day_of_it(start: date, months: int) -> None:
    found = add_months(start, months)
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    tomorrow = found + timedelta(days=1)
    assert found.day == start.day or (found.day < start.day and tomorrow.month != found.month)


def test_a_day_inside_two_stops_is_named_by_the_one_that_began_first() -> None:
    both = [
        Stop(day("2026-10-14"), day("2026-10-17"), "等部队"),
        Stop(day("2026-10-13"), day("2026-10-16"), "等您补正"),
    ]
    proof = add_working_days(CALENDAR, day("2026-10-12"), 2, both).proof
    stopped = [(line.on.isoformat(), line.name) for line in proof if line.kind is Kind.STOPPED]
    assert stopped == [
        ("2026-10-13", "等您补正"),
        ("2026-10-14", "等您补正"),
        ("2026-10-15", "等您补正"),
        ("2026-10-16", "等部队"),
    ]
