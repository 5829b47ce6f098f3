"""Prepared statements are part of Django's own transaction, and fail as Django's statements do."""

from __future__ import annotations

import psycopg
import pytest
from django.db import DataError, IntegrityError, InternalError, OperationalError, connection, transaction
from psycopg.pq import TransactionStatus

from onething.plumbing import prepared

pytestmark = pytest.mark.django_db(transaction=True)

REMEMBER = "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, now())"


def remembered() -> list[str]:
    return [row[0] for row in prepared.rows("SELECT session_key FROM django_session ORDER BY 1", [])]


def test_it_belongs_to_the_transaction_that_it_opens() -> None:
    with transaction.atomic():
        prepared.run(REMEMBER, ["kept", ""])
        assert connection.connection.info.transaction_status is TransactionStatus.INTRANS
    with pytest.raises(RuntimeError), transaction.atomic():
        prepared.run(REMEMBER, ["lost", ""])
        raise RuntimeError
    assert remembered() == ["kept"]


def test_a_savepoint_takes_it_back() -> None:
    with transaction.atomic():
        prepared.run(REMEMBER, ["kept", ""])
        with pytest.raises(RuntimeError), transaction.atomic():
            prepared.run(REMEMBER, ["lost", ""])
            raise RuntimeError
    assert remembered() == ["kept"]


@pytest.mark.parametrize("is_first", [True, False])
def test_what_the_database_refuses_is_djangos_error(is_first: bool) -> None:
    prepared.run(REMEMBER, ["one", ""])
    with pytest.raises(IntegrityError), transaction.atomic():
        if not is_first:
            remembered()
        prepared.run(REMEMBER, ["one", ""])
    with pytest.raises(DataError), transaction.atomic():
        prepared.row("SELECT 1 / %s::int", [0])
    assert remembered() == ["one"]


def test_the_server_keeps_the_statement() -> None:
    for number in (1, 2):
        assert prepared.row("SELECT %s::int + 40", [number]) == (number + 40,)
    kept = prepared.rows("SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s", ["%+ 40"])
    assert kept == [("SELECT $1::int + 40",)]


def test_values_by_name_and_nothing_at_all() -> None:
    given = {"one": 1, "none": None}
    assert prepared.row("SELECT %(one)s::int, %(none)s::text, %(one)s::int + 1", given) == (1, None, 2)
    assert prepared.rows("SELECT 1 WHERE %s::bool", [False]) == []


def test_the_same_statement_with_values_of_another_type() -> None:
    statement = "SELECT pg_typeof(%s)::text"
    assert [prepared.row(statement, [value]) for value in (7, True, 1 << 40)] == [
        ("smallint",), ("boolean",), ("bigint",),
    ]  # fmt: skip


def test_a_transaction_of_another_kind_is_begun_as_it_was_asked_for() -> None:
    connection.ensure_connection()
    session = connection.connection
    session.read_only = True
    try:
        with pytest.raises(InternalError, match="read-only"), transaction.atomic():
            prepared.run(REMEMBER, ["never", ""])
    finally:
        session.read_only = None
    assert remembered() == []


def test_a_connection_that_was_cut_is_djangos_operational_error() -> None:
    assert prepared.row("SELECT %s::int", [1]) == (1,)
    (pid,) = prepared.row("SELECT pg_backend_pid()", []) or (0,)
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    with pytest.raises(OperationalError):
        prepared.row("SELECT %s::int", [1])
    connection.close()
    assert prepared.row("SELECT %s::int", [1]) == (1,)
