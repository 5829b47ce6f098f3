"""
Counting time between days, as statutes do. Everything rests on completed months.

A month is completed on the day with the same number. Where the month has no such day, on its last day (Civil Code,
art. 202), or with `next_day` on the first of the next month. So somebody born on 29 February turns 60 on 28 February
or on 1 March.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any


def months_between(start: date, end: date, next_day: bool = False) -> int:
    """Count completed months; negative when `end` lies before `start`."""
    if end < start:
        return -months_between(end, start, next_day)
    day = start.day if next_day or start.day <= 28 else min(start.day, monthrange(end.year, end.month)[1])
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < day)


def years_between(start: date, end: date, next_day: bool = False) -> int:
    """Count completed years; negative when `end` lies before `start`."""
    if end < start:
        return -(months_between(end, start, next_day) // 12)
    return months_between(start, end, next_day) // 12


def anniversary(start: date, years: int, next_day: bool = False) -> date:
    """Find the day on which so many years are completed."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1) if next_day else date(start.year + years, 2, 28)


def months_after(start: date, months: int, next_day: bool = False) -> date:
    """Find the day on which so many months are completed."""
    years, month = divmod(start.month - 1 + months, 12)
    last = monthrange(start.year + years, month + 1)[1]
    if start.day <= last:
        return start.replace(year=start.year + years, month=month + 1)
    end = date(start.year + years, month + 1, last)
    return end + timedelta(days=1) if next_day else end


def ceil_years(start: date, end: date, next_day: bool = False) -> int:
    """Count years, where a part of a year counts as a whole one; 0 when `end` does not lie after `start`."""
    if end <= start:
        return 0
    years = years_between(start, end, next_day)
    return years + (anniversary(start, years, next_day) < end)


def half_years(start: date, end: date, next_day: bool = False) -> int:
    """Count half years: a remainder of less than six months counts one, a longer one two; 0 when there is no time."""
    if end <= start:
        return 0
    months = months_between(start, end, next_day)
    years, rest = divmod(months, 12)
    if anniversary(start, years, next_day) == end:
        return 2 * years
    return 2 * years + (1 if rest < 6 else 2)


def both_ends_years(start: date, end: date, next_day: bool = False) -> int:
    """Count calendar years, the first and the last included (两头年); 0 when `end` lies before `start`."""
    return 0 if end < start else end.year - start.year + 1


def latest_with_years(years: int, day: date, next_day: bool = False) -> date | None:
    """Find the last day from which at least so many (one or more) years are completed on `day`; None before year 1."""
    if years < 1 or day.year - years < 1:
        return None
    found = anniversary(day, -years, next_day) - timedelta(days=3)
    while years_between(found + timedelta(days=1), day, next_day) >= years:
        found += timedelta(days=1)
    return found


def div_round(amount: int, divisor: int) -> int:
    """Divide to a whole number; halves are rounded away from zero. The divisor is positive."""
    rounded = (2 * abs(amount) + divisor) // (2 * divisor)
    return rounded if amount >= 0 else -rounded


def div_down(amount: int, divisor: int) -> int:
    """Divide to a whole number, towards zero. The divisor is positive."""
    return amount // divisor if amount >= 0 else -(-amount // divisor)


def div_up(amount: int, divisor: int) -> int:
    """Divide to a whole number, away from zero. The divisor is positive."""
    whole = (abs(amount) + divisor - 1) // divisor
    return whole if amount >= 0 else -whole


DIVIDING: dict[str, Callable[[int, int], int]] = {"div_round": div_round, "div_down": div_down, "div_up": div_up}

COUNTING: dict[str, Callable[[date, date, bool], int]] = {
    "years_between": years_between,
    "months_between": months_between,
    "ceil_years": ceil_years,
    "half_years": half_years,
    "both_ends_years": both_ends_years,
}
"""The functions of two days that give a number, by their names in the language."""

CHOOSING: dict[str, Callable[[Any, Any], Any]] = {
    "smaller_of": min,
    "larger_of": max,
    "least": min,
    "greatest": max,
}
