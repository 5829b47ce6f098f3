"""
Whose rows a web request may touch: told to PostgreSQL, which holds every statement of the request to it.

    with rows.walled():                 # the middleware: from here on nothing is seen …
        rows.admit(actor)               # … but what belongs to this actor: their person, their region, their desk
        with rows.as_house(): ...       # and, for a moment, all: what nobody asks in their own name (signing in)

A filter that was forgotten then shows nothing. The walls themselves: walls.py; which table has which: site/walls.py.
Worker and command line are not walled. Decision: docs/decisions/0014-walls-around-rows.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import psycopg
from django.db import connection
from psycopg.pq import TransactionStatus

from onething.kernel.access import Actor, Door
from onething.kernel.codes import region_level
from onething.plumbing import prepared

ABOVE_ALL = "z"  # behind every digit, in every collation


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is seen: one person, one account, one organisation, and the region codes from `low` to before `high`."""

    person: str = ""
    account: str = ""
    organisation: str = ""
    low: str = ""
    high: str = ""
    house: str = ""

    @classmethod
    def of(cls, actor: Actor) -> Scope:
        """Tell what an actor's rows are."""
        if actor.door is Door.SYSTEM:
            return HOUSE
        at_work = actor.door is Door.STAFF or actor.door is Door.DEPARTMENT
        low, high = region_range(actor.region) if at_work and actor.region else ("", "")
        return cls(
            person=str(actor.person_id or ""),
            account=str(actor.account_id or ""),
            organisation=actor.organisation if at_work else "",
            low=low,
            high=high,
        )


NOTHING = Scope()
HOUSE = Scope(low="", high=ABOVE_ALL, house="yes")

_scope: ContextVar[Scope | None] = ContextVar("row_scope", default=None)


def region_range(code: str) -> tuple[str, str]:
    """Give the codes between which a division and all below it lie: from the first to before the second."""
    prefix = code[: region_level(code)]
    kept = prefix.rstrip("9")
    return prefix, kept[:-1] + str(int(kept[-1]) + 1) if kept else ABOVE_ALL


@contextmanager
def walled() -> Iterator[None]:
    """Begin a request that sees nothing yet. A connection fresh from the pool sees nothing either."""
    token = _scope.set(NOTHING)
    try:
        yield
    finally:
        _scope.reset(token)


def admit(actor: Actor) -> None:
    """Let the request see what belongs to this actor, until it ends. Does nothing where there is no wall."""
    if _scope.get() is not None:
        _enter(Scope.of(actor))


@contextmanager
def as_house() -> Iterator[None]:
    """See all rows for a moment. Does nothing where there is no wall, or where all are seen already."""
    before = _scope.get()
    if before is None or before == HOUSE:
        yield
        return
    _enter(HOUSE)
    try:
        yield
    finally:
        _leave(before)


def forget(session: psycopg.Connection[object]) -> None:
    """Make a connection see nothing: run by the pool before somebody else gets it."""
    session.execute(_TELL, _values(NOTHING))
    session.commit()


def _enter(scope: Scope) -> None:
    prepared.run(_TELL, _values(scope))
    _scope.set(scope)


def _leave(before: Scope) -> None:
    _scope.set(before)
    session = connection.connection
    if session is None or session.closed or session.info.transaction_status is TransactionStatus.INERROR:
        return  # what was told in a transaction goes with it
    prepared.run(_TELL, _values(before))


def _values(scope: Scope) -> list[str]:
    return [scope.person, scope.account, scope.organisation, scope.low, scope.high, scope.house]


_TELL = """
SELECT set_config('onething.person', %s::text, false), set_config('onething.account', %s::text, false),
       set_config('onething.organisation', %s::text, false), set_config('onething.low', %s::text, false),
       set_config('onething.high', %s::text, false), set_config('onething.house', %s::text, false)
"""
