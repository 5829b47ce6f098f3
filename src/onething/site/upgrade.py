"""`onething upgrade`: from one release to the next while it works, with a backup before and a report after."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onething.kernel.errors import Invalid
from onething.plumbing import clock, database
from onething.site import running
from onething.site.terminal import translated as _

if TYPE_CHECKING:
    from onething.site.migrating import Step
    from onething.site.upgrading import Outlook, Upgraded


class BackupNotNamed(Invalid):
    """An upgrade saves everything first, and it was not said where."""

    remedy = "Name a folder: `onething upgrade --backup /backups`. If it was saved another way: `--no-backup`."


@click.command()
@click.option("--check", is_flag=True, help="Only say what would be done; nothing is changed.")
@click.option(
    "--backup", "backups", type=click.Path(file_okay=False, path_type=Path), help="Where everything is saved before."
)
@click.option("--no-backup", is_flag=True, help="Save nothing: it was done another way.")
@click.option("--json", "as_json", is_flag=True, help="Plain JSON for programs.")
def upgrade(check: bool, backups: Path | None, no_backup: bool, as_json: bool) -> None:
    """Bring a working installation to this version: backup, tables, packs. Killed, it goes on when started again."""
    with _database():
        from onething.site import upgrading

        outlook = upgrading.look()
        if check:
            click.echo(_outlook_as_json(outlook) if as_json else "\n".join(_outlook_as_page(outlook)))
            return
        if outlook.pending and not (backups or no_backup or outlook.is_resumed):
            raise BackupNotNamed
        done = upgrading.upgrade(
            backups=None if no_backup else backups,
            now=clock.now(),
            told=lambda step: None if as_json else click.echo(f"  {_(step)} …", err=True),
            made=lambda step: None if as_json else click.echo(_step(step), err=True),
        )
    click.echo(_as_json(done) if as_json else "\n".join(_as_page(done)))


@contextmanager
def _database() -> Iterator[None]:
    """Use the database that runs; the embedded one, if `onething up` does not hold it, is started for this command."""
    from onething.plumbing.embedded import EmbeddedServer
    from onething.site import installing

    with ExitStack() as ends:
        if "DATABASE_URL" not in os.environ and not running.is_held():
            server = EmbeddedServer(database.cluster_folder())
            ends.callback(server.stop)
            server.start()
        installing.set_django_up()
        yield


def _step(step: Step) -> str:
    return f"    {step.migration:<52}{step.seconds:>6.1f} s"


def _outlook_as_page(outlook: Outlook) -> Iterator[str]:
    if not outlook.pending and not outlook.is_resumed:
        yield _("The database is of this version.")
        return
    if outlook.is_resumed:
        yield _("An upgrade was interrupted; `onething upgrade` goes on with it.")
    yield _("{count} migrations are pending; the database has {size} MB:").format(
        count=len(outlook.pending), size=outlook.size >> 20
    )
    yield from (f"  {name}" for name in outlook.pending)


def _outlook_as_json(outlook: Outlook) -> str:
    return json.dumps({"version": version("onething"), **asdict(outlook)})


def _as_page(done: Upgraded) -> Iterator[str]:
    if done.is_resumed:
        yield _("Went on with an interrupted upgrade.")
    if done.backup:
        yield _("Saved before: {folder}").format(folder=done.backup)
    seconds = sum(step.seconds for step in done.steps)
    yield _("This version: {version}. {count} migrations in {seconds} s.").format(
        version=version("onething"), count=len(done.steps), seconds=f"{seconds:.1f}"
    )
    yield from (_("Published: {release}").format(release=release) for release in done.releases)
    if done.steps:
        yield _("Now start worker and web anew, one after the other: those of the release before still run.")


def _as_json(done: Upgraded) -> str:
    return json.dumps({"version": version("onething"), **asdict(done)}, ensure_ascii=False)
