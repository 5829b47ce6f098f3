# ruff: noqa: E402
"""
Everybody × 20 policies, result rows written with the unknown and their missing facts: our passes, and SQL by hand.

Both read the same snapshot in the same way and write the identical rows as Parquet (compared, policy by policy).
Policy by policy one goes after the other, and the better of some rounds counts, so that others on the machine disturb
both alike. Wall seconds are what somebody waits, on all cores; processor seconds do not count others' work.

Goal: at most 1.5 times the SQL by hand.
Run: `.venv/bin/python bench/scan.py [persons]` (default 10,000,000); writes bench/results/scan.json.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parent)]

from onething.engine.rules.sql import DUCKDB
from onething.engine.scan.passes import Passes
from onething.engine.scan.population import write_population
from policies.by_hand import PASSES
from policies.costs import Cost
from policies.made import DAY, parsed_pack

PERSONS, POLICIES, ROUNDS = 10_000_000, 20, 3
GOAL = 1.5
RESULTS = Path(__file__).parent / "results" / "scan.json"


def main() -> None:
    """Measure in a folder that is removed again, print, write down."""
    persons = int(sys.argv[1].replace(",", "").replace("_", "")) if len(sys.argv) > 1 else PERSONS
    with tempfile.TemporaryDirectory(prefix="onething-bench-", dir="/var/tmp") as folder:
        report = measure(Path(folder), persons)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))


def measure(folder: Path, persons: int) -> dict[str, Any]:
    """Make the people and their snapshot, run every pass both ways, and compare the rows."""
    write_population(folder / "people", persons, DAY)
    passes = Passes(parsed_pack(POLICIES), DAY, DUCKDB)
    with duckdb.connect() as database:
        database.execute("SET preserve_insertion_order = false")
        database.execute(f"CREATE VIEW people AS SELECT * FROM '{folder}/people/*.parquet'")
        database.execute(f"ATTACH '{folder}/snapshot.duckdb' AS kept")
        snapshot = Cost.of(lambda: database.execute(f"CREATE TABLE kept.snapshot AS {passes.snapshot()}"))
        floor = min(Cost.of(lambda: read_all(database)).wall for _ in range(ROUNDS))
        by_policy, rows = {}, 0
        for policy, hand in zip(passes.policies, PASSES, strict=True):
            ours, theirs = folder / "ours.parquet", folder / "theirs.parquet"
            queries = {ours: passes.result(policy, "kept.snapshot"), theirs: hand.sql("kept.snapshot")}
            by_policy[policy.policy.id] = best(database, queries)
            rows += compared(database, ours, theirs, policy.policy.id)
    return report(persons, rows, snapshot, floor, by_policy)


def read_all(database: duckdb.DuckDBPyConnection) -> None:
    """Read every column of the snapshot once, and write nothing."""
    database.execute("SELECT max(COLUMNS(*)) FROM kept.snapshot").fetchall()


def best(database: duckdb.DuckDBPyConnection, queries: dict[Path, str]) -> tuple[Cost, Cost]:
    """Write the rows of both queries in turn, some rounds; give the best of each."""
    costs: dict[Path, list[Cost]] = {file: [] for file in queries}
    for _round in range(ROUNDS):
        for file, query in queries.items():
            statement = f"COPY ({query}) TO '{file}' (FORMAT parquet, COMPRESSION zstd)"
            costs[file].append(Cost.of(lambda said=statement: database.execute(said)))
    ours, theirs = (Cost.best(found) for found in costs.values())
    return ours, theirs


def compared(database: duckdb.DuckDBPyConnection, ours: Path, theirs: Path, policy: str) -> int:
    """Count the rows, after making sure that they are the same."""
    for one, other in ((ours, theirs), (theirs, ours)):
        extra = database.execute(f"SELECT * FROM '{one}' EXCEPT ALL SELECT * FROM '{other}' LIMIT 3").fetchall()
        if extra:
            raise SystemExit(f"{policy}: rows only in {one.name}: {extra}")
    return int(database.execute(f"SELECT count(*) FROM '{ours}'").fetchall()[0][0])


def report(
    persons: int, rows: int, snapshot: Cost, floor: float, by_policy: dict[str, tuple[Cost, Cost]]
) -> dict[str, Any]:
    """Say what was found."""
    ours, theirs = ([pair[side] for pair in by_policy.values()] for side in (0, 1))
    wall = sum(one.wall for one in ours) / sum(one.wall for one in theirs)
    processor = sum(one.processor for one in ours) / sum(one.processor for one in theirs)
    return {
        "python": platform.python_version(),
        "duckdb": duckdb.__version__,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load": [round(one, 1) for one in os.getloadavg()],
        "persons": persons,
        "policies": len(by_policy),
        "rows": rows,
        "the_same_rows": True,
        "seconds": {
            "snapshot": round(snapshot.wall, 2),
            "reading_the_snapshot": round(floor, 2),
            "ours": round(sum(one.wall for one in ours), 2),
            "by_hand": round(sum(one.wall for one in theirs), 2),
        },
        "processor_seconds": {
            "snapshot": round(snapshot.processor, 2),
            "ours": round(sum(one.processor for one in ours), 2),
            "by_hand": round(sum(one.processor for one in theirs), 2),
        },
        "ours_in_times_of_by_hand": {"seconds": round(wall, 2), "processor_seconds": round(processor, 2)},
        "by_policy": {
            name: {"ours": round(mine.wall, 3), "by_hand": round(hand.wall, 3)}
            for name, (mine, hand) in by_policy.items()
        },
        "goals": {"ours_in_times_of_by_hand": {"at_most": GOAL, "reached": wall <= GOAL and processor <= GOAL}},
    }


if __name__ == "__main__":
    main()
