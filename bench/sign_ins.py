"""
150 people sign in by password in the same second, on one web process as `onething up` starts it.

A sign-in costs one scrypt hash (16 MB for a moment); four at a time, the rest wait their turn. Counted: who came in,
how long the slowest waited, and the most memory that the web server has held before and after.
Run: `.venv/bin/python bench/sign_ins.py`; writes bench/results/sign_ins.json.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.api import rush

from onething.plumbing.embedded import EmbeddedServer
from onething.site import parts

COUNT = 150
GOAL_MB = 200
"""How much more memory the rush may take than the server at rest."""
RESULTS = Path(__file__).parent / "results" / "sign_ins.json"


def main() -> None:
    """Start, measure, end, write down."""
    home = Path(tempfile.mkdtemp(prefix="onething-rush-", dir="/var/tmp"))
    home.chmod(0o755)
    server = EmbeddedServer(home / "cluster")
    try:
        report = measured(server.start().url, home / "home")
    finally:
        server.stop()
        shutil.rmtree(home)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))


def measured(url: str, home: Path) -> dict[str, object]:
    """Let everybody come, and tell how it went."""
    told = {
        **os.environ,
        "DATABASE_URL": url,
        "ONETHING_HOME": str(home),
        "ONETHING_POOL": "1",
        "ONETHING_LOG": "ERROR",
    }
    subprocess.run([sys.executable, "-m", "tests.api.rush", str(COUNT)], env=told, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", port, "--no-ws"]
    command += ["--blocking-threads", parts.THREADS, "onething.site.wsgi:application"]
    with subprocess.Popen(command, env=told) as web:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            rest = rush.largest_mb(web.pid)
            began = time.monotonic()
            answers = rush.rush(address, COUNT)
            return in_words(answers, time.monotonic() - began, rest, rush.largest_mb(web.pid))
        finally:
            web.terminate()


def in_words(answers: list[rush.Answer], seconds: float, rest: float, peak: float) -> dict[str, object]:
    """Put it as a report."""
    waits = sorted(one.seconds for one in answers)
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}",
        "people": COUNT,
        "came_in": sum(one.status == 302 and one.has_session for one in answers),
        "p50_seconds": round(waits[len(waits) // 2], 2),
        "p95_seconds": round(waits[int(len(waits) * 0.95)], 2),
        "slowest_seconds": round(waits[-1], 2),
        "all_seconds": round(seconds, 2),
        "web_at_rest_mb": round(rest),
        "web_largest_mb": round(peak),
        "reached": all(one.status == 302 for one in answers) and peak - rest <= GOAL_MB,
    }


def wait_for(address: str) -> None:
    """Wait until the server answers."""
    last = time.monotonic() + 120
    while time.monotonic() < last:
        try:
            httpx.get(f"{address}/door/sign-in/password/", timeout=30)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("the web server does not answer")


if __name__ == "__main__":
    main()
