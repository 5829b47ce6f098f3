"""A town of simulated departments in a process of its own, and a worker for the orders."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from procrastinate.contrib.django import app as queue

from onething.exchange import queries, wire
from onething.exchange.models import Department
from onething.exchange.tests.factories import connect, load_regions

PACE = 0.12
PATIENCE = 20.0


class Town:
    """The simulators' process, as a test sees it."""

    def __init__(self, folder: Path, callback: str) -> None:
        self.keys = folder / "keys.json"
        self.callback = callback
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def settle(self, *departments: Department) -> None:
        """Hand the departments their keys and open their doors."""
        self.keys.write_text(json.dumps({one.code: queries.handover(one) for one in departments}))
        self.start()

    def start(self, *more: str) -> None:
        """Start the process and wait until it listens."""
        arguments = ["--port", str(self.port), "--callback", self.callback, "--keys", str(self.keys)]
        command = [sys.executable, "-m", "onething.exchange.simulators", *arguments, "--pace", str(PACE), *more]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self.process.stdout
        assert b"listen" in self.process.stdout.readline()

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end; give its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        assert self.process
        self.process.send_signal(how)
        code = self.process.wait(timeout=10)
        if self.process.stdout:
            self.process.stdout.close()
        return code

    def address(self, code: str) -> str:
        return f"http://127.0.0.1:{self.port}/d/{code}/orders"

    def behave(self, **control: Any) -> None:
        """Tell a department how to behave from now on."""
        answer = httpx.post(f"http://127.0.0.1:{self.port}/control", json=control, trust_env=False)
        assert answer.status_code == 200, answer.text

    @property
    def ledger(self) -> dict[str, Any]:
        return httpx.get(f"http://127.0.0.1:{self.port}/ledger", trust_env=False).json()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def town(live_server, tmp_path: Path) -> Iterator[Town]:
    """A town with two departments, whose replies come back over HTTP to this house."""
    load_regions()
    place = Town(tmp_path, f"{live_server.url}/api/v1/exchange/replies")
    place.settle(*(connect(code, "http", address=place.address(code)) for code in ("police", "banks")))
    yield place
    if place.process and place.process.poll() is None:
        place.stop()


@pytest.fixture(scope="session", autouse=True)
def _hang_up() -> Iterator[None]:
    """Close the connections that were kept for the next order."""
    yield
    wire.connections().close()


def work() -> None:
    """Run the jobs that lie there, as the worker does, until none is left."""
    with queue.replace_connector(queue.connector.get_worker_connector()) as running:
        running.run_worker(queues=["exchange"], wait=False, install_signal_handlers=False, listen_notify=False)


def until(condition: Callable[[], bool], step: Callable[[], object] = lambda: None) -> None:
    """Wait for a condition, taking a step between two looks; fail when it does not come."""
    last = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < last, "it did not happen"
        step()
        time.sleep(0.02)
