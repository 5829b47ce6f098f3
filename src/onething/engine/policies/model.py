"""The values of an entitlement pack: facts, standards, tables, policies. Money is whole fen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from onething.engine.bundle.model import Option, Words
from onething.kernel.periods import Period

NATION = "000000000000"


class LeapDay(StrEnum):
    """When somebody born on 29 February completes a year in which the month has no 29th."""

    LAST_DAY = "last_day"  # 28 February: no corresponding day, so the last of the month (Civil Code, art. 202)
    NEXT_DAY = "next_day"  # 1 March


@dataclass(frozen=True, slots=True)
class FactDef:
    """One entry of the data dictionary; see `engine.rules.language` for types and absence."""

    id: str
    label: Words
    type: str
    absent: str
    unit: str = ""
    options: tuple[Option, ...] = ()
    question: Words | None = None
    hint: Words | None = None
    check: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a standard; `region` is 12 digits, NATION everywhere."""

    period: Period
    region: str
    value: int
    source: str
    basis: str


@dataclass(frozen=True, slots=True)
class StandardDef:
    """A dated, regional figure. `gaps`: days and places without a value are allowed, and make the amount unknown."""

    id: str
    title: Words
    unit: str
    figures: tuple[Figure, ...]
    gaps: bool = False


@dataclass(frozen=True, slots=True)
class TableEdition:
    """All figures of a table in a period and region, by their keys."""

    period: Period
    region: str
    rows: Mapping[tuple[int | str, ...], int]
    source: str
    basis: str


@dataclass(frozen=True, slots=True)
class TableDef:
    """Figures by one to three keys."""

    id: str
    title: Words
    unit: str
    keys: tuple[str, ...]
    editions: tuple[TableEdition, ...]
    gaps: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One conjunct: an expression with words of its own and its clause."""

    id: str
    when: str
    because: Words
    source: str
    otherwise: Words | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """What is paid each time: an expression in fen, rounded to `coin` fen in the manner `how`."""

    value: str
    per: str
    source: str
    coin: int = 1
    how: str = "half_up"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several ways to be entitled."""

    id: str
    when: tuple[Condition, ...]
    order: int | None = None
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Where sources disagree."""

    words: Words
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyDef:
    """
    One entitlement: all of `when`, none of `excluding` and `stops`, and one of `rules` if there are any.

    Paid from the month of `start_day`, or with `starts_next` from the month after.
    """

    id: str
    title: Words
    words: Words
    effective: Period
    payer: str
    when: tuple[Condition, ...]
    excluding: tuple[Condition, ...] = ()
    stops: tuple[Condition, ...] = ()
    rules: tuple[Alternative, ...] = ()
    amount: Amount | None = None
    in_kind: Words | None = None
    start_day: str = "as_of()"
    starts_next: bool = False
    start_source: str = ""
    apply: Words | None = None
    conflicts: tuple[Dispute, ...] = ()
    grade_note: Words | None = None


@dataclass(frozen=True, slots=True)
class PolicyPack:
    """All of one entitlement pack. `release` is the digest of its content."""

    id: str
    release: str
    title: Words
    region: str
    facts: Mapping[str, FactDef]
    policies: Mapping[str, PolicyDef]
    standards: Mapping[str, StandardDef] = field(default_factory=dict)
    tables: Mapping[str, TableDef] = field(default_factory=dict)
    leap_day: LeapDay = LeapDay.LAST_DAY
    marks: tuple[Words, ...] = ()
