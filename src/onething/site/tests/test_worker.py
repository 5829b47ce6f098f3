"""The worker's bookkeeping does not wait for the disk; what its jobs write does."""

from __future__ import annotations

import asyncio

import pytest
from django.db import connection

from onething.site import worker

pytestmark = pytest.mark.django_db(transaction=True)


ASK = "SELECT setting, source FROM pg_settings WHERE name = 'synchronous_commit'"


def test_only_the_bookkeeping_does_not_wait() -> None:
    async def ask() -> tuple[str, str]:
        connector = worker.bookkeeping()
        await connector.open_async()
        try:
            row = await connector.execute_query_one_async(ASK)
        finally:
            await connector.close_async()
        return row["setting"], row["source"]

    assert asyncio.run(ask()) == ("off", "client")
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        assert cursor.fetchone()[1] != "client"
