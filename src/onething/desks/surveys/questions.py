"""The questions of a survey as values, and what counts as an answer to them. Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_QUESTIONS = 8
MOST_OPTIONS = 10
LONGEST_WORDS = 500


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    MANY = "many"
    WORDS = "words"


Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that can be chosen."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `options` are empty where it is answered in words."""

    id: str
    kind: Kind
    title: Words
    options: tuple[Option, ...] = ()

    @property
    def has_options(self) -> bool:
        """Tell whether something is chosen, not written."""
        return self.kind is not Kind.WORDS

    def option_ids(self) -> set[str]:
        """Give the ids that can be chosen."""
        return {option.id for option in self.options}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody answered: question → chosen options, and question → words."""

    chosen: Mapping[str, tuple[str, ...]]
    words: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was answered at all."""
        return not self.chosen and not self.words

    def plain(self) -> dict[str, Any]:
        """Write it as JSON values, to be sealed."""
        return {"chosen": {name: list(ids) for name, ids in self.chosen.items()}, "words": dict(self.words)}


def title_of(zh: str, en: str = "") -> dict[str, str]:
    """Make the words of a title; without English the Chinese stands for both."""
    return {"zh": zh.strip(), "en": en.strip() or zh.strip()}


def read_options(text: str) -> tuple[Option, ...]:
    """Read options, a line each; behind a bar stands the English: 「看病 | Medical care」."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    parted = (line.replace("｜", "|").partition("|") for line in lines)
    return tuple(Option(id=f"o{n}", title=title_of(zh, en)) for n, (zh, _bar, en) in enumerate(parted, 1))


def as_plain(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Write questions as they are stored."""
    return [
        {
            "id": one.id,
            "kind": one.kind.value,
            "title": dict(one.title),
            "options": [{"id": option.id, "title": dict(option.title)} for option in one.options],
        }
        for one in questions
    ]


def read_questions(stored: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Read questions as they were stored."""
    return tuple(
        Question(
            id=one["id"],
            kind=Kind(one["kind"]),
            title=one["title"],
            options=tuple(Option(id=option["id"], title=option["title"]) for option in one["options"]),
        )
        for one in stored
    )


def read_given(questions: Iterable[Question], posted: Mapping[str, Sequence[str]]) -> Given:
    """
    Read what was ticked and written: field name → values. What is no answer to a question is left out.

    Of a question with one answer the first tick counts; words are cut at LONGEST_WORDS characters.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    words: dict[str, str] = {}
    for one in questions:
        values = posted.get(one.id, ())
        if one.has_options:
            ticked = tuple(dict.fromkeys(value for value in values if value in one.option_ids()))
            if ticked:
                chosen[one.id] = ticked[:1] if one.kind is Kind.ONE else ticked
        elif said := " ".join(values).strip():
            words[one.id] = said[:LONGEST_WORDS]
    return Given(chosen=chosen, words=words)


def counted(given: Given) -> Iterator[tuple[str, str]]:
    """Name what an answer adds one to: itself (empty names), and each chosen (question, option), in a fixed order."""
    yield "", ""
    for question in sorted(given.chosen):
        for option in sorted(given.chosen[question]):
            yield question, option
