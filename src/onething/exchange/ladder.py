"""The ladder: who is told, and when, while an order rests. Pure.

warned    4 hours before the term       the department's owner: there is still time to ring them up
overdue   at the term                   the department's owner
higher    a day after that, and then each further day, one division up, as far as there is one
"""

from __future__ import annotations

from datetime import timedelta
from enum import IntEnum

WARN_BEFORE = timedelta(hours=4)
CLIMB_AFTER = timedelta(hours=24)


class Rung(IntEnum):
    """How far up somebody was told."""

    WARNED = 1
    OVERDUE = 2
    CITY = 3
    PROVINCE = 4


def owner_above(region: str, owner: str, rung: Rung) -> str:
    """Name who is told on a higher rung: the supervisors of the city, then of the province. Above is nobody."""
    if rung <= Rung.OVERDUE:
        return owner
    kept = 4 if rung is Rung.CITY else 2
    return f"supervisor:{region[:kept]:0<12}"
