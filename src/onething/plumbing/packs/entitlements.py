"""The shape of what stands in an entitlement pack: facts, standards, tables, policies, situations.

Shapes only. Whether conditions can be used and figures have no gaps is found by `catalogue.policies`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from onething.plumbing.packs.schema import (
    BasisName,
    Day,
    Effective,
    Expression,
    Id,
    Label,
    Region,
    Scalar,
    Shape,
    SourceRef,
    W,
)

FactType = Literal["boolean", "integer", "money", "date", "choice", "choices", "region"]
Key = Annotated[str, Field(pattern=r"^(-?[0-9]+|[a-z][a-z0-9_]*)$", description="A number or an option")]
Yuan = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$", description='Yuan with two places, in quotes: "240.00"')]
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", description="2026-11")]


class Fact(Shape):
    """One entry of the data dictionary: its type, and what its absence means, are never left to guess."""

    label: W
    type: FactType
    absent: Literal["unknown", "none", "running"]
    unit: Id | None = Field(default=None, description="What an integer counts: years, months, persons, grade …")
    options: dict[Id, W] = {}
    question: W | None = None
    hint: W | None = None
    check: Expression | None = Field(default=None, description="Where it is false, the facts are impossible")
    source: SourceRef | None = None


class Standard(Shape):
    """A dated, regional figure, read with param('id')."""

    title: W
    unit: Id = Field(description="yuan or fen for money; else what it counts: percent, years, grade …")
    gaps: Literal["unknown"] | None = Field(default=None, description="Days or places without a value are allowed")
    values: list[StandardValue] = Field(min_length=1)


class StandardValue(Shape):
    """The figure from a day on, in a region; the nearest region counts."""

    from_: Day = Field(alias="from")
    to: Day | None = None
    region: Region | None = None
    value: int
    source: SourceRef
    basis: BasisName


Row = int | dict[Key, int | dict[Key, int]]


class FigureTable(Shape):
    """Figures by one to three keys, read with table('id', key, …)."""

    title: W
    unit: Id
    keys: list[Id] = Field(min_length=1, max_length=3, description="Facts that give the keys their type")
    gaps: Literal["unknown"] | None = None
    periods: list[TablePeriod] = Field(min_length=1)


class TablePeriod(Shape):
    """All figures of a table from a day on, in a region."""

    from_: Day = Field(alias="from")
    to: Day | None = None
    region: Region | None = None
    source: SourceRef
    basis: BasisName
    rows: dict[Key, Row] = Field(min_length=1)


class Conjunct(Shape):
    """One condition in words of its own, with its clause."""

    id: Id
    when: Expression
    because: W
    otherwise: W | None = Field(default=None, description="What would change it")
    source: SourceRef


class Rounding(Shape):
    """To which coin an amount is rounded, and how."""

    to: Literal["fen", "jiao", "yuan"] = "fen"
    how: Literal["half_up", "up", "down"] = "half_up"


class Amount(Shape):
    """What is paid, in fen, each time."""

    value: Expression
    per: Literal["month", "quarter", "year", "once"]
    rounding: Rounding = Rounding()
    source: SourceRef


class Alternative(Shape):
    """One of several ways to be entitled; all its conditions must hold."""

    id: Id
    when: list[Conjunct] = Field(min_length=1)
    order: int | None = Field(default=None, description="Demanded where two alternatives can hold; the lowest counts")
    amount: Amount | None = None


class Start(Shape):
    """From which month it is paid: the month of `day`, or the next."""

    day: Expression = "as_of()"
    month: Literal["same", "next"]
    source: SourceRef


class Dispute(Shape):
    """Where sources disagree, said aloud."""

    zh: str
    en: str
    sources: list[SourceRef] = Field(min_length=1)


class Policy(Shape):
    """One entitlement."""

    title: W
    words: W
    apply: W | None = None
    effective: Effective
    payer: Id = Field(description="The region fact whose place pays: regional figures are taken from there")
    when: list[Conjunct] = []
    except_: list[Conjunct] = Field(default=[], alias="except")
    stops: list[Conjunct] = []
    rules: list[Alternative] = []
    amount: Amount | None = None
    in_kind: W | None = None
    start: Start
    conflicts: list[Dispute] = []
    grade_note: W | None = None


class Outcome(Shape):
    """What one policy must say of the person; what is left out is not compared."""

    verdict: Literal["eligible", "amount_unknown", "not_eligible", "unknown"]
    amount: Yuan | None = None
    start_month: Month | None = None
    missing: list[str] | None = None
    failing: list[Id] | None = None


class Situation(Shape):
    """One invented person, and what the policies must say: the pack's tests."""

    title: Label
    description: Label | None = None
    as_of: Day
    person: dict[Id, Scalar | list[Scalar]]
    expect: dict[Id, Outcome]


for _shape in (Standard, FigureTable):
    _shape.model_rebuild()

__all__ = ["Fact", "FigureTable", "Policy", "Situation", "Standard"]
