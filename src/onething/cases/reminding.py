"""On which days a person is reminded of something promised or asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
BEFORE = timedelta(days=3)
AGAIN = timedelta(days=7)
LONGEST = timedelta(days=56)
"""Nobody is reminded for ever; whoever did not react to all these is looked after by a clerk."""


DAYS_TO_KEEP = (timedelta(days=10), timedelta(days=3))
"""How long before a day that the law sets a person is reminded of it."""


def next_reminder(due: date, *, after: date) -> date | None:
    """Find the next day after `after` on which to remind of a day of the law; None if there is none left."""
    return min((day for before in DAYS_TO_KEEP if (day := due - before) > after), default=None)


class Stage(StrEnum):
    """How late something is: its day is to come, it has passed, or the last day has passed too."""

    SOON = "soon"
    OVERDUE = "overdue"
    MISSED = "missed"


def stage(today: date, *, promised: date, last: date) -> Stage:
    """Tell how late something is that was promised for a day and accepted until a last one, both inclusive."""
    if today <= promised:
        return Stage.SOON
    return Stage.OVERDUE if today <= last else Stage.MISSED


def is_time(
    today: date, *, reminded: date | None, since: date, promised: date, last: date, before: timedelta = BEFORE
) -> bool:
    """
    Tell whether to remind today of what was promised or asked for on `since`.

    Days that passed while nobody looked are made up for by one reminder; never two on a day.
    """
    after = max(since, reminded) if reminded else since
    return any(after < day <= today for day in days(promised=promised, last=last, before=before))


def days(*, promised: date, last: date, before: timedelta = BEFORE) -> Iterator[date]:
    """List the days of reminders: before and on the promised day, after it each week, before and on the last day."""
    yield promised - before
    yield promised
    overdue = promised + DAY
    while overdue <= min(last, promised + LONGEST):
        yield overdue
        overdue += AGAIN
    if last > promised:
        yield from (day for day in (last - before, last) if day > promised)
