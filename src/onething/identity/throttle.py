"""Counting tries: a try is counted before it is checked, so that many at once cannot slip through together.

Kept in PostgreSQL, in short transactions of their own: a refusal that follows does not take the count back. The
table is unlogged: counting does not wait for the disk, and after a crash of the server every count begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from onething.identity.errors import TooManyCalls, TooManyTries
from onething.identity.models import Throttle
from onething.registry.cipher import blind_index

MINUTE = timedelta(minutes=1)

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
MANDATES_ASKED = Limit("mandate_of", 3)  # codes to one phone: nobody is rung up all night
MANDATES_WISHED = Limit("mandate_by", 6)  # by one account
CONSENTS_ASKED = Limit("consent_of", 5)  # codes to one phone
CLOSING_CODES = Limit("closing_code", 3)
COSIGN_CODES = Limit("cosign_of", 3)  # codes to one phone
COSIGN_TRIES = Limit("cosign_by", 30)  # pages of signatures that one address opens with a code
CLOSING_TRIES = Limit("closing_try", 5)
PER_FACTOR = Limit("factor", 6)  # with three codes that fit at a time: a guesser needs some 57 years for an even chance

_COUNT = """
INSERT INTO identity_throttle AS t (key, tries, since) VALUES (%(key)s, 1, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    tries = CASE WHEN t.since <= %(old)s THEN 1 ELSE t.tries + 1 END,
    since = CASE WHEN t.since <= %(old)s THEN EXCLUDED.since ELSE t.since END
RETURNING tries, since
"""


def enter(limit: Limit, text: str, *, now: datetime) -> None:
    """Count one try, then refuse (TooManyTries) if it is one too many."""
    tries, since = _count(limit.key(text), now=now, old=now - WINDOW)
    if tries > limit.tries:
        raise TooManyTries(minutes=max(1, -(-int((since + WINDOW - now).total_seconds()) // 60)))


def count_call(key_id: UUID, limit: int, *, now: datetime) -> None:
    """Count one call of an API key, then refuse (TooManyCalls) if it is one too many in this minute."""
    calls, since = _count(key_id.bytes.rjust(32, b"\0"), now=now, old=now - MINUTE)
    if calls > limit:
        raise TooManyCalls(limit=limit, seconds=max(1, int((since + MINUTE - now).total_seconds()) + 1))


def _count(key: bytes, *, now: datetime, old: datetime) -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "now": now, "old": old})
        tries, since = cursor.fetchone()
    return tries, since


def clear(limit: Limit, text: str) -> None:
    """Forget the tries of a name that signed in."""
    Throttle.objects.filter(key=limit.key(text)).delete()


def sweep(now: datetime) -> int:
    """Remove the counts of windows that are over. Gives their number."""
    return Throttle.objects.filter(since__lte=now - WINDOW).delete()[0]
