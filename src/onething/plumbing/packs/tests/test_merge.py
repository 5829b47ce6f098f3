"""Merging, as properties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from onething.plumbing.packs.merge import overlaid
from onething.plumbing.packs.nodes import Node
from onething.plumbing.packs.problems import Place

KEYS = st.text("abc", min_size=1, max_size=2)
LEAVES = st.integers() | st.lists(st.integers(), max_size=3)
TREES = st.dictionaries(
    KEYS, st.recursive(LEAVES, lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=6)
)

Leaves = dict[tuple[str, ...], Any]


def node(value: Any, file: str) -> Node:
    place = Place(Path(file))
    if isinstance(value, dict):
        return Node({key: node(inner, file) for key, inner in value.items()}, place)
    if isinstance(value, list):
        return Node([node(inner, file) for inner in value], place)
    return Node(value, place)


def leaves(value: Any, path: tuple[str, ...] = ()) -> Leaves:
    """Flatten to path → leaf; an empty mapping is one. An independent way to say what merging is."""
    if not isinstance(value, dict) or not value:
        return {path: value}
    return {deep: leaf for key, inner in value.items() for deep, leaf in leaves(inner, (*path, key)).items()}


def merge(base: Any, over: Any) -> Any:
    return overlaid(node(base, "base"), node(over, "over")).plain()


@given(TREES)
def test_nothing_over_it_changes_nothing(base: Any) -> None:
    assert merge(base, {}) == base
    assert merge({}, base) == base


@given(TREES, TREES)
def test_laying_the_same_over_twice_is_as_once(base: Any, over: Any) -> None:
    once = merge(base, over)
    assert merge(once, over) == once


@given(TREES, TREES)
def test_leaf_by_leaf_the_upper_wins(base: Any, over: Any) -> None:
    below, above = leaves(base), leaves(over)
    clash = any(a[: len(b)] == b or b[: len(a)] == a for a in below for b in above if a != b)
    assume(not clash)
    assert leaves(merge(base, over)) == below | above


@given(TREES, TREES)
def test_whatever_stands_in_the_upper_comes_from_it(base: Any, over: Any) -> None:
    merged = overlaid(node(base, "base"), node(over, "over"))
    for path, leaf in leaves(over).items():
        assert merged.at(*path).file == Path("over")
        here: Any = merged.plain()
        for step in path:
            here = here[step]
        assert here == leaf or leaf == {}, "an empty mapping takes nothing away"


@given(TREES, TREES)
def test_the_base_itself_is_not_changed(base: Any, over: Any) -> None:
    below = node(base, "base")
    overlaid(below, node(over, "over"))
    assert below.plain() == base
