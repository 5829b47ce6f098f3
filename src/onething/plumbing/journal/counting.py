"""
The journal's count of transactions, over all the servers that it lived on.

Each row keeps the transaction that wrote it, and a seal reaches up to one. A dump that is restored into a new server
finds a counter that begins again; there the journal counts from where it was: the server's number, and how far it is
`ahead`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection, transaction

COUNTED: Final = ("journal_entry", "looks_look")
_REACHED = """
SELECT greatest(
    (SELECT max(transaction::text::bigint) FROM journal_entry),
    (SELECT max(transaction::text::bigint) FROM looks_look),
    (SELECT max(until) FROM journal_seal),
    (SELECT max(until) FROM looks_seal),
    0
)
"""


def finished() -> int:
    """Tell the transaction below which all are finished, as the journal counts."""
    return _one("SELECT pg_snapshot_xmin(pg_current_snapshot())::text") + ahead()


def beyond() -> int:
    """Tell the first transaction that nothing in this snapshot can have, as the journal counts."""
    return _one("SELECT pg_snapshot_xmax(pg_current_snapshot())::text") + ahead()


def written_since(position: int, kinds: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    """Give kind and content of the facts of some kinds of the transactions from a position on, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [str(position), list(kinds)])
        return [(kind, json.loads(payload)) for kind, payload in cursor.fetchall()]


_SINCE = """
SELECT kind, payload::text FROM journal_entry WHERE transaction >= %s::xid8 AND kind = ANY(%s) ORDER BY transaction, id
"""


def ahead() -> int:
    """Tell how far the journal's count is ahead of this server's; 0 on the server on which it began."""
    return _one("SELECT coalesce(max(ahead), 0) FROM journal_moved")


@transaction.atomic
def go_on_here() -> int:
    """
    Let the journal count on where it was, on a server whose own counter is behind. Gives how far it is ahead now.

    As the owner of the tables, before anything is written. Safe to repeat: where nothing is behind, nothing changes.
    """
    needed = _one(_REACHED) + 1 - _one("SELECT pg_current_xact_id()::text")
    if needed <= ahead():
        return ahead()
    with connection.cursor() as cursor:
        for table in COUNTED:
            counted = f"((pg_current_xact_id()::text::bigint + {needed})::text::xid8)"
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN transaction SET DEFAULT {counted}")
        cursor.execute("INSERT INTO journal_moved (ahead) VALUES (%s)", [needed])
    return needed


def _one(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else 0
