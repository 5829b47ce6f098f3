"""The journal as it lies in the database, read in order and a piece at a time. Trusts nothing that it reads.

Moments that PostgreSQL knows and Python does not (infinity, the year 10000) are read as None: they fit no digest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from django.db import connection

from onething.plumbing.journal import facts
from onething.plumbing.journal.statements import Leaf, Signed, Statement

_ROWS = """
SELECT transaction::text::bigint, id, digest, kind, subject, actor, region,
       CASE WHEN at BETWEEN '0002-01-01' AND '9998-12-31' THEN at END, payload::text
FROM journal_entry ORDER BY transaction, id
"""

_SEALS = """
SELECT number, CASE WHEN sealed_at BETWEEN '0002-01-01' AND '9998-12-31' THEN sealed_at END,
       since, until, rows, root, previous, key, signature, manifest
FROM journal_seal ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One row: its leaf as it stands now, and whether its content still gives its digest."""

    leaf: Leaf
    at: datetime | None
    fits_its_digest: bool


@dataclass(frozen=True, slots=True)
class StoredSeal:
    """One seal; `signed` is None when what stands there can be no seal."""

    number: int
    signed: Signed | None
    manifest: bytes


def rows() -> Iterator[StoredRow]:
    """Read all rows by transaction and id. Needs a transaction."""
    for position, entry, digest, *content in _read(_ROWS, 2000):
        yield StoredRow(Leaf(position, entry, bytes(digest)), content[4], _digest(*content) == digest)


def seals() -> Iterator[StoredSeal]:
    """Read all seals by number. Needs a transaction."""
    for row in _read(_SEALS, 8):
        yield StoredSeal(row[0], _signed(*row[:-1]), bytes(row[-1]))


_numbers = count(1)


def _read(sql: str, at_once: int) -> Iterator[tuple[Any, ...]]:
    """
    Read in pieces through a cursor of the transaction, which ends with it.

    Not through psycopg's own server-side cursor: one that is left half read is closed by the garbage collector, which
    may run inside another statement of the same connection, and then both wait for each other for ever.
    """
    name = f"journal_{next(_numbers)}"
    _fetch(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}")
    while some := _fetch(f"FETCH {at_once} FROM {name}"):
        yield from some


def _fetch(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def _digest(kind: str, subject: Any, actor: str, region: str, at: datetime | None, payload: str) -> bytes | None:
    if at is None:
        return None
    try:
        values = json.loads(payload)
    except (ValueError, RecursionError):  # a number of ten thousand digits, a thousand brackets: nothing we wrote
        return None
    return facts.digest(kind=kind, subject=subject, actor=actor, region=region, at=at, payload=values)


def _signed(
    number: int,
    sealed_at: datetime | None,
    since: int,
    until: int,
    rows: int,
    root: bytes,
    previous: bytes,
    key: int,
    signature: bytes,
) -> Signed | None:
    if sealed_at is None:
        return None
    told = Statement(
        number=number,
        sealed_at=sealed_at,
        since=since,
        until=until,
        rows=rows,
        root=bytes(root),
        previous=bytes(previous),
        key=key,
    )
    return Signed(told, bytes(signature))
