"""The closure, DuckDB and PostgreSQL say the same of everybody, row by row, the missing facts included."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest

from onething.engine.policies.model import LeapDay
from onething.engine.policies.parsing import ParsedPack, parse_pack
from onething.engine.policies.tests.build import TODAY, condition, pack, people
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


def test_what_every_policy_asks_is_asked_once() -> None:
    parsed, persons = _with_stops(), list(people(1500, seed=3))
    passes = Passes(parsed, TODAY, DUCKDB)
    assert len(passes.shared) == 2
    told = rows_of(parsed, TODAY, persons)
    assert 0 < len(told) < len(rows_of(pack(), TODAY, persons))
    assert by_duckdb(passes, persons) == told
    assert not any('"alimony" IS NOT NULL' in passes.result(policy) for policy in passes.policies)


def _with_stops() -> ParsedPack:
    """Give the pack with two lines more in every policy, which are never unknown."""
    own = pack().pack
    stops = (condition("paying", "alimony IS NOT NULL"), condition("third", "merit = 'third' OR merit IS NULL"))
    policies = {name: replace(policy, stops=(*policy.stops, *stops)) for name, policy in own.policies.items()}
    parsed, faults = parse_pack(replace(own, policies=policies))
    assert not faults
    return parsed
