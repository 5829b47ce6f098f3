"""A file with malware is refused and recorded; while the scanner is silent nothing is accepted unseen."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onething.kernel.access import SYSTEM
from onething.plumbing import scanning, storage
from onething.plumbing.journal.models import Entry
from onething.plumbing.scanning import MalwareFound, Scanner, ScannerMisnamed, ScannerSilent
from onething.plumbing.storage import Stored
from onething.plumbing.storage.holding import FileCarriedMalware, FileStillHeld
from onething.plumbing.storage.models import HeldFile, UnclaimedFile
from onething.registry import sealing, services, taking_in
from onething.registry.models import Person, Roster
from onething.registry.tests import clamd
from onething.registry.tests.factories import COUNTY, NOW, load_regions, person

pytestmark = pytest.mark.django_db

CLAMD = os.environ.get("CLAMD", "clamd")
PAPER = b"%PDF-1.4 an invented paper"
INFECTED = PAPER + clamd.EICAR


@pytest.fixture
def scanner(monkeypatch: pytest.MonkeyPatch) -> Iterator[clamd.Clamd]:
    """Run a scanner, and name it in the settings."""
    with clamd.running() as server:
        monkeypatch.setenv("ONETHING_SCANNER", server.address)
        yield server


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> str:
    """Name a scanner that does not answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ONETHING_SCANNER", f"127.0.0.1:{probe.getsockname()[1]}")
    return "ONETHING_SCANNER_SILENT"


@pytest.fixture
def somebody() -> Person:
    load_regions()
    return person()


def take(somebody: Person, content: bytes) -> Stored:
    return taking_in.take_in(person_id=somebody.pk, content=content, actor=SYSTEM, now=NOW)


def kinds() -> set[str]:
    return set(Entry.objects.values_list("kind", flat=True))


def test_without_a_scanner_nothing_is_asked(somebody: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONETHING_SCANNER", raising=False)
    assert sealing.unseal_bytes(somebody.pk, storage.read(take(somebody, INFECTED).key)) == INFECTED


def test_a_clean_file_is_taken_and_was_seen_whole(somebody: Person, scanner: clamd.Clamd) -> None:
    content = PAPER + bytes(range(256)) * 700  # more than two pieces
    assert sealing.unseal_bytes(somebody.pk, storage.read(take(somebody, content).key)) == content
    assert scanner.seen == [content]


def test_malware_is_refused_in_words_and_recorded(somebody: Person, scanner: clamd.Clamd) -> None:
    with pytest.raises(MalwareFound, match="Eicar-Test-Signature"):
        take(somebody, INFECTED)
    assert not UnclaimedFile.objects.exists()
    fact = Entry.objects.get(kind="registry.MalwareRefused")
    assert fact.payload["finding"] == "Eicar-Test-Signature"
    assert fact.payload["person_id"] == str(somebody.pk)


def test_what_the_scanner_does_not_judge_is_not_clean(somebody: Person, scanner: clamd.Clamd) -> None:
    with pytest.raises(ScannerSilent):
        take(somebody, PAPER + bytes(clamd.LIMIT))


def test_a_silent_scanner_refuses_if_nothing_else_was_chosen(somebody: Person, silent: str) -> None:
    with pytest.raises(ScannerSilent):
        take(somebody, PAPER)
    assert not UnclaimedFile.objects.exists()


@pytest.fixture
def held(somebody: Person, silent: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Take files while the scanner is silent, where holding was chosen."""
    monkeypatch.setenv(silent, "hold")
    return lambda content: take(somebody, content).key


def test_a_held_file_is_opened_by_nobody_until_it_was_scanned(
    held: Any, somebody: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean, infected = held(PAPER), held(INFECTED)
    for key in (clean, infected):
        with pytest.raises(FileStillHeld):
            storage.read(key)
        with pytest.raises(FileStillHeld):
            storage.open(key)
    assert taking_in.scan_held(now=NOW) == 0  # still silent
    with clamd.running() as server:
        monkeypatch.setenv("ONETHING_SCANNER", server.address)
        assert taking_in.scan_held(now=NOW) == 2
        assert taking_in.scan_held(now=NOW) == 0
    assert sealing.unseal_bytes(somebody.pk, storage.read(clean)) == PAPER
    with pytest.raises(FileCarriedMalware):
        storage.read(infected)
    assert not storage.files.exists(infected)
    assert kinds() >= {"plumbing.storage.FileHeld", "plumbing.storage.FileReleased", "plumbing.storage.MalwareRemoved"}
    assert list(HeldFile.objects.values_list("key", "finding")) == [(infected, "Eicar-Test-Signature")]


def test_a_held_file_of_somebody_who_was_forgotten_holds_nothing_up(
    held: Any, somebody: Person, scanner: clamd.Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONETHING_SCANNER", "127.0.0.1:1")
    held(PAPER)
    services.forget_person(person_id=somebody.pk, actor=SYSTEM, now=NOW)
    monkeypatch.setenv("ONETHING_SCANNER", scanner.address)
    assert taking_in.scan_held(now=NOW) == 1
    assert not HeldFile.objects.exists()


@pytest.mark.parametrize("named", ["localhost", ":3310", "scanner:clam"])
def test_settings_that_say_nothing_are_refused(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONETHING_SCANNER", named)
    with pytest.raises(ScannerMisnamed):
        scanning.configured()


def test_silence_is_refuse_or_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONETHING_SCANNER", "[::1]:3310")
    assert scanning.configured() == Scanner("::1", 3310, "refuse")
    monkeypatch.setenv("ONETHING_SCANNER_SILENT", "accept")
    with pytest.raises(ScannerMisnamed):
        scanning.configured()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which(CLAMD) is None, reason="no clamd here: apt install clamav-daemon, or name it in CLAMD")
def test_the_real_clamd_says_the_same(tmp_path: Path) -> None:
    """It needs no list of viruses from outside: the one signature is written here."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    signatures, settings = tmp_path / "signatures", tmp_path / "clamd.conf"
    signatures.mkdir()
    (signatures / "own.ndb").write_text(f"Eicar-Test-Signature:0:*:{clamd.EICAR.hex()}\n")
    told = {"TCPSocket": port, "TCPAddr": "127.0.0.1", "Foreground": "yes", "DatabaseDirectory": signatures}
    settings.write_text("".join(f"{name} {value}\n" for name, value in told.items()))
    scanner = Scanner("127.0.0.1", port)
    with subprocess.Popen([CLAMD, f"--config-file={settings}"], stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            assert scanner.finding(PAPER) == ""
            assert scanner.finding(INFECTED).startswith("Eicar-Test-Signature")
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    last = time.monotonic() + 60
    while time.monotonic() < last:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("clamd does not listen")


def take_roster(content: bytes) -> Any:
    load_regions()
    return services.take_roster(
        file=io.BytesIO(content), title="t", kind="discharge", authority="army", region=COUNTY, actor=SYSTEM, now=NOW
    )


ROSTER = "姓名,身份证号,手机号\n".encode() + b"# " + clamd.EICAR + b"\n"


def test_a_roster_with_malware_is_not_kept_and_a_fact_says_so(scanner: clamd.Clamd) -> None:
    with pytest.raises(MalwareFound):
        take_roster(ROSTER)
    assert not Roster.objects.exists()
    fact = Entry.objects.get(kind="registry.InfectedRosterRefused")
    assert fact.payload["region"] == COUNTY
    assert take_roster("姓名,身份证号,手机号\n".encode()).titles
    assert len(scanner.seen) == 2


def test_a_roster_is_refused_while_the_scanner_is_silent_also_where_papers_are_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ONETHING_SCANNER", f"127.0.0.1:{nobody.getsockname()[1]}")
        monkeypatch.setenv("ONETHING_SCANNER_SILENT", "hold")
        with pytest.raises(ScannerSilent):
            take_roster(ROSTER)
    assert not Roster.objects.exists()
