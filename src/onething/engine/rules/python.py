"""
From a settled expression to Python: the fast way for one person. `closures` is the plain way, and its measure.

Only nodes that the language has checked are written, and constants go in by name: no text of a pack becomes code.
None is unknown (or, in a value, nothing), as NULL in `sql`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from onething.engine.rules.dates import CHOOSING, COUNTING, DIVIDING, anniversary
from onething.engine.rules.nodes import (
    All,
    Arithmetic,
    Call,
    Case,
    Coalesce,
    Compare,
    Either,
    FieldRef,
    Gap,
    IsNull,
    Literal,
    Lookup,
    Node,
    Not,
    OneOf,
    Placed,
    Settled,
)
from onething.engine.rules.sql import may_be_null

_OPERATORS = {"=": "==", "<>": "!="}


@dataclass(slots=True)
class Writer:
    """
    Writes settled expressions as Python expressions over local variables.

    `names` is what the code needs around it; `facts` are the variables that hold facts, in order of first use.
    """

    names: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    temporaries: int = 0

    def python(self, node: Node) -> str:
        """Write a condition or a value."""
        return _WRITERS[type(node)](self, node)

    def constant(self, value: object) -> str:
        """Give a constant a name (small numbers and truths stand for themselves)."""
        if isinstance(value, bool) or (isinstance(value, int) and abs(value) < 10**18):
            return repr(value)
        for name, known in self.names.items():
            if known is value or (type(known) is type(value) and known == value):
                return name
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name

    def fact(self, name: str) -> str:
        """Name the variable of a fact."""
        return self.facts.setdefault(name, f"f{len(self.facts)}")

    def kept(self, code: str) -> tuple[str, str]:
        """Keep a part in a temporary, unless it is a plain name: (how it is first written, how it is read again)."""
        if code.isidentifier():
            return code, code
        self.temporaries += 1
        name = f"t{self.temporaries}"
        return f"({name} := {code})", name

    def strict(self, parts: list[Node], write: Callable[..., str]) -> str:
        """Write what has no value if one of its parts has none."""
        codes, guards = [], []
        for part in parts:
            code = self.python(part)
            if may_be_null(part):
                first, code = self.kept(code)
                guards.append(f"{first} is None")
            codes.append(code)
        whole = write(*codes)
        return f"(None if {' or '.join(guards)} else {whole})" if guards else f"({whole})"


def _literal(writer: Writer, node: Literal) -> str:
    return writer.constant(node.value)


def _field(writer: Writer, node: FieldRef) -> str:
    return writer.fact(node.field)


def _not(writer: Writer, node: Not) -> str:
    return writer.strict([node.operand], lambda code: f"not {code}")


def _all(writer: Writer, node: All) -> str:
    return _joined(writer, node.parts, "and", decisive="False")


def _either(writer: Writer, node: Either) -> str:
    return _joined(writer, node.parts, "or", decisive="True")


def _joined(writer: Writer, parts: tuple[Node, ...], word: str, decisive: str) -> str:
    codes = [writer.python(part) for part in parts]
    if not any(may_be_null(part) for part in parts):
        return "(" + f" {word} ".join(codes) + ")"
    first, again = writer.kept(f"({', '.join(codes)},)")
    other = "True" if decisive == "False" else "False"
    return f"({decisive} if {decisive} in {first} else None if None in {again} else {other})"


def _compare(writer: Writer, node: Compare) -> str:
    operator = _OPERATORS.get(node.operator, node.operator)
    return writer.strict([node.left, node.right], lambda one, other: f"{one} {operator} {other}")


def _one_of(writer: Writer, node: OneOf) -> str:
    options = writer.constant(frozenset(option.value for option in node.options))
    return writer.strict([node.operand], lambda code: f"{code} in {options}")


def _is_null(writer: Writer, node: IsNull) -> str:
    return f"({writer.python(node.operand)} is None)"


def _coalesce(writer: Writer, node: Coalesce) -> str:
    otherwise = writer.python(node.otherwise)
    first, again = writer.kept(writer.python(node.operand))
    return f"({otherwise} if {first} is None else {again})"


def _settled(writer: Writer, node: Settled) -> str:
    sure = writer.python(node.operand)
    if may_be_null(node.operand):
        first, again = writer.kept(sure)
        sure = f"({node.default} if {first} is None else {again})"
    gaps = [f"{writer.python(part)} is None" for part in node.open]
    return f"(None if {' or '.join(gaps)} else {sure})" if gaps else sure


def _arithmetic(writer: Writer, node: Arithmetic) -> str:
    return writer.strict([node.left, node.right], lambda one, other: f"{one} {node.operator} {other}")


def _case(writer: Writer, node: Case) -> str:
    code = writer.python(node.otherwise)
    for when, value in reversed(node.branches):
        condition, result = writer.python(when), writer.python(value)
        if may_be_null(when):
            first, again = writer.kept(condition)
            code = f"(None if {first} is None else {result} if {again} else {code})"
        else:
            code = f"({result} if {condition} else {code})"
    return code


def _lookup(writer: Writer, node: Lookup) -> str:
    rows = writer.constant(_Rows(node.rows))
    return writer.strict(list(node.keys), lambda *keys: f"{rows}.get(({', '.join(keys)},))")


class _Rows(dict[tuple[int | str, ...], int]):
    """The rows of a table; equal only to itself, so that comparing constants is quick."""

    def __eq__(self, other: object) -> bool:
        return self is other


def _placed(writer: Writer, node: Placed) -> str:
    values = (*node.values, ("", node.otherwise))
    if all(isinstance(value, Literal | Gap) for _prefix, value in values):
        figures = {prefix: value.value if isinstance(value, Literal) else None for prefix, value in values}
        return f"{writer.constant(_Places(figures))}[{writer.python(node.region)}]"
    region = writer.python(node.region)
    code = writer.python(node.otherwise)
    for prefix, value in reversed(node.values):
        code = f"({writer.python(value)} if {region}.startswith({writer.constant(prefix)}) else {code})"
    return f"(None if {region} is None else {code})"


class _Places(dict[str | None, Any]):
    """Figures by region code, found by the longest prefix and remembered; no region, no figure."""

    def __init__(self, figures: dict[str, Any]) -> None:
        super().__init__({None: None})
        self.figures = figures

    def __eq__(self, other: object) -> bool:
        return self is other

    def __missing__(self, code: str | None) -> Any:
        code = code or ""
        prefixes = (code[:length] for length in range(len(code), -1, -1))
        found = next(self.figures[prefix] for prefix in prefixes if prefix in self.figures)
        return self.setdefault(code, found)


def _gap(writer: Writer, node: Gap) -> str:
    return "None"


def _call(writer: Writer, node: Call) -> str:
    return _CALLS[node.function](writer, node)


def _counting(writer: Writer, node: Call) -> str:
    name = writer.constant(COUNTING[node.function])
    return writer.strict(list(node.arguments), lambda one, other: f"{name}({one}, {other}, {node.next_day})")


def _anniversary(writer: Writer, node: Call) -> str:
    name = writer.constant(anniversary)
    return writer.strict(list(node.arguments), lambda one, other: f"{name}({one}, {other}, {node.next_day})")


def _of_two(functions: dict[str, Any]) -> Callable[[Writer, Call], str]:
    def write(writer: Writer, node: Call) -> str:
        name = writer.constant(functions[node.function])
        return writer.strict(list(node.arguments), lambda one, other: f"{name}({one}, {other})")

    return write


def _has(writer: Writer, node: Call) -> str:
    return writer.strict(list(node.arguments), lambda choices, option: f"{option} in {choices}")


def _within(writer: Writer, node: Call) -> str:
    return writer.strict(list(node.arguments), lambda region, prefix: f"{region}.startswith({prefix})")


_CALLS: dict[str, Callable[[Writer, Call], str]] = {
    **dict.fromkeys(COUNTING, _counting),
    **dict.fromkeys(CHOOSING, _of_two(CHOOSING)),
    **dict.fromkeys(DIVIDING, _of_two(DIVIDING)),
    "anniversary": _anniversary,
    "has": _has,
    "within": _within,
    "unknown": lambda writer, node: "None",
}

_WRITERS: dict[type[Node], Callable[[Writer, Any], str]] = {
    Literal: _literal,
    FieldRef: _field,
    Not: _not,
    All: _all,
    Either: _either,
    Compare: _compare,
    OneOf: _one_of,
    IsNull: _is_null,
    Coalesce: _coalesce,
    Settled: _settled,
    Arithmetic: _arithmetic,
    Case: _case,
    Call: _call,
    Lookup: _lookup,
    Placed: _placed,
    Gap: _gap,
}
