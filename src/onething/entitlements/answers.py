"""
The answers of somebody who asks what is due to them. They travel in the page, from question to question, and are kept
nowhere.

Each answer has a kind: `is` with a value, `not` (there is no such thing), `later` (left open).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Self, get_args

from onething.engine.policies.errors import FactUnreadable
from onething.engine.policies.facts import plain_fact, typed_fact
from onething.engine.policies.model import FactDef

How = Literal["is", "not", "later"]
LONGEST: Final = 8_000
"""Characters of a page's answers; thirty questions take a quarter of it."""
Facts = Mapping[str, FactDef]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the question, how it was answered, and the typed value."""

    question: str
    how: How
    value: Any = None


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers so far, in their order; one question has one answer."""

    given: tuple[Answer, ...] = field(default=())

    @property
    def facts(self) -> dict[str, Any]:
        """The values, typed."""
        return {one.question: one.value for one in self.given if one.how == "is"}

    @property
    def settled(self) -> frozenset[str]:
        """What is known now, to exist or not to."""
        return frozenset(one.question for one in self.given if one.how != "later")

    @property
    def seen(self) -> frozenset[str]:
        """What need not be asked again."""
        return frozenset(one.question for one in self.given)

    def of(self, question: str) -> Answer | None:
        """Find the answer to a question."""
        return next((one for one in self.given if one.question == question), None)

    def and_(self, answer: Answer) -> Self:
        """Add an answer; an earlier one to the same question goes."""
        return type(self)((*self.without(answer.question).given, answer))

    def without(self, question: str) -> Self:
        """Take an answer back."""
        return type(self)(tuple(one for one in self.given if one.question != question))

    def written(self) -> str:
        """Write them for a hidden box of the page."""
        return json.dumps([[one.question, one.how, plain_fact(one.value)] for one in self.given], ensure_ascii=False)


def read(text: str, facts: Facts) -> Answers:
    """
    Read answers back from a page. Whatever is not as `written` leaves it is dropped: who forges a page, fools oneself.

    A question that the pack no longer has, or a value that it no longer knows, is asked again.
    """
    try:
        listed = json.loads(text) if len(text) <= LONGEST else []
    except ValueError:
        listed = []
    answers = Answers()
    for one in listed if isinstance(listed, list) else []:
        answer = _answer(one, facts)
        answers = answers.and_(answer) if answer else answers
    return answers


def _answer(one: object, facts: Facts) -> Answer | None:
    match one:
        case [str(question), str(how), value] if question in facts and how in get_args(How):
            if how != "is":
                return Answer(question, how)  # type: ignore[arg-type]  # one of them, just seen
            try:
                return Answer(question, "is", typed_fact(facts[question], value))
            except FactUnreadable:
                return None
    return None
