"""Sealing: what has been written to the journal, once it can no longer change, is counted, signed and chained.

A row's transaction id says when it may be sealed: below the oldest transaction that still runs, every row is
there that will ever be. First the database, then the file: a crash between the two is made good by the next run.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from onething.plumbing import keys
from onething.plumbing.journal import counting, merkle
from onething.plumbing.journal.errors import AnotherServer, SealForged, SealsDisagree
from onething.plumbing.journal.models import Seal
from onething.plumbing.journal.seal_file import SealFile
from onething.plumbing.journal.statements import NOTHING_BEFORE, Signed, Statement, leaves_of, rows_in, signing_key

logger = logging.getLogger(__name__)

LOCK = "onething journal seals"
MOST_ROWS = 50_000  # of one seal, unless a single transaction wrote more: 2.4 MB of manifest


def seal_journal(*, folder: Path, now: datetime, most_rows: int = MOST_ROWS) -> list[Statement]:
    """
    Seal every row whose transaction, and all before it, are finished. Gives the new seals' statements.

    Does nothing while another sealer is at work. Must not run inside a transaction. Refuses SealForged,
    SealsDisagree, AnotherServer.
    """
    sealed: list[Statement] = []
    with _alone() as alone:
        if not alone:
            return sealed
        file = SealFile(folder)
        last = _checked_last()
        _catch_up(file, last)
        while seal := _seal_next(last, now, most_rows):
            file.append([seal])
            sealed.append(seal.statement)
            last = seal
    return sealed


def was_signed_by_us(seal: Signed) -> bool:
    """Tell whether the key that the seal names signed it. Refuses KeyMissing when we have no such key."""
    return seal.fits(signing_key(keys.provider().secret("seal", seal.statement.key)).public_key())


@contextmanager
def _alone() -> Iterator[bool]:
    # A lock of the session, not of the transaction: it must last until the file is written. It goes with the
    # connection, so a killed sealer does not keep it.
    alone = bool(_one("SELECT pg_try_advisory_lock(hashtext(%s))", LOCK))
    try:
        yield alone
    finally:
        if alone:
            _one("SELECT pg_advisory_unlock(hashtext(%s))", LOCK)


def _checked_last() -> Signed | None:
    row = Seal.objects.defer("manifest").order_by("-number").first()
    if row is None:
        return None
    seal = row.signed
    if not was_signed_by_us(seal):
        raise SealForged(number=seal.statement.number)
    return seal


def _catch_up(file: SealFile, last: Signed | None) -> None:
    """Append to the file what a crash, or a file moved away, left out; refuse when the two disagree."""
    line = file.last_line()
    written = Signed.from_line(line) if line else None
    number = written.statement.number if written else 0
    if line and not (written and _in_database(number) == written):
        raise SealsDisagree(file=file.path)
    if last is None or number == last.statement.number:
        return
    logger.warning("seals %s to %s are added to %s", number + 1, last.statement.number, file.path)
    rows = Seal.objects.defer("manifest").filter(number__gt=number).order_by("number")
    file.append(row.signed for row in rows.iterator(chunk_size=1000))


def _in_database(number: int) -> Signed | None:
    row = Seal.objects.defer("manifest").filter(number=number).first()
    return row.signed if row else None


def _seal_next(last: Signed | None, now: datetime, most_rows: int) -> Signed | None:
    with transaction.atomic(durable=True):
        since = last.statement.until if last else 0
        horizon = _horizon(last)
        if horizon == since:
            return None
        until = _cut(since, horizon, most_rows)
        manifest = _manifest(since, until)
        if not manifest:
            return None
        seal = _sign(last, since, until, manifest, now)
        Seal.of(seal, manifest).save(force_insert=True)
    return seal


def _sign(last: Signed | None, since: int, until: int, manifest: bytes, now: datetime) -> Signed:
    version = keys.provider().newest("seal")
    statement = Statement(
        number=last.statement.number + 1 if last else 1,
        sealed_at=now,
        since=since,
        until=until,
        rows=rows_in(manifest),
        root=merkle.root(leaf.packed for leaf in leaves_of(manifest)),
        previous=last.statement.digest if last else NOTHING_BEFORE,
        key=version,
    )
    return statement.signed(signing_key(keys.provider().secret("seal", version)))


def _horizon(last: Signed | None) -> int:
    """Find the transaction below which all are finished. It never goes back on one server."""
    horizon = counting.finished()
    if last and horizon < last.statement.until:
        raise AnotherServer(now=horizon, number=last.statement.number, until=last.statement.until)
    return horizon


def _cut(since: int, horizon: int, most_rows: int) -> int:
    """Find where a seal of at most so many rows ends: between two transactions, and behind the first in any case."""
    beyond = _one(_NTH, str(since), str(horizon), most_rows)
    if beyond is None:
        return horizon
    first = int(_one(_NTH, str(since), str(horizon), 0))
    return max(int(beyond), first + 1)


_NTH = """
SELECT transaction::text FROM journal_entry
WHERE transaction >= %s::xid8 AND transaction < %s::xid8
ORDER BY transaction, id OFFSET %s LIMIT 1
"""

_MANIFEST = """
SELECT string_agg(int8send(transaction::text::bigint) || int8send(id) || digest, ''::bytea ORDER BY transaction, id)
FROM journal_entry WHERE transaction >= %s::xid8 AND transaction < %s::xid8
"""


def _manifest(since: int, until: int) -> bytes:
    return bytes(_one(_MANIFEST, str(since), str(until)) or b"")


def _one(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return row[0] if row else None
