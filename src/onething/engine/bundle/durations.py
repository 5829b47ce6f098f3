"""How long each matter takes: joined, or by statute alone; and the days that a count of working days leads to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from onething.engine.bundle.compiled import Compiled
from onething.engine.bundle.model import Basis, Figure, MatterDef, Unit
from onething.engine.bundle.schedule import Finish
from onething.kernel.workdays import Calendar, Deadline, add_working_days, calendar_to_working


@dataclass(slots=True)
class Durations:
    """The clock of one computation: its first day, its calendar, and whether only statutes count."""

    compiled: Compiled
    on: date
    calendar: Calendar
    basis: Basis | None = None
    _spans: dict[tuple[int, int], int] = field(default_factory=dict)

    def figure(self, matter: MatterDef) -> Figure | None:
        """Give the figure that counts; None when only statutes count and none sets a term."""
        return matter.law if self.basis is Basis.LAW else matter.joined

    def finish(self, matters: tuple[str, ...]) -> Finish:
        """Give a function: matter number and start, in working days after submission, to its end."""
        figures = [self.figure(self.compiled.catalogue.matters[name]) for name in matters]
        if all(figure is None or figure.unit is Unit.WORKING_DAYS for figure in figures):
            days = [figure.value if figure else 0 for figure in figures]
            return lambda one, start: start + days[one]
        return lambda one, start: start + self.working_days(figures[one], start)

    def working_days(self, figure: Figure | None, start: int = 0) -> int:
        """Count a figure in working days, for something that starts `start` working days after submission."""
        if figure is None:
            return 0
        if figure.unit is Unit.WORKING_DAYS:
            return figure.value
        key = (figure.value, start)
        if key not in self._spans:
            self._spans[key] = calendar_to_working(self.calendar, self._day(start), figure.value)
        return self._spans[key]

    def deadline(self, days: int) -> Deadline:
        """Count working days from the day of submission, with proof."""
        return add_working_days(self.calendar, self.on, days)

    def _day(self, working_days: int) -> date:
        return self.deadline(working_days).due or self.on
