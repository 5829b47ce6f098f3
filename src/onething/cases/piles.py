"""The piles of a clerk's work list, in work order, and how much time a row has left. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onething.kernel import workdays
from onething.kernel.workdays import Calendar


class Pile(StrEnum):
    """Where a case lies on the work list; the letter in front gives the order."""

    OVERDUE = "1_overdue"
    TODAY = "2_today"
    PERSON = "3_person"
    RUNNING = "4_running"
    ENDED = "5_ended"

    @property
    def key(self) -> str:
        """Name the pile in an address: overdue, today, person, running, ended."""
        return self.value.split("_")[1]


BY_KEY = {pile.key: pile for pile in Pile}


@dataclass(frozen=True, slots=True)
class Left:
    """Working days until a day (over is 0), or past it."""

    due: date
    left: int
    over: int


def left_until(due: date | None, *, today: date, calendar: Calendar) -> Left | None:
    """Count the working days between today and a due day; None where no day can be said."""
    if due is None:
        return None
    if due < today:
        return Left(due, 0, workdays.working_days_between(calendar, due, today))
    return Left(due, workdays.working_days_between(calendar, today, due), 0)


@dataclass(frozen=True, slots=True)
class Clock:
    """The working days a matter has used, of those it has; stopped ones do not count."""

    used: int
    days: int
    is_stopped: bool

    @property
    def is_over(self) -> bool:
        """Tell whether more days were used than there are."""
        return self.used > self.days
