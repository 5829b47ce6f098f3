"""What the counters of the work list, of concerns and of threads must come to, and which pile a cell is. Pure."""

from __future__ import annotations

from datetime import date

from onething.cases.piles import Pile
from onething.plumbing import tallies

CASES, CONCERNS, THREADS = BOARDS = ("cases", "concerns", "threads")

tallies.truth(CASES, "SELECT subject, places, cell, day FROM cases_piles")
tallies.truth(
    CONCERNS,
    """
    SELECT NULL::uuid, tallies_divisions(region), coalesce(taken_by::text, ''), coalesce(due, '9999-12-31')
    FROM cases_concern WHERE done_at IS NULL
    """,
)
tallies.truth(
    THREADS,
    """
    SELECT NULL::uuid, tallies_divisions(region), '', coalesce(due, '9999-12-31') FROM cases_thread WHERE unanswered > 0
    """,
)


def pile_of(cell: str, day: date, *, today: date) -> Pile:
    """Tell in which pile a cell of the board of cases lies today; the same as `queries.work_list` says row by row."""
    if day < today:
        return Pile.OVERDUE
    if day == today and cell.startswith("matter"):
        return Pile.TODAY
    return Pile.PERSON if cell.endswith("+person") else Pile.RUNNING
