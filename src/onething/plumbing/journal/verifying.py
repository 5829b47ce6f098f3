"""Verifying: every row against its own digest and its seal, every seal against the chain, its key and the seal file.

One pass over rows and seals in their order, in one snapshot; what is held in memory is one seal's manifest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from onething.plumbing.journal import counting, merkle, stored
from onething.plumbing.journal.findings import Fault, Report
from onething.plumbing.journal.seal_file import SealFile
from onething.plumbing.journal.sealing import LOCK, was_signed_by_us
from onething.plumbing.journal.statements import NOTHING_BEFORE, Leaf, Signed, Statement, leaves_of, rows_in
from onething.plumbing.journal.stored import StoredRow, StoredSeal
from onething.plumbing.keys import KeyMissing

STEP = 10_000  # rows between two signs of progress


def verify(*, folder: Path, now: datetime, progress: Callable[[int], None] = lambda rows: None) -> Report:
    """
    Verify the whole journal against the seals in the database and in the folder's seal file.

    Changes nothing; must not run inside a transaction. `progress` is called with the number of rows seen so far.
    """
    report, started = Report(), time.monotonic()
    with _one_moment(SealFile(folder)) as moment:
        _verify(moment, report, progress)
    if report.oldest_unsealed:
        report.unsealed_age = max(now - report.oldest_unsealed, timedelta(0))
    report.seconds = time.monotonic() - started
    return report


@dataclass(frozen=True, slots=True)
class _Moment:
    """One state of database and file. `beyond` is the first transaction id that no row in it can have."""

    lines: Iterator[bytes]
    beyond: int


@contextmanager
def _one_moment(file: SealFile) -> Iterator[_Moment]:
    with ExitStack() as sealer_waits:
        sealer_waits.enter_context(_sealer_waiting())
        with transaction.atomic(durable=True):
            beyond = _take_snapshot()
            lines = file.lines(file.size())
            sealer_waits.close()
            yield _Moment(lines, beyond)


@contextmanager
def _sealer_waiting() -> Iterator[None]:
    # Taken before the snapshot: otherwise a seal that is in the database and not yet in the file would look missing.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock_shared(hashtext(%s))", [LOCK])


def _take_snapshot() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    return counting.beyond()


def _verify(moment: _Moment, report: Report, progress: Callable[[int], None]) -> None:
    rows = _Rows(report, progress)
    until = 0
    for seal, manifest in _chain(moment.lines, report):
        for row in rows.below(seal.since):
            report.note(Fault.ROW_INSERTED, entry=row.leaf.entry)
        if _is_whole(seal, manifest):
            _compare(seal, manifest, rows, report)
        else:
            _count_again(seal, manifest, rows, report)
        until = max(until, seal.until)
    _look_at_unsealed(rows, until, moment.beyond, report)


def _is_whole(seal: Statement, manifest: bytes) -> bool:
    if rows_in(manifest) != seal.rows:
        return False
    return merkle.root(leaf.packed for leaf in leaves_of(manifest)) == seal.root


def _compare(seal: Statement, manifest: bytes, rows: _Rows, report: Report) -> None:
    sealed = {leaf.entry: leaf for leaf in leaves_of(manifest)}
    for row in rows.below(seal.until):
        leaf = sealed.pop(row.leaf.entry, None)
        if leaf is None:
            report.note(Fault.ROW_INSERTED, entry=row.leaf.entry)
        elif leaf != row.leaf or not row.fits_its_digest:
            report.note(Fault.ROW_CHANGED, entry=row.leaf.entry, seal=seal.number)
    for entry in sealed:
        report.note(Fault.ROW_REMOVED, entry=entry, seal=seal.number)


def _count_again(seal: Statement, manifest: bytes, rows: _Rows, report: Report) -> None:
    """Without its manifest a seal still tells whether all its rows are as they were, if not which one is not."""
    if merkle.root(leaf.packed for leaf in _leaves(seal, rows, report)) != seal.root:
        report.note(Fault.ROWS_DIFFER, seal=seal.number)
    elif manifest:
        report.note(Fault.MANIFEST_DAMAGED, seal=seal.number)


def _leaves(seal: Statement, rows: _Rows, report: Report) -> Iterator[Leaf]:
    for row in rows.below(seal.until):
        if not row.fits_its_digest:
            report.note(Fault.ROW_CHANGED, entry=row.leaf.entry, seal=seal.number)
        yield row.leaf


def _look_at_unsealed(rows: _Rows, until: int, beyond: int, report: Report) -> None:
    for row in rows.below(None):
        if not until <= row.leaf.transaction < beyond:
            report.note(Fault.ROW_INSERTED, entry=row.leaf.entry)
        elif not row.fits_its_digest:
            report.note(Fault.ROW_CHANGED_UNSEALED, entry=row.leaf.entry)
        report.see_unsealed(row.at)


class _Rows:
    """The rows in the order of their transactions, read once."""

    def __init__(self, report: Report, progress: Callable[[int], None]) -> None:
        self._report, self._progress = report, progress
        self._source = stored.rows()
        self._next = next(self._source, None)

    def below(self, transaction: int | None) -> Iterator[StoredRow]:
        """Give the next rows as long as their transaction is below this one; None means all that are left."""
        while (row := self._next) and (transaction is None or row.leaf.transaction < transaction):
            self._next = next(self._source, None)
            self._report.rows += 1
            if self._report.rows % STEP == 0:
                self._progress(self._report.rows)
            yield row


def _chain(lines: Iterator[bytes], report: Report) -> Iterator[tuple[Statement, bytes]]:
    """Walk the seals that we signed, with the manifest the database has of each ("" if it has none)."""
    before: Statement | None = None
    for row, line in _side_by_side(stored.seals(), _seals_in_file(lines, report)):
        seal = _the_signed_one(row, line, report)
        if seal is None:
            continue
        _check_link(before, seal, report)
        report.seals += 1
        before = seal
        yield seal, row.manifest if row else b""


def _side_by_side(
    rows: Iterator[StoredSeal], lines: Iterator[Signed]
) -> Iterator[tuple[StoredSeal | None, Signed | None]]:
    row, line = next(rows, None), next(lines, None)
    while row or line:
        here = row if row and (line is None or row.number <= line.statement.number) else None
        there = line if line and (row is None or line.statement.number <= row.number) else None
        yield here, there
        row = next(rows, None) if here else row
        line = next(lines, None) if there else line


def _the_signed_one(row: StoredSeal | None, line: Signed | None, report: Report) -> Statement | None:
    signed = row.signed if row and _is_ours(row.signed, row.number, report) else None
    if row and not signed:
        report.note(Fault.SEAL_FORGED, seal=row.number)
    if line and not row:
        report.note(Fault.SEAL_NOT_IN_DATABASE, seal=line.statement.number)
    if signed and not line:
        report.note(Fault.SEAL_NOT_IN_FILE, seal=signed.statement.number)
    if signed and line and signed != line:
        report.note(Fault.SEALS_DIFFER, seal=signed.statement.number)
    best = signed or line
    return best.statement if best else None


def _check_link(before: Statement | None, seal: Statement, report: Report) -> None:
    expected = before.number + 1 if before else 1
    for number in range(expected, seal.number):
        report.note(Fault.SEAL_GONE, seal=number)
    if seal.number != expected:
        return
    reached, previous = (before.until, before.digest) if before else (0, NOTHING_BEFORE)
    if (seal.since, seal.previous) != (reached, previous):
        report.note(Fault.CHAIN_BROKEN, seal=seal.number)


def _seals_in_file(lines: Iterator[bytes], report: Report) -> Iterator[Signed]:
    last = 0
    for place, line in enumerate(lines, 1):
        seal = Signed.from_line(line)
        if seal and seal.statement.number > last and _is_ours(seal, seal.statement.number, report):
            last = seal.statement.number
            yield seal
        else:
            report.note(Fault.LINE_IS_NO_SEAL, line=place)


def _is_ours(seal: Signed | None, number: int, report: Report) -> bool:
    try:
        return seal is not None and was_signed_by_us(seal)
    except KeyMissing:
        report.note(Fault.KEY_MISSING, seal=number)
        return False
