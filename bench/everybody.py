# ruff: noqa: E402
"""
Everybody × 20 policies: our passes, and OpenFisca-core 46 on the same rules; and 1,000 planted persons, found or not.

- ours: one filtered pass per policy over the snapshot of `onething scan`; the eligible rows only, as OpenFisca gives
  them, written as Parquet.
- OpenFisca: every policy a Variable of its own, written from the same checked nodes as numpy; only its calculating is
  timed, not how the people get into its memory, nor writing. It has no "unknown": a condition holds where it surely
  does. What it pays is compared, person by person.
- planted: of a million nobody is left whom one policy (its conditions written by hand here) speaks for; then 1,000
  persons who are entitled are put in at numbers drawn by lot, and the whole scan looks for them.

Both work in turn, some rounds, and the best of each counts. Seconds are what somebody waits: our engine uses every
core, OpenFisca-core one. Processor seconds leave that advantage out; both ratios are told, and the goal is that of the
seconds on two cores.

Goal: at least 12 times faster than OpenFisca-core; all planted are found, and nobody else.
Run: `.venv/bin/python bench/everybody.py [persons]` (default 10,000,000; OpenFisca needs 1 GB of memory per million);
writes bench/results/everybody.json.
"""

from __future__ import annotations

import json
import os
import platform
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parent)]

from onething.engine.rules.sql import DUCKDB, Emitter, quoted
from onething.engine.scan.passes import Passes
from onething.engine.scan.population import write_population
from onething.engine.scan.running import Scan, run_scan
from policies.costs import Cost
from policies.made import DAY, parsed_pack
from policies.openfisca import Port

PERSONS, POLICIES, ROUNDS = 10_000_000, 20, 3
AMONG, PLANTED = 1_000_000, 1_000
GOAL = 12
RESULTS = Path(__file__).parent / "results" / "everybody.json"


def main() -> None:
    """Measure in a folder that is removed again, print, write down."""
    persons = int(sys.argv[1].replace(",", "").replace("_", "")) if len(sys.argv) > 1 else PERSONS
    with tempfile.TemporaryDirectory(prefix="onething-bench-", dir="/var/tmp") as folder:
        report = measure(Path(folder), persons)
        report["planted"] = planted(Path(folder) / "few", min(persons, AMONG))
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))


def measure(folder: Path, persons: int) -> dict[str, Any]:
    """Make the people and their snapshot, let both work, and compare what they say."""
    write_population(folder / "people", persons, DAY)
    passes = Passes(parsed_pack(POLICIES), DAY, DUCKDB)
    with duckdb.connect() as database:
        database.execute(f"CREATE VIEW people AS SELECT * FROM '{folder}/people/*.parquet'")
        snapshot = Cost.of(lambda: database.execute(f"CREATE TABLE snapshot AS {passes.snapshot()}"))
        port = Port(passes, database)
        database.execute("SET preserve_insertion_order = false")
        (folder / "eligible").mkdir()
        costs = [
            (Cost.of(lambda: write_eligible(database, passes, folder)), Cost.of(port.calculate))
            for _round in range(ROUNDS)
        ]
        differing = differences(port, database, folder)
        rows = database.execute(f"SELECT count(*) FROM '{folder}/eligible/*.parquet'").fetchall()[0][0]
    ours, theirs = (Cost.best(side) for side in zip(*costs, strict=True))
    times, processor = theirs.wall / ours.wall, theirs.processor / ours.processor
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load": [round(one, 1) for one in os.getloadavg()],
        "persons": persons,
        "policies": len(passes.policies),
        "rows": rows,
        "amounts_that_differ": differing,
        "seconds": {
            "ours": round(ours.wall, 2),
            "openfisca": round(theirs.wall, 2),
            "snapshot": round(snapshot.wall, 2),
        },
        "processor_seconds": {
            "ours": round(ours.processor, 2),
            "openfisca": round(theirs.processor, 2),
            "snapshot": round(snapshot.processor, 2),
        },
        "openfisca_times_slower": {"seconds": round(times, 1), "processor_seconds": round(processor, 1)},
        "goals": {"openfisca_times_slower": {"at_least": GOAL, "reached": times >= GOAL}},
    }


def write_eligible(database: duckdb.DuckDBPyConnection, passes: Passes, folder: Path) -> None:
    """Write who is entitled to what amount, policy by policy."""
    emit = Emitter(DUCKDB, passes.columns)
    for policy in passes.policies:
        query = (
            f"SELECT person, {DUCKDB.one_of.format(name := quoted(policy.policy.id), name)} AS policy,"
            f" {emit.sql(policy.amount)} AS amount FROM snapshot"
            f" WHERE stands AND {emit.surely(passes.holds(policy))}"
        )
        database.execute(f"COPY ({query}) TO '{folder}/eligible/{policy.policy.id}.parquet' (COMPRESSION zstd)")


def differences(port: Port, database: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Count the persons for whom OpenFisca says another amount, or another yes."""
    wrong = 0
    for policy, paid in port.paid.items():
        query = f"SELECT person, amount FROM '{folder}/eligible/{policy}.parquet' WHERE amount IS NOT NULL"
        ours = database.execute(query).fetchnumpy()
        expected = np.zeros(port.size, np.int64)
        expected[ours["person"].astype(np.int64)] = ours["amount"].astype(np.int64)
        wrong += int((expected != paid).sum())
    return wrong


# planted

_ENTITLED = """
birth_date <= DATE '1966-11-01' AND hukou_type_at_discharge = 'rural' AND death_date IS NULL
AND enlist_date BETWEEN DATE '1954-11-01' AND DATE '2011-10-31' AND NOT employee_pension
AND coalesce(sentence NOT IN ('imprisonment', 'wanted'), TRUE)
AND NOT coalesce(list_contains(benefits_received, 'disability_pension'), FALSE)
AND coalesce(discharge_date >= enlist_date, TRUE)
"""


def planted(folder: Path, persons: int) -> dict[str, int]:
    """Plant persons entitled to the living allowance at 60 among people who are not; count who is found."""
    write_population(folder / "people", persons, DAY)
    numbers = sorted(random.Random(3).sample(range(persons), PLANTED))
    (folder / "planted").mkdir()
    with duckdb.connect() as database:
        database.execute(f"CREATE VIEW people AS SELECT * FROM '{folder}/people/*.parquet'")
        database.execute("CREATE TABLE chosen AS SELECT unnest(?) AS person", [numbers])
        entitled = f"SELECT person FROM people WHERE {_ENTITLED} ORDER BY person LIMIT {PLANTED}"
        few = database.execute(entitled).fetchall()
        database.execute("CREATE TABLE models AS SELECT unnest(?) AS person, unnest(?) AS model",
                         [numbers, [few[index % len(few)][0] for index in range(PLANTED)]])  # fmt: skip
        database.execute(
            f"COPY (SELECT * FROM people WHERE ({_ENTITLED}) IS NOT TRUE AND person NOT IN (FROM chosen) UNION ALL"
            f" SELECT m.person, p.* EXCLUDE (person) FROM models m JOIN people p ON p.person = m.model)"
            f" TO '{folder}/planted/people.parquet'"
        )
        run_scan(Scan(parsed_pack(), DAY, folder / "planted", folder / "looked"))
        rows = database.execute(
            f"SELECT DISTINCT person FROM '{folder}/looked/rows/rural_60/*.parquet' WHERE verdict <> 'unknown'"
        ).fetchall()
    found = {person for (person,) in rows}
    return {
        "persons": persons,
        "planted": PLANTED,
        "found": len(found & set(numbers)),
        "somebody_else": len(found - set(numbers)),
    }


if __name__ == "__main__":
    main()
