"""One run from the first process to the verdict. Loads Django: the places are named in the environment before."""

from __future__ import annotations

import argparse
import json
import os
import platform
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psycopg

from chaos import echoes, plan, verdict
from chaos.blows import Fire
from chaos.echoes import Echoes
from chaos.house import Disk, House
from chaos.plan import Fault, Kind
from chaos.wires import Wire
from onething.plumbing import database
from onething.site import installing

if TYPE_CHECKING:
    from chaos.people import Story

REPEAT_AFTER = timedelta(seconds=10)
"""An order that was taken and never acknowledged is said again: in the field after ten minutes."""

TO_US = 0.75
"""The share of echoes that comes to the house; the others go to the departments."""


class Run:
    """One run."""

    def __init__(self, asked: argparse.Namespace, home: Path) -> None:
        self.asked, self.home = asked, home
        self.house = House(home, Disk(database.cluster_folder()))
        seed = asked.seed
        self.out = Wire("orders", partial(plan.message_fault, seed, "orders"))
        self.back = Wire("replies", partial(plan.message_fault, seed, "replies"))
        self.fire = Fire(self.house, (self.out, self.back))
        self.echoes: list[Echoes] = []

    def through(self) -> dict[str, Any]:
        """Set up, burn, calm, judge."""
        began = time.monotonic()
        self._set_up()
        from chaos import people

        story = people.Story()
        threading.excepthook = lambda fall: story.problems.append(f"a thread of ours fell: {fall.exc_value!r}")
        crowd = people.Crowd(
            self.house.web_address, people.prepare(self.asked.people), story, most_cases=self.asked.cases,
            most_open=self.asked.open,
        )  # fmt: skip
        self.house.start()
        crowd.plan()
        supervisor = people.Supervisor(story)
        supervisor.begin()
        hands = crowd.run()
        seconds = self.asked.minutes * 60
        self._say("it burns")
        for echo in self.echoes:
            echo.begin()
        self.fire.burn(plan.blows(self.asked.seed, seconds, self._every()), seconds)
        crowd.stopping.set()
        self._calm_down()
        for hand in hands:
            hand.join(people.GIVES_UP)
        calm = self._wait_for_rest()
        supervisor.stopping.set()
        return self._judged(story, seconds, calm, time.monotonic() - began)

    def _every(self) -> dict[Kind, float]:
        given = dict(pair.split("=") for pair in self.asked.every.split(",") if pair)
        return plan.EVERY | {Kind(name): float(seconds) for name, seconds in given.items()}

    def _say(self, words: str) -> None:
        print(f"{datetime.now(UTC):%H:%M:%S} {words}", flush=True)  # noqa: T201  # a command's progress

    def _set_up(self) -> None:
        address = self.house.postgres.begin()
        self._say(f"home {self.home}, database {address.port}, web {self.house.web_port}")
        installing.set_django_up()
        installing.migrate_database()
        installing.publish_packs(*installing.SHIPPED_PACKS, *installing.DEMO_PACKS)
        installing.collect_static()
        from onething.site.demo import county

        county.load()
        self.out.target, self.back.target = self.house.simulators_address, self.house.web_address
        self._connect()

    def _connect(self) -> None:
        from onething.exchange import queries
        from onething.exchange import services as exchange
        from onething.kernel.access import SYSTEM
        from onething.plumbing import clock
        from onething.site.demo import county

        keys = {}
        house = None
        for office in county.departments():
            made = exchange.connect_department(
                code=office.code, title=office.title, connector="http", region=county.COUNTY, organisation=office.code,
                address=f"{self.out.address}/d/{office.code}/orders", repeat_after=REPEAT_AFTER, actor=SYSTEM,
                now=clock.now(),
            )  # fmt: skip
            keys[office.code] = queries.handover(made.department)
            house = queries.keyring_of(made.department).house
        file = self.home / "departments.json"
        file.write_text(json.dumps(keys))
        if self.asked.echoes and house:
            to_us, to_them = self.asked.echoes * TO_US, self.asked.echoes * (1 - TO_US)
            self.echoes = [
                Echoes(self.back, self.asked.seed, echoes.department_key(keys), to_us),
                Echoes(self.out, self.asked.seed, echoes.house_key(house), to_them),
            ]
        callback = f"{self.back.address}/api/v1/exchange/replies"
        arguments = ["--port", str(self.house.simulators_port), "--callback", callback, "--keys", str(file)]
        self.house.start_simulators([*arguments, "--pace", str(self.asked.pace)])

    def _calm_down(self) -> None:
        self._say("the fire is out")
        for echo in self.echoes:
            echo.end()
        for wire in (self.out, self.back):
            wire.is_calm, wire.is_cut = True, False
        self.house.disk.empty()
        self.house.turn_clock(0)

    def _wait_for_rest(self) -> float:
        began = time.monotonic()
        while time.monotonic() - began < self.asked.calm * 60 and self._moves():
            time.sleep(1)
        return time.monotonic() - began

    def _moves(self) -> bool:
        try:
            with self.house.session() as session:
                return any(session.execute(statement).fetchone() != (0,) for statement in _MOVES)
        except psycopg.Error:
            return True

    def _judged(self, story: Story, burnt: float, calm: float, whole: float) -> dict[str, Any]:
        ledger = httpx.get(f"{self.house.simulators_address}/ledger", timeout=60, trust_env=False).json()
        with verdict.connect(self.house.postgres.address.url) as session:
            found = self._found(session, ledger["orders"], story)
            there = verdict.tally(session)
        took = {"burnt": burnt, "until rest": calm, "whole": whole}
        return {
            "seed": self.asked.seed, "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "minutes": {name: round(seconds / 60, 2) for name, seconds in took.items()},
            "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()},
            **self._done_to_it(),
            "cases": len(story.submitted), "taken_back": len(story.withdrawn), "seen": dict(sorted(story.seen.items())),
            "executed": ledger["executed"], "received": ledger["received"], "there": there, **found,
        }  # fmt: skip

    def _done_to_it(self) -> dict[str, Any]:
        messages = {wire.name: dict(sorted(wire.counts.items())) for wire in (self.out, self.back)}
        harmed = sum(count for line in messages.values() for what, count in line.items() if what != Fault.NONE)
        copies = {echo.wire.name: dict(sorted(echo.answers.items())) for echo in self.echoes}
        heard = sum(echo.heard.total() for echo in self.echoes)
        return {
            "messages": messages, "faults_on_messages": harmed + heard, "faults_on_the_way": harmed,
            "copies_that_came_again": heard, "copies": copies, "copies_unheard": sum(e.unheard for e in self.echoes),
            "foreign_ones_that_a_blind_choice_would_have_made_twins": sum(e.twins for e in self.echoes),
            "blows": dict(sorted(self.fire.fallen.items())), "blows_missed": dict(sorted(self.fire.missed.items())),
            "raised_again": dict(self.house.raised), "clock": "libfaketime" if self.house.has_clock else "not turned",
            "disk": "tmpfs" if self.house.disk.is_small else "not filled",
        }  # fmt: skip

    def _found(self, session: verdict.Session, ledger: verdict.Ledger, story: Story) -> dict[str, Any]:
        from onething.catalogue import planning

        broken = verdict.broken(session, ledger, story.submitted)
        deadlines, wrong = verdict.wrong_deadlines(session, planning.calendar())
        verifies, journal = verdict.journal_says()
        agree, counters = verdict.tallies_say()
        more = {
            "a deadline does not recompute": wrong,
            "the journal does not verify": [] if verifies else [journal],
            "a number on the tabs is not what the rows say": [] if agree else [counters],
            "people were not served": story.problems[:20],
            "a spoilt copy was taken": [spoilt for echo in self.echoes for spoilt in echo.taken][:20],
        }
        broken |= {words: things for words, things in more.items() if things}
        return {"deadlines_recomputed": deadlines, "journal": journal, "broken": broken}

    def close(self) -> None:
        """End everything."""
        for wire in (self.out, self.back):
            wire.close()
        self.house.close()


_MOVES = (
    verdict.RUNNING,
    "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name <> 'sweeps'",
    "SELECT count(*) FROM exchange_amendment WHERE state = 'waiting'",
)
