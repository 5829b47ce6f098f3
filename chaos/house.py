"""The processes of one installation under fire: database on a small disk, web, workers, department simulators."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import psycopg

from onething.plumbing import binaries, database
from onething.plumbing.database import Address
from onething.plumbing.embedded import EmbeddedServer

WORKERS = 2
DISK = "500m"
PATIENCE = 400.0  # seconds; a machine that does much else starts slowly
POSTGRES = {"max_connections": "120", "max_wal_size": "128MB", "wal_keep_size": "0", "shared_buffers": "64MB"}
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")


def free_port() -> int:
    """Find a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Wait until a condition holds; tell whether it does."""
    last = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > last:
            return False
        time.sleep(0.1)
    return True


class Disk:
    """A small disk for the database's folder, if this machine lets us mount one; a ballast fills it."""

    def __init__(self, place: Path) -> None:
        self.place, self.ballast = place, place / "ballast"
        place.mkdir(parents=True, exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=711", "tmpfs", str(place)]
        self.is_small = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0

    def fill(self) -> None:
        """Leave not one byte."""
        with self.ballast.open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
            while True:
                ballast.write(b"\0" * 65536)

    def empty(self) -> None:
        """Give the room back."""
        self.ballast.unlink(missing_ok=True)

    def close(self) -> None:
        """Take the disk away with everything on it."""
        if self.is_small:
            subprocess.run(["umount", "-l", str(self.place)], check=False)


class Postgres(EmbeddedServer):
    """The embedded server, always on the same port, and brought up again whenever it has fallen."""

    address: Address

    def restart(self) -> None:
        """End every session and the server at once, without a checkpoint, and start it again."""
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(signal.SIGQUIT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(20)
            if self._child.poll() is None:
                self._child.kill()
                self._child.wait(20)
        self.keep_up()

    def keep_up(self) -> bool:
        """Start it if it has fallen; tell whether it had."""
        if self._child is not None and self._child.poll() is None:
            return False
        self._child = self._spawn(binaries.find(self.cluster.parent), self.address.port)
        return True

    def begin(self) -> Address:
        """Start for the first time."""
        self.address = self.start()
        return self.address


class House:
    """Everything that runs. `watch` brings up again what has fallen, as the supervisor of an installation does."""

    def __init__(self, home: Path, disk: Disk, *, workers: int = WORKERS, with_clock: bool = True) -> None:
        self.home, self.disk, self.workers_wanted = home, disk, workers
        self.logs = home / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.clock_file = home / "clock"
        self.clock_file.write_text("+0")
        self.has_clock = with_clock and FAKETIME.exists()
        self.postgres = Postgres(database.cluster_folder(), POSTGRES)
        self.web_port, self.simulators_port = free_port(), free_port()
        self.web: subprocess.Popen[bytes] | None = None
        self.nursery: subprocess.Popen[str] | None = None
        self.simulators: subprocess.Popen[bytes] | None = None
        self.workers: list[int] = []
        self.raised: Counter[str] = Counter()
        self._ending, self._lock = threading.Event(), threading.RLock()

    @property
    def web_address(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def simulators_address(self) -> str:
        return f"http://127.0.0.1:{self.simulators_port}"

    def environment(self, **more: str) -> dict[str, str]:
        """What the house's processes find around them: among it a clock that can be turned."""
        clock = {
            "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(self.clock_file), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
        }  # fmt: skip
        return {**os.environ, **(clock if self.has_clock else {}), **more}

    def start_simulators(self, arguments: list[str]) -> None:
        """Open the departments' doors. They stay out of the fire: their ledger is what we judge by."""
        self.simulators = self._run("simulators", ["onething.exchange.simulators", *arguments], dict(os.environ))
        wait_for(lambda: _answers(f"{self.simulators_address}/health"))

    def start(self) -> None:
        """Start web and workers, and keep them running from now on."""
        with self._lock:
            self._start_web()
            self._start_nursery()
        threading.Thread(target=self._watch, daemon=True).start()
        if not wait_for(lambda: _answers(f"{self.web_address}/healthz")):
            raise SystemExit(f"the web server does not start: see {self.logs}")

    def _start_web(self) -> None:
        command = [
            "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.web_port), "--workers",
            "1", "--blocking-threads", "8", "--no-ws", "onething.site.wsgi:application",
        ]  # fmt: skip
        self.web = self._run("web", command, self.environment(ONETHING_POOL="1", ONETHING_WEB="1"))

    def _start_nursery(self) -> None:
        with (self.logs / "workers.log").open("ab") as log:
            self.nursery = subprocess.Popen(
                [sys.executable, "-m", "chaos.nursery"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                env=self.environment(), start_new_session=True, text=True, bufsize=1,
            )  # fmt: skip
        self.workers = []

    def _run(self, name: str, arguments: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "onething.site.tied", str(os.getpid()), *arguments]
        with (self.logs / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment, start_new_session=True
            )

    def _watch(self) -> None:
        while not self._ending.wait(0.3):
            with self._lock:
                self._raise_the_fallen()

    def _raise_the_fallen(self) -> None:
        if not self.disk.ballast.exists() and self.postgres.keep_up():
            self.raised["database"] += 1
        if self.web is not None and self.web.poll() is not None:
            self.raised["web"] += 1
            self._start_web()
        self.workers = [pid for pid in self.workers if _is_alive(pid)]
        while len(self.workers) < self.workers_wanted and self.nursery and self.nursery.stdin and self.nursery.stdout:
            self.nursery.stdin.write("one\n")
            self.workers.append(int(self.nursery.stdout.readline()))
            self.raised["worker"] += 1

    def restart_database(self) -> None:
        """Bring the database down without a checkpoint, and up again; nobody else starts it meanwhile."""
        with self._lock:
            self.postgres.restart()

    def kill_worker(self, which: float) -> bool:
        """Kill one worker as a power cut does."""
        with self._lock:
            alive = [pid for pid in self.workers if _is_alive(pid)]
            if alive:
                os.kill(alive[int(which * 1000) % len(alive)], signal.SIGKILL)
            return bool(alive)

    def kill_web(self) -> bool:
        """Kill the web server with all its processes."""
        with self._lock:
            if self.web is None or self.web.poll() is not None:
                return False
            os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait(10)
            return True

    def turn_clock(self, seconds: float) -> bool:
        """Let web and workers believe that it is so many seconds later or earlier."""
        self.clock_file.write_text(f"{seconds:+.0f}")
        return self.has_clock

    @contextlib.contextmanager
    def session(self) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """Open a session as the owner of the tables."""
        address = self.postgres.address
        with psycopg.connect(address.url, autocommit=True, connect_timeout=5) as session:
            yield session

    def close(self) -> None:
        """End everything, the database last."""
        self._ending.set()
        with self._lock:
            for child in (self.web, self.nursery, self.simulators):
                if child is not None and child.poll() is None:
                    os.killpg(child.pid, signal.SIGKILL)
                    child.wait(10)
            for pid in self.workers:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.postgres.stop()
        self.disk.close()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
