"""How long what is kept, and by which law or reason. Shortest that serves the purpose (PIPL 19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what is removed, how many days after which moment, and why so long."""

    name: str
    days: int
    after: str
    source: str

    def before(self, now: datetime) -> datetime:
        """Give the moment before which something is over its time."""
        return now - timedelta(days=self.days)


RULES: Final = (
    Rule("roster_files", 30, "its import", "as long as an import can be undone"),
    Rule("unused_rosters", 14, "they were handed in", "PIPL 19: nobody imported them"),
    Rule("arrivals", 180, "the person arrived", "PIPL 19: the review is over"),
    Rule("corrections", 3 * 365, "they were answered", "time for objections and inspection"),
    Rule("exports", 7, "they were ready", "PIPL 19: the person has fetched it, or asks anew"),
    Rule("sharing", 3 * 365 + 1, "the transfer", "网络数据安全管理条例 12: at least three years"),
)
"""Persons themselves leave by `forget_person`: whether an archive duty stands against it, a clerk decides."""
