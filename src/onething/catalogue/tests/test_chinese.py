"""What is wrong with a pack or with answers is told in Chinese, down to the last link of a chain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onething.catalogue import check
from onething.catalogue.answers import read_answers
from onething.catalogue.errors import AnswersUnreadable
from onething.catalogue.tests.written import files_in_the_document, noodle_shop
from onething.engine.bundle import checks, errors
from onething.engine.bundle.model import Words
from onething.kernel.errors import Refusal
from onething.plumbing import calendars
from onething.plumbing.sentences import refusal_in


def test_a_cycle_is_told_in_chinese(tmp_path: Path) -> None:
    needs = "needs:\n  - {matter: sign_permit, because: {zh: 要, en: Needed}, source: L1}\n"
    licence = files_in_the_document()["matters/licence.yaml"] + needs
    report = check.check_pack(
        str(noodle_shop(tmp_path, **{"matters/licence.yaml": licence})), calendars.national_calendar()
    )
    said = report.problems[0].what("zh")
    assert "互相等待" in said
    assert "licence → sign_permit → licence" in said or "sign_permit → licence → sign_permit" in said


@pytest.mark.parametrize(
    "condition",
    [
        "has_sign = ", "has_sine", "shop_size = 'huge'", "seats = 'large'", "seats / 2 > 1", "seats",
        "length(seats) > 3",
        "seats IN (SELECT 1)", "has_sign IS TRUE", "seats = NULL", "has_sign AND seats", "", "TRUE; FALSE",
        "seats > 1 1", "shop_size > 'large'", "CASE WHEN has_sign THEN TRUE END", "seats + has_sign > 1",
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_condition_is_told_in_chinese(tmp_path: Path, condition: str) -> None:
    folder = noodle_shop(tmp_path, ("matters/sign_permit.yaml", 'when: "has_sign"', f'when: "{condition}"'))
    said = check.check_pack(str(folder), calendars.national_calendar()).problems[0].what("zh")
    assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", said.replace(condition, "")), said
    assert not re.search(r"\ba (text|number|boolean|date|choice)\b", said), said


ENGLISH = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+")
"""Three words in a row that are no ids."""


def told(folder: Path) -> str:
    """Everything that the check says about a pack in Chinese."""
    problems = check.check_pack(str(folder), calendars.national_calendar()).problems
    assert problems
    return " ".join(f"{one.what('zh')} {one.remedy('zh')}" for one in problems)


LEASE = '- {by: applicant, because: {zh: "只有您有。", en: "Only you have it."}, source: "L1:4"}'


def shop_with_lease(root: Path, way: str) -> Path:
    """The shop, with another way to come to a lease."""
    return noodle_shop(root, ("materials/papers.yaml", LEASE, way))


def test_a_paper_that_only_a_later_matter_makes_is_told_in_chinese(tmp_path: Path) -> None:
    way = "- {by: matter, matter: sign_permit, because: {zh: 由它, en: Made}, source: L1}"
    said = told(shop_with_lease(tmp_path, way))
    assert "“licence”要“lease”，它只由“sign_permit”产生，它自己又要等“licence”" in said
    assert not ENGLISH.search(said), said


def test_a_gap_in_the_papers_is_told_in_chinese(tmp_path: Path) -> None:
    said = told(
        shop_with_lease(tmp_path, "- {by: applicant, when: has_sign, because: {zh: 自带, en: Own}, source: L1}")
    )
    assert "has_sign = FALSE时，哪种办法都走不通" in said
    assert not ENGLISH.search(said), said


@pytest.mark.parametrize(
    "refusal",
    [
        errors.UnknownReference(
            where="matters: a", kind=checks.KINDS["field"], name="x", correction=checks.ADD_OR_REMOVE
        ),
        errors.UnknownCapability(where="matters: a", capability="desk"),
        errors.CyclicDerivation(chain="a → b"),
        errors.MatterNeverApplies(matter="a", conditions="(x)"),
        errors.WrongDerivedValue(field="a", value="b", correction=Words("它的类型是 date。", "Its type is date.")),
        errors.TooEntangled(),
    ],
)
def test_every_other_refusal_of_a_catalogue_is_told_in_chinese(refusal: Refusal) -> None:
    said = re.sub("`[^`]*`", "", " ".join(refusal_in("zh", refusal)))  # without commands to type
    assert re.search(r"[一-鿿]", said)
    assert not ENGLISH.search(said), said


def test_answers_that_cannot_be_read_are_told_in_the_language_of_the_reader() -> None:
    with pytest.raises(AnswersUnreadable) as refused:
        read_answers(b"a: [1\nb: 2", Path("answers.yaml"))
    said = refusal_in("zh", refused.value)[0]
    assert "answers.yaml:" in said
    assert not ENGLISH.search(said), said
    assert ENGLISH.search(refusal_in("en", refused.value)[0])


@pytest.mark.parametrize(
    "text", ["a: [1\nb: 2", "a: {b: 1\nc: 2", "a: 'x", "a: b: c", "\ta: 1", "a: @x", "- a\n b", "a\nb: 1"]
)
def test_broken_yaml_is_told_in_chinese(text: str) -> None:
    with pytest.raises(AnswersUnreadable) as refused:
        read_answers(text.encode(), Path("answers.yaml"))
    said = refusal_in("zh", refused.value)[0]
    assert not ENGLISH.search(said), said
