"""Walls around rows: a filter that was forgotten shows nothing, in PostgreSQL itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from onething.cases.models import Case, Task
from onething.identity import queries as door
from onething.identity.hats import Hat
from onething.kernel.access import NOBODY, SYSTEM, Actor, Door
from onething.plumbing import rows
from onething.registry import regions
from onething.registry.models import Person
from onething.site.tests.web_role import ROLE
from onething.site.walls import OPEN, WALLS
from tests.access import world

LEADING = {"person_id", "case_id", "order_id", "account_id", "region_id", "region", "draft_id", "task_id"}
"""Columns that lead to somebody's rows."""


@contextmanager
def request_of(actor: Actor) -> Iterator[None]:
    """Stand where a request stands: under the web's role, admitted as this actor."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        try:
            with rows.walled():
                rows.admit(actor)
                yield
        finally:
            cursor.execute("RESET ROLE")


def counted() -> dict[str, int]:
    """Count every walled table without any filter, as whoever asks now."""
    found = {}
    with connection.cursor() as cursor:
        for table in WALLS:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def staff_in(where: str, role: str = "clerk") -> Actor:
    sitting = world.seat(role, where)
    hat: Hat = door.hats_of(sitting.account.pk, sitting.post.valid_from)[0]
    return hat.actor(door.permissions_of(role))


@pytest.mark.django_db
def test_a_forgotten_filter_shows_nothing_to_nobody() -> None:
    world.build()
    full = {table for table, count in counted().items() if count}
    assert {"registry_person", "registry_personkey", "cases_case", "cases_task", "cases_upload", "exchange_order",
            "correspondence_notice"} <= full  # fmt: skip
    with request_of(NOBODY):
        assert not any(counted().values())


@pytest.mark.django_db
def test_staff_see_their_county_a_citizen_their_own_the_house_all() -> None:
    made = world.build()
    stranger = Actor(door=Door.CITIZEN, person_id=uuid4(), region=world.HERE)
    own = Actor(door=Door.CITIZEN, person_id=made.person.pk, region=world.HERE)
    for actor, sees in (
        (staff_in("here"), True), (staff_in("there"), False), (own, True), (stranger, False), (SYSTEM, True),
    ):  # fmt: skip
        with request_of(actor):
            assert Case.objects.all().exists() == sees, actor.door
            assert Task.objects.all().exists() == sees
            assert Person.objects.all().exists() == sees
            assert Case.objects.filter(pk=made.case.pk).exists() == sees


@pytest.mark.django_db
def test_what_is_not_seen_is_not_changed_either() -> None:
    made = world.build()
    with request_of(staff_in("there")):
        assert Case.objects.filter(pk=made.case.pk).update(state="withdrawn") == 0
        assert Person.objects.all().update(source="x") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Person.objects.create(region_id=world.HERE, source="x", checked_at="2026-01-01T00:00Z", forgotten_at=None,
                                  sealed_name=b"", sealed_id_number=b"", sealed_phone=b"", id_index=b"1")  # fmt: skip


@pytest.mark.django_db
def test_the_house_is_let_in_for_a_moment_and_out_again_whatever_happens() -> None:
    world.build()
    with request_of(NOBODY):
        with rows.as_house():
            assert Case.objects.count() == 1
            with rows.as_house():
                assert Case.objects.count() == 1
            assert Case.objects.count() == 1
        assert Case.objects.count() == 0
        with pytest.raises(ZeroDivisionError), rows.as_house():
            raise ZeroDivisionError
        assert Case.objects.count() == 0
        with pytest.raises(ProgrammingError), transaction.atomic(), rows.as_house(), connection.cursor() as cursor:
            cursor.execute("SELECT broken")
        assert Case.objects.count() == 0


@pytest.mark.django_db
def test_without_a_request_nothing_is_told() -> None:
    """Worker and command line: no round trip more."""
    with rows.as_house(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('onething.house', true)")
        assert cursor.fetchone()[0] in (None, "")


DIGITS = st.text("0123456789", min_size=11, max_size=11).map("9".__add__)


@given(own=st.integers(0, 5), code=DIGITS, other=DIGITS)
def test_a_range_of_codes_is_what_begins_with_the_prefix(own: int, code: str, other: str) -> None:
    kept = (0, 2, 4, 6, 9, 12)[own]
    region = code[:kept].ljust(12, "0")
    low, high = rows.region_range(region)
    for asked in (other, code, region, region[:kept] + other[kept:]):
        assert (low <= asked < high) == asked.startswith(regions.prefix(region))


def test_every_table_that_leads_to_somebody_has_its_wall() -> None:
    there = {model._meta.db_table: {field.column for field in model._meta.local_fields} for model in _models()}
    leading = {table for table, columns in there.items() if columns & LEADING or "person" in table}
    assert leading - set(WALLS) - set(OPEN) == set(), "a wall, or a reason in site/walls.py"
    assert set(WALLS) | set(OPEN) <= set(there), "a wall around no table"


def _models() -> list[Any]:
    return [model for model in apps.get_models() if model.__module__.startswith("onething.")]
