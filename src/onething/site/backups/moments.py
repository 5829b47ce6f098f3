"""A moment between two backups, in the embedded server: from the base copy of a backup, forward through the archive."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from onething.plumbing import clock, database, recovery
from onething.plumbing.embedded import EmbeddedServer
from onething.plumbing.recovery import Recovered
from onething.site.backups import key_folders
from onething.site.backups.errors import MomentBeforeBackup, MomentUnreadable, NoBaseCopy, NotEmpty, ServerNotOurs
from onething.site.backups.manifest import Manifest

END = "end"


def read(text: str) -> datetime | None:
    """Read a moment, of Beijing where no zone is told; None for the end of the archive. Refuses MomentUnreadable."""
    if text == END:
        return None
    try:
        told = datetime.fromisoformat(text)
    except ValueError as unreadable:
        raise MomentUnreadable(text=text) from unreadable
    return told if told.tzinfo else told.replace(tzinfo=clock.BEIJING)


def recover(folder: Path, *, until: datetime | None, key_folder: Path | None, now: datetime) -> Recovered:
    """
    Build the embedded server's cluster as it stood at a moment. `restoring.go_on` makes an installation of it.

    Refuses ServerNotOurs, NotABackup, BackupDamaged, NoBaseCopy, MomentBeforeBackup, NotEmpty, KeysWanting,
    MomentNotReached, RecoveryFailed; then nothing was restored.
    """
    require_own_server()
    manifest = Manifest.read(folder)
    if not manifest.based_at:
        raise NoBaseCopy(folder=folder)
    if until and until < (based := datetime.fromisoformat(manifest.based_at)):
        raise MomentBeforeBackup(moment=f"{based.astimezone(clock.BEIJING):%Y-%m-%d %H:%M:%S}")
    server = EmbeddedServer(database.cluster_folder())
    if server.pgdata.exists():
        raise NotEmpty
    key_folders.bring(key_folder, needed=manifest, now=now)
    return recovery.recover(server, base=folder, wal=folder.parent / "wal", until=until)


def require_own_server() -> None:
    """Refuse (ServerNotOurs) where the server is an outside one."""
    if "DATABASE_URL" in os.environ:
        raise ServerNotOurs
