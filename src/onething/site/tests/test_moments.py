"""A server that burnt down comes back as it stood at a moment between two backups, and no later."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from onething.plumbing import database
from onething.plumbing.embedded import EmbeddedServer
from onething.site.backups import moments
from onething.site.backups.errors import MomentUnreadable

pytestmark = pytest.mark.slow

PERSON = (
    "from onething.site.installing import set_django_up; set_django_up();"
    "from onething.cases.tests import factories; import sys; factories.regions();"
    "print(factories.person(sys.argv[1]).pk);"
    "from onething.plumbing import clock, places; from onething.plumbing.journal import sealing;"
    "sealing.seal_journal(folder=places.private('seals'), now=clock.now())"
)
BEFORE_BASE, BEFORE, AFTER = "990123199905210177", "990123199905210185", "990123199905210193"


class House:
    """An installation with an embedded server of its own, in a folder of its own."""

    def __init__(self, root: Path, name: str) -> None:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("ONETHING_", "DATABASE_"))}
        homes = {"ONETHING_HOME": str(root / name / "home"), "ONETHING_PG_HOME": str(root / name)}
        self.environment = {**kept, **homes, "ONETHING_LANG": "en"}

    def run(self, *command: object) -> subprocess.CompletedProcess[str]:
        full = [sys.executable, *map(str, command)]
        return subprocess.run(full, env=self.environment, capture_output=True, text=True, timeout=300)

    def onething(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "onething.site.cli", *arguments)

    def register(self, number: str) -> str:
        done = self.run("-c", PERSON, number)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextmanager
    def server(self) -> Iterator[EmbeddedServer]:
        with pytest.MonkeyPatch.context() as patch:
            for name in [name for name in os.environ if name.startswith(("ONETHING_", "DATABASE_"))]:
                patch.delenv(name)
            for name, value in self.environment.items():
                patch.setenv(name, value)
            server = EmbeddedServer(database.cluster_folder())
        server.start()
        try:
            yield server
        finally:
            server.stop()

    def persons(self) -> set[str]:
        with self.server() as server, psycopg.connect(server.start().url) as session:
            return {str(row[0]) for row in session.execute("SELECT id FROM registry_person")}


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="onething-moments-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def archiving(house: House, backups: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "onething.site.cli", "archive", str(backups)]
    with subprocess.Popen(command, env=house.environment, stderr=subprocess.DEVNULL) as child:
        try:
            until(lambda: any((backups / "wal").glob("*.partial")))
            yield
        finally:
            child.send_signal(signal.SIGTERM)


def until(happens: Callable[[], bool]) -> None:
    last = time.monotonic() + 120
    while not happens():
        assert time.monotonic() < last, "it did not happen in two minutes"
        time.sleep(0.05)


class Burnt:
    """What is left of a house: the backups, the keys, who was registered when."""

    def __init__(self, root: Path) -> None:
        self.backups, self.keys = root / "backups", root / "keys"
        house = House(root, "burnt")
        with house.server():
            assert house.onething("migrate").returncode == 0
            with archiving(house, self.backups):
                self.first = house.register(BEFORE_BASE)
                taken = house.onething("backup", self.backups, "--keys", self.keys, "--base", "--json")
                assert taken.returncode == 0, taken.stderr
                self.folder = Path(json.loads(taken.stdout)["folder"])
                self.second = house.register(BEFORE)
                self.moment = datetime.now(UTC)
                self.third = house.register(AFTER)
        shutil.rmtree(root / "burnt")

    def restore(self, house: House, moment: str) -> subprocess.CompletedProcess[str]:
        return house.onething("restore", self.folder, "--keys", self.keys, "--until", moment, "--json")


@pytest.fixture(scope="module")
def burnt(root: Path) -> Burnt:
    return Burnt(root)


def test_what_was_before_the_moment_is_there_and_what_came_after_it_is_not(root: Path, burnt: Burnt) -> None:
    house = House(root, "moment")
    done = burnt.restore(house, burnt.moment.isoformat())
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["journal_is_intact"]
    assert told["lost_seals"] == 1
    assert datetime.fromisoformat(told["last_transaction"]) <= burnt.moment
    assert house.persons() == {burnt.first, burnt.second}
    with house.server():
        house.register("990123199905210206")  # it works on, and is sealed on
        assert house.onething("journal", "verify").returncode == 0


def test_to_the_end_everything_is_there(root: Path, burnt: Burnt) -> None:
    house = House(root, "end")
    done = burnt.restore(house, "end")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["lost_seals"] == 0
    assert house.persons() == {burnt.first, burnt.second, burnt.third}


def test_a_moment_that_the_archive_does_not_hold_is_refused_and_leaves_nothing(root: Path, burnt: Burnt) -> None:
    house = House(root, "nowhere")
    for moment, words in (("2036-01-01", "ends before"), ("2016-01-01", "nothing before it")):
        done = burnt.restore(house, moment)
        assert done.returncode == 1
        assert words in done.stderr
        assert not list((root / "nowhere").glob("*/data"))


def test_an_outside_server_is_brought_back_by_its_own_means_and_said_so(root: Path, burnt: Burnt) -> None:
    house = House(root, "outside")
    house.environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    for command in (["restore", burnt.folder, "--until", "end"], ["archive", burnt.backups]):
        done = house.onething(*command)
        assert done.returncode == 1
        assert "--recovered" in done.stderr


def test_a_moment_without_a_zone_is_one_of_beijing() -> None:
    assert moments.read("2026-11-22T14:05:00") == datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
    assert moments.read("end") is None
    with pytest.raises(MomentUnreadable):
        moments.read("yesterday")
