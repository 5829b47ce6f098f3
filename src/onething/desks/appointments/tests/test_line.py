"""Who is next at a counter."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from onething.desks.appointments import line
from onething.desks.appointments.line import InLine
from onething.desks.appointments.tests.factories import NOW

MINUTE = timedelta(minutes=1)


LINE = {
    "first": InLine(since=NOW - 30 * MINUTE),
    "second": InLine(since=NOW - 20 * MINUTE),
    "elder": InLine(since=NOW - 5 * MINUTE, goes_first=True),
    "booked for now": InLine(since=NOW - 2 * MINUTE, booked_for=NOW),
    "late for their time": InLine(since=NOW - 1 * MINUTE, booked_for=NOW - 10 * MINUTE),
    "early": InLine(since=NOW - 40 * MINUTE, booked_for=NOW + 60 * MINUTE),
    "sent on to 3": InLine(since=NOW - 50 * MINUTE, for_counter=3),
}


def called(counter: int = 1, elders_first: bool = True) -> list[str]:
    waiting = [(one, name) for name, one in LINE.items()]
    return line.ranked(waiting, counter=counter, now=NOW, elders_first=elders_first)


def test_appointments_at_their_time_then_elders_then_the_others() -> None:
    assert called() == ["late for their time", "booked for now", "elder", "first", "second", "early"]


def test_without_the_rule_an_elder_waits_like_everybody() -> None:
    assert called(elders_first=False) == ["late for their time", "booked for now", "first", "second", "elder", "early"]


def test_who_was_sent_on_is_next_there_and_nowhere_else() -> None:
    assert called(counter=3)[0] == "sent on to 3"
    assert "sent on to 3" not in called(counter=2)


MINUTES = st.integers(-300, 300).map(lambda n: NOW + n * MINUTE)
PEOPLE = st.builds(
    InLine,
    since=MINUTES,
    for_counter=st.none() | st.integers(1, 4),
    goes_first=st.booleans(),
    booked_for=st.none() | MINUTES,
)


@given(st.lists(PEOPLE, max_size=20), st.integers(1, 4), st.booleans())
def test_nobody_is_forgotten_and_equals_keep_their_order(people: list[InLine], counter: int, elders: bool) -> None:
    ranked = line.ranked(
        [(one, number) for number, one in enumerate(people)], counter=counter, now=NOW, elders_first=elders
    )
    assert sorted(ranked) == [n for n, one in enumerate(people) if one.for_counter in (None, counter)]
    plain = [n for n in ranked if people[n].booked_for is None and people[n].for_counter is None]
    groups = [
        [n for n in plain if people[n].goes_first == first] for first in (True, False)
    ] if elders else [plain]  # fmt: skip
    for group in groups:
        assert [people[n].since for n in group] == sorted(people[n].since for n in group)
