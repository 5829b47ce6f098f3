"""What may be shown: tried against everything a reader could compute."""

from __future__ import annotations

from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from onething.desks.surveys import questions
from onething.desks.surveys.questions import Kind, Question
from onething.desks.surveys.results import FEWEST, results_of, shown_groups

SIZES = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 30), max_size=7)


def computable(whole: int, shown: list[int]) -> set[int]:
    """Everything that adding and subtracting what is shown can give for a union of groups."""
    some = chain.from_iterable(combinations(shown, n) for n in range(len(shown) + 1))
    return {number for part in some for number in (sum(part), whole - sum(part))}


@settings(max_examples=300, deadline=None)
@given(SIZES)
def test_no_group_that_can_be_computed_is_small(sizes: dict[str, int]) -> None:
    whole, shown = sum(sizes.values()), [sizes[name] for name in shown_groups(sizes)]
    if whole >= FEWEST:
        assert all(number == 0 or number >= FEWEST for number in computable(whole, shown))


@settings(max_examples=300, deadline=None)
@given(SIZES)
def test_nothing_is_hidden_that_need_not_be(sizes: dict[str, int]) -> None:
    large = {name for name, size in sizes.items() if size >= FEWEST}
    hidden = large - set(shown_groups(sizes))
    small = sum(size for name, size in sizes.items() if name not in large)
    assert len(hidden) <= 1
    assert not hidden or 0 < small < FEWEST


def test_of_a_hundred() -> None:
    asks = (Question(id="q1", kind=Kind.ONE, title={}, options=questions.read_options("甲\n乙")),)
    counts = {
        "a": {("", ""): 10, ("q1", "o1"): 7, ("q1", "o2"): 3},
        "b": {("", ""): 6, ("q1", "o2"): 5},
        "c": {("", ""): 2, ("q1", "o1"): 2},
    }
    found = results_of(asks, counts)
    assert (found.answered, found.groups, found.sizes, found.hidden) == (18, ("a",), (10,), 2)
    first, second = found.tables[0].rows
    assert (first.whole.people, first.whole.percent) == (9, 50)
    assert [(cell.people, cell.percent) for cell in second.groups] == [(3, 30)]


def test_fewer_than_five_in_all_show_nothing_not_even_how_many() -> None:
    found = results_of((), {"a": {("", ""): FEWEST - 1}})
    assert found.answered == 0 and not found.is_shown
