# ruff: noqa: E501
"""
Populations for tests, benchmarks and trying things out: invented, the same for the same number, and plausible.

Who enlisted was born 17 to 24 years before; who serves longer is an NCO or an officer; the older are more rural, more often
dead or ill; nobody is born tomorrow or discharged before enlistment. Something is missing here and there in most columns.
Each value is a hash of the person's number and the column's, so people do not depend on how many are made at once. One
statement per province, because one statement runs on one thread here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb

PROVINCES = (
    *(11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54),
    *(61, 62, 63, 64, 65),
)
_MACROS = """
CREATE OR REPLACE TEMP MACRO r(i, k, n) AS CAST(hash(i * 64 + k) % n AS INTEGER);
CREATE OR REPLACE TEMP MACRO place(i, k, province) AS
    province || lpad(CAST(1 + r(i, k, 14) AS VARCHAR), 2, '0')
    || lpad(CAST(1 + r(i, k + 1, 9) AS VARCHAR), 2, '0') || '000000';
CREATE OR REPLACE TEMP MACRO gap(i, k, share, x) AS CASE WHEN r(i, k, 1000) < share THEN NULL ELSE x END;
"""
_QUERY = """
WITH born AS (
    SELECT i, DATE '{last_birth}' - CAST(floor(power(r(i, 1, 100000) / 100000.0, 0.8) * 28000) AS INTEGER) AS birth,
           CASE WHEN r(i, 2, 100) < 78 THEN 'conscript' WHEN r(i, 2, 100) < 92 THEN 'junior_nco'
                WHEN r(i, 2, 100) < 96 THEN 'senior_nco' ELSE 'officer' END AS kind
    FROM range({first}, {last}) AS numbers(i)
), served AS (
    SELECT *, birth + 6400 + r(i, 3, 2200) AS enlisted,
           CASE kind WHEN 'conscript' THEN 700 + r(i, 4, 500) WHEN 'junior_nco' THEN 1700 + r(i, 4, 2600)
                     WHEN 'senior_nco' THEN 4400 + r(i, 4, 4200) ELSE 3000 + r(i, 4, 9000) END AS days
    FROM born
), left_ AS (
    SELECT *, CASE WHEN enlisted + days <= DATE '{day}' THEN enlisted + days END AS discharged,
           date_diff('day', birth, DATE '{day}') / 365 AS age,
           r(i, 5, 1000) < CASE WHEN birth < DATE '1955-01-01' THEN 80 WHEN birth < DATE '1975-01-01' THEN 40 ELSE 18 END
               AS disabled
    FROM served
), told AS (
    SELECT *, CASE WHEN r(i, 6, 1000) < age * age / 60 - 40 THEN least(DATE '{day}', enlisted + days + 30 + r(i, 7, 9000)) END
               AS died,
           r(i, 8, 100) < CASE WHEN birth < DATE '1965-01-01' THEN 78 WHEN birth < DATE '1985-01-01' THEN 64 ELSE 42 END AS rural,
           CASE WHEN discharged IS NULL THEN 'employed' WHEN age >= 60 THEN 'retired'
                ELSE (['employed','employed','employed','unemployed','self_employed','student'])[1 + r(i, 9, 6)] END AS work
    FROM left_
)
SELECT i AS person,
    gap(i, 20, 3, birth) AS birth_date,
    died AS death_date,
    CASE WHEN r(i, 10, 100) < 94 THEN 'male' ELSE 'female' END AS sex,
    gap(i, 21, 5, place(i, 40, '{province}')) AS hukou_region,
    gap(i, 22, 15, CASE WHEN rural AND r(i, 11, 100) < 80 THEN 'rural' ELSE 'urban' END) AS hukou_type,
    gap(i, 23, 40, CASE WHEN rural THEN 'rural' ELSE 'urban' END) AS hukou_type_at_discharge,
    gap(i, 24, 10, place(i, 40, '{province}')) AS enlist_region,
    gap(i, 25, 20, enlisted) AS enlist_date,
    discharged AS discharge_date,
    gap(i, 26, 25, enlisted) AS compulsory_start,
    CASE WHEN discharged IS NOT NULL OR enlisted + 731 <= DATE '{day}'
         THEN least(coalesce(discharged, enlisted + 731), enlisted + CASE WHEN enlisted < DATE '1999-12-01' THEN 1095 ELSE 731 END)
         END AS compulsory_end,
    gap(i, 27, 12, kind) AS service_kind,
    CASE WHEN discharged IS NOT NULL THEN CASE kind WHEN 'conscript' THEN 'self_employed'
         WHEN 'officer' THEN (['transferred','retired','monthly_pension','demobilised'])[1 + r(i, 12, 4)]
         ELSE (['self_employed','self_employed','assigned_work','monthly_pension'])[1 + r(i, 12, 4)] END END AS placement_type,
    CASE WHEN r(i, 13, 1000) < 90 THEN 'merit_3' WHEN r(i, 13, 1000) < 105 THEN 'merit_2' WHEN r(i, 13, 1000) < 107 THEN 'merit_1'
         WHEN r(i, 13, 1000) < 109 THEN 'war_merit_3' END AS highest_merit,
    CASE WHEN disabled THEN 1 + CAST(floor(sqrt(r(i, 14, 100))) AS INTEGER) END AS disability_grade,
    CASE WHEN disabled THEN (['duty','duty','duty','war','illness','illness','mental'])[1 + r(i, 15, 7)] END AS disability_nature,
    CASE WHEN enlisted BETWEEN DATE '1975-01-01' AND DATE '1989-12-31' THEN r(i, 16, 100) < 6 END AS war_veteran,
    CASE WHEN enlisted BETWEEN DATE '1958-01-01' AND DATE '1996-12-31' THEN r(i, 17, 1000) < 4 END AS nuclear_test_veteran,
    gap(i, 28, 60, r(i, 18, 100) < CASE WHEN age > 55 THEN 5 ELSE 1 END) AS chronic_illness_from_service,
    gap(i, 29, 60, r(i, 19, 100) < 4) AS army_medical_record,
    CASE WHEN r(i, 30, 1000) < 6 THEN (['martyr','duty','illness'])[1 + r(i, 31, 3)] END AS survivor_of,
    CASE WHEN r(i, 30, 1000) < 6 THEN (['parent','spouse','child','sibling'])[1 + r(i, 32, 4)] END AS survivor_relation,
    gap(i, 33, 30, r(i, 34, 100) < CASE WHEN age > 70 THEN 25 WHEN disabled THEN 55 ELSE 96 END) AS able_to_work,
    gap(i, 35, 20, work) AS employment,
    gap(i, 36, 35, age >= 60 AND (NOT rural OR r(i, 37, 100) < 20)) AS employee_pension,
    gap(i, 38, 50, CAST(CASE WHEN work = 'unemployed' THEN r(i, 39, 60000) WHEN rural THEN 30000 + r(i, 39, 400000)
                        ELSE 150000 + r(i, 39, 900000) END AS BIGINT)) AS monthly_income,
    gap(i, 43, 20, 1 + r(i, 44, 5)) AS household_size,
    gap(i, 45, 60, CAST((CASE WHEN rural THEN 60000 ELSE 220000 END + r(i, 46, 1200000)) AS BIGINT)) AS household_income,
    CASE WHEN r(i, 47, 1000) < 25 THEN (['illness','disaster','accident'])[1 + r(i, 48, 3)] END AS hardship,
    gap(i, 49, 15, rural AND r(i, 50, 100) < 4) AS minimum_living_allowance,
    CASE WHEN work = 'self_employed' THEN DATE '2019-01-01' + r(i, 51, greatest(1, date_diff('day', DATE '2019-01-01', DATE '{day}')))
         END AS business_registered_on,
    CASE WHEN work = 'self_employed' THEN r(i, 52, 100) < 15 END AS tax_deduction_used,
    CASE WHEN enlisted > DATE '2001-01-01' AND r(i, 53, 100) < 30
         THEN (['bachelor','college','enrolled','freshman'])[1 + r(i, 54, 4)] END AS degree_at_enlistment,
    gap(i, 55, 40, CAST(CASE WHEN enlisted > DATE '2001-01-01' AND r(i, 53, 100) < 30 THEN 400000 + 10000 * r(i, 56, 300)
                        ELSE 0 END AS BIGINT)) AS tuition_paid,
    gap(i, 57, 80, CAST(CASE WHEN r(i, 58, 100) < 12 THEN 10000 * r(i, 59, 900) ELSE 0 END AS BIGINT)) AS medical_cost_self_paid,
    CASE WHEN disabled AND r(i, 60, 10) = 0 THEN 'institution' WHEN disabled THEN 'dispersed' END AS living_with,
    CASE WHEN r(i, 61, 10000) < 15 THEN (['imprisonment','deprived_of_rights','wanted'])[1 + r(i, 62, 3)] END AS sentence,
    r(i, 63, 10000) < 3 AS dishonoured,
    CASE WHEN disabled AND r(i, 14, 100) < 70 THEN ['disability_pension']
         WHEN r(i, 16, 100) < 3 AND enlisted < DATE '1990-01-01' THEN ['war_veteran_allowance'] ELSE []::VARCHAR[] END
        AS benefits_received
FROM told
"""

Tell = Callable[[int, int], None]


def write_population(folder: Path, count: int, day: date, tell: Tell = lambda done, total: None) -> tuple[Path, ...]:
    """
    Write so many invented people, as they might be on the day, into one Parquet file per province.

    The same number and day give the same people. `tell` hears how many provinces of all are done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as database:
        database.execute(_MACROS)
        return tuple(_written(database, folder, count, day, tell))


def _written(database: duckdb.DuckDBPyConnection, folder: Path, count: int, day: date, tell: Tell) -> Iterator[Path]:
    share = count // len(PROVINCES)
    for number, province in enumerate(PROVINCES):
        first = number * share
        last = count if number == len(PROVINCES) - 1 else first + share
        file = folder / f"{province}.parquet"
        query = people_query(first, last, str(province), day)
        database.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet, COMPRESSION zstd)")
        tell(number + 1, len(PROVINCES))
        yield file


def people_query(first: int, last: int, province: str, day: date) -> str:
    """Write the query for people `first` (inclusive) to `last` (exclusive) of a province."""
    youngest = day.replace(year=day.year - 25)
    return _QUERY.format(first=first, last=last, province=province, day=day, last_birth=youngest)
