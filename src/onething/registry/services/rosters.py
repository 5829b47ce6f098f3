"""Rosters: taken, mapped, checked, mended, imported as a whole or not at all, undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import connection

from onething.kernel.access import Actor
from onething.kernel.errors import Refusal
from onething.plumbing import clock, scanning, storage
from onething.plumbing.journal import publish, writes
from onething.plumbing.scanning import MalwareFound
from onething.registry import events, roster_files, sections
from onething.registry.cipher import DataKey, Ring
from onething.registry.errors import (
    ColumnMissing,
    ColumnTwice,
    LineTooLong,
    LineTooShort,
    NoSuchRoster,
    NumberTwice,
    RosterCutOff,
    RosterHasFaults,
    RosterNotNow,
    UndoTooLate,
)
from onething.registry.models import Region, Roster, RosterLine, Sharing
from onething.registry.regions import prefix
from onething.registry.rosters import columns, tables
from onething.registry.rosters.lines import Entry, LineReader, Places
from onething.registry.services import entering
from onething.registry.services.closing import close_file
from onething.registry.services.shared import require_region
from onething.registry.services.sharing import note_sharing

State = Roster.State
MOST_BYTES = 50 << 20
"""The largest file that a page takes."""
MOST_BYTES_OF_OPERATOR = 2 << 30
MOST_MARKED = 2_000
"""So many faulty lines are kept to be mended; of a file with more, the count is told and the rest read again later."""
UNDO_DAYS = 30
BASIS = "政务数据共享条例"


def take_roster(
    *,
    file: BinaryIO,
    title: str,
    kind: str,
    authority: str,
    region: str,
    actor: Actor,
    now: datetime,
    most: int = MOST_BYTES,
) -> Roster:
    """
    Take a file of persons for a division, sealed under a key of its own, and guess what its columns mean.

    The file is written before the transaction: without its row, and so without its key, it is noise.
    Refuses NoSuchRegion, RosterTooLarge, MalwareFound, ScannerSilent, and what `tables.look_at` refuses; then nothing
    is kept.
    """
    require_region(region)
    key = DataKey.fresh(uuid4())
    file_key, size = roster_files.keep(file, key, most=most)
    try:
        with roster_files.open_file(file_key, key) as opened:
            scanning.require_clean(opened)
            opened.seek(0)
            shape, titles = tables.look_at(opened, size)
    except Refusal as refusal:
        storage.delete(file_key)
        if isinstance(refusal, MalwareFound):
            _record_malware(region, refusal, actor=actor, now=now)
        raise
    wrapped = key.wrap()
    roster = Roster(
        id=key.person_id,
        kind=kind,
        title=title,
        region_id=region,
        authority=sections.Authority(authority).value,
        file_key=file_key,
        file_size=size,
        shape={"kind": shape.kind, "encoding": shape.encoding, "delimiter": shape.delimiter, "line": shape.title_line},
        titles=titles,
        columns=columns.guess(titles),
        key_version=wrapped.version,
        wrapped_key=wrapped.content,
        taken_at=now,
        taken_by=actor.reference,
    )
    return _enter_taken(roster, actor=actor, now=now)


@writes
def _record_malware(region: str, found: MalwareFound, *, actor: Actor, now: datetime) -> None:
    publish(events.InfectedRosterRefused(region=region, finding=str(found.facts["finding"])), actor=actor, at=now)


@writes
def _enter_taken(roster: Roster, *, actor: Actor, now: datetime) -> Roster:
    roster.save(force_insert=True)
    fact = events.RosterTaken(roster_id=roster.pk, kind_of=roster.kind, region=roster.region_id, size=roster.file_size)
    publish(fact, actor=actor, at=now)
    return roster


@writes
def map_roster(*, roster_id: UUID, targets: Sequence[str], actor: Actor, now: datetime) -> Roster:
    """
    Say which field each column fills ("" for none). What was checked before has to be checked again.

    Refuses ColumnMissing, ColumnTwice, RosterNotNow, NoSuchRoster.
    """
    roster = _locked(actor, roster_id, State.TAKEN, State.CHECKED)
    chosen = [target if target in columns.TARGETS else "" for target in targets]
    _require_columns(chosen)
    roster.columns, roster.state = (chosen + [""] * len(roster.titles))[: len(roster.titles)], State.TAKEN
    roster.save(update_fields=["columns", "state"])
    return roster


def _require_columns(chosen: Sequence[str]) -> None:
    for target in ("name", "id_number"):
        if target not in chosen:
            raise ColumnMissing(field=columns.label_of(target))
    for target in chosen:
        if target and chosen.count(target) > 1:
            raise ColumnTwice(field=columns.label_of(target))


@dataclass(slots=True)
class _Tally:
    """What one reading of a file found."""

    lines: int = 0
    faulty: int = 0
    new: int = 0
    known: int = 0
    told: int | None = None
    marked: list[Entry] = field(default_factory=list)

    def mark(self, entry: Entry) -> None:
        self.faulty += 1
        if len(self.marked) < MOST_MARKED:
            self.marked.append(entry)


@writes
def check_roster(*, roster_id: UUID, actor: Actor, now: datetime) -> Roster:
    """
    Read every line and keep what is wrong with it, line by line; nothing of it enters the registry (a dry run).

    Refuses NoSuchRoster, RosterNotNow, ColumnMissing, RosterCutOff (the foot of the table tells another number).
    """
    roster = _locked(actor, roster_id, State.TAKEN, State.CHECKED)
    _require_columns(roster.columns)
    tally, ring = _Tally(), Ring.newest()
    for piece in entering.pieces_of(_entries(roster, tally, now)):
        known = entering.find_known(piece, ring, roster.region_id)
        for entry in piece:
            if entry.faults:
                tally.mark(entry)
        fine = sum(not entry.faults for entry in piece)
        tally.known += sum(not entry.faults and entry.id_number in known for entry in piece)
        tally.new += fine
    tally.new -= tally.known
    _require_total(tally)
    _keep_marked(roster, tally)
    roster.lines, roster.faulty, roster.state, roster.checked_at = tally.lines, tally.faulty, State.CHECKED, now
    roster.left_out = roster.marked.filter(is_left_out=True).count()
    roster.new_persons, roster.known_persons = tally.new, tally.known
    roster.save()
    fact = events.RosterChecked(roster_id=roster.pk, lines=tally.lines, faulty=tally.faulty)
    publish(fact, actor=actor, at=now)
    return roster


@writes
def apply_roster(*, roster_id: UUID, actor: Actor, now: datetime) -> Roster:
    """
    Import a roster as a whole: every line is read and checked once more, and one fault takes everything back.

    Refuses RosterHasFaults, RosterCutOff, RosterNotNow, NoSuchRoster.
    """
    roster = _locked(actor, roster_id, State.TAKEN, State.CHECKED)
    _require_columns(roster.columns)
    tally, ring = _Tally(), Ring.newest()
    origin = entering.Origin(
        source=roster.source,
        grade=sections.Grade.RECORDED,
        region=roster.region_id,
        now=now,
        is_discharge=roster.kind == Roster.Kind.DISCHARGE,
    )
    for piece in entering.pieces_of(_entries(roster, tally, now)):
        known = entering.find_known(piece, ring, roster.region_id)
        tally.faulty += sum(bool(entry.faults) for entry in piece)
        if tally.faulty == 0:
            entered = entering.enter(piece, known, origin, ring)
            tally.new, tally.known = tally.new + entered.new, tally.known + entered.known
    if tally.faulty:
        raise RosterHasFaults(count=tally.faulty)
    _require_total(tally)
    roster.lines, roster.faulty, roster.state, roster.applied_at = tally.lines, 0, State.APPLIED, now
    roster.new_persons, roster.known_persons = tally.new, tally.known
    roster.save()
    fact = events.RosterApplied(
        roster_id=roster.pk, region=roster.region_id, source=roster.source, new=tally.new, known=tally.known
    )
    publish(fact, actor=actor, at=now)
    note_sharing(
        direction=Sharing.Direction.TAKEN,
        partner=roster.authority,
        purpose=roster.kind,
        basis=BASIS,
        fields=[target for target in roster.columns if target],
        region=roster.region_id,
        persons=max(1, tally.new + tally.known),
        reference=roster.source,
        actor=actor,
        now=now,
    )
    return roster


@writes
def mend_line(*, roster_id: UUID, number: int, cells: Sequence[str], actor: Actor, now: datetime) -> Roster:
    """
    Write a line anew, and check the roster again.

    Refuses NoSuchRoster, RosterNotNow, LineTooShort, LineTooLong.
    """
    roster = _locked(actor, roster_id, State.CHECKED)
    if len(cells) != len(roster.titles):
        wrong = LineTooShort if len(cells) < len(roster.titles) else LineTooLong
        raise wrong(cells=len(cells), titles=len(roster.titles))
    sealed = roster.data_key.seal("line", list(cells))
    roster.marked.filter(number=number).update(sealed=sealed, is_mended=True, is_left_out=False)
    return check_roster(roster_id=roster_id, actor=actor, now=now)


@writes
def leave_out_line(*, roster_id: UUID, number: int, actor: Actor, now: datetime, is_left_out: bool = True) -> Roster:
    """
    Leave a line out of the import, or take it in again, and check the roster again.

    Refuses NoSuchRoster, RosterNotNow.
    """
    roster = _locked(actor, roster_id, State.CHECKED)
    roster.marked.filter(number=number).update(is_left_out=is_left_out)
    return check_roster(roster_id=roster_id, actor=actor, now=now)


@writes
def undo_roster(*, roster_id: UUID, actor: Actor, now: datetime) -> tuple[int, int]:
    """
    Take an import back: what it stated, and the persons it brought with whom nothing has happened since.

    Gives how many persons went, and how many stayed because somebody has worked with them meanwhile. Looks do not
    count. Refuses UndoTooLate, RosterNotNow, NoSuchRoster.
    """
    roster = _locked(actor, roster_id, State.APPLIED)
    if roster.applied_at is None or now - roster.applied_at > timedelta(days=UNDO_DAYS):
        raise UndoTooLate(days=UNDO_DAYS)
    given: dict[str, str | datetime] = {"source": roster.source, "since": roster.applied_at}
    with connection.cursor() as cursor:
        cursor.execute(_UNDO_STATEMENTS, given)
        cursor.execute(_UNDO_ARRIVALS, given)
        cursor.execute(_UNDO_PERSONS, given)
        gone = cursor.rowcount
        cursor.execute("SELECT count(*) FROM registry_person WHERE source = %(source)s", given)
        stayed = int(cursor.fetchone()[0])
    _end(roster, State.UNDONE, now)
    publish(events.RosterUndone(roster_id=roster.pk, gone=gone, stayed=stayed), actor=actor, at=now)
    return gone, stayed


_UNDO_STATEMENTS = "DELETE FROM registry_statement WHERE source = %(source)s"
_UNDO_ARRIVALS = "DELETE FROM registry_arrival WHERE source = %(source)s AND state <> 'arrived'"
_UNDO_PERSONS = """
WITH touched AS MATERIALIZED (
    SELECT DISTINCT payload->>'person_id' AS person_id FROM journal_entry
    WHERE at >= %(since)s AND payload ? 'person_id' AND kind <> 'registry.PersonLookedAt'
), going AS MATERIALIZED (
    SELECT p.id FROM registry_person p
    WHERE p.source = %(source)s AND p.id::text NOT IN (SELECT person_id FROM touched WHERE person_id IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM registry_statement s WHERE s.person_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM registry_knownfact k WHERE k.person_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM registry_archivemove m WHERE m.person_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM registry_correctionrequest c WHERE c.person_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM registry_arrival a WHERE a.person_id = p.id)
), keys AS (
    DELETE FROM registry_personkey k USING going WHERE k.person_id = going.id
)
DELETE FROM registry_person p USING going WHERE p.id = going.id
"""


@writes
def discard_roster(*, roster_id: UUID, actor: Actor, now: datetime) -> None:
    """
    Throw a roster away that was not imported: file, lines and key.

    Refuses RosterNotNow, NoSuchRoster.
    """
    roster = _locked(actor, roster_id, State.TAKEN, State.CHECKED)
    _end(roster, State.DISCARDED, now)
    publish(events.RosterDiscarded(roster_id=roster.pk), actor=actor, at=now)


def _end(roster: Roster, state: str, now: datetime) -> None:
    close_file(roster, now)
    roster.state, roster.ended_at = state, now
    roster.save(update_fields=["state", "ended_at"])


def _locked(actor: Actor, roster_id: UUID, *states: str) -> Roster:
    roster = Roster.objects.visible_to(actor).select_for_update().filter(pk=roster_id).first()
    if roster is None:
        raise NoSuchRoster
    if roster.state not in states:
        raise RosterNotNow
    return roster


def _entries(roster: Roster, tally: _Tally, now: datetime) -> Iterator[Entry]:
    """Read the lines as they stand now: mended ones as mended, those left out not at all; twins are marked."""
    reader = LineReader(roster.columns, _places(roster.region_id), clock.day_of(now))
    seen: dict[str, int] = {}
    for line in _lines(roster, tally):
        entry = reader.read(line)
        first = seen.setdefault(entry.id_number, entry.number) if entry.id_number else entry.number
        if first != entry.number:
            entry.faults.append((reader.at["id_number"], NumberTwice(line=first)))
        yield entry


def _lines(roster: Roster, tally: _Tally) -> Iterator[tables.Line]:
    key = roster.data_key
    marked = {line.number: line for line in roster.marked.all()}
    shape = tables.Shape(
        roster.shape["kind"], roster.shape["encoding"], roster.shape["delimiter"], roster.shape["line"]
    )
    with roster_files.open_file(roster.file_key, key) as opened:
        for line in tables.lines_of(opened, shape, roster.titles):
            if columns.is_total(line.cells):
                tally.told = columns.told_total(line.cells)
                continue
            tally.lines += 1
            mark = marked.get(line.number)
            if mark is not None and mark.is_left_out:
                continue
            if mark is not None and mark.is_mended:
                line = tables.Line(line.number, list(mark.cells(key)))
            yield line


def _places(region: str) -> Places:
    """Load the divisions a roster may name."""
    within = Region.objects.filter(code__startswith=prefix(region), valid_to__isnull=True)
    by_name: dict[str, tuple[str, ...]] = {}
    listed = list(within.values_list("code", "name"))
    for code, name in listed:
        by_name[name] = (*by_name.get(name, ()), code)
    return Places(region, frozenset(code for code, _ in listed), by_name)


def _require_total(tally: _Tally) -> None:
    if tally.told is not None and tally.told != tally.lines:
        raise RosterCutOff(told=tally.told, found=tally.lines)


def _keep_marked(roster: Roster, tally: _Tally) -> None:
    """Keep the faulty lines with their cells, and forget the marks of those that are fine now."""
    key, faulty = roster.data_key, {entry.number: entry for entry in tally.marked}
    roster.marked.filter(is_left_out=False, is_mended=False).delete()
    roster.marked.filter(is_mended=True).exclude(number__in=faulty).update(faults=[])
    texts = _cells_of(roster, faulty)
    rows = [
        RosterLine(roster=roster, number=number, sealed=key.seal("line", texts[number]), faults=_faults(entry))
        for number, entry in faulty.items()
    ]
    RosterLine.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["roster", "number"], update_fields=["faults"], batch_size=1000
    )


def _cells_of(roster: Roster, wanted: Iterable[int]) -> dict[int, list[str]]:
    numbers = set(wanted)
    if not numbers:
        return {}
    lines = _lines(roster, _Tally())
    return {line.number: line.cells for line in lines if line.number in numbers}


def _faults(entry: Entry) -> list[list[object]]:
    return [[column, refusal.code, refusal.facts] for column, refusal in entry.faults]
