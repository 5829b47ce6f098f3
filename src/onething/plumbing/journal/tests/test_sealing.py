"""Sealing: everything once, nothing too early, and a crash between database and file made good."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from onething.kernel.access import SYSTEM
from onething.plumbing import keys
from onething.plumbing.journal import publish
from onething.plumbing.journal.errors import AnotherServer, SealForged, SealsDisagree
from onething.plumbing.journal.models import Seal
from onething.plumbing.journal.sealing import LOCK
from onething.plumbing.journal.statements import signing_key
from onething.plumbing.journal.tests.stories import (
    NOW,
    LampLit,
    as_superuser,
    check,
    entries,
    light,
    seal,
    sealed_entries,
    tamper,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other() -> Iterator[psycopg.Connection]:
    """A second session, as another process would have."""
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=settings["NAME"],
    ) as session:
        yield session


def write_in(session: psycopg.Connection) -> None:
    session.execute(
        "INSERT INTO journal_entry (kind, actor, region, at, payload, digest)"
        " VALUES ('tests.LampLit', 'system:-', '', now(), '{}', decode(repeat('00', 32), 'hex'))"
    )


def test_what_was_written_is_sealed_once(tmp_path: Path) -> None:
    light(3)
    light(2)
    [first] = seal(tmp_path)
    assert (first.number, first.rows, first.since) == (1, 5, 0)
    assert seal(tmp_path) == []
    light(1)
    [second] = seal(tmp_path)
    assert (second.number, second.rows, second.since) == (2, 1, first.until)
    assert second.previous == first.digest
    assert sealed_entries() == entries()


def test_an_empty_journal_has_no_seals(tmp_path: Path) -> None:
    assert seal(tmp_path) == []
    assert check(tmp_path).is_intact


def test_the_file_has_what_the_database_has_and_is_private(tmp_path: Path) -> None:
    light(2)
    seal(tmp_path)
    light(1)
    seal(tmp_path)
    file = tmp_path / "seals.jsonl"
    assert file.read_bytes() == b"".join(row.signed.line for row in Seal.objects.order_by("number"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_seal_ends_between_transactions(tmp_path: Path) -> None:
    for lamps in (3, 1, 2, 7, 1, 1):
        light(lamps)
    assert [it.rows for it in seal(tmp_path, most_rows=4)] == [4, 2, 7, 2]
    assert sealed_entries() == entries()
    assert check(tmp_path).is_intact


def test_an_open_transaction_holds_back_its_rows_and_all_later_ones(tmp_path: Path, other: psycopg.Connection) -> None:
    light()
    write_in(other)  # has the smaller id and the smaller transaction, and is not there yet
    light()
    assert [it.rows for it in seal(tmp_path)] == [1]
    report = check(tmp_path)
    assert (report.is_intact, report.rows, report.unsealed) == (True, 2, 1)
    other.commit()
    assert [it.rows for it in seal(tmp_path)] == [2]
    assert sealed_entries() == entries()


def test_what_was_rolled_back_leaves_no_trace(tmp_path: Path, other: psycopg.Connection) -> None:
    write_in(other)
    light()
    other.rollback()
    assert [it.rows for it in seal(tmp_path)] == [1]
    assert check(tmp_path).is_intact


def test_many_writers_with_open_transactions(tmp_path: Path) -> None:
    """Nothing is skipped and nothing is sealed twice while eight writers overlap and some of them give up."""
    done = threading.Event()
    writers = [threading.Thread(target=write_restlessly, args=(number, 25)) for number in range(8)]
    sealing = threading.Thread(target=seal_until, args=(tmp_path, done))
    for thread in (sealing, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    sealing.join()
    seal(tmp_path)
    assert len(entries()) > 100
    assert sorted(sealed_entries()) == entries()
    assert Seal.objects.count() > 3
    report = check(tmp_path)
    assert (report.is_intact, report.unsealed) == (True, 0)


def write_restlessly(number: int, rounds: int) -> None:
    chance = random.Random(number)
    for _ in range(rounds):
        try:
            with transaction.atomic():
                for _ in range(chance.randint(1, 4)):
                    publish(LampLit(case_id=UUID(int=number), street="南大街", lamps=1), actor=SYSTEM, at=NOW)
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT pg_sleep(%s)", [chance.random() / 100])
                if chance.random() < 0.2:
                    raise GaveUp
        except GaveUp:
            continue
    connections.close_all()


class GaveUp(Exception):
    pass


def seal_until(folder: Path, done: threading.Event) -> None:
    while not done.is_set():
        seal(folder, most_rows=10)
    connections.close_all()


def test_only_one_sealer_at_a_time(tmp_path: Path, other: psycopg.Connection) -> None:
    light()
    other.execute("SELECT pg_advisory_lock(hashtext(%s))", [LOCK])
    assert seal(tmp_path) == []
    other.execute("SELECT pg_advisory_unlock(hashtext(%s))", [LOCK])
    assert len(seal(tmp_path)) == 1


def test_sealing_inside_a_transaction_is_a_mistake(tmp_path: Path) -> None:
    light()
    with transaction.atomic(), pytest.raises(RuntimeError):
        seal(tmp_path)


SEAL_ALONE = """
import sys, django
django.setup()
from datetime import UTC, datetime
from pathlib import Path
from onething.plumbing.journal.sealing import seal_journal
seal_journal(folder=Path(sys.argv[1]), now=datetime(2026, 3, 2, tzinfo=UTC))
"""


@contextmanager
def sealer(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A sealer in a process of its own, on the test's database."""
    it = connection.settings_dict
    url = f"postgresql://{it['USER']}:{it['PASSWORD']}@{it['HOST']}:{it['PORT']}/{it['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "onething.site.settings"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    with subprocess.Popen([sys.executable, "-c", SEAL_ALONE, str(folder)], env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the seal file as somebody who copies it does: a sealer waits between database and file."""
    with file.open("rb") as open_file:
        flock(open_file, LOCK_EX | LOCK_NB)
        yield


def wait_for_seal(number: int, process: subprocess.Popen[bytes]) -> None:
    while not Seal.objects.filter(number=number).exists():
        assert process.poll() is None, "the sealer ended"


def test_a_sealer_killed_between_database_and_file_is_made_good(tmp_path: Path) -> None:
    file = tmp_path / "seals.jsonl"
    light()
    seal(tmp_path)
    light(2)
    with held(file), sealer(tmp_path) as process:
        wait_for_seal(2, process)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert len(file.read_bytes().splitlines()) == 1
    assert [it.fault.name for it in check(tmp_path).findings] == ["SEAL_NOT_IN_FILE"]
    light(3)
    while not (after := seal(tmp_path)):  # until the server has noticed that the dead sealer's session is gone
        pass
    assert [it.number for it in after] == [3]
    assert check(tmp_path).is_intact
    assert sealed_entries() == entries()


def test_a_sealer_that_waits_for_the_file_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "seals.jsonl"
    light()
    seal(tmp_path)
    light()
    with sealer(tmp_path) as process:
        with held(file):
            wait_for_seal(2, process)
        assert process.wait() == 0
    assert check(tmp_path).is_intact


@pytest.mark.parametrize("torn", [b"{", b'{"key":1,"number":2,', b"\xff\xfe"])
def test_a_torn_last_line_is_written_again(tmp_path: Path, torn: bytes) -> None:
    file = tmp_path / "seals.jsonl"
    light()
    seal(tmp_path)
    with file.open("ab") as open_file:
        open_file.write(torn)
    assert not check(tmp_path).is_intact
    light()
    seal(tmp_path)
    assert check(tmp_path).is_intact


def test_a_file_that_was_moved_away_is_written_again(tmp_path: Path) -> None:
    for _ in range(3):
        light()
        seal(tmp_path)
    file = tmp_path / "seals.jsonl"
    before = file.read_bytes()
    file.rename(tmp_path / "elsewhere")
    seal(tmp_path)
    assert file.read_bytes() == before


def test_sealing_stops_at_a_last_seal_that_is_not_ours(tmp_path: Path) -> None:
    light()
    seal(tmp_path)
    light()
    tamper("UPDATE journal_seal SET sealed_at = sealed_at + interval '1 day'")
    with pytest.raises(SealForged):
        seal(tmp_path)


def test_sealing_stops_when_the_last_seal_was_removed(tmp_path: Path) -> None:
    for _ in range(2):
        light()
        seal(tmp_path)
    tamper("DELETE FROM journal_seal WHERE number = 2")
    with pytest.raises(SealsDisagree):
        seal(tmp_path)
    assert Seal.objects.count() == 1


def test_sealing_stops_on_a_server_that_counts_anew(tmp_path: Path) -> None:
    """As after a dump was restored elsewhere: the last seal reaches beyond every transaction of this server."""
    light()
    [last] = seal(tmp_path)
    row = Seal.objects.get()
    far = row.signed.statement
    far = replace(far, until=last.until + 10**9)
    with as_superuser():
        Seal.objects.all().delete()
        key = signing_key(keys.provider().secret("seal", far.key))
        Seal.of(far.signed(key), bytes(row.manifest)).save(force_insert=True)
    (tmp_path / "seals.jsonl").unlink()
    with pytest.raises(AnotherServer):
        seal(tmp_path)


@pytest.mark.parametrize("table", ["journal_entry", "journal_seal"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = 1", "DELETE FROM {} WHERE {} = 1", "TRUNCATE {}"])
def test_the_journal_is_append_only(tmp_path: Path, table: str, change: str) -> None:
    light()
    seal(tmp_path)
    column = "number" if table == "journal_seal" else "id"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER journal_is_never_emptied")
        cursor.execute(change.format(table, column))
