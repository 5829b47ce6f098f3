"""Taking a backup of an installation that runs: one state of the database, and every file that state can name."""

from __future__ import annotations

import re
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from django.db import connection
from psycopg import sql

from onething.plumbing import clock, keys, places
from onething.plumbing.ownership import connected_as_owner
from onething.plumbing.recovery import BASE
from onething.registry import forgotten
from onething.registry.models import Person
from onething.site.backups import key_folders, pool, programs
from onething.site.backups.manifest import Manifest, sha256_of

PERSON_KEYS = "registry_personkey"
"""The one table that opens everything else: it lies in a dump of its own, which may be kept for a shorter time."""
DUMPS = {
    "database.dump": [f"--exclude-table-data=public.{PERSON_KEYS}"],
    "person-keys.dump": ["--data-only", f"--table=public.{PERSON_KEYS}"],
}
SEALS = "seals.jsonl"
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A finished backup: its folder, what it holds, and the files of the store that are damaged (and not in it)."""

    folder: Path
    manifest: Manifest
    damaged: list[str]


def take(backups: Path, *, now: datetime, base: bool = False, told: Told = lambda step: None) -> Taken:
    """
    Take a backup into a new folder below `backups`. The installation goes on working.

    With a `base` copy of the server any later moment can be reached, as far as its WAL was archived (following.py).

    Files are copied before and after the state of the database is taken: one that it names was there before, or has
    come since; the sweep removes none that is younger than two days. Refuses ProgramFailed, leaving no half backup.
    """
    store, kept = places.private("files"), backups / "files"
    folder = backups / f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    folder.mkdir(mode=0o700, parents=True)
    try:
        told("files")
        damaged = pool.bring(pool.keys_in(store), source=store, target=kept)
        told("database")
        state = _dump(folder)
        if base:
            told("copy of the server")
            _copy_base(folder)
        told("files that came meanwhile")
        damaged += pool.bring(pool.keys_in(store), source=store, target=kept)
        manifest = _manifest(folder, state, now, sorted(set(pool.keys_in(kept)) & set(pool.keys_in(store))))
        manifest.write(folder)
        forgotten.write(backups, _forgotten())
    except BaseException:
        shutil.rmtree(folder)
        raise
    return Taken(folder=folder, manifest=manifest, damaged=sorted(set(damaged)))


def _forgotten() -> set[UUID]:
    """List everybody whose key was destroyed: those of the database, and those of a database before it."""
    found = Person.objects.filter(forgotten_at__isnull=False).values_list("pk", flat=True)
    return {*found, *forgotten.read(places.private("seals"))}


def prune(backups: Path, *, keep: int) -> list[Path]:
    """Remove all backups but the newest so many, and the files that none of these names. Gives what was removed."""
    whole = sorted(manifest.parent for manifest in backups.glob("*/manifest.json"))
    removed = whole[:-keep]
    for folder in removed:
        shutil.rmtree(folder)
    named = {key for folder in whole[-keep:] for key in Manifest.read(folder).files}
    for unnamed in set(pool.keys_in(backups / "files")) - named:
        (backups / "files" / unnamed[:2] / unnamed).unlink()
    return removed


def wal_needed_from(backups: Path) -> str:
    """Name the first segment of the archive that a kept backup needs; "" if none of them does."""
    kept = [Manifest.read(one.parent).wal_from for one in sorted(backups.glob("*/manifest.json"))]
    return min((one for one in kept if one), default="")


def _copy_base(folder: Path) -> None:
    draft = folder / "base"
    with connected_as_owner():
        programs.copy_base(draft)
    for part in draft.iterdir():
        part.rename(folder / part.name)
    draft.rmdir()


def _needs_from(folder: Path) -> str:
    """Name the first segment that the base copy needs."""
    with tarfile.open(folder / BASE) as packed:
        label = packed.extractfile("backup_label")
        told = label.read().decode() if label else ""
    found = re.search(r"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)", told)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class _State:
    """What was true of the database in the moment of its snapshot."""

    server: str
    last_seal: int
    migrations: list[str]
    rows: dict[str, int]


def _dump(folder: Path) -> _State:
    with connected_as_owner(), _snapshot() as name:
        for part, options in DUMPS.items():
            programs.dump(folder / part, snapshot=name, options=options)
        state = _state()
    seals = places.private("seals") / SEALS
    if seals.exists():
        shutil.copyfile(seals, folder / SEALS)
    for written in folder.iterdir():
        written.chmod(0o600)
    return state


@contextmanager
def _snapshot() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        try:
            yield str(cursor.fetchone()[0])
        finally:
            cursor.execute("COMMIT")


def _state() -> _State:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id")
        migrations = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT current_setting('server_version'), coalesce(max(number), 0) FROM journal_seal")
        server, last_seal = cursor.fetchone()
    return _State(server, last_seal, migrations, rows_of_tables())


def rows_of_tables() -> dict[str, int]:
    """Count the rows of each table, partitions under their parent's name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
            "AND NOT relispartition ORDER BY relname"
        )
        return {name: _count(name) for (name,) in cursor.fetchall()}


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        return int(cursor.fetchone()[0])


def _manifest(folder: Path, state: _State, now: datetime, files: list[str]) -> Manifest:
    is_based = (folder / BASE).exists()
    return Manifest(
        taken_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        version=version("onething"),
        server=state.server,
        last_seal=state.last_seal,
        migrations=state.migrations,
        keys=key_folders.marks_of(keys.provider()),
        rows=state.rows,
        parts={part.name: sha256_of(part) for part in sorted(folder.iterdir())},
        files=files,
        based_at=clock.now().isoformat() if is_based else "",
        wal_from=_needs_from(folder) if is_based else "",
    )
