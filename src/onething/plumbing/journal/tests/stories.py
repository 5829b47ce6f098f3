"""What the tests of the journal write about: invented facts, and ways to tamper with them as a superuser could."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from onething.kernel.access import SYSTEM
from onething.plumbing.journal import Fact, publish, writes
from onething.plumbing.journal.findings import Fault, Report
from onething.plumbing.journal.models import Entry, Seal
from onething.plumbing.journal.sealing import seal_journal
from onething.plumbing.journal.statements import Statement, leaves_of
from onething.plumbing.journal.verifying import verify

NOW = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class LampLit(Fact):
    case_id: UUID
    street: str
    lamps: int


@writes
def light(lamps: int = 1, *, street: str = "北大街", at: datetime = NOW) -> None:
    for lamp in range(lamps):
        publish(LampLit(case_id=uuid4(), street=street, lamps=lamp), actor=SYSTEM, at=at)


def seal(folder: Path, most_rows: int = 1000) -> list[Statement]:
    _wait_for_neighbours()
    return seal_journal(folder=folder, now=NOW, most_rows=most_rows)


def _wait_for_neighbours() -> None:
    """Wait until no transaction of another database on this server (a parallel test's) holds the horizon back."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname <> current_database() AND backend_xid IS NOT NULL"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.02)


def check(folder: Path) -> Report:
    return verify(folder=folder, now=NOW)


def found(report: Report) -> list[tuple[Fault, int | None]]:
    """Give each finding with the row, else the seal, else the line it names."""
    return [(it.fault, it.entry or it.seal or it.line) for it in report.findings]


def entries() -> list[int]:
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


def sealed_entries() -> list[int]:
    """Give the ids that seals name, in the order in which they were sealed."""
    return [leaf.entry for row in Seal.objects.order_by("number") for leaf in leaves_of(bytes(row.manifest))]


@contextmanager
def as_superuser() -> Iterator[None]:
    """Do what no trigger refuses."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield


def tamper(sql: str, *values: Any) -> None:
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1, "nothing was tampered with"
