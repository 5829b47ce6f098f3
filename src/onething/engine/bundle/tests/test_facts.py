"""Answers in, facts out: every wrong answer is named at once, with what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from onething.engine.bundle import check_answers, compile_catalogue
from onething.engine.bundle.errors import AnswersNotUsable, BirthDateDiffers, CatalogueRefused, SexDiffers
from onething.engine.bundle.facts import read_situation
from onething.engine.bundle.model import Agreement, IdPart
from onething.engine.bundle.tests import build
from onething.engine.bundle.tests.build import MONDAY, catalogue, field, matter
from onething.engine.rules import Unknown

COLOURS = ["red", "green"]
COMPILED = compile_catalogue(
    catalogue(
        matter("a"),
        fields=[
            field("name", "text"),
            field("ill", "boolean"),
            field("months", "integer", check="months BETWEEN 1 AND 600"),
            field("born", "date", check="born < as_of()"),
            field("pay", "money"),
            field("colour", "choice", options=COLOURS),
            field("merits", "choices", options=COLOURS, absent="none"),
            field("number", "id_number"),
            field("home", "region"),
            field("story", "long_text"),
            field("mobile", "phone"),
            field("card", "bank_card"),
            field("fate", "choice", options=["kept", "lost"]),
            field("doubled", "integer"),
        ],
        derived=(
            build.derived("doubled", ("fate = 'kept'", 2), ("TRUE", 1)),
            build.derived("fate", ("months >= 144", "kept"), ("ill", "lost")),
        ),
    )
)


def test_answers_come_out_in_their_types() -> None:
    facts = check_answers(
        COMPILED,
        {
            "name": " 何青松 ",
            "born": "1999-05-21",
            "months": 96,
            "merits": ["red"],
            "number": "990123199905210150",
            "home": "990123",
            "story": "字" * 2000,
            "mobile": "199 0000-0001",
            "card": "6230 9900 0000 0000 011",
            "ill": None,
        },
    )
    assert facts == {
        "name": "何青松",
        "born": date(1999, 5, 21),
        "months": 96,
        "merits": frozenset({"red"}),
        "number": "990123199905210150",
        "home": "990123000000",
        "story": "字" * 2000,
        "mobile": "19900000001",
        "card": "6230990000000000011",
    }


WRONG: list[tuple[str, Any, str]] = [
    ("name", 3, "A number was read where a text is needed"),
    ("name", True, "A text is needed"),
    ("name", "字" * 201, "201 characters; there is room for 200"),
    ("story", "字" * 2001, "room for 2000"),
    ("number", 990123199905210150, "A number was read where a text is needed"),
    ("mobile", "1990000000", "11 digits"),
    ("mobile", "29900000001", "11 digits"),
    ("mobile", "１９９０００００００１", "11 digits"),
    ("card", "62309900000", "12 to 19 digits"),
    ("card", "6230990000000000011x", "12 to 19 digits"),
    ("months", 10**15, "beyond all bounds"),
    ("pay", 10**15, "beyond all bounds"),
    ("name", " ", "A text is needed"),
    ("ill", "yes", "Yes or no is needed"),
    ("ill", 1, "Yes or no is needed"),
    ("months", "96", "A whole number is needed"),
    ("months", True, "A whole number is needed"),
    ("months", 9.5, "A whole number is needed"),
    ("months", 0, "not possible"),
    ("born", "21.5.1999", "no day"),
    ("born", "1999-02-30", "no day"),
    ("born", "2099-01-01", "not possible"),
    ("pay", -1, "An amount in whole fen"),
    ("colour", "blue", "none of the choices"),
    ("colour", ["red"], "none of the choices"),
    ("merits", "red", "A list of choices is needed"),
    ("merits", ["blue"], "none of the choices"),
    ("number", "990123199905210151", "does not fit"),
    ("number", "990123199902300150", "no possible date"),
    ("home", "99", "12 digits"),
    ("fate", "kept", "follows from other answers"),
    ("mnths", 3, "does not exist"),
]


@pytest.mark.parametrize(("name", "value", "wrong"), WRONG)
def test_a_wrong_answer_is_refused_with_what_to_do(name: str, value: Any, wrong: str) -> None:
    with pytest.raises(AnswersNotUsable) as caught:
        check_answers(COMPILED, {name: value}, MONDAY)
    (problem,) = caught.value.problems
    assert problem.field == name
    assert wrong in problem.wrong
    assert problem.remedy


def test_all_wrong_answers_are_named_at_once() -> None:
    with pytest.raises(AnswersNotUsable) as caught:
        check_answers(COMPILED, {"ill": "yes", "mnths": 3, "born": "x", "name": "何青松"})
    assert [problem.field for problem in caught.value.problems] == ["ill", "mnths", "born"]
    assert "the nearest one is called “months”" in str(caught.value)


def test_a_refusal_never_repeats_an_id_number() -> None:
    with pytest.raises(AnswersNotUsable) as caught:
        check_answers(COMPILED, {"number": "990123199905210151"})
    assert "9905" not in str(caught.value)


def test_derived_fields_follow_in_the_order_in_which_they_can() -> None:
    situation = read_situation(COMPILED, {"months": 150}, MONDAY)
    assert (situation.facts["fate"], situation.facts["doubled"]) == ("kept", 2)
    assert [one.case.because.en for one in situation.derived] == ["months >= 144", "fate = 'kept'"]


def test_an_unknown_case_leaves_a_derived_field_unknown_and_names_the_answer_that_is_missing() -> None:
    situation = read_situation(COMPILED, {"months": 12}, MONDAY)
    assert situation.facts["fate"] == Unknown({"ill"})
    assert situation.facts["doubled"] == Unknown({"ill"})
    assert situation.derived == ()


def test_a_derived_field_without_a_true_case_is_known_to_have_no_value() -> None:
    situation = read_situation(COMPILED, {"months": 12, "ill": False}, MONDAY)
    assert situation.facts["doubled"] == 1


WITH_BOTH = compile_catalogue(
    catalogue(
        matter("a"),
        fields=[
            field("number", "id_number"),
            replace(field("born", "date"), agrees_with=Agreement("number", IdPart.BIRTH_DATE)),
            replace(field("sex", "choice", options=["male", "female"]), agrees_with=Agreement("number", IdPart.SEX)),
        ],
    )
)
NUMBER = "990101199905210152"


@pytest.mark.parametrize(
    "answers",
    [
        {"number": NUMBER, "born": "1999-05-21", "sex": "male"},
        {"number": NUMBER},
        {"born": "1999-05-22", "sex": "female"},
    ],
)
def test_answers_that_agree_with_the_id_number_or_stand_alone_pass(answers: dict[str, Any]) -> None:
    assert check_answers(WITH_BOTH, answers).keys() == answers.keys()


def test_a_date_of_birth_and_a_sex_that_contradict_the_id_number_are_refused_by_name() -> None:
    with pytest.raises(AnswersNotUsable) as refused:
        check_answers(WITH_BOTH, {"number": NUMBER, "born": "1999-05-22", "sex": "female"})
    found = [(one.field, one.beside, type(one.refusal)) for one in refused.value.problems]
    assert found == [("born", "number", BirthDateDiffers), ("sex", "number", SexDiffers)]
    assert NUMBER not in str(refused.value)


def test_an_agreement_with_a_field_that_is_not_there_is_refused() -> None:
    one = replace(field("born", "date"), agrees_with=Agreement("nummer", IdPart.BIRTH_DATE))
    with pytest.raises(CatalogueRefused, match="number"):
        compile_catalogue(catalogue(matter("a"), fields=[field("number", "id_number"), one]))
