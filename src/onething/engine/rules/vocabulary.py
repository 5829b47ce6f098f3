"""The functions of entitlements beyond `language.FUNCTIONS`: what each takes, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from onething.engine.rules.errors import NotInTheLanguage, UnknownField, UnknownOption
from onething.engine.rules.language import Fault
from onething.engine.rules.nodes import Call, Coalesce, FieldRef, Kind, Literal, Node

DATES = (Kind.DATE, Kind.DATE)
PLAIN: Mapping[str, tuple[tuple[Kind, ...], Kind]] = {
    "months_between": (DATES, Kind.NUMBER),
    "ceil_years": (DATES, Kind.NUMBER),
    "half_years": (DATES, Kind.NUMBER),
    "both_ends_years": (DATES, Kind.NUMBER),
    "anniversary": ((Kind.DATE, Kind.NUMBER), Kind.DATE),
}
"""Functions that take arguments of these kinds and nothing else."""

ORDERED = (Kind.NUMBER, Kind.DATE)


@dataclass(frozen=True, slots=True)
class TableShape:
    """The keys of a table, each a fact that gives its kind and options, and what its figures count."""

    keys: tuple[FieldRef, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class PolicyVocabulary:
    """What conditions of one pack may name: standards (with their units), tables, other policies, benefits."""

    standards: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, TableShape] = field(default_factory=dict)
    policies: Sequence[str] = ()
    benefits: FieldRef | None = None

    def names(self) -> Sequence[str]:
        """Name the functions."""
        return (*PLAIN, *_CALLS)

    def call(self, name: str, arguments: tuple[Node, ...], at: int) -> Node | Fault | None:
        """Make the node of a call, or say what is wrong with it."""
        if name in _CALLS:
            return _CALLS[name](self, arguments, at)
        wanted, kind = PLAIN[name]
        if tuple(argument.kind for argument in arguments) != wanted:
            return _shape(name, ", ".join(kind.value for kind in wanted))
        if name == "anniversary" and not _is_whole(arguments[1]):
            return Fault("the years of an anniversary are a figure", "Write anniversary(birth_date, 60).")
        return Call(kind, at, name, arguments)


def _shape(name: str, shape: str) -> Fault:
    return Fault(f"{name} was given other things", f"It takes ({shape}).")


def _is_whole(node: Node) -> bool:
    return isinstance(node, Literal) and isinstance(node.value, int)


def _named(argument: Node | None, known: Sequence[str], what: str) -> str | Fault:
    """The name in quotes that a call begins with, if it is known."""
    if not isinstance(argument, Literal) or argument.kind is not Kind.TEXT:
        return Fault(f"the name of a {what} stands here", f"Write it in quotes: '{what}'.", NotInTheLanguage)
    name = str(argument.value)
    if name in known:
        return name
    near = get_close_matches(name, known, n=1)
    return Fault(
        f"there is no {what} “{name}”", f"Did you mean '{near[0]}'?" if near else "Add it to the pack.", UnknownField
    )


def _param(vocabulary: PolicyVocabulary, arguments: tuple[Node, ...], at: int) -> Node | Fault:
    if len(arguments) != 1:
        return _shape("param", "'standard'")
    name = _named(arguments[0], tuple(vocabulary.standards), "standard")
    return name if isinstance(name, Fault) else Call(Kind.NUMBER, at, "param", arguments)


def _table(vocabulary: PolicyVocabulary, arguments: tuple[Node, ...], at: int) -> Node | Fault:
    name = _named(arguments[0] if arguments else None, tuple(vocabulary.tables), "table")
    if isinstance(name, Fault):
        return name
    keys = vocabulary.tables[name].keys
    given = arguments[1:]
    if [key.kind for key in keys] != [one.kind for one in given]:
        return _shape("table", ", ".join([f"'{name}'", *(key.field for key in keys)]))
    return Call(Kind.NUMBER, at, "table", arguments)


def _receives(vocabulary: PolicyVocabulary, arguments: tuple[Node, ...], at: int) -> Node | Fault:
    if vocabulary.benefits is None:
        return Fault("the pack has no fact benefits_received", "Add it to facts.yaml, of type choices.", UnknownField)
    if len(arguments) != 1 or not isinstance(arguments[0], Literal):
        return _shape("receives", "'benefit'")
    if arguments[0].value not in vocabulary.benefits.options:
        near = get_close_matches(str(arguments[0].value), vocabulary.benefits.options, n=1)
        advice = f"Did you mean '{near[0]}'?" if near else "Add it to the options of benefits_received."
        return Fault(f"“{arguments[0].value}” is no option of benefits_received", advice, UnknownOption)
    return Call(Kind.BOOLEAN, at, "has", (vocabulary.benefits, arguments[0]))


def _eligible(vocabulary: PolicyVocabulary, arguments: tuple[Node, ...], at: int) -> Node | Fault:
    if len(arguments) != 1:
        return _shape("eligible", "'policy'")
    name = _named(arguments[0], vocabulary.policies, "policy")
    return name if isinstance(name, Fault) else Call(Kind.BOOLEAN, at, "eligible", arguments)


def _within(vocabulary: PolicyVocabulary, arguments: tuple[Node, ...], at: int) -> Node | Fault:
    if len(arguments) != 2 or not isinstance(arguments[0], FieldRef) or arguments[0].type != "region":
        return _shape("within", "region fact, 'beginning of the code'")
    prefix = arguments[1]
    if not isinstance(prefix, Literal) or not str(prefix.value).isdigit() or len(str(prefix.value)) > 12:
        return Fault("the beginning of a region code stands here", "Write within(hukou_region, '3301').")
    return Call(Kind.BOOLEAN, at, "within", arguments)


def _div_round(vocabulary: PolicyVocabulary, arguments: tuple[Node, ...], at: int) -> Node | Fault:
    if [one.kind for one in arguments] != [Kind.NUMBER, Kind.NUMBER]:
        return _shape("div_round", "number, number")
    divisor = arguments[1]
    if not isinstance(divisor, Literal) or not isinstance(divisor.value, int) or divisor.value <= 0:
        return Fault("the divisor of div_round is a positive figure", "Write div_round(amount, 100).")
    return Call(Kind.NUMBER, at, "div_round", arguments)


def _one_of_two(name: str) -> Callable[[PolicyVocabulary, tuple[Node, ...], int], Node | Fault]:
    def call(vocabulary: PolicyVocabulary, arguments: tuple[Node, ...], at: int) -> Node | Fault:
        kinds = {one.kind for one in arguments}
        if len(arguments) != 2 or len(kinds) != 1 or arguments[0].kind not in ORDERED:
            return _shape(name, "two numbers or two dates")
        return Call(arguments[0].kind, at, name, arguments)

    return call


def _coalesce(vocabulary: PolicyVocabulary, arguments: tuple[Node, ...], at: int) -> Node | Fault:
    fact, otherwise = arguments if len(arguments) == 2 else (None, None)
    if not isinstance(fact, FieldRef) or not isinstance(otherwise, Literal):
        return _shape("coalesce", "fact, plain value")
    if fact.kind is not otherwise.kind:
        return Fault("both sides of COALESCE are of one kind", "Write COALESCE(x, 0).")
    if fact.absent != "none":
        problem = f"{fact.field} may be unknown, and unknown is not {otherwise.value}"
        return Fault(problem, "Use the fact as it is: what is unknown stays unknown.", NotInTheLanguage)
    return Coalesce(fact.kind, at, fact, otherwise)


def _unknown(vocabulary: PolicyVocabulary, arguments: tuple[Node, ...], at: int) -> Node | Fault:
    return _shape("unknown", "") if arguments else Call(Kind.NUMBER, at, "unknown", ())


_CALLS: Mapping[str, Callable[[PolicyVocabulary, tuple[Node, ...], int], Node | Fault]] = {
    "param": _param,
    "table": _table,
    "receives": _receives,
    "eligible": _eligible,
    "within": _within,
    "div_round": _div_round,
    "smaller_of": _one_of_two("smaller_of"),
    "larger_of": _one_of_two("larger_of"),
    "least": _one_of_two("least"),
    "greatest": _one_of_two("greatest"),
    "coalesce": _coalesce,
    "unknown": _unknown,
}
