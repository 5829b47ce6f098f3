"""
Evaluation: a checked expression becomes nested closures over one person's facts, in Kleene's three-valued logic.

A closure gives a value, or `Unknown`: the set of fields that keep it open. What is decided never asks for a field:
`FALSE AND x` is no, whatever x is. Known absence (`absent: none`) is not unknown: a comparison with it is
simply false, a yes/no field is no, money is 0 fen, choices are empty. `absent: running` (not discharged yet) lies
after every day, and counts years up to the day of evaluation.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from onething.engine.rules.dates import CHOOSING, COUNTING, DIVIDING, anniversary
from onething.engine.rules.language import Dictionary, parse
from onething.engine.rules.nodes import (
    All,
    Arithmetic,
    Between,
    Call,
    Case,
    Coalesce,
    Compare,
    Either,
    FieldRef,
    Gap,
    IsNull,
    Kind,
    Literal,
    Lookup,
    Node,
    Not,
    OneOf,
    Placed,
    fields_of,
)

AS_OF = "as_of()"  # the key of the day of evaluation among the facts; no field can be called so
RUNNING = date.max


class Unknown(frozenset[str]):
    """Not decided: the fields whose answers are missing."""

    __slots__ = ()


NOBODY_KNOWS = Unknown()
"""What `unknown()` gives: no answer of anybody would decide it."""


class _None:
    """Known not to exist."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NONE"


NONE = _None()
Facts = Mapping[str, Any]
"""Values by field (bool, int, Decimal, str, date, frozenset[str], Unknown) and AS_OF; a missing answer has no key."""
Closure = Callable[[Facts], Any]


class Verdict(NamedTuple):
    """True, False, or None with the fields that keep it unknown."""

    value: bool | None
    missing: frozenset[str]


DECIDED: frozenset[str] = frozenset()
YES = Verdict(True, DECIDED)
NO = Verdict(False, DECIDED)


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition, compiled once, evaluated many times."""

    text: str
    node: Node
    fields: frozenset[str]
    evaluate: Closure

    def verdict(self, facts: Facts) -> Verdict:
        """Decide the condition for one person, or name the fields that are missing."""
        value = self.evaluate(facts)
        if value is True:
            return YES
        return NO if value is False else Verdict(None, frozenset(value))


def compile_rule(text: str, fields: Dictionary) -> Rule:
    """Read, check and compile a condition. Refuses as `language.parse`."""
    node = parse(text, fields)
    return Rule(text, node, fields_of(node), compile_node(node))


def compile_node(node: Node) -> Closure:
    """Turn a checked expression into a closure over facts."""
    return _MAKERS[type(node)](node)


def _open(value: object) -> bool:
    return value.__class__ is Unknown


def _union(*values: object) -> Unknown:
    return Unknown(frozenset().union(*(value for value in values if isinstance(value, Unknown))))


def _literal(node: Literal) -> Closure:
    value = node.value
    return lambda facts: value


def _field(node: FieldRef) -> Closure:
    name, default = node.field, _when_missing(node)
    return lambda facts: facts.get(name, default)


def _when_missing(node: FieldRef) -> object:
    if node.absent == "unknown":
        return Unknown((node.field,))
    if node.absent == "running" and node.kind is Kind.DATE:
        return RUNNING
    return {"boolean": False, "choices": frozenset(), "money": 0}.get(node.type, NONE)


def _not(node: Not) -> Closure:
    inner = compile_node(node.operand)

    def negate(facts: Facts) -> object:
        value = inner(facts)
        return value if _open(value) else not value

    return negate


def _all(node: All) -> Closure:
    return _joined(node.parts, decisive=False)


def _either(node: Either) -> Closure:
    return _joined(node.parts, decisive=True)


def _joined(parts: tuple[Node, ...], *, decisive: bool) -> Closure:
    closures = tuple(compile_node(part) for part in parts)

    def join(facts: Facts) -> object:
        missing: Unknown | None = None
        for closure in closures:
            value = closure(facts)
            if value is decisive:
                return decisive
            if _open(value):
                missing = value if missing is None else Unknown(missing | value)
        return (not decisive) if missing is None else missing

    return join


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _compare(node: Compare) -> Closure:
    holds, with_nothing = _OPERATORS[node.operator], node.operator == "<>"
    if isinstance(node.left, FieldRef) and isinstance(node.right, Literal):
        return _compare_field(node.left, node.right, holds, with_nothing=with_nothing)
    left, right = compile_node(node.left), compile_node(node.right)

    def compare(facts: Facts) -> object:
        one, other = left(facts), right(facts)
        if _open(one) or _open(other):
            return _union(one, other)
        return with_nothing if one is NONE or other is NONE else holds(one, other)

    return compare


def _compare_field(
    field: FieldRef, literal: Literal, holds: Callable[[Any, Any], bool], *, with_nothing: bool
) -> Closure:
    """What most conditions are, without a call for either side."""
    name, default, value = field.field, _when_missing(field), literal.value

    def compare(facts: Facts) -> object:
        one = facts.get(name, default)
        if one.__class__ is Unknown:
            return one
        return with_nothing if one is NONE else holds(one, value)

    return compare


def _one_of(node: OneOf) -> Closure:
    operand, options = compile_node(node.operand), frozenset(option.value for option in node.options)

    def is_in(facts: Facts) -> object:
        value = operand(facts)
        return value if _open(value) else value in options

    return is_in


def _between(node: Between) -> Closure:
    low = Compare(Kind.BOOLEAN, node.at, ">=", node.operand, node.low)
    high = Compare(Kind.BOOLEAN, node.at, "<=", node.operand, node.high)
    return _all(All(Kind.BOOLEAN, node.at, (low, high)))


def _is_null(node: IsNull) -> Closure:
    name, open_ = node.operand.field, node.operand.absent == "unknown"
    missing = Unknown((name,))

    def is_missing(facts: Facts) -> object:
        value = facts.get(name)
        if value is None:
            return missing if open_ else True
        return value if _open(value) else value is NONE

    return is_missing


_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def _arithmetic(node: Arithmetic) -> Closure:
    left, right = compile_node(node.left), compile_node(node.right)
    calculate = _ARITHMETIC[node.operator]

    def reckon(facts: Facts) -> object:
        one, other = left(facts), right(facts)
        if _open(one) or _open(other):
            return _union(one, other)
        return NONE if one is NONE or other is NONE else calculate(one, other)

    return reckon


def _case(node: Case) -> Closure:
    branches = tuple((compile_node(when), compile_node(value)) for when, value in node.branches)
    otherwise = compile_node(node.otherwise)

    def choose(facts: Facts) -> object:
        reached: list[object] = []
        for when, value in branches:
            holds = when(facts)
            if _open(holds):
                reached += (holds, value(facts))
            elif holds:
                return _settle(reached, value(facts))
        return _settle(reached, otherwise(facts))

    return choose


def _settle(reached: list[object], last: object) -> object:
    """A CASE with an undecided branch stays unknown: it misses what every reachable branch misses."""
    return _union(*reached, last) if reached else last


def _call(node: Call) -> Closure:
    if node.function in COUNTING:
        return _counting(node)
    return _CALLS[node.function](node)


def _as_of(node: Call) -> Closure:
    return lambda facts: facts[AS_OF]


def _has(node: Call) -> Closure:
    choices, option = (compile_node(argument) for argument in node.arguments)

    def has(facts: Facts) -> object:
        chosen = choices(facts)
        return chosen if _open(chosen) else option(facts) in chosen

    return has


def _counting(node: Call) -> Closure:
    start, end = (compile_node(argument) for argument in node.arguments)
    count, next_day = COUNTING[node.function], node.next_day

    def counted(facts: Facts) -> object:
        one, other = start(facts), end(facts)
        if _open(one) or _open(other):
            return _union(one, other)
        if one is NONE or other is NONE:
            return NONE
        today = facts[AS_OF]
        if _open(today) and RUNNING in (one, other):
            return today
        return count(today if one is RUNNING else one, today if other is RUNNING else other, next_day)

    return counted


def _strict(node: Call, calculate: Callable[..., Any]) -> Closure:
    """Calculate from known values; what is open stays open, and nothing comes of nothing."""
    closures = tuple(compile_node(argument) for argument in node.arguments)

    def calculated(facts: Facts) -> object:
        values = [closure(facts) for closure in closures]
        if any(_open(value) for value in values):
            return _union(*values)
        return NONE if NONE in values else calculate(*values)

    return calculated


def _within(node: Call) -> Closure:
    region, prefix = (compile_node(argument) for argument in node.arguments)

    def within(facts: Facts) -> object:
        code = region(facts)
        return code if _open(code) else code is not NONE and code.startswith(prefix(facts))

    return within


_CALLS: dict[str, Callable[[Call], Closure]] = {
    "as_of": _as_of,
    "has": _has,
    "within": _within,
    "unknown": lambda node: lambda facts: NOBODY_KNOWS,
    **{name: partial(_strict, calculate=divide) for name, divide in DIVIDING.items()},
    "anniversary": lambda node: _strict(node, lambda day, years: anniversary(day, years, node.next_day)),
    **{name: partial(_strict, calculate=choose) for name, choose in CHOOSING.items()},
}


def _coalesce(node: Coalesce) -> Closure:
    operand, otherwise = compile_node(node.operand), node.otherwise.value

    def first(facts: Facts) -> object:
        value = operand(facts)
        return otherwise if value is NONE else value

    return first


def _lookup(node: Lookup) -> Closure:
    keys, rows = tuple(compile_node(key) for key in node.keys), dict(node.rows)

    def look_up(facts: Facts) -> object:
        values = tuple(key(facts) for key in keys)
        if any(_open(value) for value in values):
            return _union(*values)
        return rows.get(values, NONE)

    return look_up


def _placed(node: Placed) -> Closure:
    region, otherwise = compile_node(node.region), compile_node(node.otherwise)
    values = tuple((prefix, compile_node(value)) for prefix, value in node.values)

    def at_place(facts: Facts) -> object:
        code = region(facts)
        if _open(code):
            return code
        found = (value for prefix, value in values if code is not NONE and code.startswith(prefix))
        return next(found, otherwise)(facts)

    return at_place


def _gap(node: Gap) -> Closure:
    missing = Unknown((node.name,))
    return lambda facts: missing


_MAKERS: dict[type[Node], Callable[[Any], Closure]] = {
    Literal: _literal,
    FieldRef: _field,
    Not: _not,
    All: _all,
    Either: _either,
    Compare: _compare,
    OneOf: _one_of,
    Between: _between,
    IsNull: _is_null,
    Arithmetic: _arithmetic,
    Case: _case,
    Call: _call,
    Coalesce: _coalesce,
    Lookup: _lookup,
    Placed: _placed,
    Gap: _gap,
}
