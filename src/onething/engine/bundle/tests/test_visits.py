"""The fewest visits against brute force."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from onething.engine.bundle.visits import fewest_visits

abilities = st.frozensets(st.sampled_from("abcdef"))
stations = st.dictionaries(st.sampled_from("12345"), abilities, max_size=5)


def brute_force(wanted: frozenset[str], places: dict[str, frozenset[str]]) -> int | None:
    for size in range(len(places) + 1):
        for some in combinations(places, size):
            if wanted <= frozenset().union(*(places[one] for one in some)):
                return size
    return None


@given(abilities, stations)
def test_no_fewer_trips_are_possible(wanted: frozenset[str], places: dict[str, frozenset[str]]) -> None:
    found, best = fewest_visits(wanted, places), brute_force(wanted, places)
    assert (None if found is None else len(found)) == best
    assert found is None or wanted <= frozenset().union(*(places[one] for one in found))


@given(abilities, stations, st.randoms())
def test_the_choice_does_not_depend_on_the_order_of_the_file(wanted, places, random) -> None:
    shuffled = list(places.items())
    random.shuffle(shuffled)
    assert fewest_visits(wanted, dict(shuffled)) == fewest_visits(wanted, places)
