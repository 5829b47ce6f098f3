"""The closure, DuckDB and PostgreSQL say the same of everybody, row by row, the missing facts included."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from onething.engine.policies.model import LeapDay
from onething.engine.policies.tests.build import TODAY, pack, people
from onething.engine.rules.sql import DUCKDB
from onething.engine.scan.passes import Passes
from onething.engine.scan.tests.engines import rows_of, table_of

LEAP = date(2025, 2, 28)


@pytest.mark.parametrize(("leap_day", "day"), [(rule, day) for rule in LeapDay for day in (TODAY, LEAP)])
def test_duckdb(leap_day: LeapDay, day: date) -> None:
    parsed, persons = pack(leap_day), list(people(4000))
    assert by_duckdb(Passes(parsed, day, DUCKDB), persons) == rows_of(parsed, day, persons)


def by_duckdb(passes: Passes, persons: list[dict[str, Any]]) -> list[Any]:
    with duckdb.connect() as database:
        database.register("people", table_of(passes.parsed.pack.facts.values(), persons))
        database.execute(f"CREATE TABLE snapshot AS {passes.snapshot()}")
        rows = [row for policy in passes.policies for row in database.execute(passes.result(policy)).fetchall()]
    return sorted(rows)
