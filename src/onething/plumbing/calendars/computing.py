"""Years that nobody has announced yet: computed from the statutory holidays, and marked provisional."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from typing import TypeVar

from onething.kernel.workdays import Calendar, Kind, SpecialDay, Status, Year, YearNotCovered
from onething.plumbing.calendars.errors import YearNotComputable

FIRST_YEAR, LAST_YEAR = 2004, 2099
"""The lunar tables of `holidays` end in 2099."""

Answer = TypeVar("Answer")


@lru_cache(maxsize=32)
def computed_year(year: int) -> Year:
    """
    Compute the statutory holidays of a year with their days in lieu; provisional whatever the year.

    Before the notice nobody knows which weekends will be worked. Moving days does not change how many working days a
    year has, so the sum over a year is right and single deadlines may move by some days. Refuses YearNotComputable.
    Source: 全国年节及纪念日放假办法 (2024), through the library `holidays` (MIT).
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearNotComputable(year=year)
    import holidays  # here: most runs never need it, and it takes a tenth of a second

    chinese = holidays.country_holidays("CN", years=[year], language="zh_CN")
    english = holidays.country_holidays("CN", years=[year], language="en_US")
    off = [SpecialDay(on, Kind.HOLIDAY, chinese[on], english[on]) for on in sorted(chinese)]
    worked = [SpecialDay(on, Kind.MAKE_UP, "调休", "make-up day") for on in sorted(_worked_weekends(chinese, year))]
    return Year(
        year=year,
        status=Status.PROVISIONAL,
        source=f"推算 computed: 全国年节及纪念日放假办法, holidays {version('holidays')} (MIT)",
        special=tuple(sorted(off + worked, key=lambda day: day.on)),
    )


def _worked_weekends(computed: object, year: int) -> list[date]:
    """The library lists worked weekends only for years that it knows; they may lie in a neighbouring year."""
    return [on for on in getattr(computed, "weekend_workdays", ()) if on.year == year]


def extended(calendar: Calendar, through: int) -> Calendar:
    """Add provisional years after the last one up to and including `through`. Refuses YearNotComputable."""
    last = max(calendar.by_year)
    for year in range(last + 1, through + 1):
        calendar = calendar.with_year(computed_year(year))
    return calendar


def reaching(calendar: Calendar, count: Callable[[Calendar], Answer]) -> Answer:
    """
    Count with a calendar and add provisional years at its end as far as the count needs them.

    A year before the calendar, or missing inside it, is still refused. Refuses YearNotCovered, YearNotComputable.
    """
    while True:
        try:
            return count(calendar)
        except YearNotCovered as refusal:
            year = int(str(refusal.facts["year"]))
            if year <= max(calendar.by_year):
                raise
            calendar = extended(calendar, year)
