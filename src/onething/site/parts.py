"""What runs in one installation beside the database: web, worker, and in the demonstration the simulators."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping

from onething.plumbing import places
from onething.site.processes import Process
from onething.site.watching import counters

THREADS = "8"


def worker() -> Process:
    """Describe the worker."""
    return _process("worker", "onething.site.worker")


def web(port: int) -> Process:
    """Describe the web server: one process, or as many as ONETHING_WEB_PROCESSES says."""
    environment = {"ONETHING_POOL": "1", "ONETHING_WEB": "1", counters.FOLDER: str(counters.fresh_folder())}
    return _process(
        "web", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", os.environ.get("ONETHING_WEB_PROCESSES", "1"), "--blocking-threads", THREADS, "--no-ws",
        "onething.site.wsgi:application", environment=environment,
    )  # fmt: skip


def simulators(web: int) -> Process:
    """Connect the demonstration's departments to their simulators, and describe these."""
    from onething.site.demo import county

    port = _free_port()
    county.connect_departments(f"http://127.0.0.1:{port}")
    return _process("simulators", "onething.exchange.simulators", *county.simulator_arguments(port, web))


def archive() -> Process | None:
    """Describe what archives every change to the folder ONETHING_ARCHIVE, if there is one."""
    folder = os.environ.get("ONETHING_ARCHIVE")
    return _process("archive", "onething.site.cli", "archive", folder) if folder else None


def _process(name: str, module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Process:
    command = [sys.executable, "-m", "onething.site.tied", str(os.getpid()), module, *arguments]
    return Process(name, command, places.private("logs") / f"{name}.log", environment or {})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
