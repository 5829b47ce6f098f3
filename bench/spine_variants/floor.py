"""
The floor: for each message the very rows that ours wrote for it, in one statement and one transaction.

Ours carries a retirement through in one database while its rows are read after every message; what is new becomes an
INSERT and what differs an UPDATE, all of one message in one WITH statement. A copy of that database, made before the
first case, then takes the same statements: same start, same constraints, indexes, triggers and durability.
Jobs are only written: what their reactions wrote is part of the statement of the message that set them going.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections
from psycopg import sql
from psycopg.types.json import Jsonb

from onething.cases.models import Draft
from spine_variants.clockwork import Stopwatch
from spine_variants.ours import Job, Ours

TABLES = {
    "cases_case": "id = %(case)s",
    "cases_task": "case_id = %(case)s",
    "cases_pause": "case_id = %(case)s",
    "cases_draft": "case_id = %(case)s OR id = %(draft)s",
    "cases_upload": "case_id = %(case)s OR draft_id = %(draft)s",
    "exchange_order": "case_id = %(case)s",
    "exchange_attempt": "order_id IN (SELECT id FROM exchange_order WHERE case_id = %(case)s)",
    "exchange_reply": "order_id IN (SELECT id FROM exchange_order WHERE case_id = %(case)s)",
    "journal_entry": "subject = %(case)s",
}
"""Every table that a message may write to, parents first, and which of its rows are a case's."""

OWN_VALUES = {"journal_entry": {"id", "transaction"}, "exchange_attempt": {"id"}, "cases_pause": {"id"}}
"""Columns that the database fills in itself."""

Row = dict[str, Any]
State = dict[str, dict[Any, Row]]


@dataclass(frozen=True, slots=True)
class Message:
    """All that one message writes, as one statement. The outside event is written too, and not counted."""

    statement: sql.Composed
    values: tuple[Any, ...]
    is_counted: bool


class Recorder:
    """Carries retirements through ours and keeps what each message wrote."""

    def __init__(self, url: str, ours: Ours) -> None:
        self.ours = ours
        self.reading = psycopg.connect(url, autocommit=True)
        self.types = {table: self._types(table) for table in [*TABLES, "procrastinate_jobs"]}

    def record(self, draft: Draft) -> list[Message]:
        """Carry one retirement through and give its messages."""
        jobs: list[Job] = []
        before = self._state(UUID(int=0), draft)
        messages = []
        for number, carried in enumerate(self.ours.steps(draft, jobs)):
            after = self._state(carried.case.pk, draft)
            messages.append(self._message(before, after, jobs, is_counted=number != 1))
            jobs.clear()
            before = after
        return messages

    def _state(self, case: UUID, draft: Draft) -> State:
        found: State = {}
        for table, condition in TABLES.items():
            cursor = self.reading.execute(f"SELECT * FROM {table} WHERE {condition}", {"case": case, "draft": draft.pk})
            names = [column.name for column in cursor.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in cursor]
            found[table] = {row["id"]: row for row in rows}
        return found

    def _types(self, table: str) -> Mapping[str, str]:
        rows = self.reading.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [table],
        )
        return dict(rows.fetchall())

    def _message(self, before: State, after: State, jobs: Iterable[Job], *, is_counted: bool) -> Message:
        parts: list[sql.Composed] = []
        values: list[Any] = []
        for table in TABLES:
            old, new = before[table], after[table]
            self._insert(table, [row for key, row in new.items() if key not in old], parts, values)
            for key, row in new.items():
                if key in old and row != old[key]:
                    self._update(table, old[key], row, parts, values)
        rows = [
            {"queue_name": job.queue_name, "task_name": job.task_name, "lock": job.lock, "args": job.args}
            for job in jobs
        ]
        self._insert("procrastinate_jobs", rows, parts, values)
        named = [sql.SQL("p{} AS ({})").format(sql.SQL(str(n)), part) for n, part in enumerate(parts)]
        return Message(sql.SQL("WITH {} SELECT 1").format(sql.SQL(", ").join(named)), tuple(values), is_counted)

    def _insert(self, table: str, rows: list[Row], parts: list[sql.Composed], values: list[Any]) -> None:
        if not rows:
            return
        columns = [name for name in rows[0] if name not in OWN_VALUES.get(table, ())]
        line = sql.SQL("({})").format(sql.SQL(", ").join(self._place(table, name) for name in columns))
        parts.append(
            sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.SQL(", ").join([line] * len(rows)),
            )
        )
        values += [self._value(table, name, row[name]) for row in rows for name in columns]

    def _update(self, table: str, old: Row, new: Row, parts: list[sql.Composed], values: list[Any]) -> None:
        changed = [name for name in new if new[name] != old[name]]
        settings = [sql.SQL("{} = {}").format(sql.Identifier(name), self._place(table, name)) for name in changed]
        parts.append(
            sql.SQL("UPDATE {} SET {} WHERE id = %s").format(sql.Identifier(table), sql.SQL(", ").join(settings))
        )
        values += [self._value(table, name, new[name]) for name in changed] + [new["id"]]

    def _place(self, table: str, name: str) -> sql.Composable:
        return sql.SQL(f"%s::{self.types[table][name]}")

    def _value(self, table: str, name: str, value: Any) -> Any:
        return Jsonb(value) if self.types[table][name] == "jsonb" and value is not None else value


def copy_of(url: str) -> str:
    """Copy the database as it is now, and give the copy's address. Nobody may be connected to it meanwhile."""
    connections.close_all()
    base, _, name = url.rpartition("/")
    with psycopg.connect(f"{base}/postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE floor TEMPLATE {}").format(sql.Identifier(name)))
    return f"{base}/floor"


class Floor:
    """Writes recorded messages down again, into the copy."""

    def __init__(self, url: str) -> None:
        # A statement of its own is a transaction of its own; prepared at once, as ours are.
        self.connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)

    def carry(self, messages: list[Message]) -> Stopwatch:
        """Write one retirement down; time its 27 messages."""
        watch = Stopwatch()
        for message in messages:
            if message.is_counted:
                with watch.runs("messages"):
                    self.connection.execute(message.statement, message.values)
            else:
                self.connection.execute(message.statement, message.values)
        return watch
