"""The numbers on a desk's tabs are kept counters: after every step they are what counting row by row would find."""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onething.exchange import queue, services, tallying
from onething.exchange.models import Amendment, Order
from onething.exchange.queue import Ask, Group
from onething.exchange.standing import stuck_things
from onething.exchange.states import OPEN, State
from onething.exchange.tests.factories import NOW, answer, clerk, connect, draft, load_regions, order, place
from onething.kernel.access import SYSTEM
from onething.plumbing import clock, tallies
from onething.plumbing.tallies import merging
from onething.registry.tests.factories import person

pytestmark = pytest.mark.django_db

TODAY = clock.day_of(NOW)
DAYS = [None, *(TODAY + timedelta(days=n) for n in range(-2, 4))]
POSTS = [None, uuid4(), uuid4()]


@pytest.fixture(autouse=True)
def _county() -> None:
    load_regions()
    connect(connector="desk")


def agree() -> None:
    matters = [*Order.objects.order_by().values_list("matter", flat=True).distinct()[:2], ""]
    for is_mine in (True, False):
        for matter in matters:
            ask = Ask(now=NOW, today=TODAY, is_mine=is_mine, matter=matter, colleagues=frozenset(POSTS[2:]))
            rows = queue.count([one.arms(clerk(), ask) for one in queue._sources])
            assert queue.sizes(clerk(), ask) == dict.fromkeys(Group, 0) | rows
    assert tallies.differences(*tallying.BOARDS) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_moves_the_counters_are_what_counting_finds(seed: int) -> None:
    dice, soldier = random.Random(seed), person().pk
    place(*(draft(person_id=soldier, due=dice.choice(DAYS)) for _ in range(6)))
    agree()
    for _ in range(40):
        step(dice)
        if dice.random() < 0.2:
            merging.add_up(portion=dice.choice([2, 1000]))
        agree()


def step(dice: random.Random) -> None:
    """Move some orders, or what was said after one."""
    orders = list(Order.objects.order_by("pk"))
    one = dice.choice(orders)
    kind = dice.randrange(6)
    if kind == 0:
        Amendment.objects.update_or_create(
            order=one, kind="withdrawal",
            defaults={
                "number": 1, "key": bytes(32), "sealed": b"", "state": "sent", "tries_left": 1, "created_at": NOW,
                "acknowledged_at": dice.choice([None, NOW]),
            },
        )  # fmt: skip
    elif kind == 1:
        Amendment.objects.filter(order=one).delete()
    elif kind == 2 and len(orders) > 2:
        one.delete()
    else:
        for row in dice.sample(orders, min(3, len(orders))):
            put(dice, row)
            row.save()


def put(dice: random.Random, row: Order) -> None:
    row.state = dice.choice(list(State))
    row.due, row.post_id, row.round = dice.choice(DAYS), dice.choice(POSTS), dice.choice([1, 2])
    row.organisation = dice.choice([row.organisation or "police-desk", "police-desk", "", "another"])
    row.matter = dice.choice([row.matter, "another matter"])
    row.owner, row.tell_by, row.told_at = "somebody", NOW, NOW
    row.next_attempt_at = NOW if row.state == State.WAITING else None
    row.answered_at = NOW if row.state == State.ANSWERED else None


def test_an_order_is_counted_from_its_placing_to_its_answer() -> None:
    asked = order(due=TODAY)
    assert sizes()[Group.DUE] == 1
    answer(asked, "returned")
    assert (sizes()[Group.DUE], sizes()[Group.RETURNED]) == (0, 1)
    agree()
    other = order(due=TODAY - timedelta(days=1))
    services.cancel_orders(task_ids=[other.task_id], actor=SYSTEM, now=NOW)
    agree()
    assert sizes()[Group.WITHDRAWN] == 1
    services.note_withdrawal(order=Order.objects.get(pk=other.pk), actor=clerk(), now=NOW)
    assert sizes()[Group.WITHDRAWN] == sizes()[Group.OVERDUE] == 0


def sizes() -> dict[Group, int]:
    return queue.sizes(clerk(), Ask(now=NOW, today=TODAY))


def test_the_tabs_read_no_order() -> None:
    order()
    with CaptureQueriesContext(connection) as asked:
        assert queue.waiting(clerk(), Ask(now=NOW, today=TODAY)) == 1
    assert not any("exchange_order" in one["sql"] for one in asked.captured_queries)


def test_a_counter_that_differs_is_found_by_the_standing_check_until_it_is_mended() -> None:
    order()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tallies_change SET rows = 2 WHERE board = 'orders'")
    found = [one for one in stuck_things(SYSTEM, now=NOW) if one.code == "tally_differs"]
    assert found and all("orders" in one.what for one in found)
    tallies.mend(tallying.ORDERS)
    assert not [one for one in stuck_things(SYSTEM, now=NOW) if one.code == "tally_differs"]
    assert sizes()[Group.NEW] == 1


def test_stages_are_the_same_in_the_database_as_in_the_list() -> None:
    with connection.cursor() as cursor:
        for state in State:
            cursor.execute("SELECT exchange_stage(%s, 1)", [state.value])
            assert (cursor.fetchone() != (None,)) == (state in OPEN or state == State.RETURNED)
