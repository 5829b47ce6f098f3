"""Two roles for one database: DATABASE_OWNER_URL owns and migrates the tables, DATABASE_URL works with them.

The working role can add to the journal and read it, nothing else; and neither the number of a row nor its
transaction is for it to choose. Without DATABASE_OWNER_URL both are one role, and only triggers guard the journal.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg import sql

from onething.plumbing import database

_GRANTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE INSERT, UPDATE, DELETE ON journal_entry, journal_seal, django_migrations FROM {role};
GRANT INSERT (kind, subject, actor, region, at, payload, digest) ON journal_entry TO {role};
GRANT INSERT ON journal_seal TO {role};
"""


@contextmanager
def as_owner() -> Iterator[None]:
    """
    Connect as the owner for a while, and grant the working role what it needs at the end.

    Without DATABASE_OWNER_URL nothing changes. Must not run inside a transaction.
    """
    url = os.environ.get("DATABASE_OWNER_URL")
    if not url:
        yield
        return
    working = connection.settings_dict
    connection.close()
    connection.settings_dict = {**working, **database.from_url(url)}
    try:
        yield
        grant_to(working["USER"])
    finally:
        connection.close()
        connection.settings_dict = working


def grant_to(role: str) -> None:
    """Grant a role what web and worker need, and take back what they must not have. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(_GRANTS).format(role=sql.Identifier(role)))
