"""One side of the comparison, told line by line what to do: `carry`, `list NAME`, `end`. Answers with JSON lines."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
ROUNDS_ON_STOCK = 33
DESK = "police-desk"
TURNS = 60


def main() -> None:
    """Set up a database (argument: its address, cases, open cases, cases with history), then do what is said."""
    url, cases, running, history = sys.argv[1], *map(int, sys.argv[2:5])
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "onething.site.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from spine_variants import town
    from spine_variants.ours import Ours

    drafts = town.build(ROUNDS_ON_STOCK)
    ours = Ours(url)
    took = _fill(url, ours, drafts, cases, running, history) if cases else 0.0
    _say({"ready": True, "seconds": round(took, 1), "rows": _rows()})
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "carry":
            _say({"ms": 1000 * ours.carry(drafts.pop()).watch.total})
        elif word == "list":
            _say(_turn(LISTS[rest]()))
        else:
            return


def _say(values: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def _fill(url: str, ours: Any, drafts: list[Any], cases: int, running: int, history: int) -> float:
    import psycopg

    from large import fill
    from onething.cases import services
    from onething.cases.tests import factories
    from onething.kernel.access import SYSTEM

    began = time.perf_counter()
    settled = ours.carry(drafts.pop()).case
    open_one = services.submit_case(draft=drafts.pop(), actor=SYSTEM, now=factories.NOW)
    services.record_event(case=open_one, event="army_remittance", actor=SYSTEM, now=factories.NOW)
    with psycopg.connect(url) as session:
        shared = "SELECT id::text FROM catalogue_release UNION SELECT id::text FROM exchange_department"
        fill.share(row[0] for row in session.execute(shared))
        done = fill.moulds(session, settled.pk, settled.number, factories.REGION)
        begun = fill.moulds(session, open_one.pk, open_one.number, factories.REGION)
    first = 16
    fill.pour(url, begun, range(first, first + running), old=range(first, first + min(running, history)))
    after = first + running
    fill.pour(url, done, range(after, first + cases), old=range(after, after + max(0, min(history, cases) - running)))
    fill.spread(url, DESK)
    return time.perf_counter() - began


def _rows() -> dict[str, int]:
    from django.db import connection

    from large.fill import TABLES

    with connection.cursor() as cursor:
        counted = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")  # constants
            counted[table] = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM cases_task WHERE ended_at IS NULL")
        counted["open tasks"] = cursor.fetchone()[0]
        cursor.execute("SELECT pg_database_size(current_database()) / 1000000")
        counted["megabytes"] = cursor.fetchone()[0]
    return counted


def _turn(page: Callable[[], object]) -> dict[str, Any]:
    """Turn a page so many times; give milliseconds and the number of statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page()
    with CaptureQueriesContext(connection) as asked:
        page()
    taken = []
    for _ in range(TURNS):
        began = time.perf_counter()
        page()
        taken.append(1000 * (time.perf_counter() - began))
        if sum(taken) > 30_000:
            break
    taken.sort()
    return {"p50": taken[len(taken) // 2], "p95": taken[int(len(taken) * 0.95)], "statements": len(asked)}


def _staff(region: str, organisation: str, *permissions: str) -> Any:
    from uuid import uuid4

    from onething.kernel.access import Actor, Door

    return Actor(
        door=Door.STAFF, account_id=uuid4(), post_id=uuid4(), organisation=organisation, region=region,
        permissions=frozenset(permissions),
    )  # fmt: skip


def _desk() -> Callable[[], object]:
    """A clerk's work list: the desk's open orders, of five hundred matters, first page with its tabs."""
    from onething.cases.tests import factories
    from onething.exchange import queue
    from onething.plumbing import clock

    clerk = _staff("990123000000", DESK, "exchange.answer_order", "exchange.work_queue")
    ask = queue.Ask(now=factories.NOW, today=clock.day_of(factories.NOW))
    return lambda: queue.page_of(clerk, ask)


def _menu() -> Callable[[], object]:
    """The number beside “My queue” in the menu of every page."""
    from onething.cases.tests import factories
    from onething.exchange import queue
    from onething.plumbing import clock

    clerk = _staff("990123000000", DESK, "exchange.answer_order", "exchange.work_queue")
    ask = queue.Ask(now=factories.NOW, today=clock.day_of(factories.NOW), is_mine=False)
    return lambda: queue.waiting(clerk, ask)


def _cases(region: str) -> Callable[[], Callable[[], object]]:
    def made() -> Callable[[], object]:
        from onething.cases import queries
        from onething.cases.states import CaseState
        from onething.cases.tests import factories
        from onething.plumbing import clock

        clerk, today = _staff(region, "hall", "cases.read_case"), clock.day_of(factories.NOW)

        def page() -> object:
            found = queries.work_list(clerk, today=today).filter(state=CaseState.RUNNING)
            return list(queries.with_rows(found)[:50]), queries.pile_sizes(clerk, today=today)

        return page

    return made


LISTS: dict[str, Callable[[], Callable[[], object]]] = {
    "desk": _desk,
    "menu": _menu,
    "village": _cases("990123001001"),
    "county": _cases("990123000000"),
    "province": _cases("990000000000"),
}

if __name__ == "__main__":
    main()
