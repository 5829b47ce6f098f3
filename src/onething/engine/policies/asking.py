"""
Asking: what is decided already for somebody who has answered only some questions, and which question decides most.

What was not asked is unknown, whatever its absence would mean; what was asked and is not there has no key. So a no that
is said early is never taken back: further answers only decide what was open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from onething.engine.policies.deciding import CompiledPolicy, Decision, Outcome, Program, month_of
from onething.engine.rules.closures import AS_OF, NONE, Closure, Unknown, compile_node

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Lines:
    """A policy with a closure for each of its conditions."""

    policy: CompiledPolicy
    lines: tuple[Closure, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """The policies of a day, ready to be decided question by question. `questions` are the facts that can be asked."""

    program: Program
    questions: tuple[str, ...]
    policies: tuple[_Lines, ...]

    def decide(self, answers: Facts, *, asked: Iterable[str]) -> tuple[Decision, ...]:
        """
        Decide every policy from the answers so far, typed; `asked` names what was asked, whether it exists or not.

        Answers that cannot be true decide nothing: every decision then has an empty trace and names them as missing.
        """
        whole = self.program.decide(answers)
        if any(not decision.trace and decision.missing for decision in whole):
            return whole
        given = self.given(answers, asked)
        return tuple(self._decision(one, given) for one in self.policies)

    def next_question(self, decisions: Iterable[Decision], *, asked: Iterable[str]) -> str | None:
        """
        Choose the question that decides most; None if no answer would decide anything more.

        Each open policy has one vote, shared by the facts that keep it open; the order of the pack settles a draw.
        """
        votes: dict[str, Fraction] = {}
        for decision in decisions:
            wanted = [name for name in decision.missing if name in self.questions]
            for name in wanted:
                votes[name] = votes.get(name, Fraction(0)) + Fraction(1, len(wanted))
        for name in asked:
            votes.pop(name, None)
        return max(votes, key=lambda name: (votes[name], -self.questions.index(name)), default=None)

    def given(self, answers: Facts, asked: Iterable[str]) -> dict[str, Any]:
        """Give the answers as closures take them: what was not asked keeps everything open that reads it."""
        asked = frozenset(asked)
        known = {name: value for name, value in answers.items() if value is not None}
        unasked = {name: Unknown((name,)) for name in self.questions if name not in asked and name not in known}
        return {AS_OF: self.program.day, **unasked, **known}

    def _decision(self, one: _Lines, given: Mapping[str, Any]) -> Decision:
        policy = one.policy
        trace = tuple(_said(line(given)) for line in one.lines)
        holds = policy.holds(given)
        if holds is False:
            return Decision(policy, Outcome.NOT_ELIGIBLE, trace, None, None, frozenset())
        if holds is not True:
            return Decision(policy, Outcome.UNKNOWN, trace, None, None, frozenset(holds))
        amount = policy.amount(given) if policy.amount is not None else None
        start = policy.start(given)
        open_ends = [frozenset(value) for value in (amount, start) if isinstance(value, Unknown)]
        is_open = isinstance(amount, Unknown)
        return Decision(
            policy,
            Outcome.AMOUNT_UNKNOWN if is_open else Outcome.ELIGIBLE,
            trace,
            None if is_open or amount is None or amount is NONE else int(amount),
            month_of(start if isinstance(start, date) else None, policy.dated.policy.starts_next),
            frozenset().union(*open_ends),
        )


def asking(program: Program) -> Asking:
    """Make a program ready to be asked question by question."""
    facts = program.parsed.pack.facts.values()
    questions = tuple(fact.id for fact in facts if fact.question is not None)
    policies = tuple(
        _Lines(policy, tuple(compile_node(line.written) for line in policy.dated.every_line))
        for policy in program.policies
    )
    return Asking(program, questions, policies)


def _said(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
