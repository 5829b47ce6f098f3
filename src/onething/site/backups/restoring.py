"""Bringing a backup back into an empty place: all of it or nothing, then proven."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from onething.kernel.access import SYSTEM
from onething.plumbing import keys, places
from onething.plumbing.journal import counting
from onething.plumbing.journal.findings import Report
from onething.plumbing.journal.verifying import verify
from onething.plumbing.ownership import as_owner, connected_as_owner
from onething.registry import forgotten
from onething.registry import services as registry
from onething.registry.models import Person
from onething.site import installing
from onething.site.backups import pool, programs, taking
from onething.site.backups.errors import BackupDamaged, FilesMissing, KeysWanting, NotEmpty
from onething.site.backups.manifest import Manifest
from onething.site.backups.taking import DUMPS, SEALS, Told, rows_of_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """
    What was brought back and proven. `lost_seals` were written after the backup; their file lies in `kept_seals`.

    `forgotten` is how many persons the backup still knew and who were forgotten again.
    """

    manifest: Manifest
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
    _bring_keys(key_folder, needed=manifest, now=now)
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
    return Restored(manifest=manifest, ahead=ahead, journal=report, lost_seals=lost, kept_seals=kept, forgotten=again)


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


def _bring_keys(saved: Path | None, *, needed: Manifest, now: datetime) -> None:
    """Find keys that fit: those of this installation, else the saved ones, which take their place."""
    own = keys.provider()
    if _fit(own, needed):
        return
    if saved is None or not isinstance(own, keys.FileKeys) or not _fit(keys.FileKeys(saved), needed):
        raise KeysWanting
    if own.folder.exists():  # made at first use: nothing lies under them, for the database is empty
        own.folder.rename(own.folder.with_name(f"{own.folder.name}-until-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"))
    taking.copy_keys(saved, own.folder)


def _fit(ring: keys.KeyProvider, needed: Manifest) -> bool:
    return needed.keys.items() <= taking.marks_of(ring).items()


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
