"""Reads a person's answers from YAML or JSON text: plain answers, or an example file of a pack. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onething.catalogue.errors import AnswersNotMapped, AnswersTooBig, AnswersUnreadable, DayUnreadable
from onething.engine.bundle.model import Words
from onething.kernel.telling import APART, Listed
from onething.plumbing.packs import Place, Problem
from onething.plumbing.packs.nodes import MAX_BYTES, Node, decode, read_yaml

NOT_A_MAPPING = Words("它们没有写成 `字段: 值`。", "They are not written as `field: value`.")


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by field, the day they are meant for if the file names one, and where each stands."""

    values: dict[str, Any]
    on: date | None
    tree: Node

    def place(self, field: str) -> Place:
        """Find the line of an answer."""
        around = self.tree.child("answers") or self.tree
        return around.at(field)


def read_answers(raw: bytes, file: Path) -> Answers:
    """
    Read answers: a mapping of fields to values, or an example with `answers:` and perhaps `on:`.

    Refuses AnswersTooBig, AnswersUnreadable with every line, AnswersNotMapped, DayUnreadable.
    """
    if len(raw) > MAX_BYTES:
        raise AnswersTooBig(limit=MAX_BYTES)
    tree = _tree(raw, file)
    whole = tree.plain()
    if not isinstance(whole, dict):
        raise AnswersUnreadable(problems=NOT_A_MAPPING)
    if "answers" not in whole:
        return Answers(whole, None, tree)
    if not isinstance(whole["answers"], dict):
        raise AnswersNotMapped
    return Answers(whole["answers"], as_day(whole.get("on")), tree)


def as_day(text: object) -> date | None:
    """Read a day written 2026-09-09; None stays None. Refuses DayUnreadable."""
    if text is None:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise DayUnreadable(day=text) from None


def _tree(raw: bytes, file: Path) -> Node:
    problems: list[Problem] = []
    text = decode(raw, file, problems)
    tree = None
    if text is not None:
        tree = _json(text, file) if text.lstrip().startswith("{") else None
        tree = tree or read_yaml(text, file, problems)
    if tree is None or problems:
        raise AnswersUnreadable(problems=Listed(tuple(problems), APART))
    return tree


def _json(text: str, file: Path) -> Node | None:
    """Read JSON; None if it is not (a YAML flow mapping begins with a brace too). Lines are not known then."""
    try:
        return _node(json.loads(text, object_pairs_hook=_once), Place(file))
    except (json.JSONDecodeError, RecursionError, _Twice):
        return None


class _Twice(ValueError):
    """A key stands twice: the YAML reader will say where."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise _Twice
    return dict(pairs)


def _node(value: Any, place: Place) -> Node:
    if isinstance(value, dict):
        return Node({key: _node(inner, place) for key, inner in value.items()}, place)
    if isinstance(value, list):
        return Node([_node(inner, place) for inner in value], place)
    return Node(value, place)
