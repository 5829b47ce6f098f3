"""Which values of a field can make a difference to conditions: options that they tell apart, constants, neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, combinations
from typing import Any

from onething.engine.rules.nodes import (
    Between,
    Call,
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

ANY_OTHER_TEXT = "…"
_COMPARING = (Compare, Between, OneOf, Call)
MOST_COMBINED = 4  # options of one `choices` field whose every combination is tried


Met = list[frozenset[Any]] | None
"""The constants that a field meets, place by place; None where it meets anything else."""


def values_that_matter(nodes: Iterable[Node]) -> Mapping[str, tuple[Any, ...] | None]:
    """
    Give, for every field the conditions read, the values worth trying: two others behave alike in all conditions.

    None for a field whose values cannot be listed so, because it is calculated with or compared with another field.
    """
    found: dict[str, Met] = {}
    kinds: dict[str, FieldRef] = {}
    for node in nodes:
        for part in walk(node):
            if isinstance(part, FieldRef):
                kinds[part.field] = part
        _collect(node, found)
    return {name: _spread(ref, found.get(name, [])) for name, ref in kinds.items()}


def _collect(node: Node, found: dict[str, Met]) -> None:
    for part in walk(node):
        for field, constants in _met(part):
            _add(found, field, constants)


def _met(part: Node) -> Iterator[tuple[str, frozenset[Any] | None]]:
    """The fields that stand directly in this part, with the constants they meet there; None for anything else."""
    ends = list(children(part))
    refs = [end for end in ends if isinstance(end, FieldRef)]
    constants = frozenset(end.value for end in ends if isinstance(end, Literal))
    plain = isinstance(part, _COMPARING) and len(refs) == 1 and all(isinstance(end, FieldRef | Literal) for end in ends)
    if not isinstance(part, IsNull):
        yield from ((ref.field, constants if plain else None) for ref in refs)


def _add(found: dict[str, Met], field: str, constants: frozenset[Any] | None) -> None:
    known = found.setdefault(field, [])
    found[field] = None if constants is None or known is None else [*known, constants]


def _spread(ref: FieldRef, met: Met) -> tuple[Any, ...] | None:
    """Every value worth trying, the likeliest to be met first."""
    if ref.kind is Kind.BOOLEAN:
        return (True, False)
    if ref.kind is Kind.CHOICE:
        return tuple(sorted(ref.options)) if met is None else _told_apart(sorted(ref.options), met)
    if met is None:
        return None
    constants = set().union(*met)
    if ref.kind is Kind.CHOICES:
        return _combinations(sorted(constants))
    if ref.kind is Kind.TEXT:
        return (*sorted(constants), ANY_OTHER_TEXT)
    return _neighbours(constants)


def _told_apart(options: list[str], groups: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """Of the options that are in the same of these groups the first: no condition tells them apart."""
    first: dict[tuple[bool, ...], str] = {}
    for option in options:
        first.setdefault(tuple(option in group for group in groups), option)
    return tuple(first.values())


def _combinations(options: list[str]) -> tuple[frozenset[str], ...]:
    sizes = range(len(options) + 1) if len(options) <= MOST_COMBINED else (0, 1, len(options))
    return tuple(frozenset(some) for some in chain.from_iterable(combinations(options, size) for size in sizes))


def _neighbours(constants: set[Any]) -> tuple[Any, ...]:
    near = {value for one in constants for value in (_before(one), one, _after(one))}
    return tuple(sorted(near)) or (0,)


def _before(value: Any) -> Any:
    return value - timedelta(days=1) if isinstance(value, date) else value - 1


def _after(value: Any) -> Any:
    return value + timedelta(days=1) if isinstance(value, date) else value + 1
