"""Taking turns: whoever changes a thing waits for the one who is changing it.

A turn has a name ("case:5e…") and is kept until the transaction ends. It is taken before any row is locked, so that
two ways into the same thing (a department's reply, a withdrawal) can never wait for each other. It needs no row: a
draft that nobody has begun yet has its turn too.
"""

from __future__ import annotations

from onething.plumbing import prepared
from onething.plumbing.journal import book

_TAKE = "SELECT pg_advisory_xact_lock(hashtextextended(%s::text, 0))"


def take(name: str) -> None:
    """Wait for a turn, and keep it until the running transaction ends. Taking it twice does no harm."""
    book.once(_kept(name), lambda: prepared.run(_TAKE, [name]))


def took(name: str) -> None:
    """Remember, for the running service, that it has a turn: it was taken by a function of the database."""
    book.keep(_kept(name), None)


def _kept(name: str) -> tuple[str, str]:
    return ("turn", name)
