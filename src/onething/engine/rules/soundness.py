"""What an expression may not say although it can be read: where it could mean two things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from onething.engine.rules.nodes import (
    Arithmetic,
    Between,
    Call,
    Case,
    Coalesce,
    Compare,
    FieldRef,
    IsNull,
    Kind,
    Literal,
    Node,
    OneOf,
    children,
    walk,
)

MONEY = "fen"
PERCENT = "percent"
COUNTED = {
    "years_between": "years",
    "ceil_years": "years",
    "both_ends_years": "years",
    "months_between": "months",
    "half_years": "half_years",
}
_CHOICES_OF_TWO = ("smaller_of", "larger_of", "least", "greatest")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong at a position, and what to write instead."""

    at: int
    problem: str
    correction: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Looks at expressions of one pack; `units` are those of its standards and tables."""

    units: Mapping[str, str]

    def condition(self, node: Node) -> Iterator[Flaw]:
        """Find the flaws of a condition."""
        yield from self._everywhere(node)
        for part in walk(node):
            if isinstance(part, Case) and _unknown_facts(part):
                fact = _unknown_facts(part)[0].field
                yield Flaw(part.at, f"the CASE would pass over an unknown {fact}", "Write it with AND and OR.")
            if isinstance(part, Call) and part.function in ("unknown", "table"):
                yield Flaw(part.at, f"{part.function} belongs in an amount", "Compare with a standard: param('…').")

    def amount(self, node: Node) -> Iterator[Flaw]:
        """Find the flaws of an amount: it is money, and it never takes an absence for nothing."""
        yield from self._everywhere(node)
        if self.unit(node) not in (MONEY, None):
            problem = f"an amount is money, and this counts {self.unit(node)}"
            yield Flaw(node.at, problem, "Multiply with a standard in yuan or fen.")
        yield from self._bare_figure(node, MONEY)
        yield from (flaw for part in walk(node) for flaw in _in_amounts(part))

    def day(self, node: Node) -> Iterator[Flaw]:
        """Find the flaws of a start day."""
        yield from self._everywhere(node)

    def _everywhere(self, node: Node) -> Iterator[Flaw]:
        for part in walk(node):
            yield from _general(part)
            yield from self._units(part)

    # units

    def unit(self, node: Node) -> str | None:
        """Say what a number counts; None for a plain figure, which fits anything."""
        if isinstance(node, FieldRef):
            return node.unit
        if isinstance(node, Coalesce):
            return self.unit(node.operand)
        if isinstance(node, Arithmetic):
            return self._of_arithmetic(node)
        if isinstance(node, Case):
            return next((unit for part in _values(node) if (unit := self.unit(part)) is not None), None)
        return self._of_call(node) if isinstance(node, Call) else None

    def _of_call(self, node: Call) -> str | None:
        if node.function in COUNTED:
            return COUNTED[node.function]
        if node.function in ("param", "table") and isinstance(node.arguments[0], Literal):
            return self.units.get(str(node.arguments[0].value), "")
        if node.function == "div_round":
            return self.unit(node.arguments[0])
        units = (self.unit(argument) for argument in node.arguments)
        return next((unit for unit in units if unit is not None), None)

    def _of_arithmetic(self, node: Arithmetic) -> str | None:
        left, right = self.unit(node.left), self.unit(node.right)
        if node.operator != "*":
            return left if left is not None else right
        units = [unit for unit in (left, right) if unit is not None]
        if MONEY in units:
            return MONEY
        counted = [unit for unit in units if unit != PERCENT] or units
        return "·".join(counted) if counted else None

    def _units(self, part: Node) -> Iterator[Flaw]:
        for one, other in _pairs(part):
            if one.kind is not Kind.NUMBER or other.kind is not Kind.NUMBER:
                continue
            left, right = self.unit(one), self.unit(other)
            if left is not None and right is not None and left != right:
                problem = f"{left or 'a plain number'} and {right or 'a plain number'} are put side by side"
                yield Flaw(part.at, problem, "Compare and add only what counts the same.")
            yield from self._bare_figure(one, right)
            yield from self._bare_figure(other, left)
        if not isinstance(part, Arithmetic) or part.operator != "*":
            return
        if self.unit(part.left) == MONEY and self.unit(part.right) == MONEY:
            yield Flaw(part.at, "money is multiplied with money", "Multiply money with a count.")

    def _bare_figure(self, node: Node, unit: str | None) -> Iterator[Flaw]:
        if unit == MONEY and isinstance(node, Literal) and node.value != 0:
            problem = f"the figure {node.value} has no source"
            yield Flaw(node.at, problem, "Make it a standard with a source: param('…').")


def _general(part: Node) -> Iterator[Flaw]:
    if isinstance(part, Literal) and isinstance(part.value, Decimal):
        yield Flaw(part.at, f"{part.value} is not whole", "Write whole numbers: div_round(a * 75, 100).")
    if isinstance(part, IsNull) and part.operand.absent == "unknown":
        problem = f"{part.operand.field} may be unknown, which is no condition"
        yield Flaw(part.at, problem, "Leave it out: an unknown fact is asked for.")
    if isinstance(part, Call) and part.function in ("least", "greatest") and any(_may_be_absent(part)):
        instead = "smaller_of" if part.function == "least" else "larger_of"
        problem = f"{part.function.upper()} passes over what is missing"
        yield Flaw(part.at, problem, f"Use {instead}(a, b): it is unknown when one is.")
    if isinstance(part, Call) and part.function in (*_CHOICES_OF_TWO, "anniversary"):
        for argument in part.arguments:
            if isinstance(argument, FieldRef) and argument.absent == "running":
                problem = f"{argument.field} may still be going on and has no day then"
                yield Flaw(argument.at, problem, "Use as_of(), or a fact that is a plain day.")
    if isinstance(part, Compare | OneOf | Between) and _mixes(part):
        yield Flaw(part.at, "a CASE is compared with what may not exist", "Write it with AND and OR.")


def _in_amounts(part: Node) -> Iterator[Flaw]:
    if isinstance(part, Arithmetic):
        for side in (part.left, part.right):
            if isinstance(side, FieldRef) and side.absent == "none" and side.type != "money":
                problem = f"{side.field} may not exist, and the sum with it"
                yield Flaw(side.at, problem, f"Write COALESCE({side.field}, 0).")
    if isinstance(part, Case):
        otherwise = part.otherwise
        has_unknown = isinstance(otherwise, Call) and otherwise.function == "unknown"
        facts = _unknown_facts(part)
        if facts and not has_unknown:
            problem = f"the ELSE would also take an unknown {facts[0].field}"
            yield Flaw(part.at, problem, "Name every case with WHEN and end with ELSE unknown().")


def _unknown_facts(case: Case) -> list[FieldRef]:
    parts = (part for when, _value in case.branches for part in walk(when))
    return [part for part in parts if isinstance(part, FieldRef) and part.absent == "unknown"]


def _may_be_absent(node: Node) -> Iterator[bool]:
    if isinstance(node, Coalesce):
        return
    if isinstance(node, FieldRef):
        yield not (node.absent == "none" and node.type in ("money", "boolean"))
    for child in children(node):
        yield from _may_be_absent(child)


def _mixes(part: Node) -> bool:
    inside = list(walk(part))
    nothing = any(isinstance(one, FieldRef) and one.absent == "none" and one.type != "money" for one in inside)
    return nothing and any(isinstance(one, Case) for one in inside)


def _values(case: Case) -> list[Node]:
    return [*(value for _when, value in case.branches), case.otherwise]


def _pairs(part: Node) -> Iterator[tuple[Node, Node]]:
    """The parts that are compared or added."""
    if isinstance(part, Compare) or (isinstance(part, Arithmetic) and part.operator != "*"):
        yield part.left, part.right
    elif isinstance(part, Between):
        yield part.operand, part.low
        yield part.operand, part.high
    elif isinstance(part, OneOf):
        yield from ((part.operand, option) for option in part.options)
    elif isinstance(part, Call) and part.function in _CHOICES_OF_TWO:
        yield part.arguments[0], part.arguments[1]
    elif isinstance(part, Case):
        values = _values(part)
        yield from pairwise(values)
