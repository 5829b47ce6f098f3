"""The supervisor's view: who has it, who was told, who is told next, what nobody looks after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onething.exchange import services, watching
from onething.exchange.models import Order
from onething.exchange.tests.factories import (
    COUNTY,
    NEIGHBOUR,
    NOW,
    PROVINCE,
    connect,
    draft,
    load_regions,
    order,
    place,
    supervisor,
)
from onething.exchange.tests.test_workbench import officer
from onething.identity import services as identity
from onething.identity.models import Post
from onething.kernel.access import SYSTEM
from onething.registry.tests.factories import organisation, person

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def _county() -> None:
    load_regions()


def post(region: str = COUNTY) -> Post:
    account = identity.open_account(username="sun.sup", display_name="孙督办", actor=SYSTEM, now=NOW)
    return identity.give_post(
        account=account, role="supervisor", organisation=organisation("hall", region), region=region,
        valid_from=NOW - timedelta(days=900), actor=SYSTEM, now=NOW,
    )  # fmt: skip


def seen(region: str = "", of: str = PROVINCE) -> watching.Watch:
    return watching.watch(supervisor(of), region=region, now=LATER, language="zh")


def test_each_row_names_who_has_it_who_was_told_and_who_is_next() -> None:
    post()
    one = order()  # nobody is connected: given up at once, its owner is told
    (row,) = seen().rows
    assert row.is_dead
    assert row.names == ("孙督办",)
    assert row.told_at == one.told_at
    assert row.next_owner.endswith("清和市")
    assert row.next_at == NOW + timedelta(days=1)
    services.tell_higher(actor=SYSTEM, now=LATER)
    (row,) = seen().rows
    assert row.next_at is None, "nobody stands above the province"
    assert row.told_at == LATER


def test_what_nobody_looks_after_is_counted() -> None:
    order()
    assert (seen().total, seen().orphans) == (1, 1)
    held = post()
    assert seen().orphans == 0
    Post.objects.filter(pk=held.pk).update(valid_to=NOW)
    assert seen().orphans == 1


def test_a_post_above_answers_for_what_lies_below() -> None:
    post(PROVINCE)
    order()
    assert seen().orphans == 0
    assert seen().rows[0].names == ("孙督办",)


def test_down_to_the_division_and_no_further_than_ones_own() -> None:
    order()
    order(region=NEIGHBOUR)
    whole = seen()
    assert [(one.region.code, one.count) for one in whole.below] == [("990100000000", 2)]
    assert {one.region.code: one.count for one in seen("990100000000").below} == {COUNTY: 1, NEIGHBOUR: 1}
    assert seen(NEIGHBOUR).total == 1
    assert seen(NEIGHBOUR, of=COUNTY).region == COUNTY
    assert {row.order.region for row in seen(NEIGHBOUR, of=COUNTY).rows} == {COUNTY}


def test_the_page_costs_the_same_for_one_and_for_many(client: Client) -> None:
    officer(client, role="supervisor")
    soldier = person().pk
    place(draft(person_id=soldier))
    client.get(reverse("exchange:stuck"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("exchange:stuck"))
    place(*(draft(person_id=soldier) for _ in range(30)))
    with CaptureQueriesContext(connection) as many:
        text = client.get(reverse("exchange:stuck")).content.decode()
    assert len(many) == len(one)
    assert text.count("data-row>") == 31
    assert "没有人负责的" in text


def test_on_time_is_not_here() -> None:
    connect(connector="desk")
    order()
    assert Order.objects.count() == 1
    assert seen().rows == ()
