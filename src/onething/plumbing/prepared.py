"""Statements that run thousands of times an hour: prepared once per connection, values bound by the server.

Django sends every statement as text, which PostgreSQL reads and plans anew; for the long statements of the spine that
costs as much as running them. These run in Django's own connection and transaction; the first one of a transaction
travels together with its BEGIN. Values are bound by the server, so every placeholder needs a type that the server can
tell: `%s::uuid[]`. Decision: docs/decisions/0011-speed-of-the-spine.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any, LiteralString

import psycopg
from django.db import connection
from psycopg.pq import TransactionStatus

Row = tuple[Any, ...]


def run(statement: LiteralString, values: Sequence[Any] | Mapping[str, Any]) -> None:
    """Run a statement whose rows nobody reads."""
    _execute(statement, values)


def row(statement: LiteralString, values: Sequence[Any] | Mapping[str, Any]) -> Row | None:
    """Run a statement and give its first row."""
    return _execute(statement, values).fetchone()


def rows(statement: LiteralString, values: Sequence[Any] | Mapping[str, Any]) -> list[Row]:
    """Run a statement and give its rows."""
    return _execute(statement, values).fetchall()


def _execute(statement: LiteralString, values: Sequence[Any] | Mapping[str, Any]) -> psycopg.Cursor[Row]:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        session = connection.connection
        session.prepare_threshold = 0  # Django switches this off; its own statements carry their values in the text
        cursor: psycopg.Cursor[Row] = psycopg.Cursor(session)
        with session.pipeline() if _begins(session) else nullcontext():
            return cursor.execute(statement, values, prepare=True)


def _begins(session: psycopg.Connection[Row]) -> bool:
    """Tell whether psycopg will send a BEGIN first: then both go in one round trip."""
    return not session.autocommit and session.info.transaction_status is TransactionStatus.IDLE
