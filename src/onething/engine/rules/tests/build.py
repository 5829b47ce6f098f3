"""A small data dictionary for rules: one field of each kind, and of each meaning of absence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from onething.engine.rules import AS_OF, Verdict, compile_rule

TODAY = date(2026, 9, 9)


@dataclass(frozen=True)
class Option:
    value: str


@dataclass(frozen=True)
class Field:
    id: str
    type: str
    absent: str = "unknown"
    options: tuple[Option, ...] = ()


COLOURS = (Option("red"), Option("green"), Option("blue"))
FIELDS = {
    one.id: one
    for one in [
        Field("ill", "boolean"),
        Field("married", "boolean"),
        Field("member", "boolean", "none"),
        Field("months", "integer"),
        Field("grade", "integer", "none"),
        Field("income", "money"),
        Field("benefit", "money", "none"),
        Field("born", "date"),
        Field("enlisted", "date"),
        Field("discharged", "date", "running"),
        Field("colour", "choice", options=COLOURS),
        Field("second_colour", "choice", options=COLOURS),
        Field("merits", "choices", "none", COLOURS),
        Field("skills", "choices", options=COLOURS),
        Field("city", "text"),
    ]
}


def verdict(text: str, on: date = TODAY, **answers: Any) -> Verdict:
    return compile_rule(text, FIELDS).verdict({AS_OF: on, **answers})
