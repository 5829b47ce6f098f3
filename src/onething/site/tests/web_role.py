"""Every request of every test runs under a role that is held to its rows, as it does in an installation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from psycopg.pq import TransactionStatus

from onething.plumbing import ownership, walls
from onething.site.walls import WALLS

ROLE = "onething_test_web"

_CREATE = f"""
DO $$ BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('{ROLE}'));
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN CREATE ROLE {ROLE}; END IF;
END $$
"""


def build() -> None:
    """Make the role and the walls in the test database."""
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
    ownership.grant_to(ROLE)
    walls.build(WALLS, web=ROLE, working=ROLE)


class WebRoleMiddleware:
    """
    Put the role on while a request runs, and off again, past Django's own cursor: tests count their queries.

    Takes the place of a login role of its own: a test sees its own uncommitted rows in one connection only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.ensure_connection()
        session: Any = connection.connection
        session.execute(f"SET ROLE {ROLE}")
        try:
            return self.get_response(request)
        finally:
            if not session.closed and session.info.transaction_status is not TransactionStatus.INERROR:
                session.execute("RESET ROLE")
