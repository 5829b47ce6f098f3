"""One engine after another made to say what the one-person program says, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from onething.engine.policies.deciding import Outcome, compile_program
from onething.engine.policies.model import FactDef
from onething.engine.policies.parsing import ParsedPack

Row = tuple[Any, ...]
ARROW = {"date": pa.date32(), "integer": pa.int32(), "money": pa.int64(), "boolean": pa.bool_()}
ARROW |= {"choice": pa.string(), "region": pa.string(), "choices": pa.list_(pa.string())}


def rows_of(parsed: ParsedPack, day: date, people: Sequence[dict[str, Any]]) -> list[Row]:
    """What the closure says of everybody, as result rows without those of a no; sorted."""
    program = compile_program(parsed, day)
    release = parsed.pack.release
    return sorted(
        (number, one.policy.id, release, day, str(one.outcome), ",".join(sorted(one.missing)), one.amount, one.start)
        for number, facts in enumerate(people)
        for one in program.decide(facts)
        if one.outcome is not Outcome.NOT_ELIGIBLE
    )


def table_of(facts: Iterable[FactDef], people: Sequence[dict[str, Any]]) -> pa.Table:
    """People as an Arrow table with a column for each fact, and their numbers."""
    columns: dict[str, Any] = {"person": pa.array(range(len(people)), pa.int64())}
    for fact in facts:
        values = [person.get(fact.id) for person in people]
        if fact.type == "choices":
            values = [None if value is None else sorted(value) for value in values]
        columns[fact.id] = pa.array(values, ARROW[fact.type])
    return pa.table(columns)
