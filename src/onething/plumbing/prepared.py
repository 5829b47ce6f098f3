"""Statements that run thousands of times an hour: prepared once per connection, values bound by the server.

Django sends every statement as text, which PostgreSQL reads and plans anew; for the long statements of the spine that
costs as much as running them. These run in Django's own connection and transaction. Values are bound by the server, so
every placeholder needs a type that the server can tell: `%s::uuid[]`.

Decision: docs/decisions/0011-speed-of-the-spine.md.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, LiteralString
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from psycopg import generators
from psycopg.abc import Buffer, PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

Row = tuple[Any, ...]
Values = Sequence[Any] | Mapping[str, Any]
Step = tuple[LiteralString, Sequence[Any]]
"""A statement with its values in order."""


def run(statement: LiteralString, values: Values) -> None:
    """Run a statement whose rows nobody reads."""
    _execute(statement, values)


def run_last(statement: LiteralString, values: Values) -> None:
    """
    Run the last statement of a transaction whose rows nobody reads, and commit on the same way to the server.

    Inside another transaction it is a statement like any other: that one commits when it ends.
    """
    is_outermost = connection.in_atomic_block and connection.commit_on_exit and not connection.savepoint_ids
    _execute(statement, values, commits=is_outermost)


def row(statement: LiteralString, values: Values) -> Row | None:
    """Run a statement and give its first row."""
    found = _execute(statement, values)
    return found[0] if found else None


def rows(statement: LiteralString, values: Values) -> list[Row]:
    """Run a statement and give its rows."""
    return _execute(statement, values)


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


def _execute(statement: LiteralString, values: Values, *, commits: bool = False) -> list[Row]:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return _asked(connection.connection, statement, values, commits=commits)


def _asked(session: psycopg.Connection[Any], statement: LiteralString, values: Values, *, commits: bool) -> list[Row]:
    """Ask libpq itself: psycopg's cursor on top of it costs as much again as the whole way to the server and back."""
    text, formats, names = _numbered(statement)
    ordered = [values[name] for name in names] if isinstance(values, Mapping) else values
    adapter = Transformer.from_context(session)
    bound = adapter.dump_sequence(ordered, formats)
    name = _name(session, statement, text, adapter.types or ())
    _begin(session)
    if commits:
        _with_commit(session, name, bound, adapter.formats)
        return []
    result = _checked(session, session.pgconn.exec_prepared(name, bound, adapter.formats))  # type: ignore[arg-type]  # NULLs are taken
    adapter.set_pgresult(result)
    return adapter.load_rows(0, result.ntuples, tuple) if result.ntuples else []


def _begin(session: psycopg.Connection[Any]) -> None:
    """Begin the transaction that the connection owes, as psycopg does before its own statements."""
    if session.autocommit or session.pgconn.transaction_status != TransactionStatus.IDLE:
        return
    if session.isolation_level or session.read_only or session.deferrable:
        session.execute("SELECT 1")  # it knows how to begin one of another kind
    else:
        _checked(session, session.pgconn.exec_(b"BEGIN"))


def _with_commit(
    session: psycopg.Connection[Any], name: bytes, bound: Sequence[Buffer | None], formats: Sequence[int] | None
) -> None:
    """Send a statement and the COMMIT together, and wait once for both."""
    pgconn = session.pgconn
    pgconn.enter_pipeline_mode()
    try:
        pgconn.send_query_prepared(name, bound, formats)
        pgconn.send_query_params(b"COMMIT", None)
        pgconn.pipeline_sync()
        statement, commit, _ = session.wait(_answers(pgconn, 3))
    finally:
        if pgconn.status == ConnStatus.OK:
            pgconn.exit_pipeline_mode()
    _checked(session, statement)
    _checked(session, commit)


def _answers(pgconn: PGconn, count: int) -> PQGen[list[PGresult]]:
    """Read one result for each thing that was sent, the last of which is the end of the pipeline."""
    (answer,) = yield from generators.execute(pgconn)
    answers = [answer]
    while len(answers) < count:
        (answer,) = yield from generators.fetch_many(pgconn)
        answers.append(answer)
    return answers


def _checked(session: psycopg.Connection[Any], result: PGresult) -> PGresult:
    if result.status in _GOOD:
        return result
    if session.pgconn.status != ConnStatus.OK:
        raise psycopg.OperationalError(result.get_error_message())
    raise psycopg.errors.error_from_result(result)


def _name(session: psycopg.Connection[Any], statement: LiteralString, text: bytes, types: tuple[int, ...]) -> bytes:
    """Find what a statement is called on a connection; the first time it is prepared there."""
    names = _names.setdefault(session, {})
    if (statement, types) not in names:
        name = b"onething_%d" % len(names)
        _checked(session, session.pgconn.prepare(name, text, types))
        names[statement, types] = name
    return names[statement, types]


@cache
def _numbered(statement: LiteralString) -> tuple[bytes, list[PyFormat], list[str]]:
    """Write a statement with $1, $2 …, as the server wants it; with the names, where its placeholders have some."""
    names = re.findall(r"%\((\w+)\)s", statement)
    found = itertools.count(1)
    order = list(dict.fromkeys(names))
    text = re.sub(r"%\((\w+)\)s", lambda one: f"${order.index(one[1]) + 1}", statement)
    text = re.sub(r"%s", lambda _: f"${next(found)}", text)
    return text.encode(), [PyFormat.AUTO] * (len(order) or next(found) - 1), order


_GOOD = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
_names: WeakKeyDictionary[psycopg.Connection[Any], dict[tuple[str, tuple[int, ...]], bytes]] = WeakKeyDictionary()
