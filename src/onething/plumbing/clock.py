"""The only place that reads the clock. Doors and jobs call it; everything below is handed `now`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Give this moment, with its zone."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """Give the calendar day of a moment where the departments sit: working days are counted there."""
    return moment.astimezone(BEIJING).date()
