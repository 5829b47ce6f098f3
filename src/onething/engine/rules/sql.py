"""
From a settled expression to SQL text of one engine: DuckDB, Spark or PostgreSQL.

Nothing is left to an engine's taste: each function is written out for each, division is whole, numbers are BIGINT, and
a CASE whose condition is unknown is unknown. Missing facts are SQL too (`Emitter.missing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onething.engine.rules.nodes import (
    All,
    Arithmetic,
    Call,
    Case,
    Coalesce,
    Compare,
    Either,
    FieldRef,
    Gap,
    IsNull,
    Literal,
    Lookup,
    Node,
    Not,
    OneOf,
    Placed,
    Settled,
    children,
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one engine says what SQL's engines say differently. Templates take their arguments by position."""

    name: str
    year: str
    month: str
    day: str
    last_day: str  # number of the last day in the month of {0}
    add_years: str  # {1} years after {0}; 29 February becomes 28 February
    has: str
    starts_with: str
    whole: str  # {0} divided by {1}, cut off
    day_after: str = "({0} + 1)"
    months: str = ""  # completed months from {0} to {1}, either way, if the engine counts them as Civil Code art. 202
    big: str = "BIGINT"
    quote: str = '"'
    text: str = "VARCHAR"
    one_of: str = "{0}"  # the text {0}, one of {1}: told as such, it is written by its number, not letter by letter
    first_of_month: str = "CAST(date_trunc('month', {0}) AS DATE)"
    next_month: str = "CAST(date_trunc('month', {0}) + INTERVAL 1 MONTH AS DATE)"


DUCKDB = Dialect(
    name="duckdb",
    year="year({0})",
    month="month({0})",
    day="day({0})",
    last_day="day(last_day({0}))",
    add_years="CAST({0} + INTERVAL '{1} years' AS DATE)",
    has="list_contains({0}, {1})",
    starts_with="starts_with({0}, {1})",
    whole="({0} // {1})",
    months="date_sub('month', {0}, {1})",
    one_of="CAST({0} AS ENUM({1}))",
)
SPARK = Dialect(
    name="spark",
    year="year({0})",
    month="month({0})",
    day="day({0})",
    last_day="day(last_day({0}))",
    add_years="add_months({0}, 12 * {1})",
    has="array_contains({0}, {1})",
    starts_with="startswith({0}, {1})",
    whole="({0} div {1})",
    day_after="date_add({0}, 1)",
    quote="`",
    text="STRING",
    first_of_month="CAST(trunc({0}, 'MM') AS DATE)",
    next_month="CAST(add_months(trunc({0}, 'MM'), 1) AS DATE)",
)
POSTGRESQL = Dialect(
    name="postgresql",
    year="CAST(EXTRACT(YEAR FROM {0}) AS BIGINT)",
    month="CAST(EXTRACT(MONTH FROM {0}) AS BIGINT)",
    day="CAST(EXTRACT(DAY FROM {0}) AS BIGINT)",
    last_day="CAST(EXTRACT(DAY FROM date_trunc('month', {0}) + INTERVAL '1 month' - INTERVAL '1 day') AS BIGINT)",
    add_years="CAST({0} + INTERVAL '{1} years' AS DATE)",
    has="({1} = ANY({0}))",
    starts_with="starts_with({0}, {1})",
    whole="({0} / {1})",
    text="TEXT",
    next_month="CAST(date_trunc('month', {0}) + INTERVAL '1 month' AS DATE)",
)
DIALECTS = {one.name: one for one in (DUCKDB, SPARK, POSTGRESQL)}


@dataclass(frozen=True, slots=True)
class Emitter:
    """Writes settled expressions for one engine. `columns`: parts that a snapshot has calculated already."""

    dialect: Dialect
    columns: Mapping[Node, str] = field(default_factory=dict)

    def sql(self, node: Node) -> str:
        """Write a condition or a value; NULL is unknown (or, in a value, nothing)."""
        column = self.columns.get(node)
        return self.name(column) if column is not None else _WRITERS[type(node)](self, node)

    def name(self, name: str) -> str:
        """Quote a column's name."""
        return f"{self.dialect.quote}{name}{self.dialect.quote}"

    def big(self, node: Node) -> str:
        """Write a number in the width that amounts are calculated in."""
        return f"CAST({self.sql(node)} AS {self.dialect.big})"

    def surely(self, node: Node) -> str:
        """
        Write a filter that lets through exactly where the condition holds; elsewhere it is false or NULL.

        Comparisons stand bare, without COALESCE around them, so that engines can skip whole groups of rows by them.
        """
        if isinstance(node, All):
            return _joined("AND", (self.surely(part) for part in node.parts))
        if isinstance(node, Either):
            return _joined("OR", (self.surely(part) for part in node.parts))
        if isinstance(node, Not):
            return self._surely_not(node.operand)
        if isinstance(node, Settled) and not node.default:
            return self.surely(node.operand)
        if isinstance(node, Coalesce) and node.otherwise.value is False:
            return self.surely(node.operand)
        if isinstance(node, OneOf) and isinstance(
            node.operand, FieldRef
        ):  # engines skip by "is there" what they cannot skip by a list
            return f"({self.sql(node.operand)} IS NOT NULL AND {self.sql(node)})"
        return self.sql(node)

    def _surely_not(self, node: Node) -> str:
        if isinstance(node, Not):
            return self.surely(node.operand)
        if isinstance(node, IsNull):
            return f"({self.sql(node.operand)} IS NOT NULL)"
        if isinstance(node, Settled | Coalesce) and not may_be_null(node) and _otherwise(node) is False:
            return f"({self.sql(node.operand)} IS NOT TRUE)"
        return f"(NOT {self.sql(node)})"

    def maybe(self, node: Node) -> str:
        """
        Write a filter that lets through exactly where the condition is not certainly false; elsewhere false or NULL.

        Split into simple parts, so that engines can order and push them.
        """
        if isinstance(node, All):
            return _joined("AND", (self.maybe(part) for part in node.parts))
        if isinstance(node, Either):
            return _joined("OR", (self.maybe(part) for part in node.parts))
        if not may_be_null(node):
            return self.surely(node)
        gaps = _open_columns(node)
        if gaps is None:
            return self._not_false(node)
        return _joined("OR", [self.surely(node), *(f"{self.sql(gap)} IS NULL" for gap in gaps)])

    def _not_false(self, node: Node) -> str:
        holds = self.sql(node)
        return f"({holds}) IS NOT FALSE" if self.dialect.name != "spark" else f"coalesce({holds}, TRUE)"

    def undecided(self, node: Node) -> str | None:
        """Write where a condition is unknown, for rows that `maybe` let through; None if it never is."""
        if not may_be_null(node):
            return None
        if isinstance(node, All):
            return _either(self.undecided(part) for part in node.parts)
        gaps = _open_columns(node)
        if gaps is None:
            return f"({self.sql(node)}) IS NULL"
        return _joined("OR", (f"{self.sql(gap)} IS NULL" for gap in gaps))

    def missing(self, node: Node, name: str) -> str | None:
        """Write the condition under which `name` is missing for a part that has no value; None if it never is."""
        writer = _MISSING.get(type(node))
        if writer is not None:
            return writer(self, node, name)
        return _either(self.missing(child, name) for child in children(node))


def _otherwise(node: Settled | Coalesce) -> object:
    return node.default if isinstance(node, Settled) else node.otherwise.value


def may_be_null(node: Node) -> bool:
    """Tell whether a settled expression can be without a value."""
    if isinstance(node, FieldRef | Gap | Placed | Lookup):
        return True
    if isinstance(node, Literal | Coalesce | IsNull):
        return False
    if isinstance(node, Settled):
        return bool(node.open)
    if isinstance(node, Call) and node.function == "unknown":
        return True
    return any(may_be_null(child) for child in children(node))


def names_missing(node: Node) -> frozenset[str]:
    """Name everything that can keep a settled expression unknown."""
    if isinstance(node, FieldRef):
        return frozenset({node.field}) if node.absent == "unknown" else frozenset()
    if isinstance(node, Gap):
        return frozenset({node.name})
    if isinstance(node, Coalesce | IsNull):
        return frozenset()
    if isinstance(node, Settled):
        return frozenset().union(*(names_missing(part) for part in node.open))
    return frozenset().union(*(names_missing(child) for child in children(node)))


def _open_columns(node: Node) -> tuple[FieldRef, ...] | None:
    """The facts whose absence alone leaves a simple comparison unknown; None for anything less simple."""
    if isinstance(node, Compare | OneOf | Not | FieldRef | Settled) and not any(
        isinstance(part, All | Either | Case | Placed | Gap | Lookup) for part in _all_parts(node)
    ):
        parts = node.open if isinstance(node, Settled) else _all_parts(node)
        return tuple(dict.fromkeys(part for part in parts if isinstance(part, FieldRef) and part.absent == "unknown"))
    return None


def _all_parts(node: Node) -> list[Node]:
    return [node, *(part for child in children(node) for part in _all_parts(child))]


def _joined(word: str, parts: Iterable[str]) -> str:
    return "(" + f" {word} ".join(parts) + ")"


def _either(parts: Iterable[str | None]) -> str | None:
    found = list(dict.fromkeys(part for part in parts if part is not None))
    return _joined("OR", found) if found else None


def _literal(emitter: Emitter, node: Literal) -> str:
    return quoted(node.value)


def quoted(value: Any) -> str:
    """Write a plain value as SQL."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _field(emitter: Emitter, node: FieldRef) -> str:
    return emitter.name(node.field)


def _not(emitter: Emitter, node: Not) -> str:
    return f"(NOT {emitter.sql(node.operand)})"


def _all(emitter: Emitter, node: All) -> str:
    return _joined("AND", (emitter.sql(part) for part in node.parts))


def _any(emitter: Emitter, node: Either) -> str:
    return _joined("OR", (emitter.sql(part) for part in node.parts))


def _compare(emitter: Emitter, node: Compare) -> str:
    return f"({emitter.sql(node.left)} {node.operator} {emitter.sql(node.right)})"


def _one_of(emitter: Emitter, node: OneOf) -> str:
    return f"({emitter.sql(node.operand)} IN ({', '.join(emitter.sql(option) for option in node.options)}))"


def _is_null(emitter: Emitter, node: IsNull) -> str:
    return f"({emitter.sql(node.operand)} IS NULL)"


def _coalesce(emitter: Emitter, node: Coalesce) -> str:
    return f"COALESCE({emitter.sql(node.operand)}, {emitter.sql(node.otherwise)})"


def _settled(emitter: Emitter, node: Settled) -> str:
    sure = f"COALESCE({emitter.sql(node.operand)}, {quoted(node.default)})"
    if not node.open:
        return sure
    gaps = _joined("OR", (f"{emitter.sql(part)} IS NULL" for part in node.open))
    return f"(CASE WHEN {gaps} THEN NULL ELSE {sure} END)"


def _arithmetic(emitter: Emitter, node: Arithmetic) -> str:
    return f"({emitter.big(node.left)} {node.operator} {emitter.big(node.right)})"


def _case(emitter: Emitter, node: Case) -> str:
    lines = []
    for when, value in node.branches:
        condition = emitter.sql(when)
        if may_be_null(when):
            lines.append(f"WHEN ({condition}) IS NULL THEN NULL")
        lines.append(f"WHEN {condition} THEN {emitter.sql(value)}")
    return f"(CASE {' '.join(lines)} ELSE {emitter.sql(node.otherwise)} END)"


def _lookup(emitter: Emitter, node: Lookup) -> str:
    keys = [emitter.sql(key) for key in node.keys]
    return f"CAST({_branches(keys, dict(node.rows))} AS {emitter.dialect.big})"


def _branches(keys: Sequence[str], figures: Mapping[tuple[int | str, ...], int]) -> str:
    """Look a figure up key by key: no row is asked for every line of a table."""
    if not keys:
        return str(figures[()])
    lines = []
    for value in dict.fromkeys(values[0] for values in figures):
        rest = {values[1:]: figure for values, figure in figures.items() if values[0] == value}
        lines.append(f"WHEN {quoted(value)} THEN {_branches(keys[1:], rest)}")
    return f"CASE {keys[0]} {' '.join(lines)} ELSE NULL END"


def _placed(emitter: Emitter, node: Placed) -> str:
    region = emitter.sql(node.region)
    lines = [f"WHEN {region} IS NULL THEN NULL"]
    for prefix, value in node.values:
        lines.append(f"WHEN {_starts(emitter, node.region, prefix)} THEN {emitter.sql(value)}")
    return f"(CASE {' '.join(lines)} ELSE {emitter.sql(node.otherwise)} END)"


def _starts(emitter: Emitter, region: Node, prefix: str) -> str:
    text = f"CAST({emitter.sql(region)} AS {emitter.dialect.text})"
    return emitter.dialect.starts_with.format(text, quoted(prefix))


def _gap(emitter: Emitter, node: Gap) -> str:
    return f"CAST(NULL AS {emitter.dialect.big})"


# functions


def _call(emitter: Emitter, node: Call) -> str:
    return f"({_FUNCTIONS[node.function](emitter, node)})"


def _months(emitter: Emitter, start: str, end: str, next_day: bool) -> str:
    """Completed months from `start` to a later `end`."""
    say = emitter.dialect
    if say.months and not next_day:
        return say.months.format(start, end)
    day = say.day.format(start)
    if not next_day:
        last = say.last_day.format(end)
        day = f"CASE WHEN {day} > {last} THEN {last} ELSE {day} END"
    months = f"({say.year.format(end)} - {say.year.format(start)}) * 12 + {say.month.format(end)} - "
    return f"({months}{say.month.format(start)} - CASE WHEN {say.day.format(end)} < {day} THEN 1 ELSE 0 END)"


def _ends(emitter: Emitter, node: Call) -> tuple[str, str]:
    start, end = (emitter.sql(argument) for argument in node.arguments)
    return start, end


def _either_way(emitter: Emitter, node: Call, count: Callable[[str, str], str]) -> str:
    """Counting forwards, and backwards with a minus."""
    start, end = _ends(emitter, node)
    if emitter.dialect.months and not node.next_day:
        return count(start, end)
    return f"CASE WHEN {end} < {start} THEN -{count(end, start)} ELSE {count(start, end)} END"


def _months_between(emitter: Emitter, node: Call) -> str:
    return _either_way(emitter, node, lambda start, end: _months(emitter, start, end, node.next_day))


def _years(emitter: Emitter, start: str, end: str, next_day: bool) -> str:
    return emitter.dialect.whole.format(_months(emitter, start, end, next_day), 12)


def _years_between(emitter: Emitter, node: Call) -> str:
    return _either_way(emitter, node, lambda start, end: _years(emitter, start, end, node.next_day))


def _is_anniversary(emitter: Emitter, start: str, end: str, next_day: bool) -> str:
    """Whether completed years end exactly on `end`: month and day are those of `start`, or what stands for 29 Feb."""
    say = emitter.dialect
    same = f"{say.month.format(start)} = {say.month.format(end)} AND {say.day.format(start)} = {say.day.format(end)}"
    born = f"{say.month.format(start)} = 2 AND {say.day.format(start)} = 29"
    at = (3, 1) if next_day else (2, 28)
    instead = f"{say.month.format(end)} = {at[0]} AND {say.day.format(end)} = {at[1]}"
    common = f"{say.last_day.format(_february(end, emitter))} = 28"
    return f"(({same}) OR ({born} AND {instead} AND {common}))"


def _february(day: str, emitter: Emitter) -> str:
    """A day in February of the same year, to see whether it has 29."""
    say = emitter.dialect
    if say.name == "postgresql":
        return f"make_date(CAST({say.year.format(day)} AS INT), 2, 1)"
    return f"make_date({say.year.format(day)}, 2, 1)"


def _ceil_years(emitter: Emitter, node: Call) -> str:
    start, end = _ends(emitter, node)
    exact = _is_anniversary(emitter, start, end, node.next_day)
    years = _years(emitter, start, end, node.next_day)
    return f"CASE WHEN {end} <= {start} THEN 0 ELSE {years} + CASE WHEN {exact} THEN 0 ELSE 1 END END"


def _half_years(emitter: Emitter, node: Call) -> str:
    start, end = _ends(emitter, node)
    exact = _is_anniversary(emitter, start, end, node.next_day)
    months = _months(emitter, start, end, node.next_day)
    years = emitter.dialect.whole.format(months, 12)
    part = f"CASE WHEN {exact} THEN 0 WHEN {months} - 12 * {years} < 6 THEN 1 ELSE 2 END"
    return f"CASE WHEN {end} <= {start} THEN 0 ELSE 2 * {years} + {part} END"


def _both_ends_years(emitter: Emitter, node: Call) -> str:
    start, end = _ends(emitter, node)
    say = emitter.dialect
    return f"CASE WHEN {end} < {start} THEN 0 ELSE {say.year.format(end)} - {say.year.format(start)} + 1 END"


def _anniversary(emitter: Emitter, node: Call) -> str:
    start = emitter.sql(node.arguments[0])
    years = quoted(node.arguments[1].value) if isinstance(node.arguments[1], Literal) else "0"
    then = emitter.dialect.add_years.format(start, years)
    if not node.next_day:
        return then
    moved = f"{emitter.dialect.day.format(start)} = 29 AND {emitter.dialect.day.format(then)} = 28"
    return f"CASE WHEN {moved} THEN {emitter.dialect.day_after.format(then)} ELSE {then} END"


def _div_round(emitter: Emitter, node: Call) -> str:
    amount, divisor = (emitter.big(argument) for argument in node.arguments)
    size = emitter.dialect.whole.format(f"(2 * abs({amount}) + {divisor})", f"(2 * {divisor})")
    return f"CASE WHEN {amount} < 0 THEN -{size} ELSE {size} END"


def _div_down(emitter: Emitter, node: Call) -> str:
    amount, divisor = (emitter.big(argument) for argument in node.arguments)
    return emitter.dialect.whole.format(amount, divisor)


def _div_up(emitter: Emitter, node: Call) -> str:
    amount, divisor = (emitter.big(argument) for argument in node.arguments)
    size = emitter.dialect.whole.format(f"(abs({amount}) + {divisor} - 1)", divisor)
    return f"CASE WHEN {amount} < 0 THEN -{size} ELSE {size} END"


def _choose(sign: str) -> Callable[[Emitter, Call], str]:
    def write(emitter: Emitter, node: Call) -> str:
        one, other = (emitter.sql(argument) for argument in node.arguments)
        absent = f"{one} IS NULL OR {other} IS NULL"
        return f"CASE WHEN {absent} THEN NULL WHEN {one} {sign} {other} THEN {one} ELSE {other} END"

    return write


def _has(emitter: Emitter, node: Call) -> str:
    choices, option = (emitter.sql(argument) for argument in node.arguments)
    return emitter.dialect.has.format(choices, option)


def _within(emitter: Emitter, node: Call) -> str:
    region, prefix = node.arguments
    return _starts(emitter, region, str(prefix.value) if isinstance(prefix, Literal) else "")


_FUNCTIONS: dict[str, Callable[[Emitter, Call], str]] = {
    "years_between": _years_between,
    "months_between": _months_between,
    "ceil_years": _ceil_years,
    "half_years": _half_years,
    "both_ends_years": _both_ends_years,
    "anniversary": _anniversary,
    "div_round": _div_round,
    "div_down": _div_down,
    "div_up": _div_up,
    "smaller_of": _choose("<"),
    "larger_of": _choose(">"),
    "least": _choose("<"),
    "greatest": _choose(">"),
    "has": _has,
    "within": _within,
    "unknown": lambda emitter, node: f"CAST(NULL AS {emitter.dialect.big})",
}

_WRITERS: dict[type[Node], Callable[[Emitter, Any], str]] = {
    Literal: _literal,
    FieldRef: _field,
    Not: _not,
    All: _all,
    Either: _any,
    Compare: _compare,
    OneOf: _one_of,
    IsNull: _is_null,
    Coalesce: _coalesce,
    Settled: _settled,
    Arithmetic: _arithmetic,
    Case: _case,
    Call: _call,
    Lookup: _lookup,
    Placed: _placed,
    Gap: _gap,
}


# what is missing


def _missing_field(emitter: Emitter, node: FieldRef, name: str) -> str | None:
    return f"{emitter.sql(node)} IS NULL" if node.field == name and node.absent == "unknown" else None


def _missing_nothing(emitter: Emitter, node: Node, name: str) -> str | None:
    return None


def _missing_settled(emitter: Emitter, node: Settled, name: str) -> str | None:
    return _either(emitter.missing(part, name) for part in node.open)


def _missing_gap(emitter: Emitter, node: Gap, name: str) -> str | None:
    return "TRUE" if node.name == name else None


def _missing_joined(emitter: Emitter, node: All | Either, name: str) -> str | None:
    """Only parts that are unknown themselves ask for something; a simple one is, where what it reads is missing."""
    found = ((part, emitter.missing(part, name)) for part in node.parts)
    return _either(
        missing if _open_columns(part) is not None else f"(({emitter.sql(part)}) IS NULL AND {missing})"
        for part, missing in found
        if missing
    )


def _missing_case(emitter: Emitter, node: Case, name: str) -> str | None:
    """Every branch that may be reached asks, up to the first that is."""
    rest = emitter.missing(node.otherwise, name) or "FALSE"
    for when, value in reversed(node.branches):
        here = emitter.missing(value, name) or "FALSE"
        condition = emitter.sql(when)
        lines = [f"WHEN {condition} THEN {here}"]
        if may_be_null(when):
            asked = _joined("OR", (emitter.missing(when, name) or "FALSE", here, rest))
            lines.append(f"WHEN ({condition}) IS NULL THEN {asked}")
        rest = f"(CASE {' '.join(lines)} ELSE {rest} END)"
    return rest if name in names_missing(node) else None


def _missing_placed(emitter: Emitter, node: Placed, name: str) -> str | None:
    region = emitter.sql(node.region)
    if name == node.region.field:
        return f"{region} IS NULL"
    if name not in names_missing(node):
        return None
    if not any(isinstance(value, Lookup) for _prefix, value in (*node.values, ("", node.otherwise))):
        return f"({region} IS NOT NULL AND {emitter.sql(node)} IS NULL)"
    lines = [f"WHEN {region} IS NULL THEN FALSE"]
    for prefix, value in node.values:
        lines.append(f"WHEN {_starts(emitter, node.region, prefix)} THEN {emitter.missing(value, name) or 'FALSE'}")
    return f"(CASE {' '.join(lines)} ELSE {emitter.missing(node.otherwise, name) or 'FALSE'} END)"


_MISSING: dict[type[Node], Callable[[Emitter, Any, str], str | None]] = {
    FieldRef: _missing_field,
    Literal: _missing_nothing,
    Coalesce: _missing_nothing,
    IsNull: _missing_nothing,
    Settled: _missing_settled,
    Gap: _missing_gap,
    All: _missing_joined,
    Either: _missing_joined,
    Case: _missing_case,
    Placed: _missing_placed,
}
