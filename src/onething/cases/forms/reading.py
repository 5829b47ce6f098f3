"""Reading posted boxes back into plain JSON answers, with a kind word for every slip."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

from django.http import QueryDict

from onething.cases.forms.questions import Question
from onething.cases.forms.slips import (
    AnswerMissing,
    BankCardWrong,
    DateImpossible,
    DateIncomplete,
    NotAChoice,
    NotAnAmount,
    NotANumber,
    PhoneWrong,
    TextTooLong,
)
from onething.kernel import codes
from onething.kernel.errors import Refusal
from onething.plumbing.ui.templatetags.ui import said

Boxes = Mapping[str, list[str]]
LONGEST = {"long_text": 2000}
LONGEST_LINE = 200
_FREE = ("text", "long_text")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page brought: answers (None takes one back), slips by field, and the questions to show again."""

    answers: dict[str, Any] = field(default_factory=dict)
    slips: dict[str, Refusal] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    def with_slips(self, slips: Mapping[str, Refusal]) -> Reading:
        """Add slips that were found later, by the catalogue's own checks."""
        questions = tuple(replace(q, slip=slips.get(q.field.id, q.slip)) for q in self.questions)
        return Reading(self.answers, {**self.slips, **slips}, questions)


def read(questions: Iterable[Question], posted: QueryDict, *, all_required: bool = True) -> Reading:
    """
    Read the answers of these questions. A known fact left alone is no answer: the register's word stands.

    `all_required` is False where a person only puts the form away: then what is missing is no slip.
    """
    answers: dict[str, Any] = {}
    slips: dict[str, Refusal] = {}
    again = []
    for question in questions:
        boxes = _boxes(question, posted)
        again.append(replace(question, typed=boxes))
        try:
            value = _READERS.get(question.field.type, _text)(question, boxes)
            _require(question, value, all_required)
        except Refusal as slip:
            slips[question.field.id] = slip
            again[-1] = replace(again[-1], slip=slip)
            continue
        if value is not None or not question.is_shown_as_known:
            answers[question.field.id] = value
    return Reading(answers, slips, tuple(again))


def _boxes(question: Question, posted: QueryDict) -> dict[str, list[str]]:
    """Collect the boxes of a question: its own name, and its name with a part behind (year, month, day)."""
    found = {part: posted.getlist(f"{question.id}_{part}") for part in "ymd"}
    found[""] = posted.getlist(question.id)
    straight = str.strip if question.field.type in _FREE else _straight
    return {part: [straight(text) for text in values] for part, values in found.items()}


def _straight(text: str) -> str:
    """Make ordinary digits and letters of the full-width ones that Chinese keyboards write."""
    return normalize("NFKC", text).strip()


def _require(question: Question, value: Any, all_required: bool) -> None:
    if value is None and all_required and question.required and not question.is_shown_as_known:
        raise AnswerMissing(question=said(question.words))


def _one(boxes: Boxes) -> str:
    return next((text for text in boxes[""] if text), "")


def _text(question: Question, boxes: Boxes) -> str | None:
    text = _one(boxes)
    limit = LONGEST.get(question.field.type, LONGEST_LINE)
    if len(text) > limit:
        raise TextTooLong(count=len(text), limit=limit)
    return text or None


def _boolean(question: Question, boxes: Boxes) -> bool | None:
    text = _one(boxes)
    if text not in ("", "yes", "no"):
        raise NotAChoice(question=said(question.words))
    return {"": None, "yes": True, "no": False}[text]


def _choice(question: Question, boxes: Boxes) -> str | None:
    text = _one(boxes)
    if text and text not in {option.value for option in question.field.options}:
        raise NotAChoice(question=said(question.words))
    return text or None


def _choices(question: Question, boxes: Boxes) -> list[str] | None:
    ticked = [text for text in boxes[""] if text]
    options = {option.value for option in question.field.options}
    if not ticked:
        return None
    if set(ticked) - options - {"none"}:
        raise NotAChoice(question=said(question.words))
    return [text for text in ticked if text in options]


def _date(question: Question, boxes: Boxes) -> str | None:
    parts = [next(iter(boxes[part]), "") for part in "ymd"]
    if not any(parts):
        return None
    if not all(part.isdigit() for part in parts):
        raise DateIncomplete(question=said(question.words))
    year, month, day = (int(part) for part in parts)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise DateImpossible(year=year, month=month, day=day) from None


def _integer(question: Question, boxes: Boxes) -> int | None:
    text = _one(boxes).replace(" ", "").replace(",", "")
    if not text:
        return None
    if not (text.isdigit() and len(text) <= 12):
        raise NotANumber(typed=text[:20])
    return int(text)


def _money(question: Question, boxes: Boxes) -> int | None:
    """Read yuan as fen."""
    text = _one(boxes).replace(" ", "").replace(",", "").strip("¥元")
    if not text:
        return None
    try:
        amount = Decimal(text) * 100
    except InvalidOperation:
        raise NotAnAmount(typed=text[:20]) from None
    if not amount.is_finite() or amount < 0 or amount != int(amount) or amount > 10**13:
        raise NotAnAmount(typed=text[:20])
    return int(amount)


def _digits(boxes: Boxes) -> str:
    return "".join(character for character in _one(boxes) if character not in " -")


def _phone(question: Question, boxes: Boxes) -> str | None:
    number = _digits(boxes)
    if number and not (number.isdigit() and len(number) == 11 and number[0] == "1"):
        raise PhoneWrong(count=len(number))
    return number or None


def _bank_card(question: Question, boxes: Boxes) -> str | None:
    number = _digits(boxes)
    if number and not (number.isdigit() and 12 <= len(number) <= 19):
        raise BankCardWrong(count=len(number))
    return number or None


def _id_number(question: Question, boxes: Boxes) -> str | None:
    text = _one(boxes)
    return codes.read_id_number(text).value if text else None


def _region(question: Question, boxes: Boxes) -> str | None:
    text = _one(boxes)
    return codes.read_region(text) if text else None


_READERS: dict[str, Callable[[Question, Boxes], Any]] = {
    "boolean": _boolean,
    "choice": _choice,
    "choices": _choices,
    "date": _date,
    "integer": _integer,
    "money": _money,
    "phone": _phone,
    "bank_card": _bank_card,
    "id_number": _id_number,
    "region": _region,
}
