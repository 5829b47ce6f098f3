"""Writing facts: collected while a service runs, written once, at the end of its transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from onething.kernel.access import Actor
from onething.plumbing.journal import facts
from onething.plumbing.journal.facts import Fact
from onething.plumbing.journal.listening import listeners_of

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class _Entry:
    fact: Fact
    actor: str
    region: str
    at: datetime


_open: ContextVar[list[_Entry] | None] = ContextVar("open_entries", default=None)


def writes(service: Callable[P, R]) -> Callable[P, R]:
    """
    Make a service one transaction whose facts are written together at its end.

    Inside another service it becomes a part of that one: a refusal takes back its rows and its facts.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        entries = _open.get()
        if entries is not None:
            return _nested(entries, service, *args, **kwargs)
        collected: list[_Entry] = []
        token = _open.set(collected)
        try:
            with transaction.atomic():
                result = service(*args, **kwargs)
                _write(collected)
                return result
        finally:
            _open.reset(token)

    return run


def _nested(entries: list[_Entry], service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    before = len(entries)
    try:
        with transaction.atomic():
            return service(*args, **kwargs)
    except BaseException:
        del entries[before:]
        raise


def publish(fact: Fact, *, actor: Actor, at: datetime) -> None:
    """
    Publish a fact: one journal row and one job per listener, in the caller's transaction.

    Refuses (RuntimeError) outside a transaction: a fact without its change would be a rumour.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{fact.kind} was published outside a transaction")
    entry = _Entry(fact, actor.reference, actor.region, at)
    collected = _open.get()
    if collected is None:
        _write([entry])
    else:
        collected.append(entry)


_WRITE = """
WITH entry AS (
    INSERT INTO journal_entry (kind, subject, actor, region, at, payload, digest)
    SELECT kind, subject, actor, region, at, payload, digest
    FROM unnest(%s::text[], %s::uuid[], %s::text[], %s::text[], %s::timestamptz[], %s::jsonb[], %s::bytea[])
         AS e(kind, subject, actor, region, at, payload, digest)
)
SELECT procrastinate_defer_jobs_v1(
    array_agg((queue, task, 0, lock, NULL, args, NULL)::procrastinate_job_to_defer_v1))
FROM unnest(%s::text[], %s::text[], %s::text[], %s::jsonb[]) AS j(queue, task, lock, args)
HAVING count(*) > 0
"""


def _write(entries: list[_Entry]) -> None:
    if not entries:
        return
    rows: list[tuple[Any, ...]] = []
    jobs: list[tuple[Any, ...]] = []
    for entry in entries:
        payload = entry.fact.to_json()
        rows.append(_row(entry, payload))
        for listener in listeners_of(type(entry.fact)):
            values = Jsonb({"fact_values": payload})
            jobs.append((listener.queue, listener.task, listener.lock_for(payload), values))
    columns = [list(column) for column in zip(*rows, strict=True)]
    columns += [list(column) for column in zip(*jobs, strict=True)] if jobs else [[], [], [], []]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, columns)


def _row(entry: _Entry, payload: dict[str, Any]) -> tuple[Any, ...]:
    kind, subject, actor, region, at = entry.fact.kind, entry.fact.subject, entry.actor, entry.region, entry.at
    digest = facts.digest(kind=kind, subject=subject, actor=actor, region=region, at=at, payload=payload)
    return kind, subject, actor, region, at, Jsonb(payload), digest
