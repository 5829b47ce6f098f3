"""Facts of a person as they come (JSON, YAML, a form) to the typed values that policies are decided with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from onething.engine.policies.errors import FactUnknown, FactUnreadable
from onething.engine.policies.model import FactDef

MOST = 10**12
"""Beyond this (ten thousand million yuan, in fen) no number of a person is read: engines count in 64 bits."""


def typed_facts(given: Mapping[str, Any], facts: Mapping[str, FactDef]) -> dict[str, Any]:
    """Read a person's facts; what is null is missing. Refuses FactUnknown and FactUnreadable."""
    unknown = next((name for name in given if name not in facts), None)
    if unknown is not None:
        raise FactUnknown(fact=unknown)
    return {name: typed_fact(facts[name], value) for name, value in given.items() if value is not None}


def readable_facts(given: Mapping[str, Any], facts: Mapping[str, FactDef]) -> dict[str, Any]:
    """Read what a register knows, as far as the pack asks for it; what it writes in a way of its own stays unknown."""
    read = {name: readable_fact(facts[name], value) for name, value in given.items() if name in facts}
    return {name: value for name, value in read.items() if value is not None}


def readable_fact(fact: FactDef, value: Any) -> Any:
    """Read one fact as a register has it; None where it is written in a way of its own."""
    try:
        return typed_fact(fact, value)
    except FactUnreadable:
        return None


def plain_fact(value: Any) -> Any:
    """Write a typed value as `typed_fact` reads it: days as text, choices as a list."""
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def typed_fact(fact: FactDef, value: Any) -> Any:
    """Read one fact: days from text, choices from their ids, money as whole fen. Refuses FactUnreadable."""
    try:
        return _READERS[fact.type](fact, value)
    except (ValueError, TypeError):
        raise FactUnreadable(fact=fact.id, value=value, type=fact.type) from None


def _date(fact: FactDef, value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _boolean(fact: FactDef, value: Any) -> bool:
    return bool(_of(bool, value))


def _number(fact: FactDef, value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError(value)
    if abs(_of(int, value)) > MOST:
        raise ValueError(value)
    return int(value)


def _choice(fact: FactDef, value: Any) -> str:
    if value not in [option.value for option in fact.options]:
        raise ValueError(value)
    return str(value)


def _choices(fact: FactDef, value: Any) -> frozenset[str]:
    return frozenset(_choice(fact, one) for one in _of((list, tuple, set, frozenset), value))


def _region(fact: FactDef, value: Any) -> str:
    text = str(_of(str, value))
    if len(text) != 12 or not text.isdigit():
        raise ValueError(value)
    return text


def _of(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(value)
    return value


_READERS: Mapping[str, Callable[[FactDef, Any], Any]] = {
    "date": _date,
    "boolean": _boolean,
    "integer": _number,
    "money": _number,
    "choice": _choice,
    "choices": _choices,
    "region": _region,
}
