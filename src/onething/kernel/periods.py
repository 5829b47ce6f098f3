"""Half-open periods of days: the first day belongs to the period, the end no longer does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onething.kernel.errors import Invalid


class PeriodEmpty(Invalid):
    """The period ends on {end}, which is not after its beginning on {start}."""

    remedy = "Give an end that lies after the beginning; the end is the first day that no longer belongs to the period."


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to but not including `end`; without an end it stays open. Refuses PeriodEmpty."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise PeriodEmpty(start=self.start, end=self.end)

    def __contains__(self, day: date) -> bool:
        return self.contains(day)

    def contains(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two have at least one day in common; periods that only touch do not."""
        return self._begins_before(other.end) and other._begins_before(self.end)

    def _begins_before(self, end: date | None) -> bool:
        return end is None or self.start < end

    @property
    def days(self) -> int | None:
        """Count the calendar days of the period; None while it is open."""
        return None if self.end is None else (self.end - self.start).days
