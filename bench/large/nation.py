# ruff: noqa: E402
"""
The nation: 57 million invented persons × 20 policies in one run of `onething scan`, in at most 3 GB of memory.

The people are made by provinces into Parquet (kept in FOLDER, so that a second run need not make them again), then the
scan runs as the command runs it: snapshot, one pass per policy, rows written with the unknown and what is missing.

Run: `.venv/bin/python bench/large/nation.py [persons] [folder]`; writes bench/results/nation.json.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[1])]

from onething.engine.scan.population import PROVINCES, write_population
from onething.engine.scan.running import Scan, Step, run_scan
from policies.made import DAY, parsed_pack

PERSONS, POLICIES = 57_000_000, 20
MOST_GB = 3
RESULTS = Path(__file__).parents[1] / "results" / "nation.json"


def main() -> None:
    """Make the people, scan them, print, write down."""
    persons = int(sys.argv[1].replace(",", "").replace("_", "")) if len(sys.argv) > 1 else PERSONS
    kept = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    folder = kept or Path(tempfile.mkdtemp(prefix="onething-bench-", dir="/var/tmp"))
    try:
        made = people(folder / "people", persons)
        report = measure(folder, made)
    finally:
        shutil.rmtree(folder / "out" if kept else folder, ignore_errors=True)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))


def people(folder: Path, persons: int) -> float | None:
    """Make the people, unless they are there; give the seconds."""
    if len(list(folder.glob("*.parquet"))) == len(PROVINCES):
        return None
    begun = time.perf_counter()
    write_population(folder, persons, DAY, lambda done, total: print(f"people {done}/{total}", flush=True))
    return time.perf_counter() - begun


def measure(folder: Path, made: float | None) -> dict[str, Any]:
    """Scan everybody."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    wall, processor = time.perf_counter(), time.process_time()
    reached: list[float] = []

    def tell(step: Step) -> None:
        reached.append(time.perf_counter() - wall)
        print(f"{step.done}/{step.total} {step.name} {step.rows:,}", flush=True)

    result = run_scan(Scan(parsed_pack(POLICIES), DAY, folder / "people", folder / "out"), tell)
    seconds, used = time.perf_counter() - wall, time.process_time() - processor
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    rows = folder / "out" / "rows"
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load": [round(one, 1) for one in os.getloadavg()],
        "persons": result.persons,
        "policies": len(result.counts),
        "rows": result.rows,
        "impossible": result.impossible,
        "seconds": {"people": made and round(made), "snapshot": round(reached[0]), "whole_scan": round(seconds)},
        "processor_seconds": round(used),
        "people_mb": size_of(folder / "people"),
        "rows_mb": size_of(rows),
        "memory_gb": round(gigabytes, 2),
        "goals": {"memory_gb": {"at_most": MOST_GB, "reached": gigabytes <= MOST_GB}},
    }


def size_of(folder: Path) -> int:
    """Give the size of a folder's files in megabytes."""
    return round(sum(file.stat().st_size for file in folder.rglob("*.parquet")) / 1e6)


if __name__ == "__main__":
    main()
