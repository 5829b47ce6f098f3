"""
Whether conditions can hold together at all.

Each term that is compared with constants is looked at by itself: its bounds, its possible options. That finds what
contradicts itself; two terms that exclude each other in deeper ways (two counts of years, say) pass. So "no" is sure,
and "yes" means that no contradiction is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any

from onething.engine.rules.nodes import (
    All,
    Between,
    Compare,
    Either,
    FieldRef,
    IsNull,
    Kind,
    Literal,
    Node,
    Not,
    OneOf,
    walk,
)

MOST_CASES = 4096
Atom = tuple[Node, bool]
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}


def may_hold(conditions: Sequence[Node]) -> bool:
    """Tell whether all the conditions may hold for one person on one day; False is sure."""
    cases = [list(_cases(condition, True)) for condition in conditions]
    count = 1
    for listed in cases:
        count *= max(1, len(listed))
    if count > MOST_CASES:
        return True
    return any(_agree([atom for case in cases_ for atom in case]) for cases_ in product(*cases))


def _cases(node: Node, wanted: bool) -> Iterator[list[Atom]]:
    """Every way in which a condition comes out as wanted, each as a list of simple conditions."""
    if isinstance(node, Not):
        yield from _cases(node.operand, not wanted)
    elif isinstance(node, Between):
        low = Compare(Kind.BOOLEAN, node.at, ">=", node.operand, node.low)
        high = Compare(Kind.BOOLEAN, node.at, "<=", node.operand, node.high)
        yield from _cases(All(Kind.BOOLEAN, node.at, (low, high)), wanted)
    elif isinstance(node, All | Either):
        if isinstance(node, All) == wanted:
            for combined in product(*(list(_cases(part, wanted)) for part in node.parts)):
                yield [atom for case in combined for atom in case]
        else:
            for part in node.parts:
                yield from _cases(part, wanted)
    else:
        yield [(node, wanted)]


@dataclass(slots=True)
class _Term:
    """What is asked of one term."""

    low: Any = None
    high: Any = None
    options: frozenset[Any] | None = None
    never: set[Any] = field(default_factory=set)
    truths: set[bool] = field(default_factory=set)

    def is_possible(self) -> bool:
        if len(self.truths) > 1:
            return False
        if self.options is not None:
            return any(self._allows(option) for option in self.options)
        if self.low is None or self.high is None:
            return True
        return bool(self.low < self.high) or (self.low == self.high and self.low not in self.never)

    def _allows(self, value: Any) -> bool:
        inside = (self.low is None or value >= self.low) and (self.high is None or value <= self.high)
        return inside and value not in self.never

    def only(self, values: frozenset[Any]) -> None:
        self.options = values if self.options is None else self.options & values

    def bound(self, operator: str, value: Any) -> None:
        if operator in (">", ">="):
            low = _after(value) if operator == ">" else value
            self.low = low if self.low is None else max(self.low, low)
        elif operator in ("<", "<="):
            high = _before(value) if operator == "<" else value
            self.high = high if self.high is None else min(self.high, high)


def _after(value: Any) -> Any:
    return value + timedelta(days=1) if isinstance(value, date) else value + 1


def _before(value: Any) -> Any:
    return value - timedelta(days=1) if isinstance(value, date) else value - 1


def _agree(atoms: list[Atom]) -> bool:
    terms: dict[Node, _Term] = {}
    absent = {node.operand for node, wanted in atoms if isinstance(node, IsNull) and wanted}
    present = {node.operand for node, wanted in atoms if isinstance(node, IsNull) and not wanted}
    for node, wanted in atoms:
        if isinstance(node, Literal) and bool(node.value) is not wanted:
            return False
        if not isinstance(node, IsNull | Literal) and not _ask(terms, node, wanted, absent):
            return False
    return not (absent & present) and all(term.is_possible() for term in terms.values())


def _ask(terms: dict[Node, _Term], node: Node, wanted: bool, absent: set[FieldRef]) -> bool:
    """Note what a simple condition asks; False where it cannot hold of what does not exist."""
    found = _compared(node, wanted)
    if found is None:
        terms.setdefault(node, _Term()).truths.add(wanted)
        return True
    term, operator, values = found
    nothing = {part for part in walk(term) if isinstance(part, FieldRef) and part.absent == "none"}
    if nothing and not wanted:
        return True  # what does not exist fulfils the opposite of any comparison
    if nothing & absent:
        return operator == "<>"
    _note(terms.setdefault(term, _start(term)), operator, values, bool(nothing))
    return True


def _start(term: Node) -> _Term:
    return _Term(options=term.options) if isinstance(term, FieldRef) and term.kind is Kind.CHOICE else _Term()


def _note(term: _Term, operator: str, values: frozenset[Any], may_be_nothing: bool) -> None:
    if operator == "=":
        term.only(values)
    elif operator == "<>":
        if not may_be_nothing:
            term.never |= values
    else:
        term.bound(operator, next(iter(values)))


def _compared(node: Node, wanted: bool) -> tuple[Node, str, frozenset[Any]] | None:
    """A comparison of one term with constants: (term, operator, constants), as it is wanted."""
    if isinstance(node, OneOf):
        return node.operand, "=" if wanted else "<>", frozenset(option.value for option in node.options)
    if not isinstance(node, Compare):
        return None
    term, constant, operator = node.left, node.right, node.operator
    if isinstance(term, Literal):
        term, constant, operator = constant, term, _MIRRORED[operator]
    if not isinstance(constant, Literal) or isinstance(term, Literal):
        return None
    return term, operator if wanted else _OPPOSITE[operator], frozenset({constant.value})
