"""Three roles for one database: the owner migrates the tables, one works with them, one answers web requests.

The embedded server has all three; elsewhere DATABASE_OWNER_URL, DATABASE_URL and DATABASE_WEB_URL name them. Neither
of the two that work can do more to the journal than add to it and read it, and neither the number of a row nor its
transaction is for them to choose; the web's is held to its rows besides (walls.py). Without DATABASE_OWNER_URL there
is one role, and only triggers guard the journal.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg import sql

from onething.plumbing import database

_GRANTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE INSERT, UPDATE, DELETE ON journal_entry, journal_seal, journal_moved, django_migrations FROM {role};
GRANT INSERT (kind, subject, actor, region, at, payload, digest) ON journal_entry TO {role};
GRANT INSERT ON journal_seal TO {role};
REVOKE INSERT, UPDATE, DELETE ON looks_look, looks_seal FROM {role};
GRANT INSERT (at, actor, account_id, role, organisation, region, way, purpose, person_ids, digest) ON looks_look
    TO {role};
GRANT INSERT ON looks_seal TO {role};
"""


@contextmanager
def as_owner() -> Iterator[None]:
    """
    Connect as the owner for a while, and grant the other roles what they need at the end.

    Where there is only one role nothing changes. Must not run inside a transaction.
    """
    working = connection.settings_dict["USER"]
    with connected_as_owner():
        yield
        if connection.settings_dict["USER"] != working:
            for role in {working, database.web_role() or working}:
                grant_to(role)


@contextmanager
def connected_as_owner() -> Iterator[None]:
    """Connect as the owner for a while, granting nothing. Must not run inside a transaction."""
    owner = database.owner()
    if owner is None:
        yield
        return
    working = connection.settings_dict
    connection.close()
    connection.settings_dict = {**working, **owner}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = working


def grant_to(role: str) -> None:
    """Grant a role what web and worker need, and take back what they must not have. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(_GRANTS).format(role=sql.Identifier(role)))
