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
    cut_off()
    with pytest.raises(OperationalError):
        prepared.row("SELECT %s::int", [1])
    connection.close()
    assert prepared.row("SELECT %s::int", [1]) == (1,)


def test_the_last_statement_commits_with_its_transaction() -> None:
    with transaction.atomic():
        prepared.run(REMEMBER, ["first", ""])
        prepared.run_last(REMEMBER, ["last", ""])
        assert connection.connection.info.transaction_status is TransactionStatus.IDLE
        assert seen_by_others() == ["first", "last"]
    assert remembered() == ["first", "last"]


def test_inside_another_transaction_the_last_statement_commits_nothing() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        with transaction.atomic():
            prepared.run_last(REMEMBER, ["inner", ""])
        with transaction.atomic(savepoint=False):
            prepared.run_last(REMEMBER, ["joined", ""])
        assert seen_by_others() == []
        raise RuntimeError
    assert remembered() == []


def test_a_last_statement_that_is_refused_takes_all_back() -> None:
    prepared.run(REMEMBER, ["there", ""])
    with pytest.raises(IntegrityError), transaction.atomic():
        prepared.run(REMEMBER, ["before", ""])
        prepared.run_last(REMEMBER, ["there", ""])
    assert remembered() == ["there"]


def test_what_only_the_commit_refuses_is_djangos_error_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE late (one int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(IntegrityError), transaction.atomic():
        prepared.run_last("INSERT INTO late VALUES (%s::int), (1)", [1])
    assert prepared.rows("SELECT one FROM late", []) == []
    connection.close()


def test_what_waits_for_the_commit_runs_after_it() -> None:
    seen: list[str] = []
    with transaction.atomic():
        transaction.on_commit(lambda: seen.extend(seen_by_others()))
        prepared.run_last(REMEMBER, ["one", ""])
        assert seen == []
    assert seen == ["one"]


def test_more_than_the_way_to_the_server_holds_at_once() -> None:
    text = "一" * 3_000_000
    with transaction.atomic():
        prepared.run_last(REMEMBER, ["long", text])
    with transaction.atomic():
        assert prepared.row("SELECT session_data FROM django_session WHERE session_data = %s::text", [text]) == (text,)


def test_a_server_that_goes_away_before_the_commit_is_an_operational_error() -> None:
    with pytest.raises(OperationalError), transaction.atomic():
        prepared.run(REMEMBER, ["lost", ""])
        cut_off()
        prepared.run_last(REMEMBER, ["lost too", ""])
    connection.close()
    assert remembered() == []


def cut_off() -> None:
    (pid,) = prepared.row("SELECT pg_backend_pid()", []) or (0,)
    with other_session() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def seen_by_others() -> list[str]:
    with other_session() as other:
        return [row[0] for row in other.execute("SELECT session_key FROM django_session ORDER BY 1").fetchall()]


def other_session() -> psycopg.Connection[tuple[str]]:
    return psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None})
