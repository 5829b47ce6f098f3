"""
How fast one retirement of thirteen matters is carried through: ours, against a floor and a peer, in one run.

27 messages: the one form, then "accepted" and "approved" for each matter. All write to one embedded PostgreSQL with
full durability, one client, one message after the other; rounds alternate, so that a busy machine slows all alike.

- floor: the very rows that ours wrote for a message, in one statement and one transaction per message, in a copy of
  the same database (spine_variants/floor.py).
- peer: SpiffWorkflow on the exported BPMN, state read FOR UPDATE and written back (spine_variants/peer.py).
- ours: replies handed to the service; every journal row and job written; the jobs of the listeners run and counted
  (spine_variants/ours.py). Every department is a desk, so no network is measured. What neither floor nor peer has an
  equal of is run too, and timed apart: the letters (receipt and result slip, as signed PDFs, a queue of their own).
  The outside event, which is none of the 27 messages, is timed apart as well.

Run: `.venv/bin/python bench/spine.py [rounds]`; writes bench/results/spine.json. Only ratios of one run mean anything.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servers import fresh_server

if TYPE_CHECKING:
    from spine_variants.ours import Carried

ROUNDS = int(os.environ.get("ONETHING_BENCH_ROUNDS", "30"))
WARM_UP = 8  # until every variant's statements are prepared and planned
MESSAGES = 27
GOALS = {"floor": 0.3, "peer": 2.0}
ALSO = ("peer_lean",)  # stricter than the peer that the goal speaks of
RESULTS = Path(__file__).parent / "results" / "spine.json"


def main() -> None:
    """Measure on a server of our own, print the table, write it down."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with fresh_server() as (url, _):
        report = measure(url, rounds)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print_table(report)


def measure(url: str, rounds: int) -> dict[str, Any]:
    """Carry `rounds` retirements through each variant, in turns. The first few warm up and are not counted."""
    import django

    django.setup()
    from django.core.management import call_command

    from spine_variants import town
    from spine_variants.floor import Floor, Recorder, copy_of
    from spine_variants.ours import Ours, in_order
    from spine_variants.peer import Peer

    call_command("migrate", verbosity=0)
    count = rounds + WARM_UP
    drafts = town.build(2 * count)
    floor = Floor(copy_of(url))
    ours = Ours(url)
    recorder = Recorder(url, ours)
    plan = town.plan_of(drafts[0])
    peers = {"peer": Peer(url, plan, is_lean=False), "peer_lean": Peer(url, plan, is_lean=True)}
    seconds: dict[str, list[float]] = defaultdict(list)
    carried: list[Carried] = []
    for mine, theirs in zip(drafts[:count], drafts[count:], strict=True):
        recorded = recorder.record(theirs)
        done = ours.carry(mine)
        carried.append(done)
        seconds["ours"].append(done.watch.total)
        seconds["floor"].append(floor.carry(recorded).total)
        for name, peer in peers.items():
            seconds[name].append(peer.carry(in_order(done.case)).total)
    return report_of({name: times[WARM_UP:] for name, times in seconds.items()}, carried[WARM_UP:])


def report_of(seconds: dict[str, list[float]], carried: list[Carried]) -> dict[str, Any]:
    """Sum up: medians and quartiles in milliseconds per retirement, ratios, and what ours spends its time on."""
    spreads = {name: ratio(seconds[name], seconds["ours"]) for name in (*GOALS, *ALSO)}
    ratios = {name: of["median"] for name, of in spreads.items()}
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "rounds": len(carried),
        "messages": MESSAGES,
        "milliseconds_per_retirement": {name: spread(times) for name, times in sorted(seconds.items())},
        "ours_in_times_of": spreads,
        "goals": {name: {"at_least": goal, "reached": ratios[name] >= goal} for name, goal in GOALS.items()},
        "ours_by_part_ms": {
            part: round(1000 * statistics.median(one.watch.seconds[part] for one in carried), 2)
            for part in carried[0].watch.seconds
        },
        "ours_facts_written": dict(carried[0].facts),
        "ours_jobs_run": dict(carried[0].jobs),
        "ours_apart_ms": {
            part: round(1000 * statistics.median(one.aside.seconds[part] for one in carried), 2)
            for part in carried[0].aside.seconds
        },
        "ours_letters_written": dict(carried[0].letters),
    }


def ratio(theirs: list[float], ours: list[float]) -> dict[str, float]:
    """Compare round by round, and give median and quartiles: what slows the machine for a while slows both."""
    low, middle, high = statistics.quantiles((one / other for one, other in zip(theirs, ours, strict=True)), n=4)
    return {"median": round(middle, 3), "lower": round(low, 3), "upper": round(high, 3)}


def spread(times: list[float]) -> dict[str, float]:
    """Give median and quartiles in milliseconds."""
    low, middle, high = statistics.quantiles(times, n=4)
    return {"median": round(1000 * middle, 2), "lower": round(1000 * low, 2), "upper": round(1000 * high, 2)}


def print_table(report: dict[str, Any]) -> None:
    """Print what was measured, and say plainly which goal was missed."""
    print(
        f"One retirement = {report['messages']} messages; {report['rounds']} rounds, median (quartiles), milliseconds"
    )
    for name, times in report["milliseconds_per_retirement"].items():
        print(f"  {name:<10} {times['median']:>8.1f}  ({times['lower']:.1f} to {times['upper']:.1f})")
    for name, of in report["ours_in_times_of"].items():
        goal = report["goals"].get(name)
        verdict = f"goal {goal['at_least']}: {'reached' if goal['reached'] else 'MISSED'}" if goal else ""
        print(f"  ours runs at {of['median']:.2f} x {name:<10} ({of['lower']:.2f} to {of['upper']:.2f}) {verdict}")
    print(f"  ours by part: {report['ours_by_part_ms']}")
    print(f"  facts written: {report['ours_facts_written']}")
    print(f"  jobs run: {report['ours_jobs_run']}, letters written: {report['ours_letters_written']}")
    print(f"  run and timed apart: {report['ours_apart_ms']}")


if __name__ == "__main__":
    main()
