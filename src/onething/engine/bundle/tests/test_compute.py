"""The plain story: three matters become one thing; each change of the catalogue moves exactly what it should."""

from __future__ import annotations

import json

import pytest

from onething.engine.bundle import to_json
from onething.engine.bundle.model import Catalogue
from onething.engine.bundle.plan import Plan
from onething.engine.bundle.tests import build
from onething.engine.bundle.tests.build import act, asks, matter, need, plan_of


def story(**more: object) -> Catalogue:
    """Report in, get the register back, open an account; the register is shared, the letter is made by reporting."""
    return build.catalogue(
        more.get("report")
        or matter("report", 2, materials=[asks("discharge"), asks("photo")], fields=[build.use("name")]),
        more.get("hukou")
        or matter(
            "hukou",
            3,
            materials=[asks("letter"), asks("photo"), asks("application")],
            needs=[need("report")],
            fields=[build.use("name"), build.use("address")],
            acts=[act("page", "police_desk")],
        ),
        more.get("bank")
        or matter(
            "bank", 1, materials=[asks("register"), asks("photo")], acts=[act("card", "bank_desk")], department="bank"
        ),
        materials=more.get("materials")
        or [
            build.material("discharge"),
            build.material("photo"),
            build.material("letter", build.by_matter("report"), build.by_applicant()),
            build.material("register", build.by_share(), build.by_applicant()),
            build.material("application", build.by_form("name", "address")),
        ],
        fields=[build.field("name", "text"), build.field("address", "text")],
        stations=more.get("stations")
        or [build.station("hall", "police_desk", "bank_desk"), build.station("bank", "bank_desk")],
    )


@pytest.fixture
def plan() -> Plan:
    return plan_of(story())


def test_the_whole_story(plan: Plan) -> None:
    assert [one.id for one in plan.matters] == ["report", "hukou", "bank"]
    assert plan.hand_in == ("discharge", "photo")
    assert plan.critical_path == ("report", "hukou")
    assert plan.layers == (("report", "bank"), ("hukou",))
    assert plan.promise.working_days == 5
    assert plan.promise.due is not None and plan.promise.due.isoformat() == "2026-03-09"
    assert [visit.station for visit in plan.visits] == ["hall"]
    assert (plan.before.working_days, plan.before.materials, plan.before.steps, plan.before.trips) == (15, 7, 3, 3)
    assert (plan.after.working_days, plan.after.materials, plan.after.steps, plan.after.trips) == (5, 2, 2, 1)


def test_every_paper_of_before_is_handed_in_once_or_removed_with_its_reason(plan: Plan) -> None:
    assert {(one.material, one.matter, one.reason.value) for one in plan.removed} == {
        ("letter", "hukou", "produced"),
        ("photo", "hukou", "repeated"),
        ("photo", "bank", "repeated"),
        ("application", "hukou", "derived"),
        ("register", "bank", "shared"),
    }


def test_one_share_less_is_one_material_more(plan: Plan) -> None:
    without = plan_of(
        story(materials=[build.material("letter", build.by_matter("report")), build.material("register")])
    )
    with_ = plan_of(
        story(
            materials=[
                build.material("letter", build.by_matter("report")),
                build.material("register", build.by_share()),
            ]
        )
    )
    assert set(without.hand_in) - set(with_.hand_in) == {"register"}
    assert without.after.materials == with_.after.materials + 1


def test_without_the_police_desk_at_the_hall_there_are_two_trips() -> None:
    apart = [build.station("hall", "bank_desk"), build.station("police", "police_desk")]
    plan = plan_of(story(stations=apart))
    assert plan.after.trips == 2
    assert plan.after.steps == 3


def test_a_longer_matter_on_the_critical_path_moves_the_promise(plan: Plan) -> None:
    longer = plan_of(story(report=matter("report", 4, materials=[asks("discharge")])))
    assert longer.promise.working_days == plan.promise.working_days + 2


def test_a_longer_matter_off_the_critical_path_does_not(plan: Plan) -> None:
    longer = plan_of(story(bank=matter("bank", 4, materials=[asks("register")])))
    assert longer.promise == plan.promise


def test_the_form_asks_each_field_once_and_names_who_reads_it(plan: Plan) -> None:
    name = plan.form.fields[0]
    assert name.id == "name"
    assert [(one.matter, one.source) for one in name.used_by] == [
        ("report", "L1:2"),
        ("hukou", "L1:2"),
        ("hukou", "L1:9"),
    ]


def test_the_plan_is_plain_json(plan: Plan) -> None:
    plain = to_json(plan)
    assert json.loads(json.dumps(plain)) == plain
    assert plain["matters"][0]["title"] == {"zh": "中report", "en": "report"}
    assert plain["promise"]["due"] == "2026-03-09"
