"""The same rows of 100,000 people, full of gaps and edge days: the one-person closure, DuckDB and PostgreSQL."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest
from django.db import connection

from onething.engine.policies.model import FactDef
from onething.engine.policies.parsing import ParsedPack
from onething.engine.policies.tests.build import TODAY, pack, people
from onething.engine.rules.sql import DUCKDB, POSTGRESQL
from onething.engine.scan.passes import Passes
from onething.engine.scan.tests.engines import Row, rows_of, table_of

COUNT = 100_000
TYPES = {"date": "DATE", "integer": "INTEGER", "money": "BIGINT", "boolean": "BOOLEAN", "choices": "TEXT[]"}


@pytest.mark.slow
@pytest.mark.django_db
def test_closure_duckdb_and_postgresql_say_the_same_of_everybody() -> None:
    parsed, persons = pack(), list(people(COUNT, seed=11))
    told = rows_of(parsed, TODAY, persons)
    assert len(told) > COUNT
    assert {row[4] for row in told} == {"eligible", "amount_unknown", "unknown"}
    assert by_duckdb(parsed, TODAY, persons) == told
    assert by_postgresql(parsed, TODAY, persons) == told


def by_duckdb(parsed: ParsedPack, day: date, persons: list[dict[str, Any]]) -> list[Row]:
    passes = Passes(parsed, day, DUCKDB)
    with duckdb.connect() as database:
        database.register("people", table_of(parsed.pack.facts.values(), persons))
        database.execute(f"CREATE TABLE snapshot AS {passes.snapshot()}")
        return sorted(row for one in passes.policies for row in database.execute(passes.result(one)).fetchall())


def by_postgresql(parsed: ParsedPack, day: date, persons: list[dict[str, Any]]) -> list[Row]:
    passes, facts = Passes(parsed, day, POSTGRESQL), list(parsed.pack.facts.values())
    columns = ", ".join(f'"{fact.id}" {TYPES.get(fact.type, "TEXT")}' for fact in facts)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE people (person BIGINT, {columns})")
        with cursor.copy("COPY people FROM STDIN") as copy:
            for number, person in enumerate(persons):
                copy.write_row((number, *(value_of(fact, person) for fact in facts)))
        cursor.execute(f"CREATE TEMP TABLE snapshot AS {passes.snapshot()}")
        rows: list[Row] = []
        for one in passes.policies:
            cursor.execute(passes.result(one))
            rows += cursor.fetchall()
    return sorted(rows)


def value_of(fact: FactDef, person: dict[str, Any]) -> Any:
    value = person.get(fact.id)
    return sorted(value) if isinstance(value, frozenset) else value
