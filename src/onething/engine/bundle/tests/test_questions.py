"""The open questions: exactly those that change the plan, held against all completions; what is not exact over-asks."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onething.engine.bundle import Compiled, compile_catalogue, compute_plan, to_json
from onething.engine.bundle.errors import CatalogueRefused, MaterialOutOfReach
from onething.engine.bundle.model import Catalogue
from onething.engine.bundle.plan import Plan
from onething.engine.bundle.tests import build
from onething.engine.bundle.tests.build import asks, catalogue, derived, field, matter, need, plan_of
from onething.engine.bundle.tests.test_properties import catalogues

VALUES: dict[str, tuple[Any, ...]] = {"x": (True, False), "y": (True, False), "z": (True, False)}
conditions = st.sampled_from(
    [
        None,
        "x",
        "NOT y",
        "x AND (x OR NOT z)",
        "x OR NOT x",
        "(y AND z) OR (NOT y AND z)",
        "x AND y OR NOT z",
        "fate = 'kept'",
        "fate = 'kept' AND x",
    ]
)


def listed(plan: Plan) -> set[str]:
    return {question.field for question in plan.open_questions}


def outcome(compiled: Compiled, answers: dict[str, Any]) -> Any:
    """
    All of a plan but the values that followed and which of several failing conditions is told.

    A matter that is out stays out, whichever reason comes first.
    """
    try:
        plan = to_json(compute_plan(compiled, answers, build.MONDAY, build.CALENDAR))
    except MaterialOutOfReach:
        return "nobody can supply a paper"
    left_out = [one["id"] for one in plan["not_needed"]]
    return {key: value for key, value in plan.items() if key not in ("open_questions", "derived")} | {
        "not_needed": left_out
    }


def brute_force(compiled: Compiled, values: dict[str, tuple[Any, ...]], answers: dict[str, Any]) -> set[str]:
    """The questions two of whose answers, all others alike, lead to two plans."""
    open_ = [name for name in values if name not in answers]
    numbered = product(*(range(len(values[name])) for name in open_))
    plans = {
        given: outcome(
            compiled, answers | {name: values[name][number] for name, number in zip(open_, given, strict=True)}
        )
        for given in numbered
    }
    return {name for place, name in enumerate(open_) if _matters(plans, place)}


def _matters(plans: dict[tuple[int, ...], Any], place: int) -> bool:
    alike: dict[tuple[int, ...], list[Any]] = {}
    for answers, plan in plans.items():
        alike.setdefault((*answers[:place], *answers[place + 1 :]), []).append(plan)
    return any(plan != some[0] for some in alike.values() for plan in some)


@settings(max_examples=100, deadline=None)
@given(catalogues(conditions), st.dictionaries(st.sampled_from(sorted(VALUES)), st.booleans(), max_size=2))
def test_exactly_the_questions_that_change_the_plan_are_open(one: Catalogue, answers: dict[str, bool]) -> None:
    try:
        compiled = compile_catalogue(one)
        plan = compute_plan(compiled, answers, build.MONDAY, build.CALENDAR)
    except (CatalogueRefused, MaterialOutOfReach):
        return
    needed = brute_force(compiled, VALUES, answers)
    assert listed(plan) >= needed
    assert listed(plan) == needed or refuses_somebody(compiled, answers)


def refuses_somebody(compiled: Compiled, answers: dict[str, Any]) -> bool:
    """A question that only matters to persons who are refused anyway may be asked too."""
    every = (dict(zip(VALUES, values, strict=True)) for values in product(*VALUES.values()))
    return any(isinstance(outcome(compiled, some | answers), str) for some in every)


NUMBERS = [
    "seats > 12",
    "seats BETWEEN 5 AND 20 AND seats <> 12",
    "seats < 5 AND seats > 12",
    "seats >= 5 OR seats < 5",
    "opened < DATE '2026-01-01' AND kind = 'b'",
    "kind IN ('a', 'b') OR kind = 'c'",
    "has(extras, 'sign') AND NOT has(extras, 'sign')",
    "has(extras, 'sign') AND seats > 12",
    "amount < 0",
]
REGIONS: dict[str, tuple[Any, ...]] = {
    "seats": (0, 5, 6, 12, 13, 20, 21, 99),
    "opened": ("2020-01-01", "2025-12-31", "2026-01-01", "2029-01-01"),
    "kind": ("a", "b", "c"),
    "extras": ([], ["sign"], ["music"], ["sign", "music"]),
    "amount": (0, 1, 100),
}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=3), st.sampled_from([{}, {"seats": 13}, {"kind": "b"}]))
def test_numbers_days_and_choices_are_cut_where_conditions_cut_them(whens: list[str], answers: dict[str, Any]) -> None:
    one = catalogue(
        matter("a", materials=[asks(f"p{number}", when=when) for number, when in enumerate(whens)]),
        fields=[
            field("seats", "integer"),
            field("opened", "date"),
            field("kind", "choice", options="abc"),
            field("extras", "choices", options=["sign", "music"]),
            field("amount", "money"),
        ],
    )
    compiled = compile_catalogue(one)
    plan = compute_plan(compiled, answers, build.MONDAY, build.CALENDAR)
    assert listed(plan) == brute_force(compiled, REGIONS, answers)


FATES = [
    "seats > 12 AND x",
    "seats BETWEEN 5 AND 20 AND seats <> 12",
    "kind IN ('a', 'b') AND NOT x",
    "kind = 'c' AND opened < DATE '2026-01-01'",
    "years_between(opened, as_of()) > 3 AND x",
    "rooms > 2 AND x",
]
FATEFUL: dict[str, tuple[Any, ...]] = {
    "x": (True, False),
    "kind": ("a", "b", "c"),
    "seats": (0, 5, 6, 12, 13, 20, 21, 99),
    "opened": ("2020-01-01", "2025-12-31", "2026-01-01", "2029-01-01"),
}
"""Every value that conditions tell apart; of `rooms`, which need not be answered, none is tried."""


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(FATES), min_size=1, max_size=3, unique=True),
    st.fixed_dictionaries(
        {},
        optional={
            "seats": st.sampled_from([3, 7, 13, 40]),
            "kind": st.sampled_from("abc"),
            "opened": st.sampled_from(["2019-05-05", "2026-02-02"]),
            "rooms": st.sampled_from([1, 3]),
        },
    ),
)
def test_a_derived_field_asks_the_same_whatever_was_answered_first(whens: list[str], answers: dict[str, Any]) -> None:
    one = catalogue(
        matter("a", materials=[asks("p0", when="fate = 'case0'"), asks("p1", when="fate = 'case1'")]),
        fields=[
            field("x"),
            field("kind", "choice", options="abc"),
            field("seats", "integer"),
            field("opened", "date"),
            field("rooms", "integer", absent="none"),
            field("fate", "choice", options=["case0", "case1", "case2"]),
        ],
        derived=[derived("fate", *((when, f"case{number}") for number, when in enumerate(whens)))],
    )
    compiled = compile_catalogue(one)
    for given_first in ({}, answers):  # the diagrams of the day are those of the first, and are asked by the second
        plan = compute_plan(compiled, given_first, build.MONDAY, build.CALENDAR)
        assert listed(plan) >= brute_force(compiled, FATEFUL, given_first)
    fresh = compute_plan(compile_catalogue(one), answers, build.MONDAY, build.CALENDAR)
    assert to_json(plan) == to_json(fresh)
    if not any("years_between" in when for when in whens):
        assert listed(plan) == brute_force(compiled, FATEFUL, answers)


@pytest.mark.parametrize(
    ("when", "answers", "open_"),
    [
        ("seats > 12 AND x", {"seats": 12}, set()),
        ("seats > 12 AND x", {"seats": 14}, {"x"}),
        ("seats > 12 AND x", {"seats": 500}, {"x"}),
        ("seats > 12 AND x", {"seats": 0}, set()),
        ("seats BETWEEN 5 AND 20 AND x", {"seats": 12}, {"x"}),
        ("seats BETWEEN 5 AND 20 AND x", {"seats": 500}, set()),
        ("rooms > 2 AND x", {"rooms": 3}, {"x"}),
        ("rooms > 2 AND x", {"rooms": 1}, set()),
        ("rooms > 2 AND x", {}, set()),
        ("years_between(opened, as_of()) > 3 AND x", {"opened": "2019-05-05"}, {"x"}),
        ("years_between(opened, as_of()) > 3 AND x", {"opened": "2026-02-02"}, set()),
        ("years_between(opened, as_of()) > 3 AND x", {}, {"x", "opened"}),
    ],
)
def test_what_is_answered_counts_as_its_like_among_the_values_that_were_tried(
    when: str, answers: dict[str, Any], open_: set[str]
) -> None:
    one = catalogue(
        matter("a", materials=[asks("p", when="fate = 'kept'")]),
        fields=[
            field("x"),
            field("seats", "integer"),
            field("opened", "date"),
            field("rooms", "integer", absent="none"),
            field("fate", "choice", options=["kept", "lost"]),
        ],
        derived=[derived("fate", (when, "kept"), ("TRUE", "lost"))],
    )
    compiled = compile_catalogue(one)
    compute_plan(compiled, {}, build.MONDAY, build.CALENDAR)  # from here on the diagrams of the day are kept
    assert listed(compute_plan(compiled, answers, build.MONDAY, build.CALENDAR)) == open_


def test_a_clause_that_repeats_a_field_asks_no_more_than_it_needs() -> None:
    one = catalogue(matter("a", applies=["x AND (x OR NOT z)"]), fields=[field("x"), field("z")])
    plan = plan_of(one)
    assert listed(plan) == {"x"}
    assert plan.undecided[0].missing == ("x",)


def test_what_holds_whatever_is_answered_is_decided() -> None:
    one = catalogue(
        matter("a", applies=["x OR NOT x"], materials=[asks("p", when="y AND NOT y")]),
        fields=[field("x"), field("y")],
    )
    plan = plan_of(one)
    assert [line.id for line in plan.matters] == ["a"]
    assert (plan.undecided, plan.open_questions, plan.hand_in) == ((), (), ())


@pytest.mark.parametrize(
    "when",
    [
        "born < joined OR NOT born < joined",
        "years_between(born, as_of()) >= 60 OR years_between(born, as_of()) < 60",
    ],
)
def test_what_cannot_be_cut_into_values_asks_rather_too_much(when: str) -> None:
    """Both are always true; a field compared with another, or calculated with, is not tried."""
    one = catalogue(
        matter("a", materials=[asks("p", when=when)]), fields=[field("born", "date"), field("joined", "date")]
    )
    assert "born" in listed(plan_of(one))


def test_beyond_the_tries_it_asks_rather_too_much() -> None:
    """Thirty fields, of which an even number must be yes: every one decides, and no proof is looked for for ever."""
    names = [f"f{number}" for number in range(30)]
    even = "f0"
    for name in names[1:8]:
        even = f"({even} AND NOT {name}) OR (NOT ({even}) AND {name})"
    always = f"({even}) OR NOT ({even})"
    fields = [field(name) for name in names]
    for when in (even, always):
        one = catalogue(matter("a", applies=[when[:1990]] if len(when) < 1990 else ["f0"]), fields=fields)
        assert "f0" in listed(plan_of(one))


def test_what_decides_most_is_asked_first() -> None:
    """A matter before many parts, many parts before one; else the order of the dictionary."""
    one = catalogue(
        matter("a", applies=["decides"]),
        matter("b", materials=[asks("p", when="paper"), asks("q", when="two"), asks("r", when="two")]),
        fields=[field("late"), field("paper"), field("two"), field("decides")],
    )
    assert [question.field for question in plan_of(one).open_questions] == ["decides", "two", "paper"]


def test_a_paper_that_may_be_made_or_shared_asks_what_decides_it() -> None:
    materials = [build.material("p", build.by_matter("maker"), build.by_share(when="shared"), build.by_applicant())]
    one = catalogue(
        matter("maker", applies=["made"]),
        matter("a", materials=[asks("p")], needs=[need("maker")]),
        materials=materials,
        fields=[field("made"), field("shared")],
    )
    asked = {
        question.field: [change.kind for change in question.would_change] for question in plan_of(one).open_questions
    }
    assert asked == {"made": ["matter", "material"], "shared": ["material"]}


def test_two_ways_into_the_same_rest_are_told_apart_by_the_answers_it_reads() -> None:
    """Whatever x is, the same case is left; but what is still to be asked hangs on x."""
    one = catalogue(
        matter("a", applies=["fate = 'kept'"]),
        fields=[field("x"), field("y"), field("z"), field("fate", "choice", options=("kept", "lost"))],
        derived=(build.derived("fate", ("x AND y OR NOT x AND z", "kept"), ("TRUE", "lost")),),
    )
    compiled = compile_catalogue(one)
    plan = compute_plan(compiled, {}, build.MONDAY, build.CALENDAR)
    assert listed(plan) == {"x", "y", "z"} == brute_force(compiled, {name: (True, False) for name in "xyz"}, {})
