"""Writing facts: collected while a service runs, written once, at the end of its transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Sequence
from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, LiteralString, ParamSpec, TypeVar

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
    payload: dict[str, Any]
    actor: str
    region: str
    at: datetime


class _Book:
    """What one running service has published so far, and what it has read and need not read again."""

    __slots__ = ("entries", "is_reacting", "is_spoilt", "last", "locks", "once", "reacts_at_once")

    def __init__(self, *, reacts_at_once: bool) -> None:
        self.entries: list[_Entry] = []
        self.once: dict[Hashable, Any] = {}
        self.last: list[prepared.Step] = []
        self.reacts_at_once = reacts_at_once
        self.is_reacting = False
        self.is_spoilt = False
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


def joins(service: Callable[P, R]) -> Callable[P, R]:
    """
    Make a service a part of the one that runs, for better or worse: what is refused in it ends that one too.

    It saves the savepoint of `writes`, where nobody goes on after a refusal. Alone it is a transaction of its own.
    """
    alone = writes(service)

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        book = _open.get()
        if book is None:
            return alone(*args, **kwargs)
        try:
            return service(*args, **kwargs)
        except BaseException:
            book.is_spoilt = True
            raise

    return run


def _outermost(book: _Book, service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    token = _open.set(book)
    try:
        with transaction.atomic(), ExitStack() as of_the_house:
            result = service(*args, **kwargs)
            if book.is_spoilt:
                raise RuntimeError("a part that had to end its service was refused, and the service went on")
            _write(book, _jobs_of(book, of_the_house))
            return result
    finally:
        _open.reset(token)


def _nested(book: _Book, service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    if book.is_reacting:  # whatever fails here takes everything back
        return service(*args, **kwargs)
    entries, last, was_spoilt = len(book.entries), len(book.last), book.is_spoilt
    try:
        with transaction.atomic():
            return service(*args, **kwargs)
    except BaseException:
        del book.entries[entries:], book.last[last:]
        book.is_spoilt = was_spoilt
        book.once.clear()  # a turn that was taken, a row that was read: gone with the savepoint
        raise


def _jobs_of(book: _Book, of_the_house: ExitStack) -> list[tuple[Any, ...]]:
    """
    Run the reactions that run at once, also those to what they publish; give the jobs of all others.

    A reaction is the house's own, whoever made the fact: it sees all rows until the transaction has been written.
    """
    jobs = []
    for entry in book.entries:  # grows while reactions publish
        for listener in listeners_of(entry.fact):
            if listener.at_once and book.reacts_at_once:
                of_the_house.enter_context(rows.as_house())  # does nothing the second time
                _react(book, listener, entry)
            else:
                values = Jsonb({"fact_values": entry.payload})
                jobs.append((listener.queue, listener.task, listener.lock_for(entry.payload), values))
    return jobs


def _react(book: _Book, listener: Listener, entry: _Entry) -> None:
    lock = listener.lock_for(entry.payload)
    if lock:
        book.locks.add(lock)
    book.is_reacting = True
    try:
        listener.react(entry.fact)
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
    entry = _Entry(fact, fact.to_json(), actor.reference, actor.region, at)
    book = _open.get()
    if book is None:
        alone = _Book(reacts_at_once=False)
        alone.entries.append(entry)
        _write(alone, _jobs_of(alone, ExitStack()))
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


def keep(key: Hashable, value: Any) -> None:
    """Give what `once` would have to read, because the running service has it at hand."""
    book = _open.get()
    if book is not None:
        book.once[key] = value


def has(key: Hashable) -> bool:
    """Tell whether `once` keeps something under a key."""
    book = _open.get()
    return book is not None and key in book.once


def write_last(statement: LiteralString, values: Sequence[Any]) -> None:
    """Write something with the facts, at the end of the running service. Who reads it before says `write_now`."""
    book = _open.get()
    if book is None:
        prepared.run(statement, values)
    else:
        book.last.append((statement, values))


def write_now() -> None:
    """Write what was kept for the end of the running service, because it is read before."""
    book = _open.get()
    if book is not None and book.last:
        (*changes, last), book.last[:] = list(book.last), []
        prepared.run(*prepared.glued(changes, last))


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
_ENTRY = "(%s::text, %s::uuid, %s::text, %s::text, %s::timestamptz, %s::jsonb, %s::bytea)"
_WRITE_FEW = {
    count: "INSERT INTO journal_entry (kind, subject, actor, region, at, payload, digest) VALUES "  # noqa: S608
    + ", ".join([_ENTRY] * count)
    for count in (1, 2, 3, 4)
}  # binding arrays costs more than writing them
_REQUIRE_FIRST = "SELECT journal_nothing_waits(%s::text[])"
_QUEUE = """
SELECT journal_nothing_waits(%s::text[]), procrastinate_defer_jobs_v1(
    array_agg((queue, task, 0, lock, NULL, args, NULL)::procrastinate_job_to_defer_v1))
FROM unnest(%s::text[], %s::text[], %s::text[], %s::jsonb[]) AS j(queue, task, lock, args)
"""
SOMETHING_WAITS = "OT001"
"""What `journal_nothing_waits` raises (migration 0002) when a job waits for a lock that a reaction ran under."""


def _write(book: _Book, jobs: list[tuple[Any, ...]]) -> None:
    """Write what was kept for the end, the facts and the jobs, in one statement, and commit with it."""
    changes = list(book.last)
    if book.entries:
        changes.append(_entries([_row(entry) for entry in book.entries]))
    last: prepared.Step
    if jobs:
        last = (_QUEUE, [sorted(book.locks), *_columns(jobs)])
    elif book.locks:
        last = (_REQUIRE_FIRST, [sorted(book.locks)])
    elif changes:
        last = changes.pop()
    else:
        return
    try:
        prepared.run_last(*prepared.glued(changes, last))
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", None) == SOMETHING_WAITS:
            raise _NotAtOnceError from fault
        raise


def _entries(given: list[tuple[Any, ...]]) -> prepared.Step:
    few = _WRITE_FEW.get(len(given))
    return (few, [value for row in given for value in row]) if few else (_WRITE, _columns(given))


def _columns(given: list[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*given, strict=True)]


def _row(entry: _Entry) -> tuple[Any, ...]:
    payload = entry.payload
    kind, subject, actor, region, at = entry.fact.kind, entry.fact.subject, entry.actor, entry.region, entry.at
    digest = facts.digest(kind=kind, subject=subject, actor=actor, region=region, at=at, payload=payload)
    return kind, subject, actor, region, at, Jsonb(payload), digest
