"""What the counters must come to: counted from the rows themselves, by the standing check and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from django.db import connection, transaction

_truths: dict[str, LiteralString] = {}


@dataclass(frozen=True, slots=True)
class Difference:
    """A counter that says something else than the rows; or, of no place, a mark that its row has left."""

    board: str
    place: str
    cell: str
    day: date
    kept: int
    counted: int


def truth(board: str, rows: LiteralString) -> None:
    """
    Say what a board counts: a SELECT of subject, places, cell and day, one row for each row that lies in a pile.

    `subject` is the id under which a mark is kept, NULL for a board that needs none.
    """
    _truths[board] = rows


def boards() -> list[str]:
    """List the boards."""
    return sorted(_truths)


_DIFFERENCES = """
WITH truth(subject, places, cell, day) AS MATERIALIZED ({rows}), counted AS (
    SELECT place, cell, day, count(*) AS rows FROM truth, unnest(places) AS place GROUP BY place, cell, day
), kept AS (
    SELECT place, cell, day, sum(rows) AS rows FROM (
        SELECT place, cell, day, rows FROM tallies_tally WHERE board = %(board)s
        UNION ALL
        SELECT place, cell, day, rows FROM tallies_change, unnest(places) AS place WHERE board = %(board)s
    ) AS both_of GROUP BY place, cell, day
)
SELECT place, cell, day, coalesce(k.rows, 0)::bigint AS kept, coalesce(c.rows, 0)::bigint
FROM kept k FULL JOIN counted c USING (place, cell, day) WHERE coalesce(k.rows, 0) <> coalesce(c.rows, 0)
UNION ALL
SELECT '', coalesce(m.cell, t.cell), coalesce(m.day, t.day), (m.subject IS NOT NULL)::int, (t.subject IS NOT NULL)::int
FROM (SELECT * FROM tallies_mark WHERE board = %(board)s) AS m
FULL JOIN (SELECT * FROM truth WHERE subject IS NOT NULL) AS t ON t.subject = m.subject
WHERE (m.places, m.cell, m.day) IS DISTINCT FROM (t.places, t.cell, t.day)
ORDER BY 1, 3, 2
"""


def differences(*only: str) -> list[Difference]:
    """Count the rows of all boards (or `only` some) and find the counters that differ. Reads every open row: rarely."""
    found = []
    with connection.cursor() as cursor:
        for board in only or boards():
            cursor.execute(_about(_DIFFERENCES, board), {"board": board})
            found += [Difference(board, *row) for row in cursor.fetchall()]
    return found


_ANEW = (
    "LOCK TABLE tallies_mark IN EXCLUSIVE MODE",
    "LOCK TABLE tallies_change IN SHARE ROW EXCLUSIVE MODE",
    "DELETE FROM tallies_change WHERE board = %(board)s",
    "DELETE FROM tallies_tally WHERE board = %(board)s",
    "DELETE FROM tallies_mark WHERE board = %(board)s",
    """
    WITH truth(subject, places, cell, day) AS MATERIALIZED ({rows}), marks AS (
        INSERT INTO tallies_mark (board, subject, places, cell, day)
        SELECT %(board)s, subject, places, cell, day FROM truth WHERE subject IS NOT NULL
    )
    INSERT INTO tallies_tally (board, place, cell, day, rows)
    SELECT %(board)s, place, cell, day, count(*) FROM truth, unnest(places) AS place GROUP BY place, cell, day
    """,
)


def mend(board: str) -> None:
    """
    Write the counters of a board anew from its rows.

    Whoever moves a row waits meanwhile: marks and changes are locked first, in the order in which triggers take them.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _ANEW:
            cursor.execute(_about(statement, board), {"board": board})


def _about(statement: str, board: str) -> str:
    return statement.replace("{rows}", _truths[board])
