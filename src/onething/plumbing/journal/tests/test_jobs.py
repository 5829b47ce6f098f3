"""Jobs of a worker that was killed are run again by another, whatever else waits. Found by fire: seed 1."""

from __future__ import annotations

import asyncio

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app as queue

from onething.plumbing.journal import jobs

pytestmark = pytest.mark.django_db(transaction=True)

_OF_A_DEAD_WORKER = """
WITH worker AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes') RETURNING id)
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, queueing_lock, attempts, worker_id)
SELECT 'sweeps', %s, 0, '{}', 'doing', %s, 0, id FROM worker RETURNING id
"""
_WAITS = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, queueing_lock, attempts)
VALUES ('sweeps', %s, 0, '{}', 'todo', %s, 0) RETURNING id
"""


def put(statement: str, task: str, lock: str | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, [task, lock])
        return int(cursor.fetchone()[0])


async def _in_the_worker(workers: int = 1) -> None:
    with queue.replace_connector(queue.connector.get_worker_connector()) as running:
        async with running.open_async():
            await asyncio.gather(*(jobs.retry_stalled(running) for _ in range(workers)))


def put_off(*given: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE id = ANY(%s) AND scheduled_at > now() - interval '1 day'",
            [list(given)],
        )
        return int(cursor.fetchone()[0])


def states(*jobs: int) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs WHERE id = ANY(%s)", [list(jobs)])
        return dict(cursor.fetchall())


def test_a_dead_sweep_whose_next_run_waits_is_ended_and_keeps_no_other_job_from_its_worker() -> None:
    dead = put(_OF_A_DEAD_WORKER, "tests.sweep", "tests.sweep")
    waiting = put(_WAITS, "tests.sweep", "tests.sweep")
    letter = put(_OF_A_DEAD_WORKER, "tests.letter", None)
    lonely = put(_OF_A_DEAD_WORKER, "tests.other_sweep", "tests.other_sweep")
    async_to_sync(_in_the_worker)()
    assert states(dead, waiting, letter, lonely) == {waiting: "todo", letter: "todo", lonely: "todo"}


def test_two_workers_that_find_the_same_dead_one_give_back_all_its_jobs() -> None:
    given = {put(_OF_A_DEAD_WORKER, f"tests.letter_{number}", None) for number in range(30)}
    async_to_sync(_in_the_worker)(2)
    assert states(*given) == dict.fromkeys(given, "todo")


def test_what_is_given_back_is_due_by_every_clock_also_where_the_workers_own_is_ahead() -> None:
    sweep = put(_OF_A_DEAD_WORKER, "tests.sweep", "tests.sweep_due")
    async_to_sync(_in_the_worker)()
    assert (states(sweep), put_off(sweep)) == ({sweep: "todo"}, 0)
