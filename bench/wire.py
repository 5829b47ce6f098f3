"""
How fast retirements of thirteen matters go over real HTTP, with departments that answer at once.

The real processes on one machine: PostgreSQL, web server, two workers, the simulators, and whoever submits; they share
its cores. First everything is submitted as fast as it goes, for the rate; then at half that rate, for the waits:

- submit: one call of the API, with the person's answers and papers, until its receipt;
- reply to next order: from the moment in which the reply was taken that frees a matter, until the call begins that
  hands its order over. Read from the times in the database.

Calls counted: submissions, recorded events, orders out, replies in. Beside it stands what bench/spine.py measured in
process (27 messages, no HTTP, one client), if it was run here.

Run: `.venv/bin/python bench/wire.py [cases]`; writes bench/results/wire.json.
"""

from __future__ import annotations

import json
import os
import platform
import queue
import shutil
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chaos.house import House
    from chaos.people import Person

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
RESULTS = Path(__file__).parent / "results" / "wire.json"
SPINE = RESULTS.with_name("spine.json")
CASES, HANDS = 40, 4
PATIENCE = 900.0
GOALS = {"submit p95, ms": 300.0, "reply to next order p50, ms": 150.0}

_FREED = """
SELECT extract(epoch FROM a.started_at - freed.at) * 1000 AS ms
FROM exchange_order o JOIN cases_task t ON t.id = o.task_id
JOIN exchange_attempt a ON a.order_id = o.id AND a.number = 1
CROSS JOIN LATERAL (
    SELECT max(r.received_at) AS at FROM exchange_order n JOIN exchange_reply r ON r.order_id = n.id
    WHERE n.case_id = o.case_id AND n.matter = ANY (t.needs) AND r.kind = 'approved') freed
JOIN cases_case c ON c.id = o.case_id
WHERE cardinality(t.needs) > 0 AND cardinality(t.events) = 0 AND c.submitted_at >= %s
"""
_CALLS = """
SELECT (SELECT count(*) FROM exchange_attempt) + (SELECT coalesce(sum(deliveries), 0) FROM exchange_reply)
"""


@dataclass
class Load:
    """What one load came to."""

    since: Any
    seconds: float = 0.0
    submits: list[float] = field(default_factory=list)
    calls: int = 0


def main() -> None:
    """Set the house up, load it twice, write down what it came to."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    base = Path(tempfile.mkdtemp(prefix="onething-wire-"))
    base.chmod(0o711)
    os.environ |= {
        "ONETHING_HOME": str(base / "home"), "ONETHING_PG_HOME": str(base / "pg"),
        "DJANGO_SETTINGS_MODULE": "onething.site.settings",
    }  # fmt: skip
    os.environ.pop("DATABASE_URL", None)
    (base / "home").mkdir(mode=0o700)
    try:
        report = measured(base / "home", cases)
    finally:
        shutil.rmtree(base, ignore_errors=True)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


def measured(home: Path, cases: int) -> dict[str, Any]:
    """Load the house as fast as it goes, then at half that rate."""
    from chaos.house import Disk, House

    from onething.plumbing import database

    disk = Disk.__new__(Disk)  # no small disk here
    disk.place, disk.is_small = database.cluster_folder(), False
    disk.ballast = disk.place / "ballast"
    disk.place.mkdir(parents=True, exist_ok=True)
    house = House(home, disk, with_clock=False)
    try:
        _set_up(house, home)
        from chaos import people  # now that Django is there

        persons = people.prepare(2 * cases + 8)
        crowd = people.Crowd(house.web_address, persons, people.Story(), most_cases=0, most_open=0)
        house.start()
        crowd.plan()
        _load(house, crowd, persons[:8], pause=0.0)  # warm
        full = _load(house, crowd, persons[8 : 8 + cases], pause=0.0)
        half = _load(house, crowd, persons[8 + cases :], pause=2 * full.seconds / cases)
        return report_of(house, cases, full, half)
    finally:
        house.close()


def _set_up(house: House, home: Path) -> None:
    from onething.site import installing

    house.postgres.begin()
    installing.set_django_up()
    installing.migrate_database()
    installing.publish_packs(*installing.SHIPPED_PACKS, *installing.DEMO_PACKS)
    installing.collect_static()
    from onething.exchange import queries
    from onething.exchange import services as exchange
    from onething.kernel.access import SYSTEM
    from onething.plumbing import clock
    from onething.site.demo import county

    county.load()
    keys = {}
    for office in county.departments():
        address = f"{house.simulators_address}/d/{office.code}/orders"
        made = exchange.connect_department(
            code=office.code, title=office.title, connector="http", region=county.COUNTY, organisation=office.code,
            address=address, actor=SYSTEM, now=clock.now(),
        )  # fmt: skip
        keys[office.code] = queries.handover(made.department)
    (home / "departments.json").write_text(json.dumps(keys))
    callback = f"{house.web_address}/api/v1/exchange/replies"
    arguments = ["--port", str(house.simulators_port), "--callback", callback]
    house.start_simulators([*arguments, "--keys", str(home / "departments.json"), "--pace", "0"])


def _load(house: House, crowd: Any, persons: list[Person], *, pause: float) -> Load:
    """Let a few hands submit every person's form, one each `pause` seconds, and wait until all cases are settled."""
    from chaos.house import wait_for

    from onething.plumbing import clock

    load, waiting = Load(clock.now()), queue.SimpleQueue[tuple[int, "Person"]]()
    for place in enumerate(persons):
        waiting.put(place)
    before, began = _one(house, _CALLS), time.monotonic()
    hands = [threading.Thread(target=_submit, args=(crowd, waiting, load, began, pause)) for _ in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    if not wait_for(lambda: _one(house, "SELECT count(*) FROM cases_case WHERE state = 'running'") == 0, PATIENCE):
        raise SystemExit("the cases do not come to their end")
    load.seconds = time.monotonic() - began
    load.calls = _one(house, _CALLS) - before + 2 * len(persons)
    return load


def _submit(crowd: Any, waiting: Any, load: Load, began: float, pause: float) -> None:
    import httpx

    with httpx.Client(timeout=60, trust_env=False, base_url=f"{crowd.web}/api/v1") as line:
        while True:
            try:
                place, person = waiting.get_nowait()
            except queue.Empty:
                return
            time.sleep(max(0.0, began + place * pause - time.monotonic()))
            words = {"pack": "demo/retirement", "answers": person.answers, "papers": crowd.papers}
            at = time.perf_counter()
            told = line.post("/cases", json=words, headers={"Authorization": f"Bearer {person.key}"})
            load.submits.append(1000 * (time.perf_counter() - at))
            told.raise_for_status()
            clerk = {"Authorization": f"Bearer {crowd.clerk_key}"}
            event = {"event": "army_remittance"}
            line.post(f"/cases/{told.json()['number']}/events", json=event, headers=clerk).raise_for_status()


def _one(house: House, statement: str) -> int:
    with house.session() as session:
        row = session.execute(statement).fetchone()
        return int(row[0]) if row else 0


def report_of(house: House, cases: int, full: Load, half: Load) -> dict[str, Any]:
    """Sum up."""
    with house.session() as session:
        freed = sorted(float(row[0]) for row in session.execute(_FREED, [half.since]))
    cores = os.cpu_count() or 1
    submits, next_order = _spread(half.submits), _spread(freed)
    in_process = json.loads(SPINE.read_text()) if SPINE.exists() else {}
    ours = in_process.get("milliseconds_per_retirement", {}).get("ours", {}).get("median")
    return {
        "python": platform.python_version(), "machine": f"{platform.machine()}, {cores} cores",
        "load": round(os.getloadavg()[0], 1), "cases": cases, "workers": house.workers_wanted,
        "retirements_per_second": round(cases / full.seconds, 3),
        "http_calls_per_second_per_core": round(full.calls / full.seconds / cores, 1),
        "http_calls_per_retirement": round(full.calls / cases, 1),
        "in_process_retirements_per_second": round(1000 / ours, 2) if ours else None,
        "at_half_load_ms": {"submit": submits, "reply to next order": next_order},
        "submit_at_full_load_ms": _spread(full.submits), "goals": GOALS,
        "reached": {
            "submit p95, ms": submits["p95"] <= GOALS["submit p95, ms"],
            "reply to next order p50, ms": next_order["p50"] <= GOALS["reply to next order p50, ms"],
        },
    }  # fmt: skip


def _spread(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100)
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "count": len(times)}


if __name__ == "__main__":
    main()
