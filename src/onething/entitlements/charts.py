"""The history of a figure as steps, drawn 1:1 so that its words stay readable. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

WIDTH: Final = 520
HEIGHT: Final = 190
LEFT, RIGHT, TOP, FOOT = 12, 84, 34, 30
"""Room around the steps, in pixels: the last value stands on the right, each value above its step, years below."""
LEAST_YEARS: Final = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One value: its line from `x` to `end` at the height `y`, and what is written at it."""

    x: int
    end: int
    y: int
    start: date
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Steps on a ground of WIDTH × HEIGHT pixels; `years` are the marks below, as (x, year)."""

    steps: tuple[Step, ...]
    years: tuple[tuple[int, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = HEIGHT - FOOT


def chart_of(values: Sequence[tuple[date, date | None, int]]) -> Chart | None:
    """
    Draw values of (from, until, value), in order of time; None if there are fewer than two: a sentence says as much.

    Where nothing is known between two values, nothing is drawn. Heights begin at zero.
    """
    if len(values) < 2:
        return None
    first, last = values[0][0].year, max(values[-1][0].year + 1, values[0][0].year + LEAST_YEARS)
    highest = max(value for _from, _until, value in values) or 1

    def across(day: date | None) -> int:
        if day is None:
            return WIDTH - RIGHT
        years = day.year + (day.timetuple().tm_yday - 1) / 366 - first
        return min(WIDTH - RIGHT, round(LEFT + years / (last - first) * (WIDTH - RIGHT - LEFT)))

    def up(value: int) -> int:
        return round(HEIGHT - FOOT - value / highest * (HEIGHT - FOOT - TOP))

    steps = tuple(Step(across(start), across(end), up(value), start, value) for start, end, value in values)
    every = max(1, (last - first) // 6)
    return Chart(steps, tuple((across(date(year, 1, 1)), year) for year in range(first, last + 1, every)))
