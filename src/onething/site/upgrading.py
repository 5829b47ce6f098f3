"""Bringing an installation that works from one release to the next: looked at, saved, changed, and told."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from onething.kernel.errors import Conflict, Refusal, Unavailable
from onething.plumbing import places
from onething.plumbing.ownership import connected_as_owner
from onething.registry.cipher import DataKey, WrappedKey
from onething.site import installing, migrating, setup
from onething.site.backups import taking
from onething.site.migrating import Step

NOTE: Final = "upgrade.json"
DEMO: Final = "demo/retirement"


class NothingToUpgrade(Conflict):
    """There is no installation in this database."""

    remedy = "For a new one: `onething migrate`, or `onething up`. Otherwise mend DATABASE_URL or ONETHING_HOME."


class AlreadyUpgrading(Conflict):
    """Another upgrade of this installation is under way."""

    remedy = "Wait for it; it is safe to start again afterwards."


class KeysDoNotOpen(Conflict):
    """The keys of this installation do not open what its database holds."""

    remedy = "Put the right folder in place (ONETHING_KEYS); `onething keys status` lists it. Nothing was changed."


class NoRoomForBackup(Unavailable):
    """The backup needs up to {needed} MB, and {folder} has {free} MB."""

    remedy = "Name a folder with more room, or make some. Nothing was changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """
    What an upgrade will find: `pending` migrations by name, `size` of the database in bytes.

    `saved` is the backup that an interrupted upgrade took before it began, if there was one.
    """

    pending: list[str]
    size: int
    is_resumed: bool
    saved: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """What was done: the backup taken before (None: not wished, or nothing to change), migrations, packs published."""

    is_resumed: bool
    backup: str | None
    steps: list[Step]
    releases: list[str]


@dataclass(frozen=True, slots=True)
class _Note:
    """What an upgrade writes down before it changes anything, and removes at its end."""

    begun_at: str
    backup: str | None


def look() -> Outlook:
    """Look at what an upgrade would do. Refuses NothingToUpgrade, DatabaseIsNewer, KeysDoNotOpen."""
    with connected_as_owner():
        loader = MigrationLoader(connection)
        if not loader.applied_migrations:
            raise NothingToUpgrade
        installing.refuse_newer(loader)
        _require_keys()
        note = _noted()
        return Outlook(
            pending=migrating.pending(), size=_size(), is_resumed=note is not None, saved=note.backup if note else None
        )


def upgrade(
    *,
    backups: Path | None,
    now: datetime,
    told: Callable[[str], None] = lambda step: None,
    made: Callable[[Step], None] = lambda step: None,
) -> Upgraded:
    """
    Bring tables, words, pages and packs to this version, saving all of it before to `backups` (None: not).

    Web and worker of the release before go on meanwhile. Killed at any point, it goes on when started again, with the
    backup that it took before it began. Refuses what `look` and `onething backup` refuse, AlreadyUpgrading,
    NoRoomForBackup, TablesHeld.
    """
    with _alone():
        told("looking")
        outlook = look()
        backup = outlook.saved
        if outlook.pending and not outlook.is_resumed:
            backup = _save(backups, outlook, now, told) if backups else None
            _write_note(_Note(now.astimezone(UTC).isoformat(timespec="seconds"), backup))
        told("tables")
        steps: list[Step] = []

        def note(step: Step) -> None:
            steps.append(step)
            made(step)

        installing.migrate_database(note)
        told("words, pages and packs")
        releases = _seed()
        _note_path().unlink(missing_ok=True)
    return Upgraded(is_resumed=outlook.is_resumed, backup=backup, steps=steps, releases=releases)


def _require_keys() -> None:
    """Refuse keys that open none of some persons' keys: a migration that seals would seal with wrong ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, version, wrapped FROM registry_personkey WHERE length(wrapped) > 0 "
            "ORDER BY person_id LIMIT 20"
        )
        rows = cursor.fetchall()
    if rows and not any(_opens(person, WrappedKey(version, bytes(wrapped))) for person, version, wrapped in rows):
        raise KeysDoNotOpen


def _opens(person: object, wrapped: WrappedKey) -> bool:
    try:
        DataKey.unwrap(person, wrapped)  # type: ignore[arg-type]  # a UUID, from the driver
    except Refusal:
        return False
    return True


def _size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _save(backups: Path, outlook: Outlook, now: datetime, told: Callable[[str], None]) -> str:
    backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    free = shutil.disk_usage(backups).free
    if free < outlook.size:
        raise NoRoomForBackup(folder=backups, needed=outlook.size >> 20, free=free >> 20)
    return str(taking.take(backups, now=now, told=told).folder)


def _seed() -> list[str]:
    setup.prepare()
    installing.collect_static()
    from onething.catalogue.models import Release

    before = {str(release) for release in Release.objects.all()}
    shows_demo = Release.objects.filter(pack=DEMO).exists()
    packs = installing.SHIPPED_PACKS + (installing.DEMO_PACKS if shows_demo else ())
    return [release for release in installing.publish_packs(*packs) if release not in before]


def _note_path() -> Path:
    return places.private() / NOTE


def _noted() -> _Note | None:
    try:
        return _Note(**json.loads(_note_path().read_text()))
    except FileNotFoundError:
        return None


def _write_note(note: _Note) -> None:
    draft = _note_path().with_suffix(".new")
    with draft.open("w") as target:
        json.dump(asdict(note), target)
        target.flush()
        os.fsync(target.fileno())
    draft.rename(_note_path())


@contextmanager
def _alone() -> Iterator[None]:
    """Let one upgrade run at a time; a killed one holds nothing."""
    with (places.private() / "upgrade.lock").open("w") as file:
        _hold(file)
        yield


def _hold(file: IO[str]) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        raise AlreadyUpgrading from held
