"""Standards and tables on one day: what param() and table() stand for, at the payer's place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from onething.engine.policies.model import NATION, StandardDef, TableDef
from onething.engine.rules.nodes import FieldRef, Gap, Kind, Literal, Lookup, Node, Placed

_LEVELS = (0, 2, 4, 6, 9, 12)


def prefix_of(region: str) -> str:
    """Cut a region code down to the digits that name it: 330100000000 → 3301, the nation → nothing."""
    return next(region[:length] for length in _LEVELS if not region[length:].strip("0"))


def gap_of(name: str) -> str:
    """Name a figure that is not known, among the things that are missing."""
    return f"param:{name}"


def standard_on(standard: StandardDef, day: date, payer: FieldRef) -> Node:
    """Give the figure of a standard on a day: a number, or one for each place, or a gap."""
    valid = [figure for figure in standard.figures if figure.period.contains(day)]
    figures = ((figure.region, Literal(Kind.NUMBER, 1, figure.value)) for figure in valid)
    return _at_place(figures, payer, standard.id)


def table_on(table: TableDef, day: date, payer: FieldRef, keys: tuple[Node, ...]) -> Node:
    """Give the figures of a table on a day."""
    valid = [edition for edition in table.editions if edition.period.contains(day)]
    figures = (
        (edition.region, Lookup(Kind.NUMBER, 1, table.id, keys, tuple(edition.rows.items()))) for edition in valid
    )
    return _at_place(figures, payer, table.id)


def _at_place(figures: Iterable[tuple[str, Node]], payer: FieldRef, name: str) -> Node:
    by_region = dict(figures)
    everywhere = by_region.pop(NATION, Gap(Kind.NUMBER, 1, gap_of(name)))
    if not by_region:
        return everywhere
    places = sorted(
        ((prefix_of(region), node) for region, node in by_region.items()), key=lambda one: (-len(one[0]), one[0])
    )
    return Placed(Kind.NUMBER, 1, payer, tuple(places), everywhere)
