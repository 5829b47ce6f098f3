"""
How long a backup of a million persons takes, and bringing it back into a new server, proven.

Persons are laid out by COPY, each with a key and sealed fields of real sizes, and a sealed journal entry each; the
installation is saved with `onething backup` and brought back with `onething restore` on another, empty server: all
rows are counted, the whole journal is verified. Floors: pg_dump and pg_restore (-Fc, one after the other) of the
same database alone. Both servers have their full durability.

Run: `.venv/bin/python bench/restore.py [persons]` (default 100,000); writes bench/results/restore.json.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from servers import fresh_server

PERSONS = 100_000
KINDS = 200
RESULTS = Path(__file__).parent / "results" / "restore.json"
CLI = [sys.executable, "-m", "onething.site.cli"]


def main() -> None:
    """Measure on two servers of our own, print, write down."""
    persons = int(sys.argv[1].replace(",", "").replace("_", "")) if len(sys.argv) > 1 else PERSONS
    with fresh_server() as (url, folder):
        saved = save(persons, url, folder)
        with other_server(folder) as there:
            report = saved | bring_back(there, folder, saved)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))


def save(persons: int, url: str, folder: Path) -> dict[str, Any]:
    """Lay the persons out, seal the journal, save it all; time pg_dump of the same alone."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    lay_out(persons)
    seal()
    told: dict[str, Any] = {}
    backups, keys = folder / "backups", folder / "keys"
    dump = [program("pg_dump"), "-Fc", f"--file={folder / 'plain.dump'}", url]
    floor = seconds_of(dump)
    seconds = seconds_of([*CLI, "backup", str(backups), "--keys", str(keys), "--json"], out=told)
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load_of_the_machine": round(os.getloadavg()[0], 1),
        "persons": persons,
        "rows": told["rows"],
        "folder": told["folder"],
        "dump_mb": round((folder / "plain.dump").stat().st_size / 1e6),
        "backup_seconds": round(seconds, 1),
        "pg_dump_seconds": round(floor, 1),
        "backup_in_times_of_pg_dump": round(seconds / floor, 2),
    }


def bring_back(there: tuple[str, Path], folder: Path, saved: dict[str, Any]) -> dict[str, Any]:
    """Bring the backup back on the other server, count and verify; time pg_restore of the same alone."""
    import psycopg

    url, home = there
    base = url.rpartition("/")[0]
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("CREATE DATABASE plain")
        session.execute("CREATE DATABASE back")
    floor = seconds_of([program("pg_restore"), "--no-owner", f"--dbname={base}/plain", str(folder / "plain.dump")])
    told: dict[str, Any] = {}
    environment = {**os.environ, "DATABASE_URL": f"{base}/back", "ONETHING_HOME": str(home)}
    command = [*CLI, "restore", saved.pop("folder"), "--keys", str(folder / "keys"), "--json"]
    seconds = seconds_of(command, out=told, environment=environment)
    with psycopg.connect(f"{base}/back") as session:
        counted = session.execute("SELECT count(*) FROM registry_person").fetchone()
    assert told["journal_is_intact"], told
    assert told["rows"] == saved["rows"], told
    assert counted == (saved["persons"],), counted
    return {
        "restore_seconds": round(seconds, 1),
        "pg_restore_seconds": round(floor, 1),
        "restore_in_times_of_pg_restore": round(seconds / floor, 2),
        "journal_is_intact": told["journal_is_intact"],
        "rows_came_back": told["rows"],
    }


def other_server(folder: Path) -> Any:
    """Start another server, for an installation with a home of its own."""
    from contextlib import contextmanager

    from onething.plumbing.embedded import EmbeddedServer

    @contextmanager
    def running() -> Any:
        server = EmbeddedServer(folder / "there")
        try:
            yield server.start().url, folder / "home there"
        finally:
            server.stop()

    return running()


def lay_out(persons: int) -> None:
    """Copy KINDS real persons so many times: rows, locked keys and sealed fields of real sizes; a fact for each."""
    from django.db import connection, transaction

    from onething.cases.tests import factories
    from onething.kernel import codes

    factories.regions()
    for serial in range(KINDS):
        body = f"990123{19600101 + serial // 999}{serial % 999:03d}"
        factories.person(body + codes.id_check_digit(body))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE made AS SELECT id, gen_random_uuid() AS copy FROM registry_person,"
                       " generate_series(2, %s)", [persons // KINDS])  # fmt: skip
        cursor.execute("CREATE INDEX ON made (id)")
        for table, id_column, fresh in (
            ("registry_person", "id", {"id_index": _digest("id"), "phone_index": _digest("phone")}),
            ("registry_personkey", "person_id", {}),
            ("registry_knownfact", "person_id", {}),
        ):
            _copy(cursor, table, id_column, fresh)
        cursor.execute("SELECT copy FROM made")
        write_facts([copy for (copy,) in cursor.fetchall()])
    connection.close()


def write_facts(subjects: list[Any]) -> None:
    """Copy one fact of each person into the journal, with the digest that it has there."""
    from datetime import UTC, datetime

    from onething.plumbing import copying
    from onething.plumbing.journal import facts

    at, payload = datetime(2026, 9, 17, 2, 0, tzinfo=UTC), '{"source": "bench"}'
    same = {"kind": "registry.PersonRegistered", "actor": "system:-", "region": "990123000000", "at": at}
    columns = ("kind", "subject", "actor", "region", "at", "payload", "digest")
    with copying.into("journal_entry", columns, copying.TEXT) as copy:
        for subject in subjects:
            digest = facts.digest(subject=subject, payload=json.loads(payload), **same)  # type: ignore[arg-type]
            copy.write_row((same["kind"], subject, same["actor"], same["region"], at, payload, digest))


def _digest(kind: str) -> str:
    return f"sha256(convert_to('{kind}' || made.copy::text, 'UTF8'))"


def _copy(cursor: Any, table: str, id_column: str, fresh: dict[str, str]) -> None:
    cursor.execute("SELECT column_name, is_identity FROM information_schema.columns WHERE table_name = %s", [table])
    columns = [name for name, is_identity in cursor.fetchall() if is_identity == "NO"]
    values = [
        "made.copy" if name == id_column else fresh.get(name, "gen_random_uuid()" if name == "id" else f't."{name}"')
        for name in columns
    ]
    listed = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(
        f"INSERT INTO {table} ({listed}) SELECT {', '.join(values)} FROM {table} t JOIN made ON made.id = t.{id_column}"
    )


def seal() -> None:
    """Seal the journal, as the worker does."""
    from onething.plumbing import clock, places
    from onething.plumbing.journal import sealing

    while sealing.seal_journal(folder=places.private("seals"), now=clock.now()):
        pass


def program(name: str) -> str:
    """Find one of PostgreSQL's programs."""
    from onething.plumbing import binaries, database

    return str(binaries.find(database.cluster_folder().parent) / name)


def seconds_of(command: list[str], *, out: dict[str, Any] | None = None, environment: Any = None) -> float:
    """Time one command; what it prints as JSON is put into `out`."""
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(done.stderr + done.stdout)
    if out is not None:
        out.update(json.loads(done.stdout))
    return seconds


if __name__ == "__main__":
    main()
