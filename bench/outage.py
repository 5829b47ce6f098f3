"""
A department that is down for an hour, with ten thousand orders waiting: what it costs the others, and how it drains.

Two houses beside each other on one machine, each a process with a server of its own, take turns step by step, so that
whatever else the machine does slows both alike. In one, `bank` goes down (503) with 10,000 orders waiting, multiplied
from one by COPY; in the other it does not. In both one order to `police` is placed and handed over in every step, and
timed: before the outage, in its hour, and while the bank's orders drain, to the last. Every call goes over HTTP to a
simulator. A worker's part is played by one thread, so whatever the bank costs, the police's order has to wait for it:
worse than in the house, where a department has at most so many calls beside each other.

What counts is how the p95 of the one house stands to that of the other in the same minutes, beside the same before.

Run: `.venv/bin/python bench/outage.py [orders]`; writes bench/results/outage.json. Only ratios of one run count.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(Path(__file__).parent))

from servers import fresh_server  # noqa: E402  # beside this file

RESULTS = Path(__file__).parent / "results" / "outage.json"
WAITING = 10_000
STEP = timedelta(seconds=2)  # as the sweep looks
CALM_STEP = timedelta(seconds=12)  # in the hour: what is down is tried once in two minutes
WARM_UP, BEFORE, HOUR, DRAIN_AT_MOST = 30, 200, 300, 900  # steps
GOAL = 1.1
_TAKE = "DELETE FROM procrastinate_jobs RETURNING args"


def main() -> None:
    """Measure on servers of our own, print, write down."""
    if sys.argv[1:2] == ["--side"]:
        Side(Path(sys.argv[2])).serve()
        return
    waiting = int(sys.argv[1]) if len(sys.argv) > 1 else WAITING
    with side() as struck, side() as spared:
        report = measured(struck, spared, waiting)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


class Told:
    """One house, in a process of its own, told line by line what to do."""

    def __init__(self, url: str, folder: Path) -> None:
        command = [sys.executable, __file__, "--side", str(folder)]
        environment = {**os.environ, "DATABASE_URL": url}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def do(self, *words: object) -> Any:
        """Say something, and hear what it answers."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("one side has fallen")
        return json.loads(line)

    def end(self) -> None:
        """Say nothing more: it closes its simulators and ends."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(60)


@contextmanager
def side() -> Iterator[Told]:
    """Open one house on a server of its own."""
    with fresh_server() as (url, folder):
        told = Told(url, folder)
        try:
            yield told
        finally:
            told.end()


def measured(struck: Told, spared: Told, waiting: int) -> dict[str, Any]:
    """Play the hour in both houses in turns."""
    taken: dict[str, list[tuple[float, float]]] = {"warm": [], "before": [], "in the hour": [], "draining": []}

    def turn(phase: str, seconds: float) -> None:
        order = (struck, spared) if len(taken[phase]) % 2 else (spared, struck)
        found = {id(one): one.do("step", seconds) for one in order}
        taken[phase].append((found[id(struck)], found[id(spared)]))

    for _ in range(WARM_UP):
        turn("warm", STEP.total_seconds())
    for _ in range(BEFORE):
        turn("before", STEP.total_seconds())
    struck.do("down", waiting)
    for _ in range(HOUR):
        turn("in the hour", CALM_STEP.total_seconds())
    knocked = struck.do("calls")
    struck.do("up")
    left = [struck.do("left")]
    while left[-1] and len(left) <= DRAIN_AT_MOST:
        turn("draining", STEP.total_seconds())
        left.append(struck.do("left"))
    return _report(waiting, taken, knocked, left, struck.do("dead"))


class Town:
    """The simulators: both departments, which take orders and then say nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    def open(self, keys: dict[str, Any], port: int) -> None:
        """Open their doors."""
        (self.folder / "keys.json").write_text(json.dumps(keys))
        command = [sys.executable, "-m", "onething.exchange.simulators", "--port", str(port), "--keys"]
        command += [str(self.folder / "keys.json"), "--callback", f"http://127.0.0.1:{port}/nobody"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self.process.stdout
        self.process.stdout.readline()
        self.port = port

    def behave(self, **control: Any) -> None:
        """Tell a department how to behave."""
        import httpx

        httpx.post(f"http://127.0.0.1:{self.port}/control", json=control, trust_env=False).raise_for_status()

    def close(self) -> None:
        """Close the doors."""
        if self.process:
            self.process.terminate()
            self.process.wait(20)


class Side:
    """The inside of one house."""

    def __init__(self, folder: Path) -> None:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from onething.exchange import queries
        from onething.exchange.tests import factories

        factories.load_regions()
        self.town, port = Town(Path(tempfile.mkdtemp(prefix="town-", dir=folder))), _free_port()
        address = f"http://127.0.0.1:{port}/d/{{}}/orders"
        ports = {
            code: factories.connect(code, "http", address=address.format(code), repeat_after=None)
            for code in ("police", "bank")
        }
        self.town.open({code: queries.handover(one) for code, one in ports.items()}, port)
        self.town.behave(department="*", silent=True)
        self.day = Day(factories.NOW, factories.person().pk, ports["bank"].pk)

    def serve(self) -> None:
        """Do what is said, until nothing more is."""
        try:
            for line in sys.stdin:
                word, *given = json.loads(line)
                print(json.dumps(getattr(self, word)(*given)), flush=True)
        finally:
            self.town.close()

    def step(self, seconds: float) -> float:
        """Let so much time pass; give the milliseconds that the police's order took."""
        return self.day.step(timedelta(seconds=seconds))

    def down(self, waiting: int) -> None:
        """Let the bank go down, with so many orders waiting."""
        self.town.behave(department="bank", status=503)
        _pile_up(os.environ["DATABASE_URL"], self.day, waiting)

    def up(self) -> None:
        """Let the bank answer again."""
        self.town.behave(department="bank", silent=True)

    def calls(self) -> int:
        """Count the calls to the bank so far."""
        return sum(n for who, n in self.day.calls.items() if "bank" in who)

    def left(self) -> int:
        """Count the bank's orders that still wait."""
        return self.day.left()

    def dead(self) -> int:
        """Count what was given up."""
        return _dead()


class Day:
    """The house as it goes from step to step: one order to the police in each, and whatever the sweep sets going."""

    def __init__(self, now: datetime, person: UUID, bank: UUID) -> None:
        self.now, self.person, self.bank = now, person, bank
        self.calls: Counter[str] = Counter()

    def step(self, passes: timedelta) -> float:
        """Let some time pass; time the police's order from its placing to its receipt."""
        from onething.exchange import services
        from onething.exchange.tests import factories
        from onething.kernel.access import SYSTEM

        self.now += passes
        services.send_due(actor=SYSTEM, now=self.now)
        due = _jobs()
        began = time.perf_counter()
        draft = factories.draft(person_id=self.person)
        services.place_orders(orders=[draft], actor=SYSTEM, now=self.now)
        for order_id in _jobs():
            self._deliver(order_id)
        taken = 1000 * (time.perf_counter() - began)
        for order_id in due:
            self._deliver(order_id)
        return taken

    def _deliver(self, order_id: UUID) -> None:
        from onething.exchange import connectors, services
        from onething.kernel.access import SYSTEM

        deliveries = services.claim_orders(order_id=order_id, actor=SYSTEM, now=self.now)
        if not deliveries:
            return
        from onething.plumbing import clock

        outcomes = connectors.send(deliveries, now=clock.now())
        services.record_attempts(deliveries=deliveries, outcomes=outcomes, actor=SYSTEM, now=self.now)
        who = "bank" if deliveries[0].port_id == self.bank else "police"
        self.calls[f"{who} {outcomes[0].verdict}"] += 1

    def left(self) -> int:
        """Count the bank's orders that still wait."""
        from onething.exchange.models import Order

        return Order.objects.filter(port_id=self.bank, state="waiting").count()


def _jobs() -> list[UUID]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_TAKE)
        values = [json.loads(args)["fact_values"] for (args,) in cursor.fetchall()]
    return [UUID(one["order_id"]) for one in values if "order_id" in one]


def _pile_up(url: str, day: Day, count: int) -> None:
    """Let so many orders of as many cases wait for the bank, all alike but for their ids."""
    import psycopg

    from large import fill
    from onething.exchange.models import Order
    from onething.exchange.tests import factories

    one = factories.order(department="bank", person_id=day.person)
    _jobs()
    Order.objects.filter(pk=one.pk).update(next_attempt_at=day.now)
    with psycopg.connect(url) as session:
        ids = [day.person, day.bank]
        fill.share(str(pk) for pk in ids)
        moulds = fill.moulds(session, one.case_id, one.case_number, "no division to change")
    copies = range(16, 16 + count)
    fill.pour(url, [mould for mould in moulds if mould.table == "exchange_order"], copies, old=copies)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _report(
    waiting: int, taken: dict[str, list[tuple[float, float]]], knocked: int, left: Sequence[int], dead: int
) -> dict[str, Any]:
    phases = {name: pairs for name, pairs in taken.items() if name != "warm" and len(pairs) > 1}
    before = _ratio(phases["before"], _p95)
    cost = {name: _ratio(pairs, _p95) / before for name, pairs in phases.items() if name != "before"}
    middle = {name: _ratio(pairs, statistics.median) for name, pairs in phases.items()}
    rates = [one - other for one, other in pairwise(left)]
    return {
        "python": platform.python_version(), "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load": round(os.getloadavg()[0], 1), "orders waiting": waiting,
        "p95_ms_of_the_others": {
            name: {"struck": round(_p95([one for one, _ in pairs]), 1), "spared": round(_p95([o for _, o in pairs]), 1)}
            for name, pairs in phases.items()
        },
        "p50 of the struck house, of the spared": {name: round(value, 3) for name, value in middle.items()},
        "p95 of the struck house, of the spared, of the same before": {
            name: round(value, 3) for name, value in cost.items()
        },
        "calls_to_the_one_that_is_down_in_the_hour": knocked,
        "drained": {
            "left": left[-1], "simulated seconds": len(rates) * STEP.seconds,
            "most in two seconds": max(rates, default=0), "dead letters": dead,
        },
        "goal": {"p95 in the hour, of before, at most": GOAL, "reached": cost["in the hour"] <= GOAL},
    }  # fmt: skip


def _ratio(pairs: Sequence[tuple[float, float]], of: Callable[[Sequence[float]], float]) -> float:
    return of([one for one, _ in pairs]) / of([other for _, other in pairs])


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[94] if len(times) > 1 else 0.0


def _dead() -> int:
    from onething.exchange.models import Order

    return Order.objects.filter(state="dead").count()


if __name__ == "__main__":
    main()
