"""Smallest hitting sets against brute force, and on sizes that only reductions and bounds can bear."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onething.engine.bundle.errors import TooEntangled
from onething.engine.bundle.hitting import Hitting, apart, bits, least, reduced

some_sets = st.lists(st.sets(st.integers(0, 7), min_size=1, max_size=4).map(lambda them: mask(them)), max_size=9)


def mask(elements: object) -> int:
    return sum(1 << one for one in elements)  # type: ignore[attr-defined]


def brute_force(sets: list[int]) -> int:
    """The number of elements of the smallest of all hitting sets."""
    every = (mask(some) for size in range(9) for some in combinations(range(8), size))
    return next(chosen.bit_count() for chosen in every if all(chosen & one for one in sets))


@settings(max_examples=400, deadline=None)
@given(some_sets)
def test_it_hits_everything_with_the_fewest(sets: list[int]) -> None:
    found = Hitting(10_000).smallest(sets)
    assert all(found & one for one in sets)
    assert found.bit_count() == brute_force(sets)


def test_small_sets_that_hang_together_are_hit_with_the_fewest_too() -> None:
    """Nothing can be reduced in most of these: here a bound that is off by one shows."""
    for seed in range(400):
        dice = random.Random(seed)
        sets = [mask(dice.sample(range(8), dice.choice((2, 3, 3)))) for _ in range(14)]
        found = Hitting(100_000).smallest(sets)
        assert all(found & one for one in sets), seed
        assert found.bit_count() == brute_force(sets), seed


@settings(max_examples=300, deadline=None)
@given(some_sets)
def test_the_bound_never_promises_too_much(sets: list[int]) -> None:
    assert least(sets) <= brute_force(sets)


@settings(max_examples=300, deadline=None)
@given(some_sets)
def test_reducing_keeps_the_number(sets: list[int]) -> None:
    forced, left = reduced(sets)
    assert forced.bit_count() + brute_force(left) == brute_force(sets)
    assert sorted(one for part in apart(left) for one in part) == sorted(left)


@given(st.integers(0, 1 << 80))
def test_bits_are_the_bits(number: int) -> None:
    assert sum(bits(number)) == number
    assert [one.bit_count() for one in bits(number)] == [1] * number.bit_count()


def test_odd_rings_beside_each_other_are_solved_one_by_one() -> None:
    """Sixty rings of five: three of each; a search over all of them at once would never end."""
    rings = [[1 << 5 * ring + place | 1 << 5 * ring + (place + 1) % 5 for place in range(5)] for ring in range(60)]
    hitting = Hitting(2_000)
    assert hitting.smallest([some for ring in rings for some in ring]).bit_count() == 180


@pytest.mark.parametrize("seed", range(3))
def test_alternatives_by_twos_among_three_hundred(seed: int) -> None:
    """Size by networkx would take hours; the dual bound and the set meet, which proves it."""
    chance = random.Random(seed)
    sets = [mask(chance.sample(range(300), 2)) for _ in range(300)]
    found = Hitting(20_000).smallest(sets)
    assert all(found & one for one in sets)
    assert found.bit_count() >= least(sets)


def test_what_cannot_be_proven_in_time_is_refused() -> None:
    chance = random.Random(1)
    with pytest.raises(TooEntangled):
        Hitting(2_000).smallest([mask(chance.sample(range(60), 3)) for _ in range(200)])
