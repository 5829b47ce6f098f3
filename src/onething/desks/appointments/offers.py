"""How long an offered place is held. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

HELD = timedelta(hours=2)
MORNING, EVENING = time(8), time(20)
"""Nobody has to answer at night: what is offered after the evening is held until two hours after the next morning."""

NOTICE = timedelta(hours=1)
"""So long after the last moment to accept the visit itself may begin."""


def accept_by(now: datetime, zone: tzinfo) -> datetime:
    """Find the last moment to accept what is offered now."""
    local = now.astimezone(zone)
    if MORNING <= local.time() < EVENING:
        return now + HELD
    next_day = local.date() + timedelta(days=1) if local.time() >= EVENING else local.date()
    return datetime.combine(next_day, MORNING, zone) + HELD


def earliest(now: datetime, zone: tzinfo) -> datetime:
    """Find the earliest beginning of a time that can be offered now."""
    return accept_by(now, zone) + NOTICE
