"""The worker's bookkeeping does not wait for the disk; what its jobs write does."""

from __future__ import annotations

import asyncio

import pytest
from django.db import connection

from onething.site import worker

pytestmark = pytest.mark.django_db(transaction=True)


def test_only_the_bookkeeping_is_careless() -> None:
    async def ask() -> str:
        connector = worker.bookkeeping()
        await connector.open_async()
        try:
            row = await connector.execute_query_one_async(
                "SELECT setting FROM pg_settings WHERE name = 'synchronous_commit'"
            )
        finally:
            await connector.close_async()
        return str(row["setting"])

    assert asyncio.run(ask()) == "off"
    with connection.cursor() as cursor:
        cursor.execute("SELECT source FROM pg_settings WHERE name = 'synchronous_commit'")
        assert cursor.fetchone() != ("client",)
