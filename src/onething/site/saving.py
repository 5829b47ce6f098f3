"""`onething backup` and `onething restore`: an installation saved while it works, and brought back with proof."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onething.plumbing import clock, database
from onething.site import running
from onething.site.terminal import translated as _

if TYPE_CHECKING:
    from onething.site.backups.restoring import Restored
    from onething.site.backups.taking import Taken

_FOLDER = click.Path(file_okay=False, path_type=Path)
_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Plain JSON for programs.")


@click.command()
@click.argument("backups", type=_FOLDER)
@click.option("--keys", "key_folder", type=_FOLDER, help="Save the keys as well, to this other folder.")
@click.option("--base", is_flag=True, help="With a copy of the server, from which any later moment can be reached.")
@click.option("--keep", type=click.IntRange(min=1), help="Afterwards keep only the newest so many.")
@_AS_JSON
def backup(backups: Path, key_folder: Path | None, base: bool, keep: int | None, as_json: bool) -> None:
    """Save database, files and seals into a folder, while everything works; the keys apart."""
    from onething.plumbing.keys import provider
    from onething.site.backups import following, key_folders, moments, taking

    if base:
        moments.require_own_server()
    saved = key_folders.save_keys(key_folder, backups=backups, ring=provider()) if key_folder else 0
    taken = taking.take(backups, now=clock.now(), base=base, told=_steps(as_json))
    removed = taking.prune(backups, keep=keep) if keep else []
    if keep and (needed := taking.wal_needed_from(backups)):
        following.prune(backups, needed_from=needed)
    click.echo(_backup_as_json(taken, saved) if as_json else "\n".join(_backup_as_page(taken, saved, len(removed))))
    if taken.damaged:
        raise SystemExit(1)


@click.command()
@click.argument("backups", type=_FOLDER)
def archive(backups: Path) -> None:
    """Let the embedded server's log of changes, new files and seals follow into a folder of backups, until stopped."""
    from onething.site.backups import following, moments

    moments.require_own_server()
    stopping = threading.Event()
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, lambda number, frame: stopping.set())
    click.echo(_("Archiving to {folder}").format(folder=backups), err=True)
    following.follow(backups, stopping=stopping)


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--keys", "key_folder", type=_FOLDER, help="The folder to which the keys were saved.")
@click.option("--until", metavar="MOMENT", help="Go on to this moment through the archive; “end” for all of it.")
@click.option("--recovered", is_flag=True, help="The database was brought back by its own server's means already.")
@_AS_JSON
def restore(folder: Path, key_folder: Path | None, until: str | None, recovered: bool, as_json: bool) -> None:
    """Bring one backup back into an empty installation, and prove it. Leaves with 1 if the proof fails."""
    from onething.site.backups import moments

    with running.alone(port=0):
        last = None
        if until:
            _steps(as_json)("database")
            asked = moments.read(until)
            last = moments.recover(folder, until=asked, key_folder=key_folder, now=clock.now()).last
        with _database():
            from onething.site.backups import restoring

            bring = restoring.go_on if until or recovered else restoring.restore
            restored = bring(folder, key_folder=key_folder, now=clock.now(), told=_steps(as_json))
    click.echo(_restore_as_json(restored, last) if as_json else "\n".join(_restore_as_page(restored, last)))
    if not restored.is_proven:
        raise SystemExit(1)


@contextmanager
def _database() -> Iterator[None]:
    """Run the embedded database for this command, unless another one is named."""
    from onething.plumbing.embedded import EmbeddedServer
    from onething.site import installing

    server = None if "DATABASE_URL" in os.environ else EmbeddedServer(database.cluster_folder())
    try:
        if server is not None:
            server.start()
        installing.set_django_up()
        yield
    finally:
        if server is not None:
            server.stop()


def _steps(silent: bool) -> Callable[[str], None]:
    return lambda step: None if silent else click.echo(f"  {_(step)} …", err=True)


def _backup_as_page(taken: Taken, saved: int, removed: int) -> Iterator[str]:
    manifest = taken.manifest
    rows = _("{rows} rows in {tables} tables, {files} files, seals to number {seal}")
    yield _("Saved: {folder}").format(folder=taken.folder)
    yield "  " + rows.format(
        rows=f"{sum(manifest.rows.values()):,}",
        tables=len(manifest.rows),
        files=f"{len(manifest.files):,}",
        seal=manifest.last_seal,
    )
    if saved:
        yield "  " + _("{count} keys saved apart").format(count=saved)
    else:
        yield "  " + _("The keys are not in it: save them elsewhere with --keys; without them nothing can be read.")
    if removed:
        yield "  " + _("{count} older backups removed").format(count=removed)
    for key in taken.damaged:
        yield _("Damaged in the store, and not saved: {file}").format(file=key)


def _backup_as_json(taken: Taken, saved: int) -> str:
    manifest = taken.manifest
    told = {"folder": str(taken.folder), "taken_at": manifest.taken_at, "last_seal": manifest.last_seal}
    counts = {"rows": sum(manifest.rows.values()), "tables": len(manifest.rows), "files": len(manifest.files)}
    return json.dumps({**told, **counts, "keys": saved, "damaged": taken.damaged}, ensure_ascii=False)


def _restore_as_page(restored: Restored, last: datetime | None) -> Iterator[str]:
    manifest = restored.manifest
    until = (last or manifest.taken).astimezone(clock.BEIJING)
    yield _("Restored as it was on {moment}").format(moment=f"{until:%Y-%m-%d %H:%M:%S}")
    if restored.is_compared:
        told = _("{rows} rows and {files} files, all as many as were saved")
    else:
        told = _("{rows} rows and {files} files")
    yield "  " + told.format(rows=f"{restored.rows:,}", files=f"{restored.files:,}")
    if restored.ahead:
        yield "  " + _("Another server: the journal counts on from where it was.")
    if restored.kept_seals:
        lost = _("{count} seals written after the backup are lost with what they sealed; their file: {file}")
        yield "  " + lost.format(count=restored.lost_seals, file=restored.kept_seals)
    yield "  " + (
        _("The journal is intact.") if restored.is_proven else _("The journal is not intact: onething journal verify")
    )
    yield "  " + _("{count} persons who were forgotten after this backup were forgotten again.").format(
        count=restored.forgotten
    )


def _restore_as_json(restored: Restored, last: datetime | None) -> str:
    told = {"taken_at": restored.manifest.taken_at, "rows": restored.rows, "forgotten_again": restored.forgotten}
    files = {"files": restored.files, "lost_seals": restored.lost_seals}
    moment = {"last_transaction": last.isoformat() if last else None}
    return json.dumps({**told, **files, **moment, "journal_is_intact": restored.is_proven})
