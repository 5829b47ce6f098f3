"""Decision diagrams against the plain table of all answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from onething.engine.bundle.diagrams import Deciding, Diagram, Diagrams, Leaf, Node, Replacing, Stuck, parts

VALUES: dict[str, tuple[Any, ...]] = {"a": (True, False), "b": (1, 2, 3), "c": (True, False), "d": ("x", "y", "z")}
ANSWERS = [dict(zip("abc", some, strict=True)) for some in product(VALUES["a"], VALUES["b"], VALUES["c"])]
OUT = object()
Table = Callable[[Mapping[str, Any]], Any]
OUTCOMES = st.sampled_from([OUT, "p", "q", "r"])


def table(outcomes: list[Any], names: str) -> Table:
    """A function of some fields, as the list of its values."""
    keys = list(product(*(VALUES[name] for name in names)))
    return lambda answers: outcomes[keys.index(tuple(answers[name] for name in names))]


def grown(diagrams: Diagrams, outcome: Table, names: str, given: Mapping[str, Any]) -> Diagram:
    left = [name for name in names if name not in given]
    if not left:
        return diagrams.leaf(outcome(given))
    name = min(left, key=diagrams.rank)
    return diagrams.node(name, [grown(diagrams, outcome, names, {**given, name: one}) for one in VALUES[name]])


def at(diagram: Diagram, answers: Mapping[str, Any]) -> Any:
    while isinstance(diagram, Node):
        diagram = diagram.branches[VALUES[diagram.name].index(answers[diagram.name])]
    assert isinstance(diagram, Leaf)
    return diagram.value


def differing(outcome: Table) -> set[str]:
    """By the definition: two answers that are alike but for one field, with two outcomes that arise."""
    return {
        name
        for one in ANSWERS
        for name in "abc"
        for value in VALUES[name]
        if len({outcome(one), outcome({**one, name: value})} - {OUT}) == 2
    }


@given(st.lists(OUTCOMES, min_size=12, max_size=12))
def test_the_fields_that_decide_are_those_of_the_definition(outcomes: list[Any]) -> None:
    outcome = table(outcomes, "abc")
    diagram = grown(Diagrams(VALUES), outcome, "abc", {})
    assert all(at(diagram, answers) is outcome(answers) for answers in ANSWERS)
    assert Deciding(OUT).fields(diagram) == differing(outcome)


@given(
    st.lists(OUTCOMES, min_size=6, max_size=6),
    st.lists(st.sampled_from(VALUES["d"]), min_size=12, max_size=12),
)
def test_a_value_put_in_the_place_of_its_field(outcomes: list[Any], derived: list[str]) -> None:
    """`d` follows from a, b and c; the outcome hangs on a and d."""
    diagrams = Diagrams(VALUES, last=frozenset("d"))
    value, outcome = table(derived, "abc"), table(outcomes, "ad")
    replacing = Replacing(diagrams, "d", grown(diagrams, value, "abc", {}))
    diagram = replacing.within(grown(diagrams, outcome, "ad", {}))
    whole: Table = lambda answers: outcome({**answers, "d": value(answers)})  # noqa: E731
    assert all(at(diagram, answers) is whole(answers) for answers in ANSWERS)
    assert Deciding(OUT).fields(diagram) == differing(whole)


def test_what_is_alike_stands_once() -> None:
    diagrams = Diagrams(VALUES)
    diagram = grown(diagrams, lambda answers: "p" if answers["a"] else "q", "abc", {})
    assert [type(one) for one in parts(diagram)] == [Node, Leaf, Leaf]


def test_what_cannot_be_told_is_never_taken_for_alike() -> None:
    diagrams = Diagrams(VALUES)
    diagram = diagrams.node("a", [Stuck(frozenset({"day"})), Stuck(frozenset({"day"}))])
    assert Deciding(OUT).fields(diagram) == {"a", "day"}


def test_what_hangs_on_a_value_that_cannot_be_told_cannot_be_told_either() -> None:
    diagrams = Diagrams(VALUES, last=frozenset("d"))
    value = diagrams.node("a", [Stuck(frozenset({"day"})), diagrams.leaf("x")])
    outcome = grown(diagrams, lambda answers: answers["d"] == "x", "d", {})
    assert Deciding(OUT).fields(Replacing(diagrams, "d", value).within(outcome)) == {"a", "day"}
