"""When a department that does not answer is left in peace, and when it is tried again. Pure.

    closed ──5 failures running──► open ──its rest is over──► half open: one call tries it
       ▲                            ▲                              │
       │                            └──── it failed: a longer rest ┤
       └───────────────────────────────────────────── it answered ─┘

Nothing has to happen for a circuit to become half open but that time passes; so none stays open for ever. A rest that
lies further ahead than any rest is long was written by a clock that went wrong: it counts as over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

TRIPS_AT = 5  # failures one after the other
FIRST_REST = timedelta(seconds=10)
LONGEST_REST = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a department answers: failures one after the other, and until when it is left in peace."""

    failures: int = 0
    opened_at: datetime | None = None
    open_until: datetime | None = None


def is_resting(open_until: datetime | None, *, now: datetime) -> bool:
    """Tell whether a department is left in peace now."""
    return open_until is not None and now < open_until <= now + LONGEST_REST


def after_failure(before: Standing, *, now: datetime, draw: float) -> Standing:
    """
    Count one more failure. From the fifth on the circuit opens, each time for twice as long, up to two minutes.

    A failure of a call that began before it opened changes nothing. `draw` in [0, 1) shortens the rest by up to a half.
    """
    if is_resting(before.open_until, now=now):
        return before
    failures = before.failures + 1
    if failures < TRIPS_AT:
        return Standing(failures)
    full = min(FIRST_REST.total_seconds() * 2 ** min(failures - TRIPS_AT, 20), LONGEST_REST.total_seconds())
    rest = timedelta(seconds=full * (1 - draw / 2))
    return Standing(failures, before.opened_at or now, now + rest)
