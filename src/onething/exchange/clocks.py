"""How much time a row of the queue has left, and how many working days are used of how many. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from onething.kernel import workdays
from onething.kernel.workdays import Calendar

CLOSING = time(17, 30)
"""Until then a desk works on a day; what is due today is due by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """
    Working days past the day (`over`; over a weekend that is none) or left (`left`); today `rest` is what is left until
    closing time.

    `used` of `days`: working days from the day it came until today, and until its day.
    """

    over: int = 0
    left: int | None = None
    rest: timedelta | None = None
    is_past: bool = False
    used: int = 0
    days: int = 0

    @property
    def hours(self) -> int:
        """Give the full hours left today."""
        return int(self.rest.total_seconds() // 3600) if self.rest else 0

    @property
    def minutes(self) -> int:
        """Give the minutes left today."""
        return int(self.rest.total_seconds() // 60) if self.rest else 0


def read(*, came: date, due: date | None, now: datetime, calendar: Calendar) -> Clock:
    """Read the clock of a row that came on a day and is due on another; `now` is in the desk's own time zone."""
    today = now.date()
    used = workdays.working_days_between(calendar, came, max(today, came))
    if due is None:
        return Clock(used=used)
    days = workdays.working_days_between(calendar, came, max(due, came))
    if due < today:
        over = workdays.working_days_between(calendar, due, today)
        return Clock(over=over, is_past=True, used=used, days=days)
    if due > today:
        return Clock(left=workdays.working_days_between(calendar, today, due), used=used, days=days)
    closing = datetime.combine(today, CLOSING, tzinfo=now.tzinfo)
    return Clock(rest=max(closing - now, timedelta()), used=used, days=days)
