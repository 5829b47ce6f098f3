"""
A department that is down for an hour, with ten thousand orders waiting: what it costs the others, and how it drains.

One simulated hour in steps of two seconds, as the sweep looks; every call goes over HTTP to a simulator. `bank` is down
(503) and has 10,000 orders waiting, multiplied from one by COPY. To `police` one order is placed and handed over in
every step, and timed: before the outage, in its hour, and while the bank's orders drain. A worker's part is played by
one thread, so whatever the bank costs, the police's order has to wait for it: worse than in the house, where a
department has at most so many calls beside each other.

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
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(Path(__file__).parent))

from servers import fresh_server  # noqa: E402  # beside this file

RESULTS = Path(__file__).parent / "results" / "outage.json"
WAITING = 10_000
STEP = timedelta(seconds=2)
BEFORE, HOUR, DRAIN_AT_MOST = 300, 1800, 150  # steps; draining is the same all along
GOAL = 1.1
_TAKE = "DELETE FROM procrastinate_jobs RETURNING args"


def main() -> None:
    """Measure on a server of our own, print, write down."""
    waiting = int(sys.argv[1]) if len(sys.argv) > 1 else WAITING
    with fresh_server() as (url, folder):
        report = measured(url, folder, waiting)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


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


def measured(url: str, folder: Path, waiting: int) -> dict[str, Any]:
    """Play the hour."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from onething.exchange.tests import factories

    factories.load_regions()
    town = Town(Path(tempfile.mkdtemp(prefix="town-", dir=folder)))
    try:
        return _hour(url, town, waiting)
    finally:
        town.close()


def _hour(url: str, town: Town, waiting: int) -> dict[str, Any]:
    from onething.exchange import queries
    from onething.exchange.tests import factories

    port = _free_port()
    ports = {
        code: factories.connect(code, "http", address=f"http://127.0.0.1:{port}/d/{code}/orders", repeat_after=None)
        for code in ("police", "bank")
    }
    town.open({code: queries.handover(one) for code, one in ports.items()}, port)
    town.behave(department="*", silent=True)
    day = Day(factories.NOW, factories.person().pk, ports["bank"].pk)
    for _ in range(20):
        day.step([])  # warm
    before: list[float] = []
    for _ in range(BEFORE):
        day.step(before)
    town.behave(department="bank", status=503)
    _pile_up(url, day, waiting)
    during: list[float] = []
    for _ in range(HOUR):
        day.step(during)
    in_the_hour = day.calls.copy()
    town.behave(department="bank", silent=True)
    draining: list[float] = []
    drained, rates = 0, []
    while day.left() and drained < DRAIN_AT_MOST:
        calls = day.calls["bank delivered"]
        day.step(draining)
        rates.append(day.calls["bank delivered"] - calls)
        drained += 1
    return _report(waiting, before, during, draining, in_the_hour, rates, day)


class Day:
    """The house as it goes from step to step: one order to the police in each, and whatever the sweep sets going."""

    def __init__(self, now: datetime, person: UUID, bank: UUID) -> None:
        self.now, self.person, self.bank = now, person, bank
        self.calls: Counter[str] = Counter()

    def step(self, taken: list[float]) -> None:
        """Let two seconds pass; time the police's order from its placing to its receipt."""
        from onething.exchange import services
        from onething.exchange.tests import factories
        from onething.kernel.access import SYSTEM

        self.now += STEP
        services.send_due(actor=SYSTEM, now=self.now)
        due = _jobs()
        began = time.perf_counter()
        draft = factories.draft(person_id=self.person)
        services.place_orders(orders=[draft], actor=SYSTEM, now=self.now)
        for order_id in _jobs():
            self._deliver(order_id)
        taken.append(1000 * (time.perf_counter() - began))
        for order_id in due:
            self._deliver(order_id)

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
    fill.pour(url, [mould for mould in moulds if mould.table == "exchange_order"], range(16, 16 + count), old=range(0))


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _report(
    waiting: int, before: Sequence[float], during: Sequence[float], draining: Sequence[float],
    in_the_hour: Counter[str], rates: Sequence[int], day: Day,
) -> dict[str, Any]:  # fmt: skip
    quiet = _p95(before)
    return {
        "python": platform.python_version(), "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load": round(os.getloadavg()[0], 1), "orders waiting": waiting, "hour in steps of": f"{STEP.seconds} s",
        "p95_ms_of_the_others": {
            "before": round(quiet, 1), "in the hour": round(_p95(during), 1), "draining": round(_p95(draining), 1),
        },
        "p50_ms_of_the_others": {
            "before": round(statistics.median(before), 1), "in the hour": round(statistics.median(during), 1),
            "draining": round(statistics.median(draining), 1) if draining else None,
        },
        "of_before": {
            "p95 in the hour": round(_p95(during) / quiet, 3), "p95 draining": round(_p95(draining) / quiet, 3),
            "p50 in the hour": round(statistics.median(during) / statistics.median(before), 3),
        },
        "calls_to_the_one_that_is_down_in_the_hour": sum(n for who, n in in_the_hour.items() if "bank" in who),
        "drained": {
            "left": day.left(), "simulated seconds": len(rates) * STEP.seconds,
            "most in two seconds": max(rates, default=0), "dead letters": _dead(),
        },
        "goal": {"p95 in the hour, of before, at most": GOAL, "reached": _p95(during) / quiet <= GOAL},
    }  # fmt: skip


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[94] if len(times) > 1 else 0.0


def _dead() -> int:
    from onething.exchange.models import Order

    return Order.objects.filter(state="dead").count()


if __name__ == "__main__":
    main()
