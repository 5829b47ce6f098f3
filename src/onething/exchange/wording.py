"""
How an order is read at a desk, in the reader's language. The order itself carries codes; modules above lend the words:

    @reader
    def in_words(order: Order) -> OrderWords | None: ...    # None: not an order of theirs
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from onething.exchange.models import Order


@dataclass(frozen=True, slots=True)
class Answered:
    """One field of the form as the desk reads it; `note`: what the window says about it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class OrderWords:
    """An order in words: its title, each field by its id, the title of each paper by its id."""

    title: str
    fields: Mapping[str, Answered] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> list[Answered]:
        """The answers in the order of the form."""
        return list(self.fields.values())


Reader = Callable[[Order], OrderWords | None]
_readers: list[Reader] = []


def reader(read: Reader) -> Reader:
    """Let a function lend the words of orders."""
    _readers.append(read)
    return read


def words_of(order: Order) -> OrderWords:
    """Say an order in words: by the first module that knows it, else as it stands in the order itself."""
    return next((said for read in _readers if (said := read(order)) is not None), None) or _as_sent(order)


def _as_sent(order: Order) -> OrderWords:
    payload = order.payload
    labels = payload.get("labels", {})
    fields = {name: Answered(labels.get(name, name), _spoken(value)) for name, value in payload["fields"].items()}
    return OrderWords(order.title, fields, {paper["id"]: paper["title"] for paper in payload["materials"]})


def _spoken(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return "、".join(_spoken(item) for item in value)
    return "" if value is None else str(value)
