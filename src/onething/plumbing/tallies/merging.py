"""Adding changes up: so that reading stays short, however long the house has run."""

from __future__ import annotations

from django.db import connection, transaction

PORTION = 20_000
_ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(hashtext('tallies are added up'))"
_ADD_UP = """
WITH taken AS (
    DELETE FROM tallies_change WHERE id IN (SELECT id FROM tallies_change ORDER BY id LIMIT %s)
    RETURNING board, places, cell, day, rows
), summed AS (
    SELECT board, place, cell, day, sum(rows) AS rows FROM taken, unnest(places) AS place
    GROUP BY board, place, cell, day HAVING sum(rows) <> 0
), added AS (
    INSERT INTO tallies_tally (board, place, cell, day, rows) SELECT board, place, cell, day, rows FROM summed
    ON CONFLICT (board, place, day, cell) DO UPDATE SET rows = tallies_tally.rows + excluded.rows
)
SELECT count(*) FROM taken
"""
_EMPTY = "DELETE FROM tallies_tally WHERE rows = 0"


def add_up(portion: int = PORTION) -> int:
    """Add one portion of changes up, in a transaction of its own. Gives how many; 0 also while somebody else does."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        if cursor.fetchone() != (True,):
            return 0
        cursor.execute(_ADD_UP, [portion])
        (taken,) = cursor.fetchone()
        if taken:
            cursor.execute(_EMPTY)
        return int(taken)
