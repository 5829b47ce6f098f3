"""A row's digest: of all its content, and the same when it is read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onething.plumbing.journal import facts, stored
from onething.plumbing.journal.tests.stories import light

CONTENT: dict[str, Any] = {
    "kind": "tests.LampLit",
    "subject": UUID(int=7),
    "actor": "system:-",
    "region": "230102000000",
    "at": datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    "payload": {"lamps": 1},
}
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=9, minutes=30))])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "tests.LampOut"),
        ("subject", None),
        ("actor", "staff:-"),
        ("region", ""),
        ("at", CONTENT["at"] + timedelta(microseconds=1)),
        ("payload", {"lamps": 2}),
    ],
)
def test_every_part_of_the_content_counts(name: str, value: object) -> None:
    assert facts.digest(**CONTENT) != facts.digest(**{**CONTENT, name: value})


@pytest.mark.django_db(transaction=True)
@given(
    at=st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=ZONES),
    street=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_read_back_fits_its_digest(at: datetime, street: str) -> None:
    light(at=at, street=street)
    with transaction.atomic():
        *_, last = stored.rows()
    assert last.fits_its_digest
    assert last.at == at
