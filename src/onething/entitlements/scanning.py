"""
Many persons of one release decided at once, in a DuckDB in memory: nothing in clear touches a disk, and a person is a
number in it. The passes are those of `onething scan`; what a sweep keeps beside them (grade, terms, is it a lead?) is
added here, and the rows come out as the text that PostgreSQL copies in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from onething.engine.policies.model import NATION
from onething.engine.policies.parsing import BENEFITS
from onething.engine.rules.sql import DUCKDB, Emitter, quoted
from onething.engine.scan.passes import Passes
from onething.entitlements.rulebooks import Rulebook, Written
from onething.registry.batches import Told

_ARROW: Mapping[str, pa.DataType] = {
    "date": pa.date32(), "integer": pa.int64(), "money": pa.int64(), "boolean": pa.bool_(), "choice": pa.string(),
    "region": pa.string(), "choices": pa.list_(pa.string()),
}  # fmt: skip
_name = Emitter(DUCKDB).name


class Sheet:
    """The facts of many persons as columns; a person is the number of their row."""

    def __init__(self, book: Rulebook, most: int) -> None:
        self.book = book
        self.passes = Passes(book.parsed, book.program.day, DUCKDB)
        facts = book.parsed.pack.facts
        read = {fact.id for fact in self.passes.facts()} | set(book.payers.values()) | ({BENEFITS} & set(facts))
        self._types = {name: fact.type for name, fact in facts.items() if name in read}
        self._values: dict[str, list[Any]] = {name: [None] * most for name in self._types}
        self._grades: dict[str, list[int | None]] = {name: [None] * most for name in facts}
        self._days = {name for name, kind in self._types.items() if kind == "date"}
        self.size = 0

    def add(self, told: Mapping[str, Told]) -> tuple[list[str], dict[str, Any]]:
        """Write a person into the next row; give the pieces of their facts as JSON, and the days among them."""
        row, pieces, days = self.size, list[str](), dict[str, Any]()
        written, values, grades = self.book.written, self._values, self._grades
        for name, (text, grade) in told.items():
            found: Written | None = written(name, text)
            if found is not None:
                pieces.append(found.piece)
                grades[name][row] = grade
                if name in values:
                    values[name][row] = found.value
                    if name in self._days:
                        days[name] = found.value
        self.size += 1
        return pieces, days

    def places(self) -> set[tuple[str, str]]:
        """Give every policy with every place where it would be paid."""
        there = {payer: {place or NATION for place in self._cut(payer)} for payer in set(self.book.payers.values())}
        return {(policy, place) for policy, payer in self.book.payers.items() for place in there[payer]}

    def people(self) -> pa.Table:
        """Give the persons with a column for every fact, and one for the grade of each (`grade_of_…`)."""
        columns: dict[str, Any] = {"person": pa.array(range(self.size), pa.int32())}
        for name, kind in self._types.items():
            values = self._cut(name)
            if kind == "choices":
                values = [None if value is None else sorted(value) for value in values]
            columns[name] = pa.array(values, _ARROW[kind])
        for name, grades in self._grades.items():
            columns[f"grade_of_{name}"] = pa.array(grades[: self.size], pa.int8())
        return pa.table(columns)

    def close(self) -> None:
        """Let go of the columns; the number of persons stays."""
        self._values, self._grades = {}, {}

    def _cut(self, name: str) -> list[Any]:
        return self._values[name][: self.size]


@dataclass(frozen=True, slots=True)
class Found:
    """
    What a scan found: rows by outcome, the impossible facts by person, and the rows as lines.

    A line is what stands in `whose` of the person, then policy, outcome, amount, start, missing, grade, terms, is_lead.
    """

    counts: Counter[str]
    impossible: dict[int, list[str]]
    lines: list[str]


def scan(sheet: Sheet, whose: Sequence[str]) -> Found:
    """Decide every policy for the persons of a sheet; `whose` is what each of their lines begins with."""
    with duckdb.connect(config={"temp_directory": ""}) as database:
        database.register("terms", _terms(sheet))
        database.register("people", sheet.people())
        sheet.close()
        database.execute(f"CREATE TABLE snapshot AS {sheet.passes.snapshot()}")
        odd = database.execute("DELETE FROM snapshot WHERE impossible IS NOT NULL RETURNING person, impossible")
        impossible = {person: names.split(",") for person, names in odd.fetchall()}
        database.execute(_FOUND)
        for statement in _passes(sheet):
            database.execute(statement)
        database.register("whose", pa.table({"person": range(sheet.size), "head": whose}))
        counts = Counter(dict(database.execute("SELECT verdict, count(*) FROM found GROUP BY ALL").fetchall()))
        lines = [text for (text,) in database.execute(_LINES).fetchall()]
    return Found(counts, impossible, lines)


def _passes(sheet: Sheet) -> Iterator[str]:
    for dated in sheet.passes.policies:
        policy = dated.policy.id
        grades = [f"p.{_name(f'grade_of_{fact}')}" for fact in sorted(sheet.book.reads[policy])]
        yield (
            f"INSERT INTO found SELECT r.person, r.policy, r.verdict, r.amount, r.start_month, r.missing, "  # noqa: S608
            f"{_least(grades)}, coalesce(p.{_name(dated.policy.payer)}, {quoted(NATION)}), "
            f"{_LEADS}{_receives(sheet, policy)} "
            f"FROM ({sheet.passes.result(dated)}) AS r JOIN people AS p ON p.person = r.person"
        )


def _least(grades: list[str]) -> str:
    return f"least({', '.join(grades)})" if grades else "NULL"


def _receives(sheet: Sheet, policy: str) -> str:
    if BENEFITS not in sheet.book.parsed.pack.facts:
        return ""
    return f" AND NOT coalesce(list_contains(p.{_name(BENEFITS)}, {quoted(policy)}), FALSE)"


def _terms(sheet: Sheet) -> pa.Table:
    rows: Iterable[tuple[str, str]] = sorted(sheet.places())
    said = [(policy, place, sheet.book.terms(policy, place)) for policy, place in rows]
    return pa.table({name: [row[index] for row in said] for index, name in enumerate(("policy", "place", "terms"))})


_LEADS = "(r.verdict <> 'unknown' OR r.missing <> '' AND NOT contains(r.missing, ','))"
_FOUND = """
CREATE TABLE found (person INTEGER, policy VARCHAR, verdict VARCHAR, amount BIGINT, start_month DATE, missing VARCHAR,
                    grade TINYINT, place VARCHAR, is_lead BOOLEAN)
"""
_LINES = r"""
SELECT string_agg(concat_ws(chr(9), head, f.policy, verdict, coalesce(CAST(amount AS VARCHAR), '\N'),
                            coalesce(CAST(start_month AS VARCHAR), '\N'), '{' || missing || '}',
                            coalesce(CAST(grade AS VARCHAR), '\N'), terms, is_lead), chr(10)) || chr(10)
FROM found AS f JOIN whose USING (person) JOIN terms AS t ON t.policy = f.policy AND t.place = f.place GROUP BY f.policy
"""
