"""Prepared statements are part of Django's own transaction, and fail as Django's statements do."""

from __future__ import annotations

import pytest
from django.db import DataError, IntegrityError, connection, transaction
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
