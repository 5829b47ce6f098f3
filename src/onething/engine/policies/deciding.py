"""
Deciding for one person: every policy of a pack on one day, each with one of four outcomes and its reasons.

`Program` is compiled once per day; `decide` takes microseconds. It is written as Python from the settled expressions;
what is missing is found by the closures over the written ones, only for those it concerns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from onething.engine.policies.dated import DatedPolicy, checks_on_day, on_day
from onething.engine.policies.model import Condition
from onething.engine.policies.parsing import ParsedPack, reference
from onething.engine.rules.closures import AS_OF, Closure, Unknown, compile_node
from onething.engine.rules.nodes import Kind, Literal, Node, OneOf, fields_of
from onething.engine.rules.python import Writer

Facts = Mapping[str, Any]
NOTHING: frozenset[str] = frozenset()


class Outcome(StrEnum):
    """What a policy says of a person."""

    ELIGIBLE = "eligible"
    AMOUNT_UNKNOWN = "amount_unknown"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"


class Decision(NamedTuple):
    """
    What one policy says of one person on one day.

    `trace` has one value per line of the policy: True, False, or None where it is unknown; it is empty when the facts
    are impossible. `amount` is in fen. `start` is the first day of the first month it is paid for. `missing` are the
    facts (or figures, "param:x") that would decide it.
    """

    policy: CompiledPolicy
    outcome: Outcome
    trace: tuple[bool | None, ...]
    amount: int | None
    start: date | None
    missing: frozenset[str]

    @property
    def explanation(self) -> tuple[tuple[Condition, bool | None], ...]:
        """Every condition with its value, the common ones first; an exclusion's is True where it does not apply."""
        return tuple(zip(self.policy.conditions, self.trace, strict=bool(self.trace)))


@dataclass(frozen=True)
class CompiledPolicy:
    """A policy on a day, with the closures that say what is missing."""

    dated: DatedPolicy
    conditions: tuple[Condition, ...]
    holds: Closure
    amount: Closure | None
    start: Closure

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.dated.policy.id

    @cached_property
    def payment(self) -> str:
        """How often it is paid: month, quarter, year, once; empty in kind."""
        paid = self.dated.ways[0].way.paid
        return paid.per if paid else ""


@dataclass(frozen=True)
class Program:
    """All policies of a pack on one day."""

    parsed: ParsedPack
    day: date
    policies: tuple[CompiledPolicy, ...]
    checks: tuple[tuple[frozenset[str], Node], ...]
    decide: Callable[[Facts], tuple[Decision, ...]]
    """Decides every policy for one person; the facts are typed values, a missing one has no key (or None)."""

    def decision(self, facts: Facts, policy: str) -> Decision:
        """Decide one policy for one person."""
        return next(one for one in self.decide(facts) if one.policy.id == policy)


def compile_program(parsed: ParsedPack, day: date) -> Program:
    """Compile every policy that is in force on the day. Refuses PolicyCircle."""
    policies = tuple(_compiled(dated) for dated in on_day(parsed, day))
    checks = tuple((fields_of(node), node) for node in all_checks(parsed, day))
    return Program(parsed, day, policies, checks, _Coder(policies, checks, day).function())


def all_checks(parsed: ParsedPack, day: date) -> tuple[Node, ...]:
    """Give every condition that possible facts do not break, settled."""
    return (*checks_on_day(parsed, day).values(), *(node for _fact, node in option_checks(parsed)))


def _compiled(dated: DatedPolicy) -> CompiledPolicy:
    return CompiledPolicy(
        dated=dated,
        conditions=tuple(line.line.condition for line in dated.every_line),
        holds=compile_node(dated.holds_written),
        amount=compile_node(dated.amount_written) if dated.amount_written is not None else None,
        start=compile_node(dated.start),
    )


def option_checks(parsed: ParsedPack) -> Iterator[tuple[str, Node]]:
    """Give the conditions that every choice is one of its options, by fact; where there is none, nothing is said."""
    for fact in parsed.pack.facts.values():
        if fact.type == "choice":
            field = reference(fact)
            options = tuple(Literal(Kind.TEXT, 1, option.value) for option in fact.options)
            yield fact.id, OneOf(Kind.BOOLEAN, 1, field, options)


def known(facts: Facts, day: date) -> dict[str, Any]:
    """Give facts as the closures take them: without what has no value, and with the day."""
    return {AS_OF: day, **{name: value for name, value in facts.items() if value is not None}}


def open_amount(
    policy: CompiledPolicy,
    trace: tuple[bool | None, ...],
    amount: int | None,
    start: date | None,
    facts: Facts,
    day: date,
) -> Decision:
    """Say what is missing for the amount or the start of somebody who is eligible."""
    given = known(facts, day)
    asked = [closure(given) for closure in (policy.amount, policy.start) if closure is not None]
    missing = frozenset().union(*(value for value in asked if isinstance(value, Unknown)))
    is_known = amount is not None or policy.amount is None
    outcome = Outcome.ELIGIBLE if is_known else Outcome.AMOUNT_UNKNOWN
    return Decision(policy, outcome, trace, amount, start, missing)


def open_verdict(policy: CompiledPolicy, trace: tuple[bool | None, ...], facts: Facts, day: date) -> Decision:
    """Say what is missing for somebody of whom it is not known whether the policy holds."""
    missing = policy.holds(known(facts, day))
    return Decision(policy, Outcome.UNKNOWN, trace, None, None, frozenset(missing))


def month_of(day: date | None, following: bool) -> date | None:
    """Find the first day of the month of a day, or of the next month."""
    if day is None:
        return None
    if not following:
        return day.replace(day=1)
    return date(day.year + 1, 1, 1) if day.month == 12 else date(day.year, day.month + 1, 1)


@dataclass(slots=True)
class _Coder:
    """Writes one Python function that decides every policy."""

    policies: tuple[CompiledPolicy, ...]
    checks: tuple[tuple[frozenset[str], Node], ...]
    day: date

    def function(self) -> Callable[[Facts], tuple[Decision, ...]]:
        writer = Writer(names={"Decision": Decision, "new": tuple.__new__, "NOTHING": NOTHING, "today": self.day})
        writer.names |= {"open_amount": open_amount, "open_verdict": open_verdict, "month_of": month_of}
        writer.names |= {"NO": Outcome.NOT_ELIGIBLE, "YES": Outcome.ELIGIBLE, "impossible": self.impossible}
        body: list[str] = []
        for index, (_facts, check) in enumerate(self.checks):
            body.append(f"c{index} = {writer.python(check)}")
        if self.checks:
            checks = ", ".join(f"c{index}" for index in range(len(self.checks)))
            body.append(f"if False in ({checks},): return impossible(({checks},))")
        for index, policy in enumerate(self.policies):
            body.extend(self.policy(writer, index, policy))
        body.append(f"return ({''.join(f'r{index}, ' for index in range(len(self.policies)))})")
        loads = [f"{variable} = get({name!r})" for name, variable in writer.facts.items()]
        lines = ["get = facts.get", *loads, *body]
        code = "def decide(facts):\n" + "\n".join("    " + line for line in lines)
        exec(compile(code, "<policies>", "exec"), writer.names)  # noqa: S102 written above from checked nodes only
        decide: Callable[[Facts], tuple[Decision, ...]] = writer.names["decide"]
        return decide

    def policy(self, writer: Writer, index: int, policy: CompiledPolicy) -> Iterator[str]:
        dated, me, result = policy.dated, f"p{index}", f"r{index}"
        writer.names[me] = policy
        yield f"t = {_tuple(writer, [line.settled for line in dated.lines])}"
        states = []
        trace = "t"
        if len(dated.ways) > 1 or dated.ways[0].lines:
            for number, way in enumerate(dated.ways):
                yield f"w{number} = {_tuple(writer, [line.settled for line in way.lines])}"
                yield f"s{number} = False if False in w{number} else None if None in w{number} else True"
                states.append(f"s{number}")
                trace += f" + w{number}"
        any_way = f"({', '.join(states)},)"
        yield f"s = {any_way}" if states else "s = (True,)"
        no = "False in t" + (" or (True not in s and None not in s)" if states else "")
        unknown = "None in t" + (" or True not in s" if states else "")
        yield f"if {no}: {result} = new(Decision, ({me}, NO, {trace}, None, None, NOTHING))"
        yield f"elif {unknown}: {result} = open_verdict({me}, {trace}, facts, today)"
        yield "else:"
        yield from ("    " + line for line in self.yes(writer, policy, me, result, trace, bool(states)))

    def yes(
        self, writer: Writer, policy: CompiledPolicy, me: str, result: str, trace: str, has_states: bool
    ) -> Iterator[str]:
        dated = policy.dated
        yield f"m = {self.start(writer, dated)}"
        if policy.amount is None:
            complete = "m is not None"
            yield "a = None"
        else:
            complete = "a is not None and m is not None"
            yield f"a = {self.amount(writer, dated, has_states)}"
        yield f"if {complete}: {result} = new(Decision, ({me}, YES, {trace}, a, m, NOTHING))"
        yield f"else: {result} = open_amount({me}, {trace}, a, m, facts, today)"

    def amount(self, writer: Writer, dated: DatedPolicy, has_states: bool) -> str:
        codes = [writer.python(way.amount_settled) for way in dated.ways if way.amount_settled is not None]
        code = codes[-1]
        for number in range(len(codes) - 2, -1, -1):
            code = f"(None if s{number} is None else {codes[number]} if s{number} else {code})"
        return code

    def start(self, writer: Writer, dated: DatedPolicy) -> str:
        following = dated.policy.starts_next
        if isinstance(dated.start_settled, Literal) and isinstance(dated.start_settled.value, date):
            return writer.constant(month_of(dated.start_settled.value, following))
        return f"month_of({writer.python(dated.start_settled)}, {following})"

    def impossible(self, checks: tuple[bool | None, ...]) -> tuple[Decision, ...]:
        """Nothing is decided for somebody whose facts cannot be true: what the failing checks read is missing."""
        failing = (facts for (facts, _node), holds in zip(self.checks, checks, strict=True) if holds is False)
        missing = frozenset().union(*failing)
        return tuple(Decision(policy, Outcome.UNKNOWN, (), None, None, missing) for policy in self.policies)


def _tuple(writer: Writer, nodes: list[Node]) -> str:
    return f"({''.join(writer.python(node) + ', ' for node in nodes)})"
