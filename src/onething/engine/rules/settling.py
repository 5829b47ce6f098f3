"""
Absence made plain: from an expression as written to one that every engine can take literally, for one day.

Afterwards there is one kind of absence left, and it means *unknown*, with SQL's logic: what is still going on has got
its day, what is known not to exist its value, and a comparison that may compare nothing is `Settled`. `as_of()` is a
day, and counting years up to it has become a comparison of days, which engines can look up in an index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from onething.engine.rules.dates import CHOOSING, COUNTING, latest_with_years
from onething.engine.rules.nodes import (
    All,
    Between,
    Call,
    Coalesce,
    Compare,
    FieldRef,
    IsNull,
    Kind,
    Literal,
    Lookup,
    Node,
    OneOf,
    Placed,
    Settled,
    children,
    rebuilt,
)

FOREVER = date.max
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}


def settled(node: Node, day: date) -> Node:
    """Make the absence in a condition or a value plain, and put `day` for as_of()."""
    special = _SETTLERS.get(type(node))
    if special is not None:
        return special(node, day)
    return rebuilt(node, partial(settled, day=day))


def _field(node: FieldRef, day: date) -> Node:
    if node.absent == "running":
        return Coalesce(node.kind, node.at, node, Literal(Kind.DATE, node.at, FOREVER))
    if node.absent == "none" and node.kind is Kind.BOOLEAN:
        return Coalesce(node.kind, node.at, node, Literal(Kind.BOOLEAN, node.at, False))
    if node.absent == "none" and node.type == "money":
        return Coalesce(node.kind, node.at, node, Literal(Kind.NUMBER, node.at, 0))
    return node


def _coalesce(node: Coalesce, day: date) -> Node:
    return node


def _is_null(node: IsNull, day: date) -> Node:
    return node


def _call(node: Call, day: date) -> Node:
    if node.function == "as_of":
        return Literal(Kind.DATE, node.at, day)
    if node.function in COUNTING:
        return rebuilt(node, partial(_up_to, day=day))
    if node.function in CHOOSING:
        return _folded(rebuilt(node, partial(settled, day=day)))
    if node.function == "has":
        field = node.arguments[0]
        nothing = isinstance(field, FieldRef) and field.absent == "none"
        return Coalesce(node.kind, node.at, node, Literal(Kind.BOOLEAN, node.at, False)) if nothing else node
    call = rebuilt(node, partial(settled, day=day))
    return _maybe_of_nothing(call, default=False) if node.kind is Kind.BOOLEAN else call


def _up_to(argument: Node, day: date) -> Node:
    """What is still going on is counted up to the day of evaluation."""
    if isinstance(argument, FieldRef) and argument.absent == "running":
        return Coalesce(argument.kind, argument.at, argument, Literal(Kind.DATE, argument.at, day))
    return settled(argument, day)


def _folded(node: Node) -> Node:
    """Choose between two plain values at once."""
    if isinstance(node, Call):
        one, other = node.arguments
        if isinstance(one, Literal) and isinstance(other, Literal):
            return Literal(node.kind, node.at, CHOOSING[node.function](one.value, other.value))
    return node


def _compare(node: Compare, day: date) -> Node:
    shifted = _as_days(node, day)
    if shifted is not None:
        return _maybe_of_nothing(shifted, default=False)
    return _maybe_of_nothing(rebuilt(node, partial(settled, day=day)), default=node.operator == "<>")


def _one_of(node: OneOf, day: date) -> Node:
    return _maybe_of_nothing(rebuilt(node, partial(settled, day=day)), default=False)


def _between(node: Between, day: date) -> Node:
    low = Compare(Kind.BOOLEAN, node.at, ">=", node.operand, node.low)
    high = Compare(Kind.BOOLEAN, node.at, "<=", node.operand, node.high)
    return All(Kind.BOOLEAN, node.at, (settled(low, day), settled(high, day)))


def _maybe_of_nothing(node: Node, *, default: bool) -> Node:
    if not any(_may_be_nothing(node)):
        return node
    return Settled(Kind.BOOLEAN, node.at, node, default, tuple(dict.fromkeys(_open_parts(node))))


def _may_be_nothing(node: Node) -> Iterator[bool]:
    """Whether some part has no value although everything is known."""
    if isinstance(node, Coalesce | IsNull):
        return
    if isinstance(node, Lookup) or (isinstance(node, FieldRef) and node.absent == "none"):
        yield True
    for child in children(node):
        yield from _may_be_nothing(child)


def _open_parts(node: Node) -> Iterator[Node]:
    """The parts whose having no value means that something is unknown."""
    if isinstance(node, Placed) or (isinstance(node, FieldRef) and node.absent == "unknown"):
        yield node
    elif not isinstance(node, Coalesce):
        for child in children(node):
            yield from _open_parts(child)


# years up to a day, as days


def _as_days(node: Compare, day: date) -> Node | None:
    """Write `years_between(x, as_of()) >= 60` as a comparison of x with a day."""
    left, right, operator = node.left, node.right, node.operator
    if isinstance(left, Literal):
        left, right, operator = right, left, _MIRRORED[operator]
    if not (isinstance(left, Call) and left.function == "years_between" and isinstance(right, Literal)):
        return None
    start, end = left.arguments
    is_plain = isinstance(start, FieldRef) and start.absent != "running"
    if not (is_plain and isinstance(end, Call) and end.function == "as_of" and isinstance(right.value, int)):
        return None
    return _bounded(start, operator, right.value, day, left.next_day)


def _bounded(start: Node, operator: str, years: int, day: date, next_day: bool) -> Node | None:
    reached, beyond = (latest_with_years(count, day, next_day) for count in (years, years + 1))
    if reached is None or beyond is None:
        return None

    def against(sign: str, bound: date) -> Node:
        return Compare(Kind.BOOLEAN, start.at, sign, start, Literal(Kind.DATE, start.at, bound))

    simple: dict[str, tuple[str, date]] = {
        ">=": ("<=", reached),
        "<": (">", reached),
        ">": ("<=", beyond),
        "<=": (">", beyond),
    }
    if operator in simple:
        return against(*simple[operator])
    if operator == "=":
        return All(Kind.BOOLEAN, start.at, (against("<=", reached), against(">", beyond)))
    return None


_SETTLERS: dict[type[Node], Callable[..., Node]] = {
    FieldRef: _field,
    Coalesce: _coalesce,
    IsNull: _is_null,
    Call: _call,
    Compare: _compare,
    OneOf: _one_of,
    Between: _between,
}
