"""What counts as an answer to a question."""

from __future__ import annotations

import pytest

from onething.desks.surveys import queries, questions
from onething.desks.surveys.tests.factories import ASKS


def test_options_have_two_languages_or_one_for_both() -> None:
    first, second = questions.read_options(" 看病 | Medical care \n\n 住房 ")
    assert (first.id, dict(first.title)) == ("o1", {"zh": "看病", "en": "Medical care"})
    assert (second.id, dict(second.title)) == ("o2", {"zh": "住房", "en": "住房"})


def test_questions_are_read_as_they_were_stored() -> None:
    assert questions.read_questions(questions.as_plain(ASKS)) == ASKS


@pytest.mark.parametrize(
    ("posted", "chosen", "words"),
    [
        ({"q1": ["o2"], "q2": ["o1", "o2"]}, {"q1": ("o2",), "q2": ("o1", "o2")}, {}),
        ({"q1": ["o2", "o1"]}, {"q1": ("o2",)}, {}),
        ({"q2": ["o1", "o1", "o9"]}, {"q2": ("o1",)}, {}),
        ({"q3": ["  𬎆 <b>x</b> "]}, {}, {"q3": "𬎆 <b>x</b>"}),
        ({"q3": [" "], "q9": ["o1"]}, {}, {}),
    ],
)
def test_what_is_no_answer_is_left_out(posted: dict[str, list[str]], chosen: object, words: object) -> None:
    found = questions.read_given(ASKS, posted)
    assert (found.chosen, found.words) == (chosen, words)
    assert found.is_empty is not bool(chosen or words)


def test_words_are_cut_and_counted_never() -> None:
    found = questions.read_given(ASKS, {"q3": ["长" * 600], "q2": ["o2", "o1"], "q1": ["o1"]})
    assert len(found.words["q3"]) == questions.LONGEST_WORDS
    assert list(questions.counted(found)) == [("", ""), ("q1", "o1"), ("q2", "o1"), ("q2", "o2")]


def test_a_code_is_read_as_people_type_it() -> None:
    assert queries.read_code(" abcde-23456 ") == "ABCDE23456"
