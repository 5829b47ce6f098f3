# ruff: noqa: S608 every name and value in these queries is written by `Emitter` or stands in this file
"""
What a new edition of policies does to everybody: who gains, who loses, and how much, over a whole population.

Both editions are run over the same people on the same day in DuckDB, one policy after another; only what differs is
kept. Nothing of it stays in memory: snapshots and differences lie in a folder that goes when the work is done.

Money is whole fen. What is paid regularly is compared by the year, what is paid once by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from onething.engine.bundle.model import Words
from onething.engine.policies.comparing import BETTER, IN_A_YEAR, KINDS, WORSE
from onething.engine.policies.dated import DatedPolicy
from onething.engine.policies.parsing import ParsedPack
from onething.engine.rules.sql import DUCKDB, quoted
from onething.engine.scan.passes import Passes
from onething.engine.scan.people import check_columns, files_of

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """People to whom the same happens: how many, by how many fen in all, of how many no amount is known, and a few."""

    persons: int
    fen: int
    without_amount: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """What changes in one policy. `is_yearly`: money is by the year; otherwise it is paid once."""

    policy: str
    title: Words
    is_new: bool
    is_gone: bool
    is_yearly: bool
    entitled: tuple[int, int]
    moved: Mapping[str, Moved]

    @property
    def fen(self) -> int:
        """What it costs more, in fen; less than nothing if it saves."""
        return sum(one.fen for one in self.moved.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """All of it. `better`, `worse`: persons who gain, and who lose, in at least one policy (some do both)."""

    as_of: date
    old: str
    new: str
    persons: int
    better: int
    worse: int
    yearly: int
    once: int
    policies: tuple[PolicyChange, ...] = field(default=())


@dataclass(frozen=True)
class Comparing:
    """Two editions against the same people on a day; `out`, if given, is the Parquet file of everybody who differs."""

    old: ParsedPack
    new: ParsedPack
    day: date
    people: Path
    out: Path | None = None
    memory: str = "2GB"

    @cached_property
    def editions(self) -> tuple[Passes, Passes]:
        """The SQL of both."""
        return Passes(self.old, self.day, DUCKDB), Passes(self.new, self.day, DUCKDB)


def compare(work: Comparing) -> Comparison:
    """Run both editions and count what differs. Refuses PeopleUnreadable, ColumnMissing, ColumnMistyped."""
    files = files_of(work.people)
    persons = max(check_columns(files, edition.facts()) for edition in work.editions)
    with TemporaryDirectory(prefix="onething-diff-") as folder, duckdb.connect(f"{folder}/work.duckdb") as database:
        database.execute(f"SET memory_limit = {quoted(work.memory)}")
        database.execute(f"SET temp_directory = {quoted(folder)}")
        database.execute("SET preserve_insertion_order = false")
        read = f"read_parquet([{', '.join(quoted(str(file)) for file in files)}])"
        database.execute(f"CREATE TEMP VIEW people AS SELECT * FROM {read}")
        for name, edition in zip(("old", "new"), work.editions, strict=True):
            database.execute(f"CREATE TABLE snapshot_{name} AS {edition.snapshot()}")
        database.execute(
            "CREATE TABLE moved (policy VARCHAR, person VARCHAR, kind VARCHAR, was VARCHAR, now VARCHAR, "
            "was_fen BIGINT, now_fen BIGINT, fen BIGINT)"
        )
        changes = tuple(_changes(work, database))
        return _whole(work, database, persons, changes)


def _changes(work: Comparing, database: duckdb.DuckDBPyConnection) -> Iterator[PolicyChange]:
    old, new = ({one.policy.id: one for one in edition.policies} for edition in work.editions)
    for name in dict.fromkeys([*old, *new]):
        change = _change(work, database, name, old.get(name), new.get(name))
        if change is not None:
            yield change


def _change(
    work: Comparing, database: duckdb.DuckDBPyConnection, name: str, old: DatedPolicy | None, new: DatedPolicy | None
) -> PolicyChange | None:
    """Compare one policy; None if nothing differs for anybody."""
    payments = [_payment(one) for one in (old, new)]
    for side, edition, policy, payment in zip(("old", "new"), work.editions, (old, new), payments, strict=True):
        rows = _side(edition, policy, f"snapshot_{side}", IN_A_YEAR[payment])
        database.execute(f"CREATE OR REPLACE TABLE side_{side} AS {rows}")
    database.execute(f"INSERT INTO moved {_differing(name)}")
    moved = _moved(database, name)
    if not moved and old is not None and new is not None:
        return None
    entitled = [_number(database, f"SELECT count(*) FROM {side} WHERE verdict IN {_YES}") for side in _SIDES]
    known = new or old
    assert known is not None  # noqa: S101 the name came from one of the two
    is_yearly = "once" not in payments
    return PolicyChange(
        name, known.policy.title, old is None, new is None, is_yearly, (entitled[0], entitled[1]), moved
    )


def _payment(policy: DatedPolicy | None) -> str:
    paid = policy.ways[0].way.paid if policy else None
    return paid.per if paid else ""


def _side(edition: Passes, policy: DatedPolicy | None, snapshot: str, times: int) -> str:
    """Write one edition's rows of a policy: person, verdict, fen, start."""
    if policy is None:
        return (
            "SELECT CAST(NULL AS VARCHAR) AS person, CAST(NULL AS VARCHAR) AS verdict, CAST(NULL AS BIGINT) AS fen, "
            "CAST(NULL AS DATE) AS start_month WHERE FALSE"
        )
    rows = edition.result(policy, snapshot)
    return f"SELECT CAST(person AS VARCHAR) AS person, verdict, amount * {times} AS fen, start_month FROM ({rows})"


_YES = "('eligible', 'amount_unknown')"
_KIND = f"""CASE
    WHEN was NOT IN {_YES} AND now IN {_YES} THEN 'gain'
    WHEN was IN {_YES} AND now = 'unknown' THEN 'doubt'
    WHEN was IN {_YES} AND now = 'not_eligible' THEN 'lose'
    WHEN was = 'not_eligible' AND now = 'unknown' THEN 'opens'
    WHEN was = 'unknown' AND now = 'not_eligible' THEN 'closes'
    WHEN was = 'amount_unknown' AND now = 'eligible' THEN 'known'
    WHEN was = 'eligible' AND now = 'amount_unknown' THEN 'open'
    WHEN now_fen > was_fen THEN 'more'
    WHEN now_fen < was_fen THEN 'less'
    WHEN now IN {_YES} AND was_start IS DISTINCT FROM now_start THEN 'start'
END"""


_SIDES = ("side_old", "side_new")


def _differing(policy: str) -> str:
    return f"""
WITH both_ AS (
    SELECT COALESCE(o.person, n.person) AS person, COALESCE(o.verdict, 'not_eligible') AS was,
           COALESCE(n.verdict, 'not_eligible') AS now, o.fen AS was_fen, n.fen AS now_fen,
           o.start_month AS was_start, n.start_month AS now_start
    FROM side_old AS o FULL JOIN side_new AS n ON o.person = n.person
), told AS (SELECT *, {_KIND} AS kind FROM both_)
SELECT {quoted(policy)}, person, kind, was, now, was_fen, now_fen,
       CASE WHEN kind IN ('known', 'open') THEN 0 ELSE COALESCE(now_fen, 0) - COALESCE(was_fen, 0) END
FROM told WHERE kind IS NOT NULL"""


def _moved(database: duckdb.DuckDBPyConnection, policy: str) -> dict[str, Moved]:
    rows = database.execute(
        "SELECT kind, count(*), CAST(sum(fen) AS BIGINT), "
        "count(*) FILTER (WHERE CASE WHEN kind = 'gain' THEN now = 'amount_unknown' "
        "WHEN kind IN ('lose', 'doubt') THEN was = 'amount_unknown' ELSE FALSE END), "
        f"min(person, {EXAMPLES}) FROM moved WHERE policy = ? GROUP BY kind",
        [policy],
    ).fetchall()
    found = {kind: Moved(count, fen, without, tuple(some)) for kind, count, fen, without, some in rows}
    return {kind: found[kind] for kind in KINDS if kind in found}


def _number(database: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(database.execute(query).fetchall()[0][0] or 0)


def _whole(
    work: Comparing, database: duckdb.DuckDBPyConnection, persons: int, changes: tuple[PolicyChange, ...]
) -> Comparison:
    if work.out is not None:
        rows = "SELECT policy, person, kind, was, now, was_fen, now_fen FROM moved ORDER BY policy, kind, person"
        database.execute(f"COPY ({rows}) TO {quoted(str(work.out))} (FORMAT parquet, COMPRESSION zstd)")
    counted = [
        _number(database, f"SELECT count(DISTINCT person) FROM moved WHERE kind IN {kinds}")
        for kinds in (BETTER, WORSE)
    ]
    return Comparison(
        work.day, work.old.pack.release, work.new.pack.release, persons, counted[0], counted[1],
        sum(one.fen for one in changes if one.is_yearly), sum(one.fen for one in changes if not one.is_yearly), changes,
    )  # fmt: skip
