"""Statements that run thousands of times an hour: prepared once per connection, values bound by the server.

Django sends every statement as text, which PostgreSQL reads and plans anew; for the long statements of the spine that
costs as much as running them. These run in Django's own connection and transaction. Values are bound by the server, so
every placeholder needs a type that the server can tell: `%s::uuid[]`.

Decision: docs/decisions/0011-speed-of-the-spine.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

import psycopg
from django.db import connection

Row = tuple[Any, ...]
Values = Sequence[Any] | Mapping[str, Any]
Step = tuple[LiteralString, Sequence[Any]]
"""A statement with its values in order."""


def run(statement: LiteralString, values: Values) -> None:
    """Run a statement whose rows nobody reads."""
    _execute(statement, values)


def row(statement: LiteralString, values: Values) -> Row | None:
    """Run a statement and give its first row."""
    return _execute(statement, values).fetchone()


def rows(statement: LiteralString, values: Values) -> list[Row]:
    """Run a statement and give its rows."""
    return _execute(statement, values).fetchall()


def glued(changes: Sequence[Step], last: Step) -> Step:
    """
    Make one statement of several changes and a last one, which may be a SELECT.

    It costs about as much as each of them alone. All see the rows as they were before; no two may change the same row.
    """
    if not changes:
        return last
    parts = ", ".join(f"c{number} AS ({statement})" for number, (statement, _) in enumerate(changes))
    statement, values = last
    return f"WITH {parts} {statement}", [*(value for _, given in changes for value in given), *values]


def _execute(statement: LiteralString, values: Values) -> psycopg.Cursor[Row]:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        session = connection.connection
        session.prepare_threshold = 0  # Django switches this off; its own statements carry their values in the text
        cursor: psycopg.Cursor[Row] = psycopg.Cursor(session)  # binds on the server, whatever the connection's own do
        return cursor.execute(statement, values, prepare=True)
