"""`onething keys`: what keys there are, new versions of them, and the rehearsal of their loss."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing import keys as plumbing
from onething.registry.services import rotation

_PURPOSE = click.argument("purpose", type=click.Choice(rotation.PURPOSES))


@click.group()
def keys() -> None:
    """Rotate keys, index anew, rehearse the loss of a key."""


@keys.command()
def status() -> None:
    """The versions of every key, and how many rows are under each."""
    ring = plumbing.provider()
    for purpose in plumbing.PURPOSES:
        rows = rotation.rows_by_version(purpose) if purpose in rotation.PURPOSES else {}
        for version in ring.held(purpose):
            used = f"{rows.get(version, 0):>12,}" if purpose in rotation.PURPOSES else f"{'-':>12}"
            click.echo(f"{purpose:<12}{version:>4}{used}{'  *' if version == ring.newest(purpose) else ''}")


@keys.command()
@_PURPOSE
@click.option("--resume", is_flag=True, help="Go on with an interrupted one; no new version.")
def rotate(purpose: str, resume: bool) -> None:
    """Make a new version and bring every row to it; nothing stands still."""
    if resume:
        done = rotation.finish_rotation(purpose=purpose, actor=SYSTEM, now=clock.now())
        version = plumbing.provider().newest(purpose)
    else:
        version, done = rotation.rotate(purpose=purpose, actor=SYSTEM, now=clock.now())
    click.echo(f"{purpose}.{version}  {done:,}")


@keys.command()
def reindex() -> None:
    """Write every index under the newest index key."""
    click.echo(f"{rotation.finish_rotation(purpose='index', actor=SYSTEM, now=clock.now()):,}")


@keys.command()
@_PURPOSE
@click.argument("version", type=int)
@click.confirmation_option(prompt="It cannot be brought back. OK?")
def retire(purpose: str, version: int) -> None:
    """Destroy an old version that nothing needs any more."""
    rotation.retire(purpose=purpose, version=version, actor=SYSTEM, now=clock.now())
    click.echo(f"{purpose}.{version}  -")


@keys.command()
@click.option(
    "--backup",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with the backup of the keys.",
)
@click.option("--sample", type=click.IntRange(min=1), default=200, show_default=True)
def drill(backup: Path, sample: int) -> None:
    """Rehearse the loss of the keys, without touching those in use."""
    with tempfile.TemporaryDirectory() as nothing:
        found = rotation.rehearse_loss(
            empty=plumbing.FileKeys(Path(nothing)), backup=plumbing.FileKeys(backup), sample=sample
        )
    click.echo(f"persons {found.persons:,}, sample {found.sample:,}")
    click.echo(f"without keys: {found.opened_without:,} open")
    click.echo(f"with the backup: {found.opened_with_backup:,} open, {found.found_with_backup:,} found by number")
    if found.lost_versions:
        click.echo(f"not in the backup: {', '.join(found.lost_versions)}")
    if not found.is_safe:
        raise SystemExit(1)
