"""Catalogues that cannot work are refused, all problems at once, with the chain named."""

from __future__ import annotations

import pytest

from onething.engine.bundle import compile_catalogue
from onething.engine.bundle.errors import CatalogueRefused
from onething.engine.bundle.model import Catalogue
from onething.engine.bundle.tests import build
from onething.engine.bundle.tests.build import act, asks, catalogue, matter, need
from onething.kernel.errors import Refusal


def problems_of(one: Catalogue) -> tuple[Refusal, ...]:
    with pytest.raises(CatalogueRefused) as caught:
        compile_catalogue(one)
    return caught.value.problems


def told(one: Catalogue) -> list[str]:
    return [f"{problem.code}: {problem}" for problem in problems_of(one)]


def test_needs_in_a_cycle() -> None:
    (text,) = told(
        catalogue(matter("a", needs=[need("b")]), matter("b", needs=[need("c")]), matter("c", needs=[need("a")]))
    )
    assert text.startswith("cyclic_needs")
    assert text.endswith("a waits for b waits for c waits for a.")


def test_a_condition_on_a_need_does_not_open_a_cycle() -> None:
    fields = [build.field("x")]
    (problem,) = problems_of(
        catalogue(matter("a", needs=[need("b", when="x")]), matter("b", needs=[need("a", when="NOT x")]), fields=fields)
    )
    assert problem.code == "cyclic_needs"


def test_names_that_lead_nowhere_are_told_together_with_the_nearest() -> None:
    broken = matter(
        "card",
        fields=[build.use("fullname")],
        materials=[asks("letter")],
        needs=[need("crad"), need(event="payment")],
        acts=[act("finger", "police_dsk")],
        department="polcie",
        consent="wishes",
    )
    one = catalogue(
        broken,
        fields=[build.field("full_name", "text")],
        materials=[
            build.material("letter", build.by_matter("nobody"), build.by_share("bnak"), build.by_form("fulname"))
        ],
        stations=[build.station("hall", "police_desk")],
        terms=(build.term("report", "dischraged", 30, "reporting"),),
        derived=(build.derived("placement", ("TRUE", "x")),),
    )
    texts = told(one)
    assert len(texts) == 12
    assert any("“fullname”" in text and "Did you mean “full_name”?" in text for text in texts)
    assert any("“police_dsk”" in text and "no station" in text for text in texts)
    assert all(text.startswith(("unknown_reference", "unknown_capability")) for text in texts)


def test_a_material_without_any_way() -> None:
    (text,) = told(
        catalogue(
            matter("card", materials=[asks("letter")]),
            matter("report", materials=[asks("card_copy")]),
            materials=[
                build.material("letter", build.by_matter("report")),
                build.material("card_copy", build.by_matter("card")),
            ],
        )
    )[:1]
    assert text.startswith("material_nobody_supplies")
    assert "card needs letter, which only report makes, which needs card_copy, which only card makes" in text


def test_a_maker_that_waits_for_the_one_it_should_supply() -> None:
    (text,) = told(
        catalogue(
            matter("report", materials=[asks("letter")]),
            matter("hukou", needs=[need("report")]),
            materials=[build.material("letter", build.by_matter("hukou"))],
        )
    )
    assert "report needs letter, which only hukou makes, which itself waits for report" in text


def test_a_material_that_some_person_cannot_have_is_told_with_that_persons_answers() -> None:
    (text,) = told(
        catalogue(
            matter("hukou", applies=["cancelled"]),
            matter("card", materials=[asks("page")]),
            materials=[build.material("page", build.by_matter("hukou"))],
            fields=[build.field("cancelled")],
        )
    )
    assert "every way is closed when cancelled = FALSE (hukou does not apply then)" in text


def test_a_material_with_a_way_for_everybody_is_fine() -> None:
    one = catalogue(
        matter("hukou", applies=["cancelled"]),
        matter("card", materials=[asks("page")]),
        materials=[build.material("page", build.by_matter("hukou"), build.by_applicant("NOT cancelled"))],
        fields=[build.field("cancelled")],
    )
    assert compile_catalogue(one).catalogue is one


@pytest.mark.parametrize(
    "applies",
    [
        ["x", "NOT x"],
        ["colour = 'red'", "colour IN ('green', 'blue')"],
        ["months > 12", "months < 12"],
        ["born > DATE '2000-01-01'", "born < DATE '2000-01-01'"],
        ["city = 'a'", "city = 'b'"],
        ["has(merits, 'red')", "NOT has(merits, 'red')"],
        ["fate = 'lost'"],
        ["member", "fate = 'none'"],
    ],
)
def test_a_matter_for_nobody(applies: list[str]) -> None:
    (problem,) = problems_of(wide(applies))
    assert problem.code == "matter_never_applies"
    assert applies[0] in str(problem)


@pytest.mark.parametrize(
    "applies",
    [
        ["x", "NOT member"],
        ["months > 11", "months < 13"],
        ["born = DATE '2000-01-01'"],
        ["city <> 'a'", "city <> 'b'"],
        ["fate = 'kept'", "NOT x"],
        ["grade IS NULL"],
        ["grade = 3"],
        ["years_between(born, as_of()) > 60"],
        ["months + 1 > 3", "months < 900"],
        ["CASE WHEN x THEN months ELSE 0 END > 40"],
    ],
)
def test_a_matter_for_somebody(applies: list[str]) -> None:
    assert compile_catalogue(wide(applies)).matters["a"].applies


def wide(applies: list[str]) -> Catalogue:
    colours = ["red", "green", "blue"]
    return catalogue(
        matter("a", applies=applies),
        fields=[
            build.field("x"),
            build.field("member", absent="none"),
            build.field("colour", "choice", options=colours),
            build.field("merits", "choices", options=colours, absent="none"),
            build.field("months", "integer"),
            build.field("grade", "integer", absent="none"),
            build.field("born", "date"),
            build.field("city", "text"),
            build.field("fate", "choice", options=["kept", "lost", "none"]),
        ],
        derived=(build.derived("fate", ("member", "kept"), ("x", "kept"), ("NOT x", "kept")),),
    )


def test_a_condition_that_cannot_be_used() -> None:
    texts = told(wide(["mnths > 3", "x OR"]))
    assert [text.split(":")[0] for text in texts] == ["unknown_field", "rule_unreadable"]


def test_derived_fields_in_a_cycle() -> None:
    (text,) = told(
        catalogue(
            matter("a"),
            fields=[build.field("p"), build.field("q")],
            derived=(build.derived("p", ("q", True)), build.derived("q", ("p", True))),
        )
    )
    assert text.endswith("p → q → p.")


def test_a_derived_value_that_does_not_fit() -> None:
    fields = [build.field("p", "choice", options=["a", "b"]), build.field("q", "integer")]
    derived = (build.derived("p", ("TRUE", "c")), build.derived("q", ("TRUE", True)))
    assert [problem.code for problem in problems_of(catalogue(matter("a"), fields=fields, derived=derived))] == [
        "wrong_derived_value",
        "wrong_derived_value",
    ]
