"""
Running a scan on DuckDB: snapshot, one pass per policy, a file of rows for each. Killed at any moment, it goes on.

    OUT/scan.json                    what is scanned: people, release, day, shards
    OUT/rows/POLICY/SHARD.parquet    the rows of one policy; a file that has its name is complete
    OUT/work/SHARD.duckdb            the snapshot, while it is needed
    OUT/result.json                  the counts; only when it is there, the result is whole

A shard is everybody, or the people of one province: policies look at one person at a time, so shards need nothing of
each other and may run in processes of their own, or on machines of their own.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

from onething.engine.policies.parsing import ParsedPack
from onething.engine.rules.sql import DUCKDB, quoted
from onething.engine.scan.errors import FolderOfAnotherScan, ShardFailed
from onething.engine.scan.passes import Passes
from onething.engine.scan.people import check_columns, digest_of, files_of

EVERYBODY = "all"
NOWHERE = "nowhere"
PARQUET = "(FORMAT parquet, COMPRESSION zstd)"
Tell = Callable[["Step"], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One finished step, for whoever watches: `rows` written, of `total` steps this is number `done`."""

    shard: str
    name: str
    rows: int
    done: int
    total: int


@dataclass(frozen=True)
class Scan:
    """Everybody in `people` against the policies of one pack on one day, into the folder `out`."""

    parsed: ParsedPack
    day: date
    people: Path
    out: Path
    workers: int = 1
    memory: str = "2GB"

    @cached_property
    def passes(self) -> Passes:
        """The SQL of the scan."""
        return Passes(self.parsed, self.day, DUCKDB)

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files of people."""
        return files_of(self.people)

    @cached_property
    def region(self) -> str | None:
        """The fact that divides people into provinces: the payer's place of the first policy."""
        return next((one.policy.payer for one in self.passes.policies), None)

    def identity(self) -> dict[str, str]:
        """Say what is scanned: a folder is gone on with only if all of it is the same."""
        return {
            "release": self.parsed.pack.release,
            "as_of": self.day.isoformat(),
            "people": digest_of(self.files),
            "divided": "by province" if self.workers > 1 else "not",
        }


@dataclass(frozen=True, slots=True)
class Result:
    """What a scan found. `counts[policy][verdict]` are rows; persons of whom a policy says no have none."""

    persons: int
    impossible: int
    counts: dict[str, dict[str, int]]

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(sum(verdicts.values()) for verdicts in self.counts.values())


def run_scan(scan: Scan, tell: Tell = lambda step: None) -> Result:
    """
    Run a scan, or go on with one that was interrupted; a finished one is only read.

    Refuses PeopleUnreadable, ColumnMissing, ColumnMistyped, FolderOfAnotherScan, ShardFailed.
    """
    persons = check_columns(scan.files, scan.passes.facts())
    _claim(scan)
    finished = _finished(scan)
    if finished is not None:
        return finished
    shards = _shards(scan)
    total = len(shards) * (len(scan.passes.policies) + 1)
    steps = _in_processes(scan, shards) if scan.workers > 1 else _one_by_one(scan, shards)
    for done, (shard, name, rows) in enumerate(steps, start=1):
        tell(Step(shard, name, rows, done, total))
    return _finish(scan, persons)


def _claim(scan: Scan) -> None:
    """Make the folder this scan's own. Refuses FolderOfAnotherScan."""
    scan.out.mkdir(parents=True, exist_ok=True)
    file, mine = scan.out / "scan.json", scan.identity()
    if not file.exists():
        _write(file, mine)
    theirs = json.loads(file.read_text(encoding="utf-8"))
    differing = [key for key, value in mine.items() if theirs.get(key) != value]
    if differing:
        raise FolderOfAnotherScan(path=scan.out, difference=", ".join(differing))
    (scan.out / "work").mkdir(exist_ok=True)


def _finished(scan: Scan) -> Result | None:
    file = scan.out / "result.json"
    return Result(**json.loads(file.read_text(encoding="utf-8"))) if file.exists() else None


def _write(file: Path, content: Any) -> None:
    """Write a file so that it is there whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(file)


def _shards(scan: Scan) -> tuple[str, ...]:
    if scan.workers == 1 or scan.region is None:
        return (EVERYBODY,)
    with duckdb.connect() as database:
        query = f"SELECT DISTINCT {_province(scan.region)} FROM {_people(scan.files)} ORDER BY 1"  # noqa: S608
        return tuple(row[0] for row in database.execute(query).fetchall())


def _province(region: str) -> str:
    return f"COALESCE(substr({region}, 1, 2), '{NOWHERE}')"


def _people(files: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(quoted(str(file)) for file in files)}])"


Done = tuple[str, str, int]
"""A finished step: shard, policy (or "snapshot"), rows."""


def _one_by_one(scan: Scan, shards: Sequence[str]) -> Iterator[Done]:
    for shard in shards:
        yield from _scan_shard(scan, shard)


def _in_processes(scan: Scan, shards: Sequence[str]) -> Iterator[Done]:
    context = get_context("spawn")
    with ProcessPoolExecutor(scan.workers, mp_context=context) as pool:
        waiting = {pool.submit(_whole_shard, scan, shard): shard for shard in shards}
        for future in as_completed(waiting):
            try:
                yield from future.result()
            except BrokenProcessPool:
                raise ShardFailed(shard=waiting[future]) from None


def _whole_shard(scan: Scan, shard: str) -> list[Done]:
    return list(_scan_shard(scan, shard))


def _scan_shard(scan: Scan, shard: str) -> Iterator[Done]:
    """Make the snapshot of a shard and run every pass that has no file yet."""
    waiting = [policy for policy in scan.passes.policies if not _rows(scan, policy.policy.id, shard).exists()]
    counted = scan.out / "work" / f"{shard}.json"
    if waiting or not counted.exists():
        with _opened(scan, shard) as database:
            yield shard, "snapshot", _count(database, "SELECT count(*) FROM kept.snapshot")
            for policy in waiting:
                file = _rows(scan, policy.policy.id, shard)
                yield shard, policy.policy.id, _copy(database, scan.passes.result(policy, "kept.snapshot"), file)
            impossible = "SELECT person, impossible AS missing FROM kept.snapshot WHERE impossible IS NOT NULL"
            count = _copy(database, impossible, scan.out / "rows" / "impossible" / f"{shard}.parquet")
            persons = _count(database, "SELECT count(*) FROM kept.snapshot")
        _write(counted, {"persons": persons, "impossible": count})
    (scan.out / "work" / f"{shard}.duckdb").unlink(missing_ok=True)


def _rows(scan: Scan, policy: str, shard: str) -> Path:
    return scan.out / "rows" / policy / f"{shard}.parquet"


def _opened(scan: Scan, shard: str) -> duckdb.DuckDBPyConnection:
    """Open a database with the shard's snapshot attached as `kept`, made now if it is not there whole."""
    file = scan.out / "work" / f"{shard}.duckdb"
    database = duckdb.connect()
    spill = scan.out / "work" / f"{shard}.spill"
    database.execute(f"SET temp_directory = {quoted(str(spill))}")
    database.execute(f"SET memory_limit = {quoted(_share(scan.memory, scan.workers))}")
    database.execute(f"SET threads = {max(1, (os.cpu_count() or 1) // scan.workers)}")
    database.execute("SET preserve_insertion_order = false")
    if not file.exists():
        _make_snapshot(database, scan, shard, file)
    database.execute(f"ATTACH {quoted(str(file))} AS kept (READ_ONLY)")
    return database


def _share(memory: str, workers: int) -> str:
    number, unit = int("".join(filter(str.isdigit, memory))), "".join(filter(str.isalpha, memory)).upper()
    megabytes = number * (1024 if unit.startswith("G") else 1)
    return f"{max(128, megabytes // workers)}MB"


def _make_snapshot(database: duckdb.DuckDBPyConnection, scan: Scan, shard: str, file: Path) -> None:
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    part.with_name(part.name + ".wal").unlink(missing_ok=True)
    people = _people(scan.files)
    if shard != EVERYBODY and scan.region is not None:
        people = f"(SELECT * FROM {people} WHERE {_province(scan.region)} = {quoted(shard)})"  # noqa: S608
    database.execute(f"CREATE TEMP VIEW people AS SELECT * FROM {people}")  # noqa: S608
    database.execute(f"ATTACH {quoted(str(part))} AS made")
    database.execute(f"CREATE TABLE made.snapshot AS {scan.passes.snapshot('people')}")
    database.execute("DETACH made")
    part.replace(file)


def _count(database: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(database.execute(query).fetchall()[0][0])


def _copy(database: duckdb.DuckDBPyConnection, query: str, file: Path) -> int:
    """Write the rows of a query so that the file is there whole or not at all; give their number."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    rows = _count(database, f"COPY ({query}) TO {quoted(str(part))} {PARQUET}")
    part.replace(file)
    return rows


def _finish(scan: Scan, persons: int) -> Result:
    """Count what was found, say it in result.json, and take the snapshots away."""
    counted = [json.loads(file.read_text("utf-8")) for file in sorted((scan.out / "work").glob("*.json"))]
    seen = sum(one["persons"] for one in counted)
    if seen != persons:
        raise ShardFailed(shard=f"{seen} of {persons}")
    result = Result(persons, sum(one["impossible"] for one in counted), _counts(scan))
    _write(scan.out / "result.json", asdict(result))
    shutil.rmtree(scan.out / "work")
    return result


def _counts(scan: Scan) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {policy.policy.id: {} for policy in scan.passes.policies}
    with duckdb.connect() as database:
        for policy, verdicts in counts.items():
            files = quoted(str(scan.out / "rows" / policy / "*.parquet"))
            query = f"SELECT verdict, count(*) FROM read_parquet({files}) GROUP BY 1 ORDER BY 1"  # noqa: S608
            verdicts.update({str(verdict): int(count) for verdict, count in database.execute(query).fetchall()})
    return counts
