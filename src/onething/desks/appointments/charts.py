"""Where the bars of a chart stand. Pure; drawn by the template at 1:1, so that its text is never smaller than 13 px."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onething.desks.appointments.tides import Tide

STRIDE, BAR, LEFT = 64, 36, 48
TALL, BASE = 130, 160
BRICK, GROUND = 12, 300


@dataclass(frozen=True, slots=True)
class Brick:
    """One window of a day: `is_short` where it is not staffed yet."""

    y: int
    is_short: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: its bar of visits, and its windows as bricks."""

    x: int
    middle: int
    y: int
    height: int
    on: date
    visits: int
    bricks: tuple[Brick, ...]
    top: int
    needed: int


@dataclass(frozen=True, slots=True)
class Chart:
    """All bars, and how wide the picture is."""

    width: int
    bars: tuple[Bar, ...]


def tides(days: Sequence[Tide]) -> Chart:
    """Lay out the chart of the days: people above, windows below."""
    most = max((day.expected for day in days), default=0) or 1
    return Chart(LEFT + STRIDE * len(days), tuple(_bar(number, day, most) for number, day in enumerate(days)))


def _bar(number: int, day: Tide, most: int) -> Bar:
    x = LEFT + number * STRIDE
    height = round(TALL * day.expected / most)
    bricks = tuple(Brick(GROUND - (n + 1) * BRICK, n >= day.staffed) for n in range(min(day.needed, 9)))
    top = GROUND - len(bricks) * BRICK - 6
    return Bar(x, x + BAR // 2, BASE - height, height, day.on, day.expected, bricks, top, day.needed)
