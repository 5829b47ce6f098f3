"""Bringing a backup back into an empty place: all of it or nothing, then proven."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from onething.kernel.access import SYSTEM
from onething.plumbing import places
from onething.plumbing.journal import counting
from onething.plumbing.journal.findings import Report
from onething.plumbing.journal.statements import Signed
from onething.plumbing.journal.verifying import verify
from onething.plumbing.ownership import as_owner, connected_as_owner
from onething.registry import forgotten
from onething.registry import services as registry
from onething.registry.models import Person
from onething.site import installing
from onething.site.backups import key_folders, pool, programs
from onething.site.backups.errors import BackupDamaged, FilesMissing, NotEmpty
from onething.site.backups.manifest import Manifest
from onething.site.backups.taking import DUMPS, SEALS, Told, rows_of_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """
    What was brought back and proven. `lost_seals` were written after the backup; their file lies in `kept_seals`.

    `forgotten` is how many persons the backup still knew and who were forgotten again; `is_compared` whether rows and
    files were compared with the manifest, which a later moment cannot be.
    """

    manifest: Manifest
    rows: int
    files: int
    is_compared: bool
    ahead: int
    journal: Report
    lost_seals: int
    kept_seals: Path | None
    forgotten: int

    @property
    def is_proven(self) -> bool:
        """Tell whether the journal verifies."""
        return self.journal.is_intact


def restore(folder: Path, *, key_folder: Path | None, now: datetime, told: Told = lambda step: None) -> Restored:
    """
    Bring a backup into this installation, whose database is empty.

    Refuses NotABackup, BackupDamaged, FilesMissing, NotEmpty, KeysWanting, ProgramFailed before anything of it shows.
    """
    told("looking at the backup")
    manifest = Manifest.read(folder)
    missing = pool.missing_from(folder.parent / "files", manifest.files)
    if missing:
        raise FilesMissing(count=len(missing), folder=folder.parent / "files", first=missing[0])
    _require_empty()
    key_folders.bring(key_folder, needed=manifest, now=now)
    told("files")
    damaged = pool.bring(manifest.files, source=folder.parent / "files", target=places.private("files"))
    if damaged:
        raise BackupDamaged(part=f"files/{damaged[0]}")
    told("database")
    ahead = _bring_database(folder, manifest)
    told("seals")
    lost, kept = _bring_seals(folder, now)
    told("proof")
    report = verify(folder=places.private("seals"), now=now)
    told("persons to be forgotten again")
    again = _forget_again(folder.parent, now)
    return Restored(
        manifest=manifest, rows=sum(manifest.rows.values()), files=len(manifest.files), is_compared=True, ahead=ahead,
        journal=report, lost_seals=lost, kept_seals=kept, forgotten=again,
    )  # fmt: skip


def go_on(folder: Path, *, key_folder: Path | None, now: datetime, told: Told = lambda step: None) -> Restored:
    """
    Make an installation of a database that was brought to a moment by PostgreSQL's own means, and prove it.

    `folder` is any backup of it: keys are known by it, and beside it lie files, seals and who was forgotten. Files are
    all that the pool has: the moment may name some that came after the backup. Refuses NotABackup, KeysWanting.
    """
    manifest = Manifest.read(folder)
    key_folders.bring(key_folder, needed=manifest, now=now)
    told("files")
    kept, store = folder.parent / "files", places.private("files")
    pool.bring(pool.keys_in(kept), source=kept, target=store)
    told("database")
    installing.migrate_database()
    with as_owner():
        ahead, rows = counting.go_on_here(), sum(rows_of_tables().values())
    told("seals")
    lost, until = _cut_seals(folder, now)
    told("proof")
    report = verify(folder=places.private("seals"), now=now)
    told("persons to be forgotten again")
    again = _forget_again(folder.parent, now)
    return Restored(
        manifest=manifest, rows=rows, files=sum(1 for _ in pool.keys_in(store)), is_compared=False, ahead=ahead,
        journal=report, lost_seals=lost, kept_seals=until, forgotten=again,
    )  # fmt: skip


def _cut_seals(folder: Path, now: datetime) -> tuple[int, Path | None]:
    """Put the longest seal file there is in place, cut where the database ends. What is behind is kept beside it."""
    own = places.private("seals") / SEALS
    known = [path.read_bytes() for path in (own, folder.parent / SEALS, folder / SEALS) if path.exists()]
    lines = max(known, key=len, default=b"").splitlines(keepends=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM journal_seal")
        reached = int(cursor.fetchone()[0])
    mine = [line for line in lines if (seal := Signed.from_line(line)) and seal.statement.number <= reached]
    kept = None
    if len(mine) < len(lines):
        kept = own.with_name(f"seals-until-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.jsonl")
        kept.write_bytes(b"".join(lines))
    own.write_bytes(b"".join(mine))
    own.chmod(0o600)
    return len(lines) - len(mine), kept


def _forget_again(backups: Path, now: datetime) -> int:
    """Forget whom a list names, beside the backups or kept with this installation's seals. Gives how many."""
    named = forgotten.read(backups) | forgotten.read(places.private("seals"))
    forgotten.write(places.private("seals"), named)
    there = Person.objects.filter(pk__in=named, forgotten_at__isnull=True).values_list("pk", flat=True)
    for person_id in (wanted := sorted(there)):
        registry.forget_person(person_id=person_id, actor=SYSTEM, now=now)
    return len(wanted)


def _require_empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') LIMIT 1"
        )
        if cursor.fetchone():
            raise NotEmpty


def _bring_database(folder: Path, manifest: Manifest) -> int:
    with connected_as_owner():
        programs.restore(*(folder / part for part in DUMPS))
        differing = [table for table, rows in manifest.rows.items() if rows_of_tables().get(table) != rows]
    if differing:
        raise BackupDamaged(part=", ".join(differing))
    installing.migrate_database()
    with as_owner():
        return counting.go_on_here()


def _bring_seals(folder: Path, now: datetime) -> tuple[int, Path | None]:
    """Put the backup's seal file in place. A longer one that is there is kept beside it: it proves what is lost."""
    backed, own = folder / SEALS, places.private("seals") / SEALS
    lost, kept = 0, None
    if own.exists():
        lost = max(0, _lines(own) - _lines(backed))
        kept = own.with_name(f"seals-until-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.jsonl")
        own.rename(kept)
    if backed.exists():
        shutil.copyfile(backed, own)
        own.chmod(0o600)
    return lost, kept


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0
