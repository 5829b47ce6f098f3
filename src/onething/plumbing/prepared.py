"""Statements that run thousands of times an hour: prepared once per connection, values bound by the server.

Django sends every statement as text, which PostgreSQL reads and plans anew; for the long statements of the spine that
costs as much as running them. These run in Django's own connection and transaction; the first one of a transaction
travels together with its BEGIN. Values are bound by the server, so every placeholder needs a type that the server can
tell: `%s::uuid[]`. Decision: docs/decisions/0011-speed-of-the-spine.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, LiteralString

import psycopg
from django.db import connection
from psycopg.pq import TransactionStatus

Row = tuple[Any, ...]
Values = Sequence[Any] | Mapping[str, Any]
Step = tuple[LiteralString, Values]
"""A statement with its values."""


def run(statement: LiteralString, values: Values) -> None:
    """Run a statement whose rows nobody reads."""
    _execute(statement, values)


def row(statement: LiteralString, values: Values) -> Row | None:
    """Run a statement and give its first row."""
    return _execute(statement, values).fetchone()


def rows(statement: LiteralString, values: Values) -> list[Row]:
    """Run a statement and give its rows."""
    return _execute(statement, values).fetchall()


def rows_after(*steps: Step) -> list[Row]:
    """Run several statements in one round trip, one after the other, and give the rows of the last."""
    with _in_one_trip() as session:
        cursors = [_cursor(session).execute(statement, values, prepare=True) for statement, values in steps]
    last = cursors[-1]
    return last.fetchall() if last.description else []


def run_all(*steps: Step) -> None:
    """Run several statements in one round trip, one after the other."""
    rows_after(*steps)


def run_and_commit(*steps: Step) -> None:
    """
    Run the last statements of a transaction and end it, in one round trip.

    If one of them fails, those after it and the commit are not run. Nothing may follow in the same `atomic` block.
    """
    with _in_one_trip() as session:
        for statement, values in steps:
            _cursor(session).execute(statement, values, prepare=True)
        session.execute("COMMIT")


def _execute(statement: LiteralString, values: Values) -> psycopg.Cursor[Row]:
    with _connected() as session, session.pipeline() if _begins(session) else nullcontext():
        return _cursor(session).execute(statement, values, prepare=True)


@contextmanager
def _in_one_trip() -> Iterator[psycopg.Connection[Row]]:
    with _connected() as session, session.pipeline():
        yield session


@contextmanager
def _connected() -> Iterator[psycopg.Connection[Row]]:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        session = connection.connection
        session.prepare_threshold = 0  # Django switches this off; its own statements carry their values in the text
        yield session


def _cursor(session: psycopg.Connection[Row]) -> psycopg.Cursor[Row]:
    return psycopg.Cursor(session)  # one that binds on the server, whatever the connection's own are


def _begins(session: psycopg.Connection[Row]) -> bool:
    """Tell whether psycopg will send a BEGIN first: then both go in one round trip."""
    return not session.autocommit and session.info.transaction_status is TransactionStatus.IDLE
