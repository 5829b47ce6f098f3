"""A portion of persons written down: their bases take numbers, and what was found is copied into its tables."""

from __future__ import annotations

from django.db import connection

from onething.entitlements import tallies
from onething.entitlements.tallies import Tally
from onething.plumbing import copying, turns


def numbers(count: int) -> int:
    """Take so many numbers for bases, one after the other; give the first."""
    turns.take("entitlements:bases")
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [count])
        return int(cursor.fetchone()[0] or 0)


_NUMBERS = """
SELECT min(nextval(pg_get_serial_sequence('entitlements_basis', 'id'))) FROM generate_series(1, %s)
"""


def keep(tally: Tally) -> None:
    """Copy what a portion found into its tables."""
    with copying.into("entitlements_basis", tuple(tallies.BASIS)) as copy:
        copy.set_types(tuple(tallies.BASIS.values()))
        for row in tally.rows_of_bases():
            copy.write_row(row)
    with copying.into("entitlements_decision", tallies.DECISION, copying.TEXT) as copy:
        for text in tally.lines:
            copy.write(text)
