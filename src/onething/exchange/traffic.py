"""How fast a port answers, from counts per class of duration: each class is twice as long as the one before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

SLOT = timedelta(minutes=5)
FIRST_MILLISECONDS = 8
CLASSES = 14  # up to 8 ms, 16, 32, … 32 s, and everything above


def slot_of(moment: datetime) -> datetime:
    """Find the beginning of the five minutes in which a moment lies."""
    seconds = int(SLOT.total_seconds())
    return datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, UTC)


def class_of(duration: timedelta) -> int:
    """Tell the class of a duration, from 0."""
    steps = max(duration.total_seconds() * 1000, 0) / FIRST_MILLISECONDS
    for number in range(CLASSES - 1):
        if steps <= 2**number:
            return number
    return CLASSES - 1


def quantile(counts: Sequence[int], share: float) -> timedelta | None:
    """Bound from above how long `share` of the calls took; None without calls."""
    whole, seen = sum(counts), 0
    if not whole:
        return None
    for number, count in enumerate(counts):
        seen += count
        if seen >= share * whole:
            return timedelta(milliseconds=FIRST_MILLISECONDS * 2**number)
    return None
