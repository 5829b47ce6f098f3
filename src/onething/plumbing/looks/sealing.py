"""Sealing looks, and verifying them: each count is a fact of the journal, so that the journal's seals hold it too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from onething.kernel.access import SYSTEM
from onething.plumbing.journal import counting, merkle, publish, writes
from onething.plumbing.journal.errors import AnotherServer
from onething.plumbing.journal.models import Entry
from onething.plumbing.looks.digests import digest
from onething.plumbing.looks.events import LooksSealed
from onething.plumbing.looks.models import Look, LookSeal

KIND = "plumbing.looks.LooksSealed"
LOCK = "onething looks seals"


@dataclass(slots=True)
class LooksReport:
    """What was verified and what was found: each finding is a sentence with the numbers it names."""

    rows: int = 0
    seals: int = 0
    unsealed: int = 0
    findings: list[str] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings


@writes
def seal_looks(*, now: datetime) -> int:
    """Count the looks of all finished transactions under one root, as a fact. Gives their number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])
    horizon = counting.finished()
    last = LookSeal.objects.order_by("-until").first()
    since = last.until if last else 0
    if last and horizon < since:
        raise AnotherServer(now=horizon, number=LookSeal.objects.count(), until=since)
    rows = [row for _, row, _ in _rows(since, horizon)]
    if not rows:
        return 0
    root = merkle.root(rows)
    LookSeal.objects.create(since=since, until=horizon, rows=len(rows), root=root, sealed_at=now)
    fact = LooksSealed(since=since, until=horizon, rows=len(rows), root=root.hex())
    publish(fact, actor=SYSTEM, at=now)
    return len(rows)


def verify() -> LooksReport:
    """Verify every look against its own digest and its count, and every count against the journal's fact."""
    report = LooksReport()
    proven = {e["until"]: e for e in Entry.objects.filter(kind=KIND).order_by("id").values_list("payload", flat=True)}
    reached = 0
    for seal in LookSeal.objects.order_by("until").iterator():
        report.seals += 1
        said = {"since": seal.since, "until": seal.until, "rows": seal.rows, "root": bytes(seal.root).hex()}
        if proven.pop(seal.until, None) != said or seal.since != reached:
            report.findings.append(f"The count of looks until {seal.until} is not the one that the journal proves.")
        _compare(seal, report)
        reached = seal.until
    for until in proven:
        report.findings.append(f"The count of looks until {until} was removed; the journal proves it.")
    report.unsealed = sum(1 for _ in _checked(reached, None, report))
    return report


def _compare(seal: LookSeal, report: LooksReport) -> None:
    rows = list(_checked(seal.since, seal.until, report))
    if len(rows) != seal.rows:
        report.findings.append(f"There were {seal.rows} looks until {seal.until}, now there are {len(rows)}.")
    elif merkle.root(rows) != bytes(seal.root):
        report.findings.append(f"The looks until {seal.until} are not those that were counted.")


def _checked(since: int, until: int | None, report: LooksReport) -> Iterator[bytes]:
    for number, row, is_whole in _rows(since, until):
        report.rows += 1
        if not is_whole:
            report.findings.append(f"Look {number} was changed.")
        yield row


def _rows(since: int, until: int | None) -> Iterator[tuple[int, bytes, bool]]:
    """Read looks in their order: number, the leaf (number and digest), whether the content still gives the digest."""
    beyond = str(until) if until is not None else None
    for look in Look.objects.raw(_ROWS, {"since": str(since), "until": beyond}).iterator():
        who = (look.actor, look.account_id, look.role, look.organisation, look.region)
        whole = digest(look.at, *who, look.way, look.purpose, look.person_ids)
        leaf = look.pk.to_bytes(8) + bytes(look.digest)
        yield look.pk, leaf, whole == bytes(look.digest)


_ROWS = """
SELECT * FROM looks_look
WHERE transaction >= %(since)s::xid8 AND (%(until)s::text IS NULL OR transaction < %(until)s::text::xid8)
ORDER BY transaction, id
"""
