"""
COPY into a table, also where a wall of rows stands: PostgreSQL copies into no table whose rows are walled for the role.

    with copying.into("registry_personkey", ("person_id", "version", "wrapped")) as copy:
        copy.set_types(("uuid", "int2", "bytea"))
        for row in rows:
            copy.write_row(row)

Part of the caller's transaction. The names come from code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import Copy

BINARY, TEXT = "BINARY", "TEXT"


@contextmanager
def into(table: str, columns: Sequence[str], form: str = BINARY) -> Iterator[Copy]:
    """Open a COPY into these columns of a table; the rows are there when the block ends."""
    listed = ", ".join(columns)
    with connection.cursor() as cursor:
        way = _way(cursor, table, listed)
        with cursor.copy(f"COPY {way or table} ({listed}) FROM STDIN (FORMAT {form})") as copy:
            yield copy
        if way:
            cursor.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {way}")  # noqa: S608  # of constants
            cursor.execute(f"TRUNCATE {way}")


def _way(cursor: Any, table: str, listed: str) -> str:
    """Make a table of this transaction to copy into, where the table itself cannot be copied into; else give ""."""
    cursor.execute("SELECT row_security_active(%s)", [table])
    if not cursor.fetchone()[0]:
        return ""
    way = f"way_{table}"
    cursor.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS {way} ON COMMIT DROP"  # noqa: S608  # of constants
        f" AS SELECT {listed} FROM {table} WITH NO DATA"
    )
    return way
