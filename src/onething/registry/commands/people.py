"""`onething registry`: divisions and their history."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TextIO
from uuid import UUID

import click

from onething.kernel.access import SYSTEM
from onething.kernel.language import language
from onething.plumbing import clock, places, sentences
from onething.registry import chosen, division_lists, queries, sections, services
from onething.registry.errors import RosterHasFaults
from onething.registry.models import Roster
from onething.registry.regions import RegionRow
from onething.registry.retention import RULES

SHIPPED = "mca-2026"
"""The national list that comes with the house; see packs/national/divisions/README.md."""

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DRY = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
_SOURCE = click.option("--source", required=True, help="Where the list comes from.")


@click.group()
def registry() -> None:
    """Divisions, rosters, terms of keeping."""


@registry.group()
def divisions() -> None:
    """Administrative divisions."""


@divisions.command()
@_DRY
@click.option("--under", default="", help="Only codes that begin with these digits.")
def load(dry_run: bool, under: str) -> None:
    """Load the national list and the history that come with the house."""
    folder = places.packs_root() / "national" / "divisions"
    with _open(folder / "divisions.csv") as file:
        rows = [row for row in division_lists.read_divisions(file) if row.code[:2] == under[:2] or not under]
    kept = [row for row in rows if row.code.startswith(under) or not row.code[len(under.rstrip("0")) :].strip("0")]
    _load(kept, SHIPPED, clock.now(), dry_run=dry_run)
    if not dry_run:
        with _open(folder / "history.csv") as file:
            _enter(file, SHIPPED)


@divisions.command(name="import")
@click.argument("file", type=_FILE)
@_SOURCE
@_DRY
@click.option("--own", is_flag=True, help="The province's own tree, on top of the national list.")
@click.option("--complete", is_flag=True, help="The list is complete: end what it leaves out.")
@click.option("--only-new", is_flag=True, help="Add what is missing, leave what stands.")
@click.option("--valid-from", type=click.DateTime(["%Y-%m-%d"]), help="Valid from this day.")
def import_list(
    file: Path, source: str, dry_run: bool, own: bool, complete: bool, only_new: bool, valid_from: datetime | None
) -> None:
    """Load divisions from a file: townships, villages."""
    since: date | None = valid_from.date() if valid_from else None
    with _open(file) as text:
        rows = list(division_lists.read_divisions(text, valid_from=since))
    if only_new:
        known = queries.known_codes()
        rows = [row for row in rows if row.code not in known]
    _load(rows, source, clock.now(), dry_run=dry_run, is_own=own, is_complete=complete)


@divisions.command()
@click.argument("file", type=_FILE)
@_SOURCE
def changes(file: Path, source: str) -> None:
    """Enter changes; those whose day has come are carried out."""
    with _open(file) as text:
        _enter(text, source)


@divisions.command()
@click.argument("code")
def history(code: str) -> None:
    """What happened to a code, and which one stands for it today."""
    full = code.ljust(12, "0")
    for change in queries.history_of(full):
        said = f"{change.old_code} {change.old_name} → {change.new_code} {change.new_name}"
        click.echo(f"{change.day or change.year}  {change.kind:<9}  {said}  {change.document or change.address}")
    click.echo(f"{full} → {queries.present_code(full) or '-'}")


@registry.command(name="import")
@click.argument("file", type=_FILE)
@click.option("--region", required=True, help="The division it is for.")
@click.option("--authority", required=True, type=click.Choice([a.value for a in sections.Authority]))
@click.option("--kind", type=click.Choice(Roster.Kind.values), default=Roster.Kind.EXTRACT.value, show_default=True)
@click.option("--title", default="", help="A name for it (default: the file's).")
@click.option("--column", "chosen", multiple=True, help="TITLE=FIELD, may be repeated.")
@_DRY
def import_roster(
    file: Path, region: str, authority: str, kind: str, title: str, chosen: tuple[str, ...], dry_run: bool
) -> None:
    """Import a roster of persons, as a whole or not at all."""
    now = clock.now()
    with file.open("rb") as content:
        roster = services.take_roster(
            file=content,
            title=title or file.name,
            kind=kind,
            authority=authority,
            region=region.ljust(12, "0"),
            actor=SYSTEM,
            now=now,
            most=services.MOST_BYTES_OF_OPERATOR,
        )
    wishes = dict(wish.partition("=")[::2] for wish in chosen)
    targets = [wishes.get(name, known) for name, known in zip(roster.titles, roster.columns, strict=True)]
    services.map_roster(roster_id=roster.pk, targets=targets, actor=SYSTEM, now=now)
    if not dry_run:
        _apply_or_tell(roster, now)
    else:
        _tell(services.check_roster(roster_id=roster.pk, actor=SYSTEM, now=now))


def _apply_or_tell(roster: Roster, now: datetime) -> None:
    try:
        roster = services.apply_roster(roster_id=roster.pk, actor=SYSTEM, now=now)
    except RosterHasFaults:
        _tell(services.check_roster(roster_id=roster.pk, actor=SYSTEM, now=now))
        raise
    click.echo(f"{roster.pk}  +{roster.new_persons:,}  ~{roster.known_persons:,}")


def _tell(roster: Roster) -> None:
    """Print what a check found: no name and no number, only lines, columns and reasons."""
    spoken = language(os.environ)
    for fault in queries.faults_of(roster):
        column = f" “{roster.titles[fault.column]}”" if fault.column is not None else ""
        sentence, remedy = sentences.refusal_in(spoken, fault.refusal)
        click.echo(f"{fault.line}{column}: {sentence} {remedy}")
    click.echo(
        f"{roster.pk}  ={roster.lines:,}  +{roster.new_persons:,}  ~{roster.known_persons:,}  !{roster.faulty:,}"
    )


@registry.command()
@click.argument("roster_id", type=click.UUID)
def undo(roster_id: UUID) -> None:
    """Take an import back."""
    gone, stayed = services.undo_roster(roster_id=roster_id, actor=SYSTEM, now=clock.now())
    click.echo(f"-{gone:,}  ={stayed:,}")


@registry.command()
@_DRY
def retention(dry_run: bool) -> None:
    """Remove what is over its time; list every rule."""
    swept = services.sweep(now=clock.now(), is_dry=dry_run)
    for rule in RULES:
        click.echo(
            f"{rule.name:<16}{chosen.days_kept(rule):>6} d after {rule.after:<28}{swept[rule.name]:>10,}  {rule.source}"
        )


def _open(file: Path) -> TextIO:
    return file.open(encoding="utf-8-sig", newline="")


def _load(
    rows: list[RegionRow],
    source: str,
    now: datetime,
    *,
    dry_run: bool,
    is_own: bool = False,
    is_complete: bool = False,
) -> None:
    found = services.count_list(rows, source=source, is_complete=is_complete)
    click.echo(f"+{found.new:,}  ~{found.changed:,}  ={found.same:,}  -{found.ended:,}")
    if not dry_run:
        services.load_regions(rows=rows, source=source, actor=SYSTEM, now=now, is_own=is_own, is_complete=is_complete)


def _enter(file: TextIO, source: str) -> None:
    rows = list(division_lists.read_changes(file))
    new, moved = services.enter_changes(rows=rows, source=source, actor=SYSTEM, now=clock.now())
    click.echo(f"+{new:,}  ⇒{moved:,}")
