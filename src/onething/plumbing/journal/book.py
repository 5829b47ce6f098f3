"""Writing facts: collected while a service runs, written once, at the end of its transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Hashable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import DatabaseError, connection, transaction
from psycopg.types.json import Jsonb

from onething.kernel.access import Actor
from onething.plumbing import prepared, rows
from onething.plumbing.journal import facts
from onething.plumbing.journal.facts import Fact
from onething.plumbing.journal.listening import Listener, listeners_of

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Entry:
    fact: Fact
    actor: str
    region: str
    at: datetime


class _Book:
    """What one running service has published so far, and what it has read and need not read again."""

    __slots__ = ("entries", "is_reacting", "locks", "once", "reacts_at_once")

    def __init__(self, *, reacts_at_once: bool) -> None:
        self.entries: list[_Entry] = []
        self.once: dict[Hashable, Any] = {}
        self.reacts_at_once = reacts_at_once
        self.is_reacting = False
        self.locks: set[str] = set()  # of the reactions that ran at once


_open: ContextVar[_Book | None] = ContextVar("open_book", default=None)


class _NotAtOnceError(Exception):
    """A reaction failed in the fact's own transaction, or an earlier job must run before it."""


def writes(service: Callable[P, R]) -> Callable[P, R]:
    """
    Make a service one transaction whose facts are written together at its end.

    Inside another service it becomes a part of that one: a refusal takes back its rows and its facts. A reaction that
    is to run at once runs at the end of the same transaction; if it cannot, the transaction is taken back and done
    again with a job in its place: a service that publishes such facts must be able to run twice.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        book = _open.get()
        if book is not None:
            return _nested(book, service, *args, **kwargs)
        try:
            return _outermost(_Book(reacts_at_once=True), service, *args, **kwargs)
        except _NotAtOnceError:
            return _outermost(_Book(reacts_at_once=False), service, *args, **kwargs)

    return run


def _outermost(book: _Book, service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    token = _open.set(book)
    ends_transaction = not connection.in_atomic_block
    try:
        with transaction.atomic():
            result = service(*args, **kwargs)
            _write(book.entries, _jobs_of(book), locks=book.locks, ends_transaction=ends_transaction)
            return result
    finally:
        _open.reset(token)


def _nested(book: _Book, service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    if book.is_reacting:  # whatever fails here takes everything back
        return service(*args, **kwargs)
    before = len(book.entries)
    try:
        with transaction.atomic():
            return service(*args, **kwargs)
    except BaseException:
        del book.entries[before:]
        raise


def _jobs_of(book: _Book) -> list[tuple[Any, ...]]:
    """Run the reactions that run at once, also those to what they publish; give the jobs of all others."""
    jobs = []
    for entry in book.entries:  # grows while reactions publish
        for listener in listeners_of(entry.fact):
            if listener.at_once and book.reacts_at_once:
                _react(book, listener, entry.fact)
            else:
                values = entry.fact.to_json()
                jobs.append((listener.queue, listener.task, listener.lock_for(values), Jsonb({"fact_values": values})))
    return jobs


def _react(book: _Book, listener: Listener, fact: Fact) -> None:
    lock = listener.lock_for(fact.to_json())
    if lock:
        book.locks.add(lock)
    book.is_reacting = True
    try:
        with rows.as_house():  # as the worker would
            listener.react(fact)
    except Exception as fault:
        logger.warning("%s failed at once and becomes a job", listener.task, exc_info=True)
        raise _NotAtOnceError from fault
    finally:
        book.is_reacting = False


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
        alone = _Book(reacts_at_once=False)
        alone.entries.append(entry)
        _write(alone.entries, _jobs_of(alone))
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


_NOTHING_WAITS = "SELECT journal_nothing_waits(%s::text[])"
SOMETHING_WAITS = "OT001"
"""What `journal_nothing_waits` raises (migration 0002) when a job waits for a lock that a reaction ran under."""


def _write(
    entries: list[_Entry], jobs: list[tuple[Any, ...]], *, locks: Collection[str] = (), ends_transaction: bool = False
) -> None:
    if not entries:
        return
    rows = [_row(entry) for entry in entries]
    columns = [list(column) for column in zip(*rows, strict=True)]
    steps: list[prepared.Step] = [(_NOTHING_WAITS, [sorted(locks)])] if locks else []
    if jobs:
        steps.append((_WRITE_WITH_JOBS, [*columns, *(list(column) for column in zip(*jobs, strict=True))]))
    else:
        steps.append((_WRITE, columns))
    try:
        (prepared.run_and_commit if ends_transaction else prepared.run_all)(*steps)
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", None) == SOMETHING_WAITS:
            raise _NotAtOnceError from fault
        raise


def _row(entry: _Entry) -> tuple[Any, ...]:
    payload = entry.fact.to_json()
    kind, subject, actor, region, at = entry.fact.kind, entry.fact.subject, entry.actor, entry.region, entry.at
    digest = facts.digest(kind=kind, subject=subject, actor=actor, region=region, at=at, payload=payload)
    return kind, subject, actor, region, at, Jsonb(payload), digest
