"""Writing facts: collected while a service runs, written once, at the end of its transaction."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from onething.kernel.access import Actor
from onething.plumbing import prepared
from onething.plumbing.journal import facts
from onething.plumbing.journal.facts import Fact
from onething.plumbing.journal.listening import listeners_of

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Entry:
    fact: Fact
    actor: str
    region: str
    at: datetime


class _Book:
    """What one running service has published so far, and what it has read and need not read again."""

    __slots__ = ("entries", "once")

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self.once: dict[Hashable, Any] = {}


_open: ContextVar[_Book | None] = ContextVar("open_book", default=None)


def writes(service: Callable[P, R]) -> Callable[P, R]:
    """
    Make a service one transaction whose facts are written together at its end.

    Inside another service it becomes a part of that one: a refusal takes back its rows and its facts.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        book = _open.get()
        if book is not None:
            return _nested(book.entries, service, *args, **kwargs)
        book = _Book()
        token = _open.set(book)
        try:
            with transaction.atomic():
                result = service(*args, **kwargs)
                _write(book.entries)
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
    book = _open.get()
    if book is None:
        _write([entry])
    else:
        book.entries.append(entry)


def once(key: Hashable, read: Callable[[], T]) -> T:
    """
    Read something once in the transaction of the running service, and keep it until that ends.

    Outside of a service nothing is kept. Only for what this service does not itself change; see `read_anew`.
    """
    book = _open.get()
    if book is None:
        return read()
    if key not in book.once:
        book.once[key] = read()
    kept: T = book.once[key]
    return kept


def read_anew(key: Hashable) -> None:
    """Drop what `once` kept under a key, because it is changed now."""
    book = _open.get()
    if book is not None:
        book.once.pop(key, None)


_WRITE = """
INSERT INTO journal_entry (kind, subject, actor, region, at, payload, digest)
SELECT kind, subject, actor, region, at, payload, digest
FROM unnest(%s::text[], %s::uuid[], %s::text[], %s::text[], %s::timestamptz[], %s::jsonb[], %s::bytea[])
     AS e(kind, subject, actor, region, at, payload, digest)
"""
_WRITE_WITH_JOBS = f"""
WITH entry AS ({_WRITE})
SELECT procrastinate_defer_jobs_v1(
    array_agg((queue, task, 0, lock, NULL, args, NULL)::procrastinate_job_to_defer_v1))
FROM unnest(%s::text[], %s::text[], %s::text[], %s::jsonb[]) AS j(queue, task, lock, args)
"""  # noqa: S608  # of constants


def _write(entries: list[_Entry]) -> None:
    if not entries:
        return
    rows: list[tuple[Any, ...]] = []
    jobs: list[tuple[Any, ...]] = []
    for entry in entries:
        payload = entry.fact.to_json()
        rows.append(_row(entry, payload))
        for listener in listeners_of(entry.fact):
            values = Jsonb({"fact_values": payload})
            jobs.append((listener.queue, listener.task, listener.lock_for(payload), values))
    columns = [list(column) for column in zip(*rows, strict=True)]
    if jobs:
        prepared.run(_WRITE_WITH_JOBS, [*columns, *(list(column) for column in zip(*jobs, strict=True))])
    else:
        prepared.run(_WRITE, columns)


def _row(entry: _Entry, payload: dict[str, Any]) -> tuple[Any, ...]:
    kind, subject, actor, region, at = entry.fact.kind, entry.fact.subject, entry.actor, entry.region, entry.at
    digest = facts.digest(kind=kind, subject=subject, actor=actor, region=region, at=at, payload=payload)
    return kind, subject, actor, region, at, Jsonb(payload), digest
