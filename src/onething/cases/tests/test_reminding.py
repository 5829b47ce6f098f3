"""On which days somebody is reminded: held against a person who looks at the calendar every day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onething.cases import reminding
from onething.cases.reminding import Stage

SINCE = date(2026, 9, 9)
promises = st.integers(1, 60).map(lambda n: SINCE + timedelta(days=n))


def reminders(looked_at: list[date], *, promised: date, last: date) -> list[date]:
    """Walk through the days on which the sweep ran."""
    sent: list[date] = []
    for today in looked_at:
        if reminding.is_time(
            today, reminded=sent[-1] if sent else None, since=SINCE, promised=promised, last=last
        ):  # fmt: skip
            sent.append(today)
    return sent


def test_who_promises_for_the_twentieth_is_reminded_before_on_and_after_it() -> None:
    every_day = [SINCE + timedelta(days=n) for n in range(60)]
    sent = reminders(every_day, promised=date(2026, 9, 20), last=date(2026, 10, 9))
    assert [f"{day:%m-%d}" for day in sent] == ["09-17", "09-20", "09-21", "09-28", "10-05", "10-06", "10-09"]


def test_a_promise_for_tomorrow_is_not_reminded_of_today() -> None:
    assert reminders([SINCE], promised=SINCE + timedelta(days=1), last=SINCE + timedelta(days=30)) == []


@given(promised=promises, more=st.integers(0, 40), ran=st.sets(st.integers(0, 120)))
def test_never_twice_on_a_day_never_after_the_last_reminder_and_a_night_missed_is_made_up_for(
    promised: date, more: int, ran: set[int]
) -> None:
    last = promised + timedelta(days=more)
    looked_at = [SINCE + timedelta(days=n) for n in sorted(ran) for _ in range(3)]
    sent = reminders(looked_at, promised=promised, last=last)
    assert len(sent) == len(set(sent))
    due = {day for day in reminding.days(promised=promised, last=last) if day > SINCE}
    for day in due:  # whoever looked on that day or later reminded on it or later, before the next look
        later = [looked for looked in looked_at if looked >= day]
        assert not later or later[0] in sent


def test_what_is_late_and_what_is_missed() -> None:
    promised, last = date(2026, 9, 20), date(2026, 10, 9)
    told = [reminding.stage(day, promised=promised, last=last) for day in (promised, date(2026, 9, 21), last)]
    assert told == [Stage.SOON, Stage.OVERDUE, Stage.OVERDUE]
    assert reminding.stage(date(2026, 10, 10), promised=promised, last=last) is Stage.MISSED
