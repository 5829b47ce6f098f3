"""The least and the most days while questions are open, held against the plans of all completions."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onething.engine.bundle import Compiled, compile_catalogue, compute_plan
from onething.engine.bundle.errors import CatalogueRefused, MaterialOutOfReach
from onething.engine.bundle.model import Catalogue, Unit
from onething.engine.bundle.plan import Promise
from onething.engine.bundle.tests import build
from onething.engine.bundle.tests.build import asks, catalogue, days, field, matter, need, plan_of
from onething.engine.bundle.tests.test_properties import catalogues
from onething.engine.bundle.tests.test_questions import conditions

FLAGS = ("x", "y", "z")


def promise_of(one: Catalogue, answers: dict[str, Any] | None = None) -> Promise:
    return plan_of(one, answers).promise


def span(promise: Promise) -> tuple[int, int | None]:
    return promise.at_least.working_days, promise.at_most and promise.at_most.working_days


def lengths(compiled: Compiled, answers: dict[str, bool]) -> list[int | None]:
    """The length of the plan of every completion; None for those that are refused."""
    left = [name for name in FLAGS if name not in answers]
    found: list[int | None] = []
    for values in product((True, False), repeat=len(left)):
        given = answers | dict(zip(left, values, strict=True))
        try:
            found.append(compute_plan(compiled, given, build.MONDAY, build.CALENDAR).promise.working_days)
        except MaterialOutOfReach:
            found.append(None)
    return found


@settings(max_examples=100, deadline=None)
@given(catalogues(conditions), st.dictionaries(st.sampled_from(FLAGS), st.booleans(), max_size=2))
def test_the_span_is_that_of_all_completions(one: Catalogue, answers: dict[str, bool]) -> None:
    try:
        compiled = compile_catalogue(one)
        promise = compute_plan(compiled, answers, build.MONDAY, build.CALENDAR).promise
    except (CatalogueRefused, MaterialOutOfReach):
        return
    every = lengths(compiled, answers)
    usable = [each for each in every if each is not None]
    least, most = span(promise)
    assert most is not None
    if not usable:
        return
    assert least <= min(usable) <= max(usable) <= most
    if None not in every:
        assert (least, most) == (min(usable), max(usable))
        assert promise.partial == (set(every) != {promise.working_days})


def test_nothing_answered_is_no_promise_of_one_day() -> None:
    one = catalogue(
        matter("report", 1),
        matter("training", 9, applies=["wishes"], needs=[need("report")]),
        fields=[field("wishes")],
    )
    promise = promise_of(one)
    assert (promise.working_days, promise.partial, span(promise)) == (1, True, (1, 10))
    assert (str(promise.at_least.due), str(promise.at_most and promise.at_most.due)) == ("2026-03-03", "2026-03-16")
    sure = promise_of(one, {"wishes": True})
    assert (sure.working_days, sure.partial, span(sure)) == (10, False, (10, 10))
    assert sure.at_most is not None and sure.at_most.due == sure.due


def test_matters_that_exclude_each_other_are_never_added() -> None:
    one = catalogue(
        matter("job", 7, applies=["kept"]),
        matter("card", 5, applies=["NOT kept"], needs=[need("job")]),
        fields=[field("kept")],
    )
    assert span(promise_of(one)) == (5, 7)


def test_what_takes_as_long_whatever_is_answered_is_still_said_to_be_open() -> None:
    """None of the two is certain, so the plan counts neither; the length is certain all the same."""
    one = catalogue(matter("a", 5, applies=["x"]), matter("b", 5, applies=["NOT x"]), fields=[field("x")])
    promise = promise_of(one)
    assert (promise.working_days, promise.partial, span(promise)) == (0, True, (5, 5))


def test_a_question_that_moves_no_day_leaves_the_promise_whole() -> None:
    one = catalogue(matter("a", 5, materials=[asks("p", when="x")]), fields=[field("x")])
    plan = plan_of(one)
    assert [question.field for question in plan.open_questions] == ["x"]
    assert (plan.promise.partial, span(plan.promise)) == (False, (5, 5))


def test_a_paper_made_by_a_matter_in_doubt_is_waited_for() -> None:
    materials = [build.material("p", build.by_matter("maker"), build.by_applicant())]
    one = catalogue(
        matter("maker", 4, applies=["x"]),
        matter("a", 3, materials=[asks("p")]),
        materials=materials,
        fields=[field("x")],
    )
    assert span(promise_of(one)) == (3, 7)


def test_calendar_days_count_from_the_day_the_matter_would_start() -> None:
    """Four calendar days are four working days from Monday, two from Thursday."""
    then = matter("b", figure=days(4, Unit.CALENDAR_DAYS), needs=[need("a")])
    one = catalogue(matter("a", 3, applies=["x"]), then, fields=[field("x")])
    assert span(promise_of(one)) == (4, 5)


def test_a_condition_that_cannot_be_tried_counts_as_both() -> None:
    """It is always true, but a field compared with another is not tried: the span is rather too wide."""
    one = catalogue(
        matter("a", 5, applies=["born < joined OR NOT born < joined"]),
        matter("b", 2),
        fields=[field("born", "date"), field("joined", "date")],
    )
    assert span(promise_of(one)) == (2, 5)


def chains(count: int) -> Catalogue:
    """Matters of different lengths in one row, each in doubt: every subset has a length of its own."""
    matters = [
        matter(f"m{place}", 1 << place, applies=[f"f{place}"], needs=[need(f"m{one}") for one in range(place)])
        for place in range(count)
    ]
    return catalogue(*matters, fields=[field(f"f{place}") for place in range(count)])


def test_many_matters_in_doubt() -> None:
    assert span(promise_of(chains(9))) == (0, (1 << 9) - 1)


def test_beyond_what_can_be_put_together_the_span_is_rather_too_wide() -> None:
    """Forty free answers in one row; that the last two exclude each other is then no longer seen."""
    matters = [
        matter(f"m{place}", 3 + 7 * place % 41, applies=[f"f{place}"], needs=[need(f"m{one}") for one in range(place)])
        for place in range(40)
    ]
    last = matter("last", 1, applies=["NOT f39"], needs=[need("m39")])
    one = catalogue(*matters, last, fields=[field(f"f{place}") for place in range(40)])
    assert span(promise_of(one)) == (0, sum(3 + 7 * place % 41 for place in range(40)) + 1)


def test_a_derived_number_one_is_not_taken_for_yes() -> None:
    one = catalogue(
        matter("a", 3, applies=["x OR NOT x"]),
        matter("b", 2, applies=["kind = 1"]),
        fields=[field("x"), field("y"), field("kind", "integer")],
        derived=(build.derived("kind", ("y", 1), ("TRUE", 2)),),
    )
    assert [line.id for line in plan_of(one).matters] == ["a"]
