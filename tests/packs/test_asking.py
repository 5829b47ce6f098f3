"""Question by question comes to the same answer as all at once, and takes nothing back on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from onething.catalogue.policies.checking import read_policies
from onething.engine.policies.asking import Asking, asking
from onething.engine.policies.deciding import Decision, Outcome, compile_program
from onething.engine.policies.facts import typed_facts
from onething.engine.policies.parsing import ParsedPack
from onething.plumbing.packs import entitlements, read_pack

DECIDED = {Outcome.ELIGIBLE, Outcome.AMOUNT_UNKNOWN, Outcome.NOT_ELIGIBLE}
Facts = dict[str, Any]


@cache
def policies() -> ParsedPack:
    return read_policies("national/entitlements")


@cache
def asked_on(day: date) -> Asking:
    return asking(compile_program(policies(), day))


def situations() -> list[Any]:
    pack = read_pack("national/entitlements")
    return [pytest.param(one, id=name) for name, one in sorted(pack.of(entitlements.Situation).items())]


def carried(questions: Asking, person: Facts) -> Iterator[tuple[set[str], tuple[Decision, ...]]]:
    """Ask until nothing more can be decided; each step gives what was asked and the decisions after it."""
    asked: set[str] = set()
    answers = {name: value for name, value in person.items() if name not in questions.questions}
    while True:
        decisions = questions.decide(answers, asked=asked)
        yield asked, decisions
        question = questions.next_question(decisions, asked=asked)
        if question is None:
            return
        asked = asked | {question}
        if question in person:
            answers = {**answers, question: person[question]}


@pytest.mark.parametrize("situation", situations())
def test_asking_ends_where_all_at_once_does(situation: entitlements.Situation) -> None:
    questions = asked_on(date.fromisoformat(situation.as_of))
    person = typed_facts(situation.person, questions.program.parsed.pack.facts)
    steps = list(carried(questions, person))
    whole = questions.program.decide(person)
    for one, other in zip(steps[-1][1], whole, strict=True):
        assert (one.policy.id, one.outcome, one.amount, one.start) == (
            other.policy.id, other.outcome, other.amount, other.start,
        )  # fmt: skip
    assert len(steps[-1][0]) <= len(questions.questions)


@pytest.mark.parametrize("situation", situations()[::4])
def test_what_was_said_is_never_taken_back(situation: entitlements.Situation) -> None:
    questions = asked_on(date.fromisoformat(situation.as_of))
    person = typed_facts(situation.person, questions.program.parsed.pack.facts)
    said: dict[str, Outcome] = {}
    for _asked, decisions in carried(questions, person):
        for one in decisions:
            if one.policy.id in said and one.trace:
                known = said[one.policy.id]
                assert one.outcome is known or known is Outcome.AMOUNT_UNKNOWN, one.policy.id
            if one.outcome in DECIDED:
                said[one.policy.id] = one.outcome


def test_the_first_question_is_one_that_most_policies_wait_for() -> None:
    questions = asked_on(date(2026, 11, 1))
    decisions = questions.decide({}, asked=())
    first = questions.next_question(decisions, asked=())
    waiting = {name: sum(name in one.missing for one in decisions) for name in questions.questions}
    assert first is not None
    assert waiting[first] >= max(waiting.values()) / 2


def test_what_does_not_exist_is_an_answer_and_what_was_not_asked_is_none() -> None:
    questions = asked_on(date(2026, 11, 1))
    before = {one.policy.id: one.outcome for one in questions.decide({}, asked=())}
    after = {one.policy.id: one.outcome for one in questions.decide({}, asked={"disability_grade"})}
    assert before["disability_pension"] is Outcome.UNKNOWN
    assert after["disability_pension"] is Outcome.NOT_ELIGIBLE


def test_answers_that_cannot_be_true_decide_nothing_and_are_named() -> None:
    questions = asked_on(date(2026, 11, 1))
    answers = {"enlist_date": date(2001, 1, 1), "discharge_date": date(1999, 1, 1)}
    decisions = questions.decide(answers, asked=set(answers))
    assert {one.outcome for one in decisions} == {Outcome.UNKNOWN}
    assert {"enlist_date", "discharge_date"} <= decisions[0].missing
