"""Invented people: the same each time, never impossible, missing here and there, and correlated as people are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from onething.engine.scan.population import PROVINCES, write_population

DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    write_population(folder, 31_000, DAY)
    return folder


def of(people: Path, expression: str) -> object:
    with duckdb.connect() as database:
        return database.execute(f"SELECT {expression} FROM read_parquet('{people}/*.parquet')").fetchall()[0][0]


def test_everybody_is_there_once(people: Path) -> None:
    assert of(people, "count(*)") == of(people, "count(DISTINCT person)") == 31_000
    assert of(people, "count(DISTINCT substr(hukou_region, 1, 2))") == len(PROVINCES) == 31


@pytest.mark.parametrize(
    "impossible",
    [
        f"birth_date > DATE '{DAY}'",
        "enlist_date < birth_date + 6200",
        "discharge_date < enlist_date",
        f"discharge_date > DATE '{DAY}'",
        f"death_date > DATE '{DAY}'",
        "death_date < discharge_date",
        "compulsory_end < compulsory_start",
        "compulsory_end > discharge_date",
        f"business_registered_on > DATE '{DAY}'",
        "(disability_grade IS NULL) <> (disability_nature IS NULL)",
        "NOT disability_grade BETWEEN 1 AND 10",
        "length(hukou_region) <> 12",
        "monthly_income < 0 OR household_size < 1",
    ],
)
def test_nothing_is_impossible(people: Path, impossible: str) -> None:
    assert of(people, f"count(*) FILTER (WHERE {impossible})") == 0


def test_something_is_missing_and_things_hang_together(people: Path) -> None:
    for column in ("birth_date", "enlist_date", "service_kind", "monthly_income", "hukou_type_at_discharge"):
        assert of(people, f"count(*) FILTER (WHERE {column} IS NULL)") > 0
    share = "avg(CASE WHEN hukou_type_at_discharge = 'rural' THEN 1 ELSE 0 END)"
    rural = share + " FILTER (WHERE birth_date {} DATE '1970-01-01')"
    assert of(people, rural.format("<")) > of(people, rural.format(">="))
    served = "avg(discharge_date - enlist_date) FILTER (WHERE service_kind = '{}')"
    assert (
        of(people, served.format("officer"))
        > of(people, served.format("junior_nco"))
        > of(people, served.format("conscript"))
    )


def test_the_same_number_gives_the_same_person(people: Path, tmp_path: Path) -> None:
    write_population(tmp_path, 31_000, DAY)
    with duckdb.connect() as database:
        query = f"FROM '{people}/*.parquet' EXCEPT ALL FROM '{tmp_path}/*.parquet'"
        assert database.execute(query).fetchall() == []
