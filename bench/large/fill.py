"""
Multiplies cases by COPY. Nothing is drawn by chance: the n-th case is the same in every run.

Two cases are carried by the product itself, one to its end, one to where all its free matters wait at desks. Their rows
are read as text, once; in the n-th copy the first eight digits of every id are n, the number of the case is n, and the
division is one of the county's villages or another county of the province. Sealed words keep their bytes: nobody opens
them here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

import psycopg

TABLES: Mapping[str, str] = {
    "cases_case": "id = %(case)s",
    "cases_task": "case_id = %(case)s",
    "exchange_order": "case_id = %(case)s",
    "exchange_reply": "order_id IN (SELECT id FROM exchange_order WHERE case_id = %(case)s)",
    "journal_entry": "subject = %(case)s",
}
"""What is multiplied, and how the rows of one case are found."""
GROWS_OLD = frozenset({"exchange_order", "exchange_reply", "journal_entry"})
"""Of these only so many cases' rows are written as the caller says: they are by far the most."""

COUNTY = "990123"
VILLAGES = tuple(f"{COUNTY}{town:03d}{village:03d}" for town in range(1, 11) for village in range(1, 11))
COUNTIES = tuple(f"9901{county:02d}000000" for county in range(1, 60) if county != 23)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Mould:
    """The rows of one case in one table, as COPY writes them: `{n}` in every id, `{number}`, `{region}`."""

    table: str
    columns: tuple[str, ...]
    text: str

    def cast(self, n: int) -> str:
        """Write the n-th copy."""
        place = f"{n:08x}"
        return self.text.replace("\x01", place).replace("\x02", f"{n:08d}").replace("\x03", region_of(n))


def region_of(n: int) -> str:
    """Give the division of the n-th case: one in forty lies in the county's villages, the others all over."""
    return VILLAGES[n // 40 % len(VILLAGES)] if n % 40 == 0 else COUNTIES[n % len(COUNTIES)]


def moulds(session: psycopg.Connection[object], case: UUID, number: str, region: str) -> list[Mould]:
    """Read one case's rows as moulds, in the order in which tables are filled."""
    return [_mould(session, table, where, case, number, region) for table, where in TABLES.items()]


def _mould(session: psycopg.Connection[object], table: str, where: str, case: UUID, number: str, region: str) -> Mould:
    found = session.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_identity = 'NO'"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    columns = tuple(str(name) for (name,) in found)
    rows = f"SELECT {', '.join(columns)} FROM {table} WHERE {where}"  # constants
    with session.cursor() as cursor, cursor.copy(f"COPY ({_bound(cursor, rows, case)}) TO STDOUT") as copy:
        text = b"".join(bytes(block) for block in copy).decode()
    return Mould(table, columns, _hollow(text, number, region))


def _bound(cursor: psycopg.Cursor[object], rows: str, case: UUID) -> str:
    return psycopg.ClientCursor(cursor.connection).mogrify(rows, {"case": case})


def _hollow(text: str, number: str, region: str) -> str:
    kept = _shared_ids(text)
    hollow = _ID.sub(lambda found: found[0] if found[0] in kept else "\x01" + found[0][8:], text)
    return hollow.replace(number, number[:10] + "\x02").replace(region, "\x03")


_shared: set[str] = set()


def share(ids: Iterator[str]) -> None:
    """Name ids that all copies have in common: releases, departments, posts."""
    _shared.update(ids)


def _shared_ids(text: str) -> set[str]:
    return {found[0] for found in _ID.finditer(text)} & _shared


def pour(url: str, moulds_: list[Mould], numbers: range, *, old: range) -> None:
    """Write copies with COPY, table by table; of what grows old only those of `old`."""
    for mould in moulds_:
        chosen = old if mould.table in GROWS_OLD else numbers
        with psycopg.connect(url) as session:
            # What was read from the tables fits their constraints: checking thirteen million references again is the
            # server's work, and not what is measured.
            session.execute("SET session_replication_role = replica")
            session.execute("SET synchronous_commit = off")
            statement = f"COPY {mould.table} ({', '.join(mould.columns)}) FROM STDIN"
            with session.cursor() as cursor, cursor.copy(statement) as copy:
                for first in range(chosen.start, chosen.stop, BATCH):
                    copy.write("".join(mould.cast(n) for n in range(first, min(first + BATCH, chosen.stop))))


SPREAD = """
UPDATE cases_task SET due = due + (('x' || left(id::text, 8))::bit(32)::int %% 41 - 20)
WHERE due IS NOT NULL AND state IN ('at_department', 'in_work');
UPDATE exchange_order SET due = due + (('x' || left(id::text, 8))::bit(32)::int %% 41 - 20),
    organisation = CASE WHEN ('x' || left(id::text, 8))::bit(32)::int %% 3 = 0 THEN %(desk)s ELSE organisation END,
    matter = 'm' || lpad((('x' || left(id::text, 8))::bit(32)::int %% 500)::text, 3, '0')
WHERE state IN ('waiting', 'sent', 'acknowledged');
"""
"""The open ones are spread over forty days and five hundred matters; one desk gets a third of them."""


def spread(url: str, desk: str) -> None:
    """Spread what is open, and let the server look at what it has."""
    with psycopg.connect(url, autocommit=True) as session:
        for statement in psycopg.ClientCursor(session).mogrify(SPREAD, {"desk": desk}).split(";\n"):
            if statement.strip():
                session.execute(statement)
    from onething.plumbing.tallies import truths

    for board in truths.boards():
        truths.mend(board)  # COPY in replica mode fires no triggers: the counters are written once
    with psycopg.connect(url, autocommit=True) as session:
        for table in (*TABLES, "tallies_tally", "tallies_mark"):
            session.execute(f"VACUUM (ANALYZE) {table}")
