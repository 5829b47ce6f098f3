"""
The rule language: a subset of SQL expressions, read with sqlglot, checked against the data dictionary.

Known: AND OR NOT, = <> < <= > >=, IN (…), BETWEEN, IS [NOT] NULL, CASE … ELSE … END, + - *,
numbers, 'text', TRUE, FALSE, DATE '2024-09-01', fields, and the functions of the vocabulary (`FUNCTIONS` everywhere;
conditions of entitlements have more, see `vocabulary`). There is no division
(engines disagree about it; compare by multiplying), no sub-select and no NULL literal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Protocol

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from onething.engine.rules.errors import (
    NotInTheLanguage,
    RuleRefused,
    RuleUnreadable,
    TypeClash,
    UnknownField,
    UnknownOption,
)
from onething.engine.rules.nodes import (
    All,
    Arithmetic,
    Between,
    Call,
    Case,
    Compare,
    Either,
    FieldRef,
    IsNull,
    Kind,
    Literal,
    Node,
    Not,
    OneOf,
)

LONGEST = 2000  # characters; deep nesting would exhaust the reader's stack, long chains nobody can review


class OptionLike(Protocol):
    """One option of a choice."""

    @property
    def value(self) -> str: ...


class FieldLike(Protocol):
    """What the language needs to know of a field: `engine.bundle.model.FieldDef` has it."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def absent(self) -> str: ...
    @property
    def options(self) -> Sequence[OptionLike]: ...


Dictionary = Mapping[str, FieldLike]

KIND_OF_TYPE = {
    "text": Kind.TEXT,
    "long_text": Kind.TEXT,
    "region": Kind.TEXT,
    "id_number": Kind.TEXT,
    "phone": Kind.TEXT,
    "bank_card": Kind.TEXT,
    "boolean": Kind.BOOLEAN,
    "integer": Kind.NUMBER,
    "money": Kind.NUMBER,
    "date": Kind.DATE,
    "choice": Kind.CHOICE,
    "choices": Kind.CHOICES,
}

FUNCTIONS: dict[str, tuple[tuple[Kind, ...], Kind]] = {
    "years_between": ((Kind.DATE, Kind.DATE), Kind.NUMBER),
    "has": ((Kind.CHOICES, Kind.TEXT), Kind.BOOLEAN),
    "as_of": ((), Kind.DATE),
}

_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
_ORDERED = (Kind.NUMBER, Kind.DATE)


class Vocabulary(Protocol):
    """Functions beyond `FUNCTIONS`: reads a call of one of them, or gives None for a name that it does not have."""

    def names(self) -> Sequence[str]:
        """Name the functions."""
        ...

    def call(self, name: str, arguments: tuple[Node, ...], at: int) -> Node | Fault | None:
        """Make the node of a call, or say what is wrong with it."""
        ...


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a call, and the correction; `family` is the refusal it becomes."""

    problem: str
    correction: str
    family: type[RuleRefused] = TypeClash


def parse(text: str, fields: Dictionary, vocabulary: Vocabulary | None = None) -> Node:
    """
    Read a condition and check it against the data dictionary; the whole must yield yes or no.

    Refuses RuleRefused in one of its families, naming expression, position and correction.
    """
    node = parse_value(text, fields, vocabulary)
    if node.kind is not Kind.BOOLEAN:
        raise TypeClash(
            expression=text,
            position=node.at,
            problem=f"the whole yields {_a(node.kind)}, not yes or no",
            correction="Compare it with something, e.g. “… >= 1”.",
        )
    return node


def parse_value(text: str, fields: Dictionary, vocabulary: Vocabulary | None = None) -> Node:
    """Read an expression of any kind and check it against the data dictionary."""
    return _Reader(text, fields, vocabulary).read(_tree(text))


def _tree(text: str) -> exp.Expr:
    if len(text) > LONGEST:
        raise _unreadable(text[:60] + "…", LONGEST, "it is too long", "Split it into several clauses.")
    try:
        trees = sqlglot.parse(text)
    except ParseError as refusal:
        first = refusal.errors[0]
        position = max(1, int(first["col"] or 1) - len(first["highlight"] or "") + 1)
        raise _unreadable(
            text, position, f"“{first['highlight']}” is unexpected here", "Check operators, quotes and brackets."
        ) from None
    except TokenError:
        raise _unreadable(
            text, 1, "a quote or a bracket is not closed", "Put text in single quotes: 'self_employed'."
        ) from None
    except RecursionError:
        raise _unreadable(text, 1, "it is nested too deeply", "Split it into several clauses.") from None
    if len(trees) > 1 or text.rstrip().endswith(";"):
        raise _unreadable(text, text.find(";") + 1, "“;” ends a statement", "One condition is one expression.")
    if trees[0] is None:
        raise _unreadable(text, 1, "it is empty", "Write TRUE if it always holds.")
    return trees[0]


def _unreadable(text: str, position: int, problem: str, correction: str) -> RuleUnreadable:
    return RuleUnreadable(expression=text, position=position, problem=problem, correction=correction)


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    fields: Dictionary
    vocabulary: Vocabulary | None = None

    def read(self, tree: exp.Expr) -> Node:
        reader = _READERS.get(type(tree))
        if reader is not None:
            return reader(self, tree)
        if isinstance(tree, exp.Func):
            node = self._known_call(tree, tree.sql_name().lower(), tuple(_arguments(tree)))
            if node is not None:
                return node
            raise self._unknown_function(tree, tree.sql_name().lower())
        raise self._refusal(NotInTheLanguage, tree, *_advice(tree))

    def _refusal(self, family: type[RuleRefused], tree: exp.Expr, problem: str, correction: str) -> RuleRefused:
        return family(expression=self.text, position=_position(tree), problem=problem, correction=correction)

    def boolean(self, tree: exp.Expr) -> Node:
        node = self.read(tree)
        if node.kind is not Kind.BOOLEAN:
            raise self._refusal(
                TypeClash,
                tree,
                f"{_a(node.kind)} stands where yes or no is needed",
                "Compare it with something: field = 'value'.",
            )
        return node

    def number(self, tree: exp.Expr) -> Node:
        node = self.read(tree)
        if node.kind is not Kind.NUMBER:
            raise self._refusal(
                TypeClash,
                tree,
                f"{_a(node.kind)} stands where a number is needed",
                "Only numbers can be added; for dates use years_between(a, b).",
            )
        return node

    def column(self, tree: exp.Expr) -> Node:
        name = tree.name
        if tree.args.get("table") is not None:
            raise self._refusal(NotInTheLanguage, tree, "a field has no table", f"Write {name} alone.")
        field = self.fields.get(name)
        if field is None:
            raise self._unknown_field(tree, name)
        kind = KIND_OF_TYPE[field.type]
        options = frozenset(option.value for option in field.options)
        unit = "fen" if field.type == "money" else getattr(field, "unit", None) or ""
        return FieldRef(kind, _position(tree), name, field.type, field.absent, options, unit)

    def _unknown_field(self, tree: exp.Expr, name: str) -> RuleRefused:
        near = get_close_matches(name, self.fields, n=1)
        advice = f"Did you mean {near[0]}?" if near else "Add it to fields.yaml first."
        if tree.this.args.get("quoted"):
            advice = f"Text stands in single quotes: '{name}'."
        return self._refusal(UnknownField, tree, f"“{name}” is not known", advice)

    def literal(self, tree: exp.Expr) -> Node:
        if tree.is_string:
            return Literal(Kind.TEXT, _position(tree), tree.name)
        try:
            number = int(tree.name) if tree.name.isdigit() else Decimal(tree.name)
        except ArithmeticError:
            raise self._refusal(
                NotInTheLanguage, tree, f"“{tree.name}” is no number", "Write digits: 1200 or 0.75."
            ) from None
        return Literal(Kind.NUMBER, _position(tree), number)

    def truth(self, tree: exp.Expr) -> Node:
        return Literal(Kind.BOOLEAN, _position(tree), bool(tree.this))

    def day(self, tree: exp.Expr) -> Node:
        if not (tree.args["to"].is_type("date") and isinstance(tree.this, exp.Literal)):
            raise self._refusal(
                NotInTheLanguage, tree, "values are not converted", "A day is written DATE '2024-09-01'."
            )
        try:
            value = date.fromisoformat(tree.this.name)
        except ValueError:
            raise self._refusal(
                NotInTheLanguage, tree, f"“{tree.this.name}” is no day", "Write DATE '2024-09-01'."
            ) from None
        return Literal(Kind.DATE, _position(tree), value)

    def inside(self, tree: exp.Expr) -> Node:
        return self.read(tree.this)

    def negation(self, tree: exp.Expr) -> Node:
        return Not(Kind.BOOLEAN, _position(tree), self.boolean(tree.this))

    def conjunction(self, tree: exp.Expr) -> Node:
        return All(Kind.BOOLEAN, _position(tree), tuple(self.boolean(part) for part in tree.flatten()))

    def disjunction(self, tree: exp.Expr) -> Node:
        return Either(Kind.BOOLEAN, _position(tree), tuple(self.boolean(part) for part in tree.flatten()))

    def comparison(self, tree: exp.Expr) -> Node:
        operator = _COMPARISONS[type(tree)]
        left, right = self.read(tree.this), self.read(tree.expression)
        self._comparable(tree, left, right)
        if operator not in ("=", "<>") and left.kind not in _ORDERED:
            raise self._refusal(TypeClash, tree, f"{_a(left.kind)} has no order", "Use = or <> or IN (…).")
        return Compare(Kind.BOOLEAN, _position(tree), operator, left, right)

    def _comparable(self, tree: exp.Expr, left: Node, right: Node) -> None:
        if Kind.CHOICES in (left.kind, right.kind):
            raise self._refusal(TypeClash, tree, "several choices are not one value", "Use has(field, 'option').")
        for one, other in ((left, right), (right, left)):
            if one.kind is Kind.CHOICE and isinstance(other, Literal) and other.kind is Kind.TEXT:
                return self._is_option(tree, one, other)
        if left.kind is not right.kind:
            raise self._refusal(
                TypeClash,
                tree,
                f"{_a(left.kind)} is compared with {_a(right.kind)}",
                _hint(left, right),
            )
        return None

    def _is_option(self, tree: exp.Expr, choice: Node, literal: Literal) -> None:
        options = sorted(choice.options) if isinstance(choice, FieldRef) else []
        if isinstance(choice, FieldRef) and literal.value not in choice.options:
            near = get_close_matches(str(literal.value), options, n=1)
            advice = f"Did you mean '{near[0]}'?" if near else f"Its options: {', '.join(options)}."
            raise UnknownOption(
                expression=self.text,
                position=literal.at,
                problem=f"“{literal.value}” is no option of {choice.field}",
                correction=advice,
            )

    def membership(self, tree: exp.Expr) -> Node:
        if tree.args.get("query") is not None or not tree.expressions:
            raise self._refusal(NotInTheLanguage, tree, "a query stands after IN", "List the values: IN ('a', 'b').")
        operand = self.read(tree.this)
        options = []
        for part in tree.expressions:
            option = self.read(part)
            if not isinstance(option, Literal):
                raise self._refusal(NotInTheLanguage, part, "IN lists plain values", "Use OR for anything else.")
            self._comparable(part, operand, option)
            options.append(option)
        return OneOf(Kind.BOOLEAN, _position(tree), operand, tuple(options))

    def between(self, tree: exp.Expr) -> Node:
        if tree.args.get("symmetric"):
            raise self._refusal(NotInTheLanguage, tree, "BETWEEN has one direction", "Write the smaller value first.")
        parts = [self.read(part) for part in (tree.this, tree.args["low"], tree.args["high"])]
        for end in parts[1:]:
            self._comparable(tree, parts[0], end)
        if parts[0].kind not in _ORDERED:
            raise self._refusal(TypeClash, tree, f"{_a(parts[0].kind)} has no order", "Use IN (…).")
        return Between(Kind.BOOLEAN, _position(tree), *parts)

    def being(self, tree: exp.Expr) -> Node:
        if isinstance(tree.expression, exp.Null):
            return self._nullness(tree)
        raise self._refusal(NotInTheLanguage, tree, "IS knows only NULL", "A yes/no field stands alone: x, NOT x.")

    def _nullness(self, tree: exp.Expr) -> Node:
        operand = self.read(tree.this)
        if not isinstance(operand, FieldRef):
            raise self._refusal(NotInTheLanguage, tree, "only a field can be missing", "Write field IS NULL.")
        return IsNull(Kind.BOOLEAN, _position(tree), operand)

    def arithmetic(self, tree: exp.Expr) -> Node:
        left, right = self.number(tree.this), self.number(tree.expression)
        return Arithmetic(Kind.NUMBER, _position(tree), _ARITHMETIC[type(tree)], left, right)

    def minus(self, tree: exp.Expr) -> Node:
        zero = Literal(Kind.NUMBER, _position(tree), 0)
        return Arithmetic(Kind.NUMBER, _position(tree), "-", zero, self.number(tree.this))

    def case(self, tree: exp.Expr) -> Node:
        if tree.this is not None or tree.args.get("default") is None:
            raise self._refusal(
                NotInTheLanguage,
                tree,
                "CASE needs conditions and an ELSE",
                "Write CASE WHEN … THEN … ELSE … END, so that every situation has an answer.",
            )
        branches = tuple((self.boolean(one.this), self.read(one.args["true"])) for one in tree.args["ifs"])
        otherwise = self.read(tree.args["default"])
        for _when, value in branches:
            self._comparable(tree, value, otherwise)
        return Case(otherwise.kind, _position(tree), branches, otherwise)

    def call(self, tree: exp.Expr) -> Node:
        name = tree.name.lower()
        node = self._known_call(tree, name, tuple(tree.expressions))
        if node is not None:
            return node
        if name not in FUNCTIONS:
            raise self._unknown_function(tree, tree.name)
        wanted, result = FUNCTIONS[name]
        arguments = tuple(self.read(part) for part in tree.expressions)
        if tuple(one.kind for one in arguments) != wanted:
            shape = ", ".join(kind.value for kind in wanted)
            raise self._refusal(TypeClash, tree, f"{name} was given other things", f"It takes ({shape}).")
        if name == "has":
            self._has_option(tree, arguments)
        return Call(result, _position(tree), name, arguments)

    def _known_call(self, tree: exp.Expr, name: str, parts: tuple[exp.Expr, ...]) -> Node | None:
        if self.vocabulary is None or name not in self.vocabulary.names():
            return None
        found = self.vocabulary.call(name, tuple(self.read(part) for part in parts), _position(tree))
        if isinstance(found, Fault):
            raise self._refusal(found.family, tree, found.problem, found.correction)
        return found

    def _has_option(self, tree: exp.Expr, arguments: tuple[Node, ...]) -> None:
        choices, option = arguments
        if not (isinstance(choices, FieldRef) and isinstance(option, Literal)):
            raise self._refusal(NotInTheLanguage, tree, "has looks for one option", "Write has(field, 'option').")
        self._is_option(tree, choices, option)

    def _unknown_function(self, tree: exp.Expr, name: str) -> RuleRefused:
        names = [*FUNCTIONS, *(self.vocabulary.names() if self.vocabulary else ())]
        near = get_close_matches(name.lower(), names, n=1)
        known = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(names)}."
        return self._refusal(NotInTheLanguage, tree, f"the function “{name}” is not known", known)


_READERS: dict[type[exp.Expr], Callable[[_Reader, exp.Expr], Node]] = {
    exp.Column: _Reader.column,
    exp.Literal: _Reader.literal,
    exp.Boolean: _Reader.truth,
    exp.Cast: _Reader.day,
    exp.Paren: _Reader.inside,
    exp.Not: _Reader.negation,
    exp.And: _Reader.conjunction,
    exp.Or: _Reader.disjunction,
    exp.In: _Reader.membership,
    exp.Between: _Reader.between,
    exp.Is: _Reader.being,
    exp.Neg: _Reader.minus,
    exp.Case: _Reader.case,
    exp.Anonymous: _Reader.call,
    **{operator: _Reader.comparison for operator in _COMPARISONS},
    **{operator: _Reader.arithmetic for operator in _ARITHMETIC},
}

_ADVICE: dict[type[exp.Expr], tuple[str, str]] = {
    exp.Div: ("there is no division", "Multiply the other side instead: income < line * size."),
    exp.Null: ("NULL is not a value", "Write field IS NULL."),
    exp.Select: ("there are no queries", "Name the field that holds the value."),
    exp.Subquery: ("there are no queries", "Name the field that holds the value."),
    exp.Alias: ("two expressions stand side by side", "Join them with AND or OR."),
    exp.Like: ("there is no LIKE", "Use = or IN (…)."),
}


def _arguments(tree: exp.Func) -> list[exp.Expr]:
    """The arguments of a function that sqlglot has a class of its own for, in written order."""
    parts = [tree.this, tree.args.get("expression"), *tree.expressions]
    return [part for part in parts if isinstance(part, exp.Expr)]


def _advice(tree: exp.Expr) -> tuple[str, str]:
    unknown = (f"“{type(tree).__name__}” does not belong here", "See docs/how-to/write-a-pack.md for what does.")
    return _ADVICE.get(type(tree), unknown)


def _hint(left: Node, right: Node) -> str:
    if {left.kind, right.kind} == {Kind.DATE, Kind.TEXT}:
        return "A day is written DATE '2024-09-01'."
    if {left.kind, right.kind} == {Kind.NUMBER, Kind.TEXT}:
        return "A number stands without quotes."
    if Kind.BOOLEAN in (left.kind, right.kind):
        return "A yes/no field stands alone: field, or NOT field."
    return "Both sides must be of one kind."


def _a(kind: Kind) -> str:
    return kind.value if kind is Kind.CHOICES else f"a {kind.value}"


def _position(tree: exp.Expr) -> int:
    starts = [part.meta["start"] for part in tree.walk() if "start" in part.meta]
    return min(starts, default=0) + 1
