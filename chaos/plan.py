"""What goes wrong and when: all of it from the seed. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What happens to one message on its way."""

    NONE = "none"
    LOST = "lost"  # it never arrives
    DEAF = "deaf"  # it arrives, its answer does not
    TWICE = "twice"  # it arrives twice
    LATE = "late"  # it arrives after others that left later
    GARBLED = "garbled"  # one byte is another one


WEIGHTS = {Fault.NONE: 40, Fault.LOST: 14, Fault.DEAF: 14, Fault.TWICE: 14, Fault.LATE: 14, Fault.GARBLED: 4}
"""Of a hundred messages so many."""


class Kind(StrEnum):
    """What happens to the house as a whole."""

    KILL_WORKER = "kill_worker"
    KILL_WEB = "kill_web"
    RESTART_DATABASE = "restart_database"
    FILL_DISK = "fill_disk"
    CUT = "cut"
    TURN_CLOCK = "turn_clock"
    JOB_TWICE = "job_twice"


EVERY = {
    Kind.KILL_WORKER: 4.0, Kind.KILL_WEB: 60.0, Kind.RESTART_DATABASE: 45.0, Kind.FILL_DISK: 240.0, Kind.CUT: 30.0,
    Kind.TURN_CLOCK: 40.0, Kind.JOB_TWICE: 10.0,
}  # fmt: skip
"""Seconds between two of a kind, on average."""


@dataclass(frozen=True, slots=True, order=True)
class Blow:
    """One blow: seconds after the beginning, what, and how long or how far (seconds)."""

    at: float
    kind: Kind
    size: float


def message_fault(seed: int, wire: str, number: int) -> tuple[Fault, float]:
    """Draw what happens to the n-th message on a line, and a number in [0, 1) that says where or how long."""
    draw = random.Random(f"{seed} {wire} {number}")  # noqa: S311  # a plan, no secret
    return draw.choices(list(WEIGHTS), list(WEIGHTS.values()))[0], draw.random()


def blows(seed: int, seconds: float, every: dict[Kind, float] | None = None) -> list[Blow]:
    """Draw every blow of a run, in the order of time."""
    return sorted(blow for kind, mean in (every or EVERY).items() for blow in _of_kind(seed, kind, mean, seconds))


def _of_kind(seed: int, kind: Kind, mean: float, seconds: float) -> Iterator[Blow]:
    draw = random.Random(f"{seed} {kind}")  # noqa: S311  # as above
    at = mean * draw.uniform(0.5, 1.0)
    while at < seconds:
        yield Blow(at, kind, _size(kind, draw))
        at += mean * draw.uniform(0.5, 1.5)


def _size(kind: Kind, draw: random.Random) -> float:
    if kind is Kind.TURN_CLOCK:
        return draw.choice([-600.0, -240.0, -60.0, 60.0, 240.0, 600.0])
    return draw.uniform(1.0, 4.0)
