"""
A house with a million cases beside an empty one, in turns, on one machine.

7,700 cases run, of thirteen open matters each: 100,000 open ones. Of `history` cases also orders, replies and journal
are written. Run: `make bench-large` or `.venv/bin/python -m large [cases [running [history]]]` in bench/; writes
bench/results/large.json. Only ratios of one run mean anything.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from servers import fresh_server

ROUNDS, WARM_UP = 24, 6
LISTS = ("desk", "menu", "village", "county", "province")
GOALS = {"spine, of the rate on an empty database": 0.9, "desk p95, ms": 150.0}
RESULTS = Path(__file__).parents[1] / "results"


class House:
    """One side, in a process of its own."""

    def __init__(self, url: str, *numbers: int) -> None:
        command = [sys.executable, str(Path(__file__).with_name("house.py")), url, *map(str, numbers)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, words: str = "") -> dict[str, Any]:
        """Say something, and hear what it answers."""
        assert self._process.stdin and self._process.stdout
        if words:
            self._process.stdin.write(words + "\n")
            self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("one side has fallen")
        return dict(json.loads(line))

    def end(self) -> None:
        """Let it go."""
        self._process.terminate()
        self._process.wait(30)


@contextlib.contextmanager
def house(*numbers: int) -> Iterator[House]:
    """Open one side on a server of its own."""
    with fresh_server() as (url, _):
        made = House(url, *numbers)
        try:
            yield made
        finally:
            made.end()


def main() -> None:
    """Measure, print, write down."""
    cases, running, history = (*(int(text) for text in sys.argv[1:]), *(1_000_000, 7_700, 50_000)[len(sys.argv) - 1 :])
    with house(0, 0, 0) as empty, house(cases, running, history) as full:
        empty.ask()
        filled = full.ask()
        print(f"filled in {filled['seconds']:.0f} s: {filled['rows']}", flush=True)
        report = measure(empty, full) | {"rows": filled["rows"], "filled_in_seconds": filled["seconds"]}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "large.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


def measure(empty: House, full: House) -> dict[str, Any]:
    """Carry retirements through both in turns, then turn the pages of every list."""
    pairs = [(empty.ask("carry")["ms"], full.ask("carry")["ms"]) for _ in range(ROUNDS + WARM_UP)][WARM_UP:]
    low, middle, high = statistics.quantiles((one / other for one, other in pairs), n=4)
    lists = {name: {"empty": _rounded(empty, name), "full": _rounded(full, name)} for name in LISTS}
    reached = {
        "spine, of the rate on an empty database": middle >= 0.9,
        "desk p95, ms": lists["desk"]["full"]["p95"] <= GOALS["desk p95, ms"],
        "desk, as many statements as on an empty database": (
            lists["desk"]["full"]["statements"] <= lists["desk"]["empty"]["statements"] + 3  # rows to show
        ),
    }
    return {
        "python": platform.python_version(), "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load": round(os.getloadavg()[0], 1), "rounds": len(pairs),
        "ms_per_retirement": {
            "empty": round(statistics.median(one for one, _ in pairs), 1),
            "full": round(statistics.median(other for _, other in pairs), 1),
        },
        "rate_on_full_of_empty": {"median": round(middle, 3), "lower": round(low, 3), "upper": round(high, 3)},
        "lists": lists, "goals": GOALS, "reached": reached,
    }  # fmt: skip


def _rounded(side: House, name: str) -> dict[str, float]:
    return {what: round(value, 1) for what, value in side.ask(f"list {name}").items()}


if __name__ == "__main__":
    main()
