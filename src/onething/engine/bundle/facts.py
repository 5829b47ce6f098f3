"""Answers become facts: checked against the data dictionary, with derived fields worked out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from onething.engine.bundle.checkwords import in_words
from onething.engine.bundle.compiled import Compiled, CompiledDerived, DerivedCase
from onething.engine.bundle.errors import (
    AmountNeeded,
    AnswerFollows,
    AnswersNotUsable,
    BankCardWrong,
    BirthDateDiffers,
    ChoicesNeeded,
    DayNeeded,
    NotAChoice,
    NumberOutOfRange,
    PhoneWrong,
    Problem,
    QuestionUnknown,
    QuotesMissing,
    SexDiffers,
    TextNeeded,
    TextTooLong,
    ValueImpossible,
    WholeNumberNeeded,
    YesOrNoNeeded,
)
from onething.engine.bundle.model import FieldDef, IdPart
from onething.engine.rules import AS_OF, NONE, Unknown
from onething.kernel import codes
from onething.kernel.errors import Refusal
from onething.kernel.telling import Named

Answers = Mapping[str, Any]

LONGEST = {"text": 200, "long_text": 2000}
"""Characters of a text answer, by type."""

MOST_DIGITS = 15
_PHONE = re.compile(r"1[0-9]{10}")
_BANK_CARD = re.compile(r"[0-9]{12,19}")


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """A derived field that could be worked out, with the case that gave its value."""

    field: str
    case: DerivedCase


@dataclass(frozen=True, slots=True)
class Situation:
    """All that is known of a person on a day: facts for the rules, and how the derived ones came about."""

    facts: Mapping[str, Any]
    derived: tuple[DerivedValue, ...]


def read_situation(compiled: Compiled, answers: Answers, on: date) -> Situation:
    """
    Check the answers and work out what follows from them. A null is a missing answer.

    Refuses AnswersNotUsable with every problem, by field.
    """
    return situation_of(compiled, check_answers(compiled, answers, on), on)


def check_answers(compiled: Compiled, answers: Answers, on: date | None = None) -> dict[str, Any]:
    """
    Give the answers in their right types. Refuses AnswersNotUsable; missing answers are no fault.

    Without a day the checks that depend on it are left for later.
    """
    facts, problems = read_answers(compiled, answers, on)
    if problems:
        raise AnswersNotUsable(tuple(problems))
    return facts


def situation_of(compiled: Compiled, known: Mapping[str, Any], on: date | Unknown) -> Situation:
    """Add the day and every derived field to values that are already in their right types."""
    facts: dict[str, Any] = {**known, AS_OF: on}
    derived = []
    for one in compiled.derived:
        case = _derive(one, facts)
        if case is not None:
            derived.append(DerivedValue(one.field, case))
    return Situation(facts, tuple(derived))


def _derive(derived: CompiledDerived, facts: dict[str, Any]) -> DerivedCase | None:
    """
    Put the value of a derived field among the facts: the first true case gives it.

    Behind one that cannot be told the value stays unknown, and misses what every case misses that is still possible.
    """
    missing: frozenset[str] = frozenset()
    found: DerivedCase | None = None
    for case in derived.cases:
        verdict = case.rule.verdict(facts)
        missing |= verdict.missing
        if verdict.value is True:
            found = case
            break
    facts[derived.field] = Unknown(missing) if missing else NONE if found is None else found.value
    return None if missing else found


def read_answers(compiled: Compiled, answers: Answers, on: date | None) -> tuple[dict[str, Any], list[Problem]]:
    """Give the usable answers in their right types, and what is wrong with the others."""
    facts: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in answers.items():
        if value is None:
            continue
        try:
            facts[name] = _read(compiled, name, value)
        except Refusal as refusal:
            problems.append(Problem(name, refusal))
    problems += _checked(compiled, facts, on)
    problems += _contradicting(compiled, facts)
    return facts, [_labelled(compiled, problem) for problem in problems]


def _labelled(compiled: Compiled, problem: Problem) -> Problem:
    field = compiled.catalogue.fields.get(problem.field)
    return replace(problem, label=Named(field.id, field.label.zh, field.label.en)) if field else problem


def _read(compiled: Compiled, name: str, value: object) -> Any:
    field = compiled.catalogue.fields.get(name)
    if field is None:
        near = get_close_matches(name, compiled.catalogue.fields, n=1, cutoff=0)
        raise QuestionUnknown(near="".join(near))
    if name in compiled.derived_fields:
        raise AnswerFollows
    return _READERS[field.type](field, value)


def _checked(compiled: Compiled, facts: Mapping[str, Any], on: date | None) -> Iterator[Problem]:
    dated = {**facts, AS_OF: on or Unknown((AS_OF,))}
    for name, rule in compiled.field_checks.items():
        if name in facts and rule.verdict(dated).value is False:
            yield Problem(name, ValueImpossible(check=in_words(rule, compiled.catalogue.fields)))


def _contradicting(compiled: Compiled, facts: Mapping[str, Any]) -> Iterator[Problem]:
    """Find the answers that say something else than the ID number given beside them."""
    for name, other in compiled.agreements:
        if name in facts and other.field in facts:
            number = codes.read_id_number(facts[other.field])
            said, refusal = _SAYS[other.part](number)
            if facts[name] != said:
                yield Problem(name, refusal, beside=other.field)


_SAYS: dict[IdPart, Callable[[codes.IdNumber], tuple[object, Refusal]]] = {
    IdPart.BIRTH_DATE: lambda number: (number.birth_date, BirthDateDiffers()),
    IdPart.SEX: lambda number: (number.sex.value, SexDiffers()),
}


def _written(field: FieldDef, value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise QuotesMissing
    if not isinstance(value, str) or not value.strip():
        raise TextNeeded
    return value.strip()


def _text(field: FieldDef, value: object) -> str:
    text, limit = _written(field, value), LONGEST[field.type]
    if len(text) > limit:
        raise TextTooLong(count=len(text), limit=limit)
    return text


def _phone(field: FieldDef, value: object) -> str:
    number = _digits(field, value)
    if not _PHONE.fullmatch(number):
        raise PhoneWrong
    return number


def _bank_card(field: FieldDef, value: object) -> str:
    number = _digits(field, value)
    if not _BANK_CARD.fullmatch(number):
        raise BankCardWrong(count=len(number))
    return number


def _digits(field: FieldDef, value: object) -> str:
    """The digits as people group them, e.g. 6230 9900 …, without blanks and hyphens."""
    return _written(field, value).replace(" ", "").replace("-", "")


def _boolean(field: FieldDef, value: object) -> bool:
    if not isinstance(value, bool):
        raise YesOrNoNeeded
    return value


def _integer(field: FieldDef, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise WholeNumberNeeded
    return _bounded(value)


def _bounded(value: int) -> int:
    if abs(value) >= 10**MOST_DIGITS:
        raise NumberOutOfRange(digits=MOST_DIGITS)
    return value


def _money(field: FieldDef, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise AmountNeeded
    return _bounded(value)


def _date(field: FieldDef, value: object) -> date:
    try:
        return date.fromisoformat(_written(field, value))
    except ValueError:
        raise DayNeeded from None


def _choice(field: FieldDef, value: object) -> str:
    options = [option.value for option in field.options]
    if value not in options:
        raise NotAChoice(options=", ".join(options))
    return str(value)


def _choices(field: FieldDef, value: object) -> frozenset[str]:
    if not isinstance(value, list | tuple):
        raise ChoicesNeeded(options=", ".join(option.value for option in field.options))
    return frozenset(_choice(field, one) for one in value)


def _region(field: FieldDef, value: object) -> str:
    return codes.read_region(_written(field, value))


def _id_number(field: FieldDef, value: object) -> str:
    return codes.read_id_number(_written(field, value)).value


_READERS: dict[str, Callable[[FieldDef, object], Any]] = {
    "text": _text,
    "long_text": _text,
    "phone": _phone,
    "bank_card": _bank_card,
    "boolean": _boolean,
    "integer": _integer,
    "money": _money,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "region": _region,
    "id_number": _id_number,
}
