"""Kept counters: right at every moment, whoever adds up when; what is wrong is found, and mended."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection

from onething.plumbing import tallies
from onething.plumbing.tallies import NO_DAY, Difference, merging, truths
from onething.plumbing.tallies.models import Tally, TallyChange

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 9)
BOARD = "things"
PLACES = (["", "99", "9901"], ["", "99", "9902"], ["", "98"])


@pytest.fixture(autouse=True)
def _things() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE things (places text[], cell text, day date)")
    truths.truth(BOARD, "SELECT NULL::uuid, places, cell, day FROM things")
    yield
    del truths._truths[BOARD]


def move(*values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tallies_move(%s, %s::text[], %s, %s::date, %s::text[], %s, %s::date)", values)


def kept(place: str) -> Counter[tuple[str, date]]:
    return Counter({(one.cell, one.day): one.rows for one in tallies.read((BOARD, place))})


@pytest.mark.parametrize("seed", range(3))
def test_a_random_walk_is_counted_as_a_list_is(seed: int) -> None:
    dice, rows = random.Random(seed), []
    for _ in range(60):
        was = rows.pop(dice.randrange(len(rows))) if rows and dice.random() < 0.6 else (None, None, None)
        gone = was[0] is not None and dice.random() < 0.4
        day = dice.choice([None, DAY, DAY + timedelta(days=1)])
        now = (None, None, None) if gone else (dice.choice(PLACES), dice.choice("ab"), day)
        rows += [] if gone else [now]
        move(BOARD, *was, *now)
        if dice.random() < 0.2:
            merging.add_up(portion=dice.choice([1, 3, 1000]))
        for place in ("", "99", "9901", "98"):
            assert kept(place) == Counter((cell, day or NO_DAY) for places, cell, day in rows if place in places)


def test_what_is_added_up_is_gone_and_nothing_stays_at_nought() -> None:
    move(BOARD, None, None, None, ["", "99"], "a", DAY)
    assert merging.add_up() == 1
    assert (TallyChange.objects.count(), Tally.objects.filter(board=BOARD).count()) == (0, 2)
    move(BOARD, ["", "99"], "a", DAY, None, None, None)
    assert (merging.add_up(), merging.add_up()) == (1, 0)
    assert not Tally.objects.filter(board=BOARD).exists()


def test_what_moves_to_where_it_was_writes_nothing() -> None:
    move(BOARD, ["", "99"], "a", DAY, ["", "99"], "a", DAY)
    assert not TallyChange.objects.exists()


def test_a_counter_that_differs_is_found_and_mended() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO things VALUES (ARRAY['', '99'], 'a', %s)", [DAY])  # and no change with it
    assert tallies.differences(BOARD) == [Difference(BOARD, p, "a", DAY, 0, 1) for p in ("", "99")]
    move(BOARD, None, None, None, [""], "b", None)
    assert len(tallies.differences(BOARD)) == 3
    tallies.mend(BOARD)
    assert tallies.differences(BOARD) == []
    assert kept("99") == {("a", DAY): 1}


@pytest.mark.parametrize(
    ("codes", "divisions"),
    [
        (["990123001001"], ["", "99", "9901", "990123", "990123001", "990123001001"]),
        (["990000000000", ""], ["", "99", "9900", "990000", "990000000", "990000000000"]),
        (["990123000000", "990124000000"],
         ["", "99", "9901", "990123", "990123000", "990123000000", "990124", "990124000", "990124000000"]),
        (["000000000000"], [""]),
    ],
)  # fmt: skip
def test_a_division_counts_for_all_above_it(codes: list[str], divisions: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tallies_divisions(VARIADIC %s::text[])", [codes])
        assert cursor.fetchone() == (divisions,)
