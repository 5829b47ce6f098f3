"""Taking a backup of an installation that runs: one state of the database, and every file that state can name."""

from __future__ import annotations

import hmac
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from django.db import connection
from psycopg import sql

from onething.plumbing import keys, places
from onething.plumbing.ownership import connected_as_owner
from onething.registry import forgotten
from onething.registry.models import Person
from onething.site.backups import pool, programs
from onething.site.backups.errors import KeysBeside, KeysElsewhere
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


def take(backups: Path, *, now: datetime, told: Told = lambda step: None) -> Taken:
    """
    Take a backup into a new folder below `backups`. The installation goes on working.

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


def save_keys(target: Path, *, backups: Path, ring: keys.KeyProvider) -> int:
    """Copy the keys to another place. Gives how many there are. Refuses KeysBeside, and KeysElsewhere for an HSM."""
    if not isinstance(ring, keys.FileKeys):
        raise KeysElsewhere
    if target.resolve().is_relative_to(backups.resolve()):
        raise KeysBeside
    return copy_keys(ring.folder, target)


def copy_keys(source: Path, target: Path) -> int:
    """Copy every key of a folder, 0600 each. Gives how many there are."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = [key for key in source.iterdir() if key.is_file() and not key.name.startswith(".")]
    for key in held:
        shutil.copyfile(key, target / key.name)
        (target / key.name).chmod(0o600)
    return len(held)


def marks_of(ring: keys.KeyProvider) -> dict[str, str]:
    """Give a mark of each key by which the right one is known; 64 bits of a keyed digest tell nothing of 256."""
    found = [(purpose, version) for purpose in keys.PURPOSES for version in ring.held(purpose)]
    return {f"{purpose}.{version}": _mark(ring.secret(purpose, version)) for purpose, version in found}


def _mark(secret: bytes) -> str:
    return hmac.digest(secret, b"onething backup", "sha256").hex()[:16]


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
    return Manifest(
        taken_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        version=version("onething"),
        server=state.server,
        last_seal=state.last_seal,
        migrations=state.migrations,
        keys=marks_of(keys.provider()),
        rows=state.rows,
        parts={part.name: sha256_of(part) for part in sorted(folder.iterdir())},
        files=files,
    )
