"""Reading counters: what was added up, and what has not been yet, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

NO_DAY = date.max
"""The day of what has none: behind every other."""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many rows of a board in one cell, due on one day; `day` is NO_DAY where there is none."""

    board: str
    cell: str
    day: date
    rows: int


_READ = """
SELECT board, cell, day, sum(rows)::bigint FROM (
    SELECT t.board, t.cell, t.day, t.rows FROM tallies_tally t
    JOIN unnest(%(boards)s::text[], %(places)s::text[]) AS a(board, place) ON a.board = t.board AND a.place = t.place
    UNION ALL
    SELECT c.board, c.cell, c.day, c.rows FROM tallies_change c
    JOIN unnest(%(boards)s::text[], %(places)s::text[]) AS a(board, place)
        ON a.board = c.board AND a.place = ANY (c.places)
) AS both_of GROUP BY board, cell, day HAVING sum(rows) <> 0
"""


def read(*asked: tuple[str, str]) -> list[Counted]:
    """Read boards, each at one place. One query; one row per board, cell and day."""
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"boards": [board for board, _ in asked], "places": [place for _, place in asked]})
        return [Counted(*row) for row in cursor.fetchall()]
