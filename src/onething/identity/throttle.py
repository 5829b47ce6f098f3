"""Counting tries: a try is counted before it is checked, so that many at once cannot slip through together.

Kept in PostgreSQL, in short transactions of their own: a refusal that follows does not take the count back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from onething.identity.errors import TooManyTries
from onething.identity.models import Throttle
from onething.registry.cipher import blind_index

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries of one kind fit into a window."""

    kind: str
    tries: int

    def key(self, text: str) -> bytes:
        """Make the stored key: a keyed digest, for names and addresses are personal data too."""
        return blind_index(f"throttle:{self.kind}", text.strip().lower())


PER_NAME = Limit("name", 10)
PER_ADDRESS = Limit("address", 200)  # a whole service hall may share one address
CODES_PER_NAME = Limit("code", 5)

_COUNT = """
INSERT INTO identity_throttle AS t (key, tries, since) VALUES (%(key)s, 1, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    tries = CASE WHEN t.since <= %(old)s THEN 1 ELSE t.tries + 1 END,
    since = CASE WHEN t.since <= %(old)s THEN EXCLUDED.since ELSE t.since END
RETURNING tries, since
"""


def enter(limit: Limit, text: str, *, now: datetime) -> None:
    """Count one try, then refuse (TooManyTries) if it is one too many."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": limit.key(text), "now": now, "old": now - WINDOW})
        tries, since = cursor.fetchone()
    if tries > limit.tries:
        raise TooManyTries(minutes=max(1, -(-int((since + WINDOW - now).total_seconds()) // 60)))


def clear(limit: Limit, text: str) -> None:
    """Forget the tries of a name that signed in."""
    Throttle.objects.filter(key=limit.key(text)).delete()


def sweep(now: datetime) -> int:
    """Remove the counts of windows that are over. Gives their number."""
    return Throttle.objects.filter(since__lte=now - WINDOW).delete()[0]
