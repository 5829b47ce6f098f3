"""Checks between answers, in words that a person reads."""

from __future__ import annotations

import pytest

from onething.engine.bundle import compile_catalogue
from onething.engine.bundle.errors import AnswersNotUsable
from onething.engine.bundle.facts import check_answers
from onething.engine.bundle.tests import build
from onething.engine.bundle.tests.build import catalogue, field, matter, use

SAID = [
    ("joined < left AND joined <= as_of()", "joined",
     "joined (joined) is before left (left), and joined (joined) is not after the day of submission"),
    ("months BETWEEN 1 AND 600", "months", "months (months) is from 1 to 600"),
    ("months > 3", "months", "months (months) is more than 3"),
    ("NOT months > 600", "months", "NOT months > 600"),
    ("months + 1 > 900", "months", "months + 1 > 900"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "name", "said"), SAID)
def test_a_check_is_told_in_words(check: str, name: str, said: str) -> None:
    fields = {"joined": "date", "left": "date", "months": "integer"}
    one = catalogue(
        matter("a", fields=[use(each) for each in fields]),
        fields=[field(each, kind, check=check if each == name else None) for each, kind in fields.items()],
    )
    answers = {"joined": "2026-03-03", "left": "2026-03-03", "months": 700 if "600" in check else 2}
    with pytest.raises(AnswersNotUsable) as caught:
        check_answers(compile_catalogue(one), answers, build.MONDAY)
    (problem,) = caught.value.problems
    assert str(problem.refusal).startswith(f"This value is not possible; it must hold that {said}.")
