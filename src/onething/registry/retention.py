"""How long what is kept, and by which law or reason. Shortest that serves the purpose (PIPL 19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One rule: what is removed, how many days after which moment, and why so long.

    A province may choose other days between `least` (a law, or what the days are for) and `most`.
    """

    name: str
    days: int
    after: str
    source: str
    least: int
    most: int


def moment(now: datetime, days: int) -> datetime:
    """Give the moment before which something is over its time."""
    return now - timedelta(days=days)


RULES: Final = (
    Rule("roster_files", 30, "its import", "as long as an import can be undone", 30, 90),
    Rule("unused_rosters", 14, "they were handed in", "PIPL 19: nobody imported them", 7, 60),
    Rule("arrivals", 180, "the person arrived", "PIPL 19: the review is over", 30, 365),
    Rule("corrections", 3 * 365, "they were answered", "time for objections and inspection", 365, 5 * 365),
    Rule("exports", 7, "they were ready", "PIPL 19: the person has fetched it, or asks anew", 7, 7),
    Rule(
        "sharing", 3 * 365 + 1, "the transfer", "网络数据安全管理条例 12: at least three years", 3 * 365 + 1, 10 * 365
    ),
)
"""Persons themselves leave by `forget_person`: whether an archive duty stands against it, a clerk decides."""
