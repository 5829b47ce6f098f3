"""What must be true when the fire is out, judged from outside: plain SQL, and the departments' own ledger."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

from onething.kernel import workdays
from onething.kernel.workdays import Calendar, Stop
from onething.plumbing import clock

Ledger = Mapping[str, Mapping[str, Any]]
Session = psycopg.Connection[dict[str, Any]]

RUNNING = "SELECT count(*) AS n FROM cases_case WHERE state = 'running'"

STATEMENTS: dict[str, str] = {
    "a case has not come to its end": """
        SELECT number AS what FROM cases_case WHERE state NOT IN ('settled', 'withdrawn')""",
    "a matter is open in a case that has ended": """
        SELECT c.number || ' ' || t.matter AS what FROM cases_task t JOIN cases_case c ON c.id = t.case_id
        WHERE c.state <> 'running' AND t.state IN ('not_yet', 'at_department', 'in_work', 'with_person')""",
    "a matter went out without an order": """
        SELECT t.id::text AS what FROM cases_task t WHERE t.started_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM exchange_order o WHERE o.task_id = t.id)""",
    "a matter was decided and its order was not answered": """
        SELECT t.id::text || ' ' || t.state || ' ' || o.state AS what FROM cases_task t
        JOIN exchange_order o ON o.task_id = t.id WHERE (t.state IN ('done', 'refused')) <> (o.state = 'answered')""",
    "an open order has no owner, or nobody is told by any time": """
        SELECT id::text AS what FROM exchange_order WHERE state IN ('waiting', 'sent', 'acknowledged', 'dead')
        AND (owner = '' OR tell_by IS NULL)""",
    "an order was given up and nobody was told": """
        SELECT id::text AS what FROM exchange_order WHERE state = 'dead' AND told_at IS NULL""",
    "an order was sent and has no attempt": """
        SELECT id::text AS what FROM exchange_order o WHERE sent_at IS NOT NULL AND receipt <> 'desk'
        AND NOT EXISTS (SELECT 1 FROM exchange_attempt a WHERE a.order_id = o.id)""",
    "attempts of an order are not numbered through": """
        SELECT order_id::text AS what FROM exchange_attempt GROUP BY order_id HAVING max(number) <> count(*)""",
    "a withdrawal waits although the fire is out": """
        SELECT id::text AS what FROM exchange_amendment WHERE state = 'waiting'""",
    "two replies were applied as the decision of one order": """
        SELECT order_id::text AS what FROM exchange_reply WHERE disposition = 'applied'
        AND kind IN ('approved', 'refused') GROUP BY order_id HAVING count(*) > 1""",
    "a fact was recorded twice": """
        SELECT kind || ' ' || (payload ->> 'case_id') AS what FROM journal_entry
        WHERE kind IN ('cases.CaseSubmitted', 'cases.CaseSettled', 'cases.CaseWithdrawn')
        GROUP BY kind, payload ->> 'case_id' HAVING count(*) > 1""",
    "a matter was settled twice": """
        SELECT (payload ->> 'case_id') || ' ' || (payload ->> 'matter') AS what FROM journal_entry
        WHERE kind = 'cases.TaskSettled' GROUP BY payload ->> 'case_id', payload ->> 'matter' HAVING count(*) > 1""",
    "a settled case has no slip, or more than one": """
        SELECT c.number AS what FROM cases_case c WHERE c.state <> 'running' AND 1 <> (
            SELECT count(*) FROM correspondence_document d WHERE d.case_id = c.id AND d.kind = 'slip')""",
    "a job was given up": """
        SELECT task_name || ' ' || id AS what FROM procrastinate_jobs
        WHERE status = 'failed' AND queue_name <> 'sweeps'""",
    "a person has two cases that run at once": """
        SELECT person_id::text AS what FROM cases_case WHERE state = 'running'
        GROUP BY person_id HAVING count(*) > 1""",
}


def broken(session: Session, ledger: Ledger, submitted: Mapping[str, int]) -> dict[str, list[str]]:
    """Find what is not as it must be: sentence → what breaks it (at most twenty each)."""
    found = {words: _first(session, statement) for words, statement in STATEMENTS.items()}
    found |= {words: list(things)[:20] for words, things in _compared(session, ledger, submitted)}
    return {words: things for words, things in found.items() if things}


def _first(session: Session, statement: str) -> list[str]:
    return [str(row["what"]) for row in session.execute(statement).fetchmany(20)]


def _compared(session: Session, ledger: Ledger, submitted: Mapping[str, int]) -> Iterator[tuple[str, list[str]]]:
    orders = {str(row["id"]): row["state"] for row in session.execute("SELECT id, state FROM exchange_order")}
    done = {order: line["executed"] for order, line in ledger.items()}
    yield "an order was executed more than once", [order for order, count in done.items() if count > 1]
    yield (
        "an answered order was not executed exactly once",
        [order for order, state in orders.items() if state == "answered" and done.get(order) != 1],
    )
    yield "a department knows an order that we do not", [order for order in ledger if order not in orders]
    yield "a reply that we acknowledged is not there", list(_lost_replies(session, ledger))
    numbers = {row["number"] for row in session.execute("SELECT number FROM cases_case")}
    yield "a case whose number was given to its person is not there", sorted(set(submitted) - numbers)
    yield "a case is there that nobody was given", sorted(numbers - set(submitted))


def _lost_replies(session: Session, ledger: Ledger) -> Iterator[str]:
    rows = session.execute("SELECT order_id, kind, sum(deliveries)::int AS n FROM exchange_reply GROUP BY 1, 2")
    kept = {(str(row["order_id"]), row["kind"]): row["n"] for row in rows}
    for order, line in ledger.items():
        for kind, count in line["said"].items():
            if ":" not in kind and kept.get((order, kind), 0) < count:
                yield f"{order} {kind}: said {count}, kept {kept.get((order, kind), 0)}"


_DEADLINES = """
SELECT t.id, t.started_at, t.days, t.due, t.deadline,
       coalesce(json_agg(json_build_array(p.since, p.until)) FILTER (WHERE p.id IS NOT NULL), '[]') AS pauses
FROM cases_task t LEFT JOIN cases_pause p ON p.task_id = t.id AND p.why = 'correction'
WHERE t.deadline IS NOT NULL GROUP BY t.id
"""


def wrong_deadlines(session: Session, calendar: Calendar) -> tuple[int, list[str]]:
    """Count every deadline again from the day its matter was started; give how many, and those that differ."""
    rows = session.execute(_DEADLINES).fetchall()
    return len(rows), [f"{row['id']} {row['due']}" for row in rows if not _is_right(row, calendar)][:20]


def _is_right(row: Mapping[str, Any], calendar: Calendar) -> bool:
    stops = tuple(Stop(since=_day(since), until=_day(until), why="", why_en="") for since, until in row["pauses"])
    counted = workdays.add_working_days(calendar, clock.day_of(row["started_at"]), row["days"], stops)
    return bool(counted.due == row["due"])


def _day(text: str | None) -> Any:
    return datetime.fromisoformat(text).date() if text else None


def journal_says() -> tuple[bool, str]:
    """Let `onething journal verify` judge the journal."""
    return _command("journal", "verify")


def tallies_say() -> tuple[bool, str]:
    """Let `onething tallies check` compare the kept counters with the rows."""
    return _command("tallies", "check")


def _command(*words: str) -> tuple[bool, str]:
    command = [sys.executable, "-m", "onething.site.cli", *words]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ})
    return done.returncode == 0, (done.stdout + done.stderr).strip()[-600:]


def tally(session: Session) -> dict[str, int]:
    """Count what there is."""
    counts: Counter[str] = Counter()
    for table, words in _TABLES.items():
        for row in session.execute(f"SELECT {words} AS state, count(*) AS n FROM {table} GROUP BY 1"):  # noqa: S608  # constants
            counts[f"{table.partition('_')[2]} {row['state']}"] = row["n"]
    return dict(sorted(counts.items()))


_TABLES = {
    "cases_case": "state", "cases_task": "state", "exchange_order": "state", "exchange_attempt": "outcome",
    "exchange_reply": "disposition", "exchange_amendment": "kind || ' ' || state", "exchange_sharing": "outcome",
}  # fmt: skip


def connect(url: str) -> Session:
    """Open a session that gives rows by name."""
    return psycopg.connect(url, autocommit=True, row_factory=dict_row)
