"""Verifying: whatever was changed, removed or inserted is named, and nothing else is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onething.plumbing import keys
from onething.plumbing.journal.findings import MOST_NAMED, Fault
from onething.plumbing.journal.models import Seal
from onething.plumbing.journal.statements import leaves_of, signing_key
from onething.plumbing.journal.tests.stories import (
    NOW,
    as_superuser,
    check,
    entries,
    found,
    light,
    seal,
    tamper,
)
from onething.plumbing.journal.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Twelve rows under four seals of three; one row is not sealed yet."""
    for _ in range(4):
        light(3)
        seal(tmp_path)
    light()
    return tmp_path


def test_an_untouched_journal_is_intact(sealed: Path) -> None:
    report = check(sealed)
    assert (report.is_intact, report.rows, report.seals, report.unsealed) == (True, 13, 4, 1)


def test_the_unsealed_window_is_stated(sealed: Path) -> None:
    light(2, at=NOW - timedelta(minutes=3))
    report = verify(folder=sealed, now=NOW + timedelta(seconds=7))
    assert (report.unsealed, report.oldest_unsealed) == (3, NOW - timedelta(minutes=3))
    assert report.unsealed_age == timedelta(minutes=3, seconds=7)


def test_progress_is_told(sealed: Path) -> None:
    light(20_000)
    seen: list[int] = []
    verify(folder=sealed, now=NOW, progress=seen.append)
    assert seen == [10_000, 20_000]


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'cases.CaseSettled'",
        "subject = gen_random_uuid()",
        "subject = NULL",
        "actor = 'staff:somebody-else'",
        "region = '230000000000'",
        "at = at + interval '1 microsecond'",
        "at = 'infinity'",
        "at = '4000-01-01 BC'",
        "payload = payload || '{\"lamps\": 99}'",
        "payload = '[]'",
        "payload = to_jsonb(10 ^ 5000::numeric)",
        "payload = (repeat('[', 5000) || repeat(']', 5000))::jsonb",
        "digest = sha256('another')",
    ],
)
def test_a_changed_row_is_named(sealed: Path, change: str) -> None:
    fifth = entries()[4]
    tamper(f"UPDATE journal_entry SET {change} WHERE id = %s", fifth)
    assert found(check(sealed)) == [(Fault.ROW_CHANGED, fifth)]


def test_a_row_that_changed_its_transaction_is_named(sealed: Path) -> None:
    fifth = entries()[4]
    tamper("UPDATE journal_entry SET transaction = '1' WHERE id = %s", fifth)
    assert found(check(sealed)) == [(Fault.ROW_INSERTED, fifth), (Fault.ROW_REMOVED, fifth)]


@pytest.mark.parametrize("place", [0, 5, 11])
def test_a_removed_row_is_named(sealed: Path, place: int) -> None:
    gone = entries()[place]
    tamper("DELETE FROM journal_entry WHERE id = %s", gone)
    assert found(check(sealed)) == [(Fault.ROW_REMOVED, gone)]


COPY = """
INSERT INTO journal_entry (id, kind, subject, actor, region, at, payload, digest, transaction)
SELECT 1000000, kind, subject, actor, region, at, payload, digest, {} FROM journal_entry WHERE id = %s
"""


@pytest.mark.parametrize("transaction", ["transaction", "'0'", "'9000000000'"])
def test_an_inserted_row_is_named(sealed: Path, transaction: str) -> None:
    tamper(COPY.format(transaction), entries()[5])
    assert found(check(sealed)) == [(Fault.ROW_INSERTED, 1_000_000)]


def test_a_changed_row_that_is_not_sealed_yet_is_named_by_its_digest(sealed: Path) -> None:
    last = entries()[-1]
    tamper("UPDATE journal_entry SET actor = 'staff:somebody-else' WHERE id = %s", last)
    assert found(check(sealed)) == [(Fault.ROW_CHANGED_UNSEALED, last)]


def test_a_new_digest_does_not_hide_a_change(sealed: Path) -> None:
    """Content and digest of one row are taken together from another: they fit each other, not the seal."""
    first, second, *_ = entries()
    tamper(
        "UPDATE journal_entry SET (kind, subject, actor, region, at, payload, digest) = "
        "(SELECT kind, subject, actor, region, at, payload, digest FROM journal_entry WHERE id = %s) WHERE id = %s",
        first,
        second,
    )
    assert found(check(sealed)) == [(Fault.ROW_CHANGED, second)]


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_seal_removed_from_the_database_is_named(sealed: Path, number: int) -> None:
    tamper("DELETE FROM journal_seal WHERE number = %s", number)
    assert found(check(sealed)) == [(Fault.SEAL_NOT_IN_DATABASE, number)]


def test_rows_removed_together_with_their_seal_are_missed(sealed: Path) -> None:
    last = Seal.objects.get(number=4)
    for leaf in leaves_of(bytes(last.manifest)):
        tamper("DELETE FROM journal_entry WHERE id = %s", leaf.entry)
    tamper("DELETE FROM journal_seal WHERE number = 4")
    assert found(check(sealed)) == [(Fault.SEAL_NOT_IN_DATABASE, 4), (Fault.ROWS_DIFFER, 4)]


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_seal_removed_from_the_file_is_named(sealed: Path, number: int) -> None:
    rewrite(sealed, lambda lines: lines[: number - 1] + lines[number:])
    assert found(check(sealed)) == [(Fault.SEAL_NOT_IN_FILE, number)]


def test_a_seal_removed_from_both_is_named(sealed: Path) -> None:
    tamper("DELETE FROM journal_seal WHERE number = 2")
    rewrite(sealed, lambda lines: lines[:1] + lines[2:])
    inserted = [(Fault.ROW_INSERTED, entry) for entry in entries()[3:6]]
    assert found(check(sealed)) == [(Fault.SEAL_GONE, 2), *inserted]


def test_a_line_that_is_no_seal_is_named(sealed: Path) -> None:
    rewrite(sealed, lambda lines: [*lines[:2], b"{}\n", *lines[2:]])
    assert found(check(sealed)) == [(Fault.LINE_IS_NO_SEAL, 3)]


def test_lines_in_another_order_are_named(sealed: Path) -> None:
    rewrite(sealed, lambda lines: [lines[1], lines[0], *lines[2:]])
    assert (Fault.LINE_IS_NO_SEAL, 2) in found(check(sealed))


@pytest.mark.parametrize(
    "change",
    ["rows = rows", "root = sha256('x')", "until = until + 1", "key = 77", "sealed_at = 'infinity'", "since = 0"],
)
def test_a_forged_seal_is_named(sealed: Path, change: str) -> None:
    signature = ", signature = decode(repeat('ab', 64), 'hex')"
    tamper(f"UPDATE journal_seal SET {change}{signature} WHERE number = 2")
    assert (Fault.SEAL_FORGED, 2) in found(check(sealed))


def test_a_forged_seal_that_no_file_knows_vouches_for_nothing(sealed: Path) -> None:
    (sealed / "seals.jsonl").unlink()
    tamper("UPDATE journal_seal SET root = sha256('x') WHERE number = 4")
    findings = found(check(sealed))
    assert (Fault.SEAL_FORGED, 4) in findings
    assert [it for it in findings if it[0] is Fault.SEAL_NOT_IN_FILE] == [
        (Fault.SEAL_NOT_IN_FILE, n) for n in (1, 2, 3)
    ]


def test_a_seal_signed_anew_breaks_the_chain(sealed: Path) -> None:
    """Even who has the key cannot exchange a seal in the middle."""
    second = Seal.objects.get(number=2)
    told = replace(second.signed.statement, sealed_at=NOW + timedelta(days=1))
    signed = told.signed(signing_key(keys.provider().secret("seal", told.key)))
    with as_superuser():
        Seal.objects.filter(number=2).delete()
        Seal.of(signed, bytes(second.manifest)).save(force_insert=True)
    assert found(check(sealed)) == [(Fault.SEALS_DIFFER, 2), (Fault.CHAIN_BROKEN, 3)]


def test_a_damaged_manifest_is_told_from_damaged_rows(sealed: Path) -> None:
    tamper("UPDATE journal_seal SET manifest = overlay(manifest placing 'x'::bytea from 1) WHERE number = 2")
    assert found(check(sealed)) == [(Fault.MANIFEST_DAMAGED, 2)]
    tamper("DELETE FROM journal_entry WHERE id = %s", entries()[4])
    assert found(check(sealed)) == [(Fault.ROWS_DIFFER, 2)]


def test_a_key_that_is_missing_is_said(sealed: Path) -> None:
    tamper("UPDATE journal_seal SET key = 77 WHERE number = 2")
    assert found(check(sealed)) == [(Fault.KEY_MISSING, 2), (Fault.SEAL_FORGED, 2)]


def test_of_very_many_findings_the_first_thousand_are_named(tmp_path: Path) -> None:
    light(MOST_NAMED + 5)
    seal(tmp_path)
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET actor = 'x'")
    report = check(tmp_path)
    assert (report.faults, len(report.findings)) == (MOST_NAMED + 5, MOST_NAMED)


def rewrite(folder: Path, change: Any) -> None:
    file = folder / "seals.jsonl"
    file.write_bytes(b"".join(change(file.read_bytes().splitlines(keepends=True))))


# What follows tampers at random, and lets PostgreSQL say by itself which rows are not as they were.

ROW = st.integers(0, 11)
CHANGES = st.sampled_from(
    [
        "UPDATE journal_entry SET kind = kind || 'x' WHERE id = %s",
        "UPDATE journal_entry SET region = '230100000000' WHERE id = %s",
        "UPDATE journal_entry SET at = date_trunc('second', at) WHERE id = %s",
        "UPDATE journal_entry SET payload = jsonb_set(payload, '{street}', '\"东大街\"') WHERE id = %s",
        "UPDATE journal_entry SET digest = sha256(digest) WHERE id = %s",
        "UPDATE journal_entry SET transaction = (SELECT since::text::xid8 FROM journal_seal WHERE number = 3) "
        "WHERE id = %s",
        "UPDATE journal_entry SET id = id + 500 WHERE id = %s",
        "DELETE FROM journal_entry WHERE id = %s",
        "INSERT INTO journal_entry (kind, subject, actor, region, at, payload, digest, transaction) "
        "SELECT kind, subject, actor, region, at, payload, digest, transaction FROM journal_entry WHERE id = %s",
    ]
)

DIFFERENT = """
SELECT id FROM ((TABLE journal_entry EXCEPT TABLE untouched) UNION ALL (TABLE untouched EXCEPT TABLE journal_entry)) x
"""


@pytest.fixture
def untouched(sealed: Path) -> Iterator[Path]:
    """The sealed journal, without the row that is not sealed, beside a copy of it."""
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE id = (SELECT max(id) FROM journal_entry)")
        cursor.execute("CREATE TABLE untouched AS TABLE journal_entry")
    yield sealed
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE untouched")


@given(st.lists(st.tuples(CHANGES, ROW), max_size=4))
@settings(
    max_examples=int(os.environ.get("ONETHING_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_exactly_the_rows_that_differ_are_named(untouched: Path, changes: list[tuple[str, int]]) -> None:
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry")
        cursor.execute("INSERT INTO journal_entry TABLE untouched")
        first = min(entries())
        for sql, place in changes:
            cursor.execute(sql, [first + place])
        cursor.execute(DIFFERENT)
        different = {row[0] for row in cursor.fetchall()}
    report = check(untouched)
    assert {finding.entry for finding in report.findings} == different
    assert report.is_intact == (not different)
    assert all(finding.entry for finding in report.findings), "no seal was touched"
