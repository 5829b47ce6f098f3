"""Ours: replies handed to the service, every journal row and job written, the jobs of all listeners run.

What a reply sets going runs in its own transaction; it is counted by the facts that it wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from procrastinate.contrib.django import app as queue

from onething.cases import services as cases
from onething.cases.models import Case, Draft, Task
from onething.cases.tests import factories
from onething.exchange import services as exchange
from onething.exchange.models import Order
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing.journal.models import Entry
from spine_variants import town
from spine_variants.clockwork import Stopwatch

SPINE = ["default", "exchange"]
"""The queues that carry a case on."""

LETTERS = ["letters"]
"""Documents and letters (PDF, signature): run as well, and timed apart, for neither the floor nor the peer has any."""

_FETCH = """
SELECT id, queue_name, task_name, lock, args FROM procrastinate_fetch_job_v2(%s::varchar[], %s) WHERE id IS NOT NULL
"""
_TAKE_AWAY = "DELETE FROM procrastinate_jobs WHERE queue_name = %s RETURNING id, queue_name, task_name, lock, args"
_FINISH = "SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)"


@dataclass(frozen=True, slots=True)
class Job:
    """One job as the worker takes it."""

    id: int
    queue_name: str
    task_name: str
    lock: str | None
    args: dict[str, Any]


class Worker:
    """
    Runs what is queued, one job after the other: fetch, run, finish, with the queue's own statements.

    It looks when the database tells it that something was queued, as procrastinate's worker does. Its bookkeeping does
    not wait for the disk, as in site/worker.py. What procrastinate's loop itself costs (threads, heartbeats) is not in
    it.
    """

    def __init__(self, url: str) -> None:
        self.bookkeeping = psycopg.connect(
            url, autocommit=True, options="-c synchronous_commit=off", prepare_threshold=0
        )
        row = self.bookkeeping.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id").fetchone()
        assert row
        self.id = row[0]
        for name in SPINE:
            self.bookkeeping.execute(f'LISTEN "procrastinate_queue_v1#{name}"')

    def hears(self) -> bool:
        """Tell whether a job was queued since the last time, without asking the database."""
        return bool(list(self.bookkeeping.notifies(timeout=0)))

    def drain(self, queues: list[str]) -> Iterator[Job]:
        """Run every job of the queues that may run now, also those that come up meanwhile."""
        while row := self.bookkeeping.execute(_FETCH, [queues, self.id]).fetchone():
            job = Job(*row)
            queue.tasks[job.task_name](**job.args)
            self.bookkeeping.execute(_FINISH, [job.id])
            yield job

    def take_away(self, queue_name: str) -> list[Job]:
        """Take another worker's jobs out of the queue and give them."""
        return [Job(*row) for row in self.bookkeeping.execute(_TAKE_AWAY, [queue_name])]


@dataclass
class Carried:
    """One retirement as it was carried through: how long, by which jobs, and what else was done for it."""

    case: Case
    watch: Stopwatch = field(default_factory=Stopwatch)
    aside: Stopwatch = field(default_factory=Stopwatch)  # the outside event, which is no message; and the letters
    jobs: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)


class Ours:
    """Carries retirements through the product's services."""

    def __init__(self, url: str) -> None:
        self.worker = Worker(url)

    def carry(self, draft: Draft) -> Carried:
        """Submit, then let every department accept and approve; time what the messages cost."""
        return list(self.steps(draft))[-1]

    def steps(self, draft: Draft, jobs: list[Job] | None = None) -> Iterator[Carried]:
        """
        Carry one retirement through, stopping after every message.

        `jobs` collects what was queued for it; then the letters are only collected, and not written.
        """
        watch = Stopwatch()
        with watch.runs("submit"):
            case = cases.submit_case(draft=draft, actor=_citizen(draft), now=factories.NOW)
        carried = Carried(case, watch)
        self._react(carried, "jobs after submit", jobs)
        yield carried
        with carried.aside.runs("outside event"):
            cases.record_event(case=case, event=town.EVENT, actor=SYSTEM, now=factories.NOW)
        self._react(carried, "jobs after event", jobs)
        yield carried
        for matter in in_order(case):
            order_id = Order.objects.values_list("pk", flat=True).get(case_id=case.pk, matter=matter)
            self._say(carried, order_id, "accepted", None, jobs)
            yield carried
            self._say(carried, order_id, "approved", town.result_of(matter), jobs)
            yield carried
        with watch.runs("jobs heard of late"):
            late = list(self.worker.drain(SPINE))
        carried.jobs.update(job.task_name for job in late)
        case.refresh_from_db()
        assert case.state == "settled", case.state
        carried.facts.update(Entry.objects.filter(subject=case.pk).values_list("kind", flat=True))

    def _say(
        self, carried: Carried, order_id: UUID, kind: str, result: dict[str, Any] | None, jobs: list[Job] | None
    ) -> None:
        message = factories.message_id()
        with carried.watch.runs(kind):
            exchange.receive_reply(
                order_id=order_id, message_id=message, kind=kind, result=result, actor=SYSTEM, now=town.REPLIED
            )
        self._react(carried, f"jobs after {kind}", jobs)

    def _react(self, carried: Carried, part: str, jobs: list[Job] | None) -> None:
        with carried.watch.runs(part):
            done = list(self.worker.drain(SPINE)) if self.worker.hears() else []
        carried.jobs.update(job.task_name for job in done)
        if jobs is not None:
            jobs += [*done, *self.worker.take_away("letters")]
            return
        with carried.aside.runs("letters"):
            letters = list(self.worker.drain([*LETTERS, *SPINE]))  # with what they set going in turn
        self.worker.hears()
        carried.letters.update(job.task_name for job in letters)


def _citizen(draft: Draft) -> Actor:
    return Actor(
        door=Door.CITIZEN, person_id=draft.person_id, region=draft.region, permissions=frozenset({"cases.file_own"})
    )


def in_order(case: Case) -> list[str]:
    """Order the matters so that each comes after what it needs."""
    waiting = {task.matter: set(task.needs) for task in Task.objects.filter(case=case)}
    ordered: list[str] = []
    while waiting:
        ready = [matter for matter in sorted(waiting) if waiting[matter] <= set(ordered)]
        ordered += ready
        for matter in ready:
            del waiting[matter]
    return ordered
