"""What applies, what is left out and why, what is still open; terms, events, consent and statutory days."""

from __future__ import annotations

import pytest

from onething.engine.bundle.errors import MaterialOutOfReach
from onething.engine.bundle.model import Basis, Unit
from onething.engine.bundle.tests import build
from onething.engine.bundle.tests.build import act, asks, catalogue, days, field, matter, need, plan_of


def asked_by(plan) -> dict[str, list[str]]:
    return {one.field: [f"{change.kind}:{change.id}" for change in one.would_change] for one in plan.open_questions}


def test_the_first_condition_that_fails_is_the_reason() -> None:
    one = catalogue(matter("a", applies=["x", "y", "z"]), fields=[field("x"), field("y"), field("z")])
    (left_out,) = plan_of(one, {"y": False, "z": False}).not_needed
    assert left_out.because.en == "not because y"
    assert plan_of(one, {"y": False}).open_questions == ()


def test_an_undecided_matter_is_in_no_number_and_asks() -> None:
    one = catalogue(
        matter("a", 9, applies=["x"], materials=[asks("p", when="y")]), matter("b", 2), fields=[field("x"), field("y")]
    )
    plan = plan_of(one)
    assert [(one.id, one.missing) for one in plan.undecided] == [("a", ("x",))]
    assert (plan.promise.working_days, plan.before.materials) == (2, 0)
    assert asked_by(plan) == {"x": ["matter:a"], "y": ["material:p"]}
    assert asked_by(plan_of(one, {"x": False})) == {}
    assert asked_by(plan_of(one, {"x": True})) == {"y": ["material:p"]}
    assert asked_by(plan_of(one, {"x": True, "y": False})) == {}


def test_consent_may_be_refused() -> None:
    one = catalogue(matter("training", consent="wishes"), fields=[field("wishes")])
    assert [each.id for each in plan_of(one, {"wishes": True}).matters] == ["training"]
    assert plan_of(one, {"wishes": False}).not_needed[0].because.en == "You chose not to have it done"
    assert asked_by(plan_of(one)) == {"wishes": ["matter:training"]}


def test_a_need_on_a_matter_that_does_not_apply_binds_nobody() -> None:
    one = catalogue(
        matter("hukou", 5, applies=["cancelled"]),
        matter("card", 3, needs=[need("hukou"), need("hukou", when="x")]),
        fields=[field("cancelled"), field("x")],
    )
    assert plan_of(one, {"cancelled": True, "x": True}).promise.working_days == 8
    assert plan_of(one, {"cancelled": False}).promise.working_days == 3
    assert asked_by(plan_of(one, {"cancelled": False})) == {}
    assert asked_by(plan_of(one, {"cancelled": True})) == {"x": ["need:hukou"]}


def test_an_outside_event_is_named_and_never_counted() -> None:
    plan = plan_of(catalogue(matter("money", 3, needs=[need(event="remittance")]), events=[build.event("remittance")]))
    assert plan.promise.working_days == 3
    assert plan.matters[0].waits_for == ("remittance",)
    (event,) = plan.external
    assert [waiting.matter for waiting in event.needed_by] == ["money"]


def test_a_way_in_doubt_asks_only_if_it_would_change_something() -> None:
    fields = [field("at_home"), field("useless")]
    materials = [
        build.material("p", build.by_share(when="at_home"), build.by_applicant()),
        build.material("q", build.by_share(), build.by_applicant(when="useless")),
    ]
    one = catalogue(matter("a", materials=[asks("p"), asks("q")]), materials=materials, fields=fields)
    plan = plan_of(one)
    assert plan.hand_in == ("p",)
    assert asked_by(plan) == {"at_home": ["material:p"]}
    assert plan_of(one, {"at_home": True}).hand_in == ()


def test_a_paper_with_only_doubtful_ways_is_counted_as_brought_until_answered() -> None:
    materials = [build.material("p", build.by_share(when="x"), build.by_applicant(when="NOT x"))]
    plan = plan_of(catalogue(matter("a", materials=[asks("p")]), materials=materials, fields=[field("x")]))
    assert plan.hand_in == ("p",)
    assert "still open" in plan.materials[0].because.en
    assert asked_by(plan) == {"x": ["material:p"]}


def test_a_paper_that_nobody_can_supply_to_this_person_is_refused_with_the_chain() -> None:
    """Whether somebody over 60 exists depends on the day, so the pack's check cannot see it."""
    materials = [build.material("p", build.by_share(when="years_between(born, as_of()) < 60"))]
    one = catalogue(matter("a", materials=[asks("p")]), materials=materials, fields=[field("born", "date")])
    assert plan_of(one, {"born": "1999-01-01"}).hand_in == ()
    with pytest.raises(MaterialOutOfReach, match="a needs p; none of its ways is open here"):
        plan_of(one, {"born": "1950-01-01"})


def test_a_term_of_the_person_is_counted_in_calendar_days_also_to_a_day_off() -> None:
    one = catalogue(
        matter("report"),
        fields=[field("discharged", "date")],
        terms=(build.term("report", "discharged", 30, "report"), build.term("late", "discharged", 3)),
    )
    plan = plan_of(one, {"discharged": "2026-02-26"})
    assert [(term.id, str(term.due)) for term in plan.terms] == [("report", "2026-03-28"), ("late", "2026-03-01")]
    assert asked_by(plan_of(one)) == {"discharged": ["term:report", "term:late"]}


def told(plan) -> list[tuple[str, str | None]]:
    return [(term.id, term.only_if.en if term.only_if else None) for term in plan.terms]


def test_a_term_is_told_to_those_it_binds_and_with_an_if_while_that_is_open() -> None:
    one = catalogue(
        matter("report"),
        fields=[field("discharged", "date"), field("free")],
        terms=(build.term("days", "discharged", 30, "report", when="free"),),
    )
    left = {"discharged": "2026-02-26"}
    assert told(plan_of(one, {**left, "free": True})) == [("days", None)]
    assert told(plan_of(one, {**left, "free": False})) == []
    assert told(plan_of(one, left)) == [("days", "if free")]
    assert asked_by(plan_of(one, left)) == {"free": ["term:days"]}
    assert asked_by(plan_of(one)) == {"discharged": ["term:days"], "free": ["term:days"]}
    assert asked_by(plan_of(one, {"free": False})) == {}  # whom it does not bind is not asked for its day


def test_a_term_of_a_matter_that_may_not_apply_is_told_with_an_if_and_one_that_does_not_is_not() -> None:
    one = catalogue(
        matter("move", applies=["graded"]),
        fields=[field("discharged", "date"), field("graded"), field("free")],
        terms=(build.term("days", "discharged", 60, "move"), build.term("more", "discharged", 9, "move", when="free")),
    )
    left = {"discharged": "2026-02-26"}
    assert told(plan_of(one, left)) == [("days", "if “move” applies to you"), ("more", "if free")]
    assert told(plan_of(one, {**left, "graded": False})) == []
    assert told(plan_of(one, {**left, "free": False})) == [("days", "if “move” applies to you")]
    assert told(plan_of(one, {**left, "graded": True, "free": True})) == [("days", None), ("more", None)]


@pytest.mark.parametrize("free", [None, True, False])
@pytest.mark.parametrize("graded", [None, True, False])
def test_a_term_is_certain_exactly_if_every_completion_of_the_answers_tells_it(
    free: bool | None, graded: bool | None
) -> None:
    """By brute force: told for certain if told in all completions, in doubt if in some, not at all if in none."""
    one = catalogue(
        matter("a", applies=["graded OR free"]),
        fields=[field("discharged", "date"), field("graded"), field("free")],
        terms=(build.term("days", "discharged", 9, "a", when="free OR NOT graded"),),
    )
    given = {"discharged": "2026-02-26"} | {
        name: value for name, value in (("free", free), ("graded", graded)) if value is not None
    }
    ways = [
        {**given, "free": f, "graded": g}
        for f in ((True, False) if free is None else (free,))
        for g in ((True, False) if graded is None else (graded,))
    ]
    binds = [bool(plan_of(one, way).terms) for way in ways]
    found = plan_of(one, given).terms
    assert bool(found) is any(binds)
    assert all(term.only_if is None for term in found) is (all(binds) or not any(binds))


def test_by_law_only_statutory_days_count_and_the_rest_is_named() -> None:
    one = catalogue(
        matter("report", 1),
        matter("hukou", 1, needs=[need("report")], law=days(14, Unit.CALENDAR_DAYS, Basis.LAW)),
        matter("card", 1, needs=[need("hukou")], law=days(5, basis=Basis.LAW)),
    )
    plan = plan_of(one, basis=Basis.LAW)
    assert (plan.promise.working_days, plan.promise.lower_bound) == (15, ("report",))
    assert [line.working_days for line in plan.matters] == [None, 10, 5]
    assert plan_of(one).promise.working_days == 3


def test_calendar_days_are_converted_from_the_day_the_matter_starts() -> None:
    """Four calendar days are four working days from Monday, two from Thursday."""
    three = matter("a", 3)
    then = matter("b", figure=days(4, Unit.CALENDAR_DAYS), needs=[need("a")])
    assert plan_of(catalogue(matter("b", figure=days(4, Unit.CALENDAR_DAYS)))).promise.working_days == 4
    assert plan_of(catalogue(three, then)).promise.working_days == 5


def test_an_online_act_afterwards_is_a_step_but_no_trip() -> None:
    plan = plan_of(catalogue(matter("card", acts=[act("activate")])))
    assert (plan.after.steps, plan.after.trips) == (2, 0)
    assert [line.id for line in plan.online] == ["activate"]


def test_nothing_applies_nothing_is_left_to_do() -> None:
    plan = plan_of(catalogue(matter("a", applies=["x"]), fields=[field("x")]), {"x": False})
    assert (plan.after.working_days, plan.after.steps, plan.promise.due) == (0, 0, build.MONDAY)


def test_a_field_is_asked_prefilled_or_derived() -> None:
    fields = [
        field("name", "text", known_from=("registry", "person")),
        field("wish", "text"),
        field("fate", "choice", options=["a"]),
    ]
    uses = [build.use("wish", optional=True), build.use("name"), build.use("fate")]
    one = catalogue(matter("a", fields=uses), fields=fields, derived=(build.derived("fate", ("TRUE", "a")),))
    form = plan_of(one).form.fields
    assert [(each.id, each.ask.value, each.required) for each in form] == [
        ("name", "prefill", True),
        ("wish", "ask", False),
        ("fate", "derived", False),
    ]
