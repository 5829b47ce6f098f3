"""`onething up` as a newcomer meets it: real processes, real HTTP, real signals. About a minute."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.slow

PATIENCE = 150.0
CHINESE = re.compile(r"[\u3400-\u9fff]")


class House:
    """One running `onething up` and what it has printed."""

    def __init__(self, home: Path, *arguments: str, tongue: str = "en", **more: str) -> None:
        self.port = _free_port()
        self.output = home / f"output-{self.port}.txt"
        environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
        environment |= {"ONETHING_HOME": str(home), "ONETHING_PG_HOME": str(home / "pg"), "ONETHING_LANG": tongue}
        environment |= more
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "onething.site.cli", "up", "--port", str(self.port), *arguments],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    @property
    def text(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def wait_for(self, words: str) -> str:
        until = time.monotonic() + PATIENCE
        while words not in self.text:
            assert self.process.poll() is None, self.text
            assert time.monotonic() < until, self.text
            time.sleep(0.2)
        return self.text

    def children(self) -> dict[str, int]:
        return {name: int(pid) for name, pid in re.findall(r"^  (\w+) +process (\d+)", self.text, re.MULTILINE)}

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home that an unprivileged database server can enter, too."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="onething-up-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_the_first_start_carries_one_retirement_through_and_the_second_keeps_it(home: Path) -> None:
    first = House(home)
    try:
        first.wait_for("13 matters")
        os.kill(first.children()["worker"], signal.SIGKILL)  # in the middle of the case: nothing may be lost
        text = first.wait_for("Ctrl-C")
    finally:
        first.stop()
    slip = Path(re.search(r"Signed result slip: (\S+)", text).group(1))  # type: ignore[union-attr]
    assert slip.read_bytes().startswith(b"%PDF-")
    assert len(re.findall(r"\): done$", text, re.MULTILINE)) == 13
    assert "worker ended by itself and is started again" in text
    assert not any(_is_alive(pid) for pid in first.children().values())
    assert "\x1b[" not in text, "output that is not a terminal gets plain lines"
    assert not CHINESE.search(text.replace("何*松", "")), "an English terminal reads English only"

    second = House(home, tongue="zh", ONETHING_PUBLIC_URL="http://hall.example")
    try:
        again = second.wait_for("Ctrl-C")
        web = int(re.search(r"网页 +进程 (\d+)", again).group(1))  # type: ignore[union-attr]
        environment = Path(f"/proc/{web}/environ").read_text().split("\0")
        assert "ONETHING_PUBLIC_URL=http://hall.example" in environment, "letters name the address that was set"
    finally:
        second.stop()
    assert "已是这个版本" in again
    assert "现在开始办" not in again, "the second start shows nothing again"
    passwords = re.findall(r"password: (\S+)", text)
    assert passwords == re.findall(r"口令：(\S+)", again)
    assert second.process.returncode == 0


def test_a_database_that_was_killed_is_started_again_and_everything_goes_on(home: Path) -> None:
    house = House(home, "--no-demo")
    try:
        house.wait_for("ready after")
        (file,) = home.glob("pg/*/data/postmaster.pid")
        os.kill(int(file.read_text().split()[0]), signal.SIGQUIT)
        house.wait_for("database ended by itself and is started again")
        until = time.monotonic() + PATIENCE
        while not _ready(house.port).get("worker"):  # pages and worker have found it at its old address
            assert time.monotonic() < until, house.text
            time.sleep(0.5)
    finally:
        house.stop()
    assert house.process.returncode == 0


def _ready(port: int) -> dict[str, bool]:
    answer = httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE)
    told: dict[str, bool] = answer.json() if "json" in answer.headers["content-type"] else {}
    return told


def test_a_start_that_is_interrupted_or_killed_leaves_nothing_that_hinders_the_next(home: Path) -> None:
    """Ctrl-C while the database is made; SIGKILL while everything serves; then a plain start that is ended well."""
    for words in ("", "database", "tables"):
        house = House(home, "--no-demo")
        try:
            house.wait_for(words)
        finally:
            house.stop()
        assert house.process.returncode in (0, 1, -signal.SIGINT), house.text  # other than 0: nothing had begun
        assert not _of(home), words

    killed = House(home, "--no-demo")
    killed.wait_for("ready after")
    killed.process.kill()
    killed.process.wait()
    until = time.monotonic() + PATIENCE
    while any(_is_alive(pid) for pid in killed.children().values()):
        assert time.monotonic() < until, "web and worker outlive their supervisor"
        time.sleep(0.1)

    last = House(home, "--no-demo")
    try:
        last.wait_for("ready after")
    finally:
        last.stop()
    assert last.process.returncode == 0
    assert not _of(home), "the server of the killed start was taken over and ended"


def _of(home: Path) -> list[str]:
    """Find the database servers of a home that run."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = entry.read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(home / "pg") in command or str(home / "postgres") in command:
            found.append(command)
    return found


def test_a_taken_port_is_said_and_nothing_is_started(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "onething.site.cli", "up", "--port", port],
            capture_output=True,
            text=True,
            timeout=30,
            env={**os.environ, "ONETHING_HOME": str(home), "ONETHING_LANG": "en"},
        )
    assert done.returncode == 1
    assert port in done.stderr
    assert "PORT=" in done.stderr
    assert not (home / "pg").exists()
