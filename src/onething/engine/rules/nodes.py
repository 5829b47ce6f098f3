"""The rule language as values: what `language.parse` gives and `closures` evaluates. Typed and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

Constant = bool | int | Decimal | str | date


class Kind(StrEnum):
    """What a part of an expression yields."""

    BOOLEAN = "yes/no"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "several choices"


@dataclass(frozen=True, slots=True)
class Node:
    """One part of an expression. `at` is its first character in the text, from 1; equality does not look at it."""

    kind: Kind
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Literal(Node):
    value: Constant


@dataclass(frozen=True, slots=True)
class FieldRef(Node):
    """A field of the data dictionary. `absent` says what a missing value means, `unit` what a number counts."""

    field: str
    type: str
    absent: str
    options: frozenset[str] = frozenset()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Not(Node):
    operand: Node


@dataclass(frozen=True, slots=True)
class All(Node):
    """AND; nested ANDs are flattened, in the order they are written."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either(Node):
    """OR; nested ORs are flattened, in the order they are written."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`operator` is one of = <> < <= > >=."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    operand: Node
    options: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    """Both ends belong to it, as in SQL."""

    operand: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class IsNull(Node):
    operand: FieldRef


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`operator` is one of + - *."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Case(Node):
    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`next_day`: years from 29 February are completed on 1 March, not on 28 February."""

    function: str
    arguments: tuple[Node, ...]
    next_day: bool = False


@dataclass(frozen=True, slots=True)
class Coalesce(Node):
    """The operand, or `otherwise` where it has no value."""

    operand: Node
    otherwise: Literal


@dataclass(frozen=True, slots=True)
class Settled(Node):
    """
    A comparison with something that may be known not to exist: unknown if one of `open` has no value, else `default`
    where it compares nothing.
    """

    operand: Node
    default: bool
    open: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Lookup(Node):
    """The figure of a table for these keys; no value for keys that the table does not have."""

    table: str
    keys: tuple[Node, ...]
    rows: tuple[tuple[tuple[int | str, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Placed(Node):
    """What holds at the place of `region`: the first of `values` whose prefix its code has, else `otherwise`."""

    region: FieldRef
    values: tuple[tuple[str, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Gap(Node):
    """A figure that nobody has told us for this day and place; `name` says which."""

    name: str


def walk(node: Node) -> Iterator[Node]:
    """Give the node and everything below it, in written order."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node) -> Iterator[Node]:
    """Give the parts that stand directly in the node, in written order."""
    for slot in fields(node):
        yield from _nodes_in(getattr(node, slot.name))


def _nodes_in(part: object) -> Iterator[Node]:
    if isinstance(part, Node):
        yield part
    elif isinstance(part, tuple):
        for piece in part:
            yield from _nodes_in(piece)


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """Rebuild a node with every part that stands directly in it changed."""
    changed = {
        slot.name: _changed(value, change)
        for slot in fields(node)
        if isinstance(value := getattr(node, slot.name), Node | tuple)
    }
    return replace(node, **changed) if changed else node


def _changed(part: Any, change: Callable[[Node], Node]) -> Any:
    if isinstance(part, Node):
        return change(part)
    if isinstance(part, tuple):
        return tuple(_changed(piece, change) for piece in part)
    return part


def fields_of(node: Node) -> frozenset[str]:
    """Name every field the expression reads."""
    return frozenset(part.field for part in walk(node) if isinstance(part, FieldRef))
