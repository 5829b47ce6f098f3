"""`onething backup` and `onething restore`: an installation saved while it works, and brought back with proof."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
@click.option("--keep", type=click.IntRange(min=1), help="Afterwards keep only the newest so many.")
@_AS_JSON
def backup(backups: Path, key_folder: Path | None, keep: int | None, as_json: bool) -> None:
    """Save database, files and seals into a folder, while everything works; the keys apart."""
    from onething.plumbing.keys import provider
    from onething.site.backups import taking

    saved = taking.save_keys(key_folder, backups=backups, ring=provider()) if key_folder else 0
    taken = taking.take(backups, now=clock.now(), told=_steps(as_json))
    removed = taking.prune(backups, keep=keep) if keep else []
    click.echo(_backup_as_json(taken, saved) if as_json else "\n".join(_backup_as_page(taken, saved, len(removed))))
    if taken.damaged:
        raise SystemExit(1)


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--keys", "key_folder", type=_FOLDER, help="The folder to which the keys were saved.")
@_AS_JSON
def restore(folder: Path, key_folder: Path | None, as_json: bool) -> None:
    """Bring one backup back into an empty installation, and prove it. Leaves with 1 if the proof fails."""
    with running.alone(port=0), _database():
        from onething.site.backups import restoring

        restored = restoring.restore(folder, key_folder=key_folder, now=clock.now(), told=_steps(as_json))
    click.echo(_restore_as_json(restored) if as_json else "\n".join(_restore_as_page(restored)))
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


def _restore_as_page(restored: Restored) -> Iterator[str]:
    manifest = restored.manifest
    taken = manifest.taken.astimezone(clock.BEIJING)
    yield _("Restored as it was on {moment}").format(moment=f"{taken:%Y-%m-%d %H:%M:%S}")
    told = _("{rows} rows and {files} files, all as many as were saved")
    yield "  " + told.format(rows=f"{sum(manifest.rows.values()):,}", files=f"{len(manifest.files):,}")
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


def _restore_as_json(restored: Restored) -> str:
    told = {"taken_at": restored.manifest.taken_at, "rows": sum(restored.manifest.rows.values())}
    files = {"files": len(restored.manifest.files), "lost_seals": restored.lost_seals}
    told["forgotten_again"] = restored.forgotten
    return json.dumps({**told, **files, "journal_is_intact": restored.is_proven})
