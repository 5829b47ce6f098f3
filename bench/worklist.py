# ruff: noqa: E402
"""
From the live registry to a committed worklist: sealed persons copied out, decided by the national pack, copied in.

- ours: `decide_everybody`: COPY out, seals opened, facts in columns, DuckDB in memory, facts sealed again, COPY in.
- plain: COPY of the same rows out (persons, keys, facts, unopened), and COPY of the same worklist in, into tables with
  the same keys, indexes and checks.

While ours runs, somebody else registers persons and changes facts: how long they wait is measured too.
Goals: at most 3 times plain; less than 1 GB of memory; nobody waits for a lock.
Run: `.venv/bin/python bench/worklist.py [persons]` (default 20,000); writes bench/results/worklist.json.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import secrets
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import duckdb

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parent)]

from onething.engine.scan.population import _MACROS, PROVINCES, people_query
from onething.kernel import codes
from servers import fresh_server

PERSONS = 20_000
PIECE = 5_000
DAY, NOW = date(2026, 11, 1), datetime(2026, 10, 31, 17, 15, tzinfo=UTC)
OWN = ("person", "birth_date", "sex")
RESULTS = Path(__file__).parent / "results" / "worklist.json"


def main() -> None:
    """Measure on a server of our own, print, write down."""
    persons = int(sys.argv[1].replace(",", "").replace("_", "")) if len(sys.argv) > 1 else PERSONS
    with fresh_server() as (_, folder):
        report = measure(persons, folder)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))


def measure(persons: int, folder: Path) -> dict[str, Any]:
    """Fill the registry, decide everybody, and copy the same rows plainly."""
    import django

    django.setup()
    from django.core.management import call_command

    from onething.entitlements import sweeps

    call_command("migrate", verbosity=0)
    fill(persons)
    publish()
    before = peak()
    portal = Portal()
    portal.start()
    begun = time.perf_counter()
    sweep = sweeps.decide_everybody(DAY, tell=lambda one: print(f"{one.persons:,}/{one.expected:,} {one.rows:,}"))
    ours = time.perf_counter() - begun
    waited = portal.stop()
    memory = peak()
    out, size = copied_out()
    into = copied_in(folder)
    ratio = ours / (out + into)
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load": [round(one, 1) for one in os.getloadavg()],
        "persons": sweep.persons,
        "policies": sum(sweep.counts.values()) // max(1, sweep.persons - sweep.impossible - sweep.unreadable),
        "worklist_rows": sweep.rows,
        "counts": sweep.counts,
        "seconds": {"ours": round(ours, 1), "plain_out": round(out, 1), "plain_in": round(into, 1)},
        "copied_out_mb": round(size / 1e6),
        "ours_in_times_of_plain_copy": round(ratio, 2),
        "memory_mb": {"before": round(before), "at_most": round(memory)},
        "meanwhile": waited,
        "goals": {
            "ours_in_times_of_plain_copy": {"at_most": 3, "reached": ratio <= 3},
            "memory_mb": {"at_most": 1000, "reached": memory <= 1000},
        },
    }


def peak() -> float:
    """Give the most memory this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# the registry


def fill(persons: int) -> None:
    """Write the invented population into the registry's own tables, sealed as it seals."""
    from django.db import connection

    load_regions()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # foreign keys hold by construction
    with duckdb.connect() as database:
        database.execute(_MACROS)
        for number, province in enumerate(PROVINCES):
            share = persons // len(PROVINCES)
            last = persons if number == len(PROVINCES) - 1 else (number + 1) * share
            for first in range(number * share, last, PIECE):
                found = database.execute(people_query(first, min(first + PIECE, last), str(province), DAY))
                names = [column[0] for column in found.description]
                write([dict(zip(names, row, strict=True)) for row in found.fetchall()])
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
        for table in ("registry_person", "registry_personkey", "registry_knownfact"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def load_regions() -> None:
    """Load every place that the population lives in."""
    from onething.kernel.access import SYSTEM
    from onething.registry import services
    from onething.registry.regions import RegionRow

    short = [f"{province}" for province in PROVINCES]
    short += [f"{province}{city:02d}" for province in PROVINCES for city in range(1, 15)]
    short += [f"{one}{county:02d}" for one in short if len(one) == 4 for county in range(1, 10)]
    rows = [RegionRow(code=code.ljust(12, "0"), name=code) for code in short]
    services.load_regions(rows=rows, source="bench", actor=SYSTEM, now=NOW)


def write(rows: list[dict[str, Any]]) -> None:
    """Seal some persons and copy them in."""
    from onething.plumbing import copying
    from onething.registry.cipher import DataKey, Ring
    from onething.registry.services import entering

    ring = Ring.newest()
    sealed = [sealed_person(row, DataKey.fresh(uuid4()), ring) for row in rows]
    for table, columns, place in (
        ("registry_person", entering._PERSONS, 0),
        ("registry_personkey", entering._KEYS, 1),
        ("registry_knownfact", FACT, 2),
    ):
        with copying.into(table, tuple(columns)) as copy:
            copy.set_types(tuple(columns.values()))
            for one in sealed:
                for row in one[place]:
                    copy.write_row(row)


FACT = {
    "person_id": "uuid", "field": "text", "sealed": "bytea", "source": "text", "grade": "int2",
    "checked_at": "timestamptz",
}  # fmt: skip


def sealed_person(row: dict[str, Any], key: Any, ring: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """Give the rows of one person: their own, their key's, those of what is known."""
    born = row["birth_date"] or date(1970, 1, 1)
    body = f"990110{born:%Y%m%d}{row['person'] % 500 * 2 + (row['sex'] == 'male'):03d}"
    number = body + codes.id_check_digit(body)
    region = row["hukou_region"] or "110101000000"
    person = (
        key.person_id, region, "某*", key.seal("name", "某某"), key.seal("id_number", number), key.seal("phone", ""),
        secrets.token_bytes(32), None, ring.index_version, "bench", NOW,
    )  # fmt: skip
    plain = {name: value for name, value in row.items() if value is not None and name not in OWN}
    facts = [
        (key.person_id, name, key.seal(f"known:{name}", json_of(value)), "bench", 1 + len(name) % 4, NOW)
        for name, value in plain.items()
    ]
    return [person], [(key.person_id, ring.field_version, ring.wrap(key))], facts


def json_of(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def publish() -> None:
    """Put the national pack there as publishing leaves it."""
    from onething.catalogue import stored
    from onething.catalogue.models import Kind, Release
    from onething.plumbing.packs import read_pack

    content = stored.content_of(read_pack("national/entitlements"))
    Release.objects.create(
        pk=UUID(int=5), kind=Kind.ENTITLEMENTS, pack="national/entitlements", digest="0" * 64, version="bench",
        title=content["header"]["title"], region=codes.NATION, effective_from=date(2011, 8, 1), content=content,
        published_at=NOW,
    )  # fmt: skip


# meanwhile


class Portal(threading.Thread):
    """Somebody who learns facts about persons of the registry all the time, and notes how long each took."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._over = threading.Event()
        self._times: list[float] = []

    def run(self) -> None:
        from django.db import connection

        from onething.kernel.access import SYSTEM
        from onething.registry import services
        from onething.registry.models import Person

        ids = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:5_000:7])
        number = 0
        while not self._over.wait(0.1):
            begun = time.perf_counter()
            services.learn_facts(
                person_id=ids[number % len(ids)], known={"employment": "employed"}, source="portal", grade=1,
                checked_at=NOW, actor=SYSTEM, now=NOW,
            )  # fmt: skip
            self._times.append((time.perf_counter() - begun) * 1000)
            number += 1
        connection.close()

    def stop(self) -> dict[str, float]:
        """End it; give how many writes there were and how long they took, in milliseconds."""
        self._over.set()
        self.join()
        cut = statistics.quantiles(self._times, n=20) if len(self._times) > 1 else [0.0] * 19
        return {
            "writes": len(self._times),
            "median_ms": round(statistics.median(self._times), 1),
            "p95_ms": round(cut[-1], 1),
            "longest_ms": round(max(self._times), 1),
        }


# plain


def copied_out() -> tuple[float, int]:
    """Copy out what a sweep reads, and do nothing with it; give seconds and bytes."""
    begun, size = time.perf_counter(), 0
    for query in (
        "SELECT id, region_id, sealed_id_number FROM registry_person",
        "SELECT person_id, version, wrapped FROM registry_personkey",
        "SELECT person_id, field, sealed, source, grade, checked_at FROM registry_knownfact",
    ):
        size += sum(len(piece) for piece in pieces(query))
    return time.perf_counter() - begun, size


def pieces(query: str) -> Iterator[Any]:
    """Give the bytes of a query's rows."""
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
        yield from copy


def copied_in(folder: Path) -> float:
    """Copy the worklist into tables like its own, in one transaction; give seconds."""
    from django.db import connection, transaction

    seconds = 0.0
    with connection.cursor() as cursor:
        for table in ("entitlements_basis", "entitlements_decision"):
            file = folder / table
            with file.open("wb") as target:
                for piece in pieces(f"SELECT * FROM {table}"):
                    target.write(piece)
            cursor.execute(f"CREATE TABLE plain_{table} (LIKE {table} INCLUDING ALL)")
            keys = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'"
            cursor.execute(keys, [table])
            for (definition,) in cursor.fetchall():
                own = definition.replace("entitlements_basis", "plain_entitlements_basis")
                cursor.execute(f"ALTER TABLE plain_{table} ADD {own}")
            begun = time.perf_counter()
            statement = f"COPY plain_{table} FROM STDIN (FORMAT BINARY)"
            with transaction.atomic(), cursor.copy(statement) as copy, file.open("rb") as source:
                while piece := source.read(1 << 20):
                    copy.write(piece)
            seconds += time.perf_counter() - begun
    return seconds


if __name__ == "__main__":
    main()
