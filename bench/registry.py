"""
How fast persons enter the registry from a CSV file, sealed and indexed, and how fast one is found by ID number.

- ours: `take_roster` and `apply_roster`: the file sealed into the store, every line read and checked, name, number,
  phone and service sealed under a key of the person's own, two keyed indexes, one transaction. Full durability.
- floor: plain COPY of the same file in clear into a table with the same indexes (id, number, phone, division).

Goals: 1,000,000 persons in at most 300 s on two cores; look-up by ID number at that size p95 at most 20 ms.
Run: `.venv/bin/python bench/registry.py [persons]` (default 100,000); writes bench/results/registry.json.
"""

from __future__ import annotations

import json
import os
import platform
import random
import resource
import statistics
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from servers import fresh_server

PERSONS = 100_000
GOAL_SECONDS_PER_MILLION = 300.0
GOAL_LOOK_UP_MS = 20.0
LOOK_UPS = 2_000
COUNTY = "990110000000"
NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
RESULTS = Path(__file__).parent / "results" / "registry.json"
SURNAMES = "贺沈陆欧阳程何魏林周郑许"
GIVEN = "青长远松平知行河问渠山明安"


def main() -> None:
    """Measure on a server of our own, print, write down."""
    persons = int(sys.argv[1].replace(",", "").replace("_", "")) if len(sys.argv) > 1 else PERSONS
    with fresh_server() as (_, folder):
        report = measure(persons, folder)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))


def measure(persons: int, folder: Path) -> dict[str, Any]:
    """Write the file, copy it in clear, import it, look persons up."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    load_regions()
    file = folder / "roster.csv"
    numbers = write_roster(file, persons)
    copied = seconds_of(copy_in_clear, file)
    imported = seconds_of(import_sealed, file)
    analysed()
    times = look_up(numbers)
    per_million = imported * 1_000_000 / persons
    p95 = statistics.quantiles(times, n=20)[-1]
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "persons": persons,
        "file_mb": round(file.stat().st_size / 1e6, 1),
        "seconds": {"plain_copy": round(copied, 2), "ours": round(imported, 2)},
        "rows_per_second": {"plain_copy": round(persons / copied), "ours": round(persons / imported)},
        "ours_in_times_of_plain_copy": round(copied / imported, 4),
        "seconds_per_million": round(per_million, 1),
        "look_up_ms": {"median": round(statistics.median(times), 2), "p95": round(p95, 2)},
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "goals": {
            "seconds_per_million": {"at_most": GOAL_SECONDS_PER_MILLION, "reached": per_million <= 300},
            "look_up_p95_ms": {"at_most": GOAL_LOOK_UP_MS, "reached": p95 <= GOAL_LOOK_UP_MS},
        },
    }


def seconds_of(work: Any, file: Path) -> float:
    """Time one piece of work."""
    begun = time.perf_counter()
    work(file)
    return time.perf_counter() - begun


def load_regions() -> None:
    """Load the invented county with forty towns."""
    from onething.kernel.access import SYSTEM
    from onething.registry import services
    from onething.registry.regions import RegionRow

    rows = [RegionRow(code=code, name=code) for code in ("990000000000", "990100000000", COUNTY)]
    rows += [RegionRow(code=f"990110{town}000", name=f"镇{town}") for town in range(100, 140)]
    services.load_regions(rows=rows, source="bench", actor=SYSTEM, now=NOW)


def write_roster(file: Path, persons: int) -> list[str]:
    """Write a roster of invented persons, always the same; give some of its numbers."""
    from onething.kernel import codes

    chance = random.Random(3)
    numbers = []
    first = date(1950, 1, 1)
    with file.open("w", encoding="utf-8") as target:
        target.write("姓名,身份证号,手机号,安置地,入伍时间,退役时间,军衔,安置方式\n")
        for serial in range(persons):
            born = first + timedelta(days=serial // 1000 % 20_000)
            body = f"99{serial // 20_000_000:04d}{born:%Y%m%d}{serial % 1000:03d}"
            number = body + codes.id_check_digit(body)
            name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
            phone = f"1{chance.randrange(3 * 10**9, 10**10):010d}"
            town = f"990110{chance.randrange(100, 140)}000"
            target.write(f"{name},{number},{phone},{town},2024-09-01,2026-09-01,上等兵,自主就业\n")
            if serial % max(1, persons // LOOK_UPS) == 0:
                numbers.append(number)
    return numbers


def copy_in_clear(file: Path) -> None:
    """Copy the same columns in clear into a table with the same indexes: the least that PostgreSQL can do."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_plain (id uuid DEFAULT gen_random_uuid() PRIMARY KEY, name text, id_number text UNIQUE,"
            " phone text, region varchar(12) REFERENCES registry_region, enlisted date, discharged date, rank text,"
            " placement text);"
            "CREATE INDEX ON bench_plain (phone); CREATE INDEX ON bench_plain (region);"
            "CREATE INDEX ON bench_plain (region varchar_pattern_ops)"
        )
        with (
            cursor.copy(
                "COPY bench_plain (name, id_number, phone, region, enlisted, discharged, rank, placement) FROM STDIN"
                " (FORMAT CSV, HEADER)"
            ) as copy,
            file.open("rb") as source,
        ):
            while piece := source.read(1 << 20):
                copy.write(piece)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_plain")


def import_sealed(file: Path) -> None:
    """Import the file as an operator does."""
    from onething.kernel.access import SYSTEM
    from onething.registry import services

    with file.open("rb") as content:
        roster = services.take_roster(
            file=content,
            title="bench",
            kind="extract",
            authority="army",
            region=COUNTY,
            actor=SYSTEM,
            now=NOW,
            most=services.MOST_BYTES_OF_OPERATOR,
        )
    services.apply_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW)


def analysed() -> None:
    """Give the planner the sizes, as autovacuum does a minute later."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registry_person")
        cursor.execute("ANALYZE registry_personkey")


def look_up(numbers: list[str]) -> list[float]:
    """Time looking up and opening persons by ID number, in milliseconds each."""
    from onething.registry import queries

    times = []
    for number in numbers:
        begun = time.perf_counter()
        found = queries.person_by_id_number(number)
        assert found is not None
        assert found.id_number == number
        times.append((time.perf_counter() - begun) * 1000)
    return times


if __name__ == "__main__":
    main()
