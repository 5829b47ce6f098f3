"""A scan as it runs: its files, in processes, killed in the middle, and what it refuses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onething.engine.policies.tests.build import TODAY, pack, people
from onething.engine.scan import errors
from onething.engine.scan.running import Scan, run_scan
from onething.engine.scan.tests.engines import rows_of, table_of

PEOPLE = list(people(3000, seed=5))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.parquet"
    pq.write_table(table_of(pack().pack.facts.values(), PEOPLE), path)
    return path


def written(out: Path) -> list[Any]:
    with duckdb.connect() as database:
        policies = [folder for folder in sorted((out / "rows").iterdir()) if folder.name != "impossible"]
        files = [str(file) for folder in policies for file in folder.glob("*.parquet")]
        return sorted(database.execute("SELECT * FROM read_parquet(?)", [files]).fetchall())


@pytest.mark.parametrize("workers", [1, 2])
def test_the_rows_are_those_of_the_closure(file: Path, tmp_path: Path, workers: int) -> None:
    steps: list[str] = []
    scan = Scan(pack(), TODAY, file, tmp_path / "out", workers=workers)
    result = run_scan(scan, lambda step: steps.append(f"{step.shard}/{step.name}"))
    rows = rows_of(pack(), TODAY, PEOPLE)
    assert written(tmp_path / "out") == rows
    assert result.rows == len(rows)
    assert (result.persons, len(steps)) == (3000, len(set(steps)))
    assert result.impossible == len(pq.read_table(tmp_path / "out" / "rows" / "impossible")) > 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["result.json", "rows", "scan.json"]
    assert run_scan(scan) == result


KILLED = """
import os, signal, sys
from pathlib import Path
from onething.engine.policies.tests.build import TODAY, pack
from onething.engine.scan.running import Scan, run_scan

def stop(step):
    print(step.name, flush=True)
    if step.done == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

run_scan(Scan(pack(), TODAY, Path(sys.argv[1]), Path(sys.argv[2])), stop)
"""


@pytest.mark.parametrize("steps", [1, 4])
def test_a_killed_scan_goes_on_where_it_was(file: Path, tmp_path: Path, steps: int) -> None:
    out = tmp_path / "out"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(file), str(out), str(steps)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    done = killed.stdout.split()[1:]
    assert not (out / "result.json").exists()
    before = {name: (out / "rows" / name / "all.parquet").stat().st_mtime_ns for name in done}
    again: list[str] = []
    run_scan(Scan(pack(), TODAY, file, out), lambda step: again.append(step.name))
    assert not set(done) & set(again)
    assert {name: (out / "rows" / name / "all.parquet").stat().st_mtime_ns for name in done} == before
    assert written(out) == rows_of(pack(), TODAY, PEOPLE)


def test_half_a_file_is_no_file(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "rows" / "bus").mkdir(parents=True)
    (out / "rows" / "bus" / "all.part").write_bytes(b"half")
    (out / "work").mkdir()
    (out / "work" / "all.part").write_bytes(b"half")
    run_scan(Scan(pack(), TODAY, file, out))
    assert written(out) == rows_of(pack(), TODAY, PEOPLE)


def test_a_folder_is_not_mixed(file: Path, tmp_path: Path) -> None:
    run_scan(Scan(pack(), TODAY, file, tmp_path / "out"))
    with pytest.raises(errors.FolderOfAnotherScan, match="as_of"):
        run_scan(Scan(pack(), TODAY.replace(day=2), file, tmp_path / "out"))


def test_columns_are_named(file: Path, tmp_path: Path) -> None:
    table = pq.read_table(file)
    pq.write_table(table.drop_columns(["income"]), tmp_path / "less.parquet")
    with pytest.raises(errors.ColumnMissing, match="income"):
        run_scan(Scan(pack(), TODAY, tmp_path / "less.parquet", tmp_path / "a"))
    days = table.column("birth_date").cast(pa.string())
    index = table.schema.get_field_index("birth_date")
    pq.write_table(table.set_column(index, "birth_date", days), tmp_path / "text.parquet")
    with pytest.raises(errors.ColumnMistyped, match=r"birth_date.*string.*date"):
        run_scan(Scan(pack(), TODAY, tmp_path / "text.parquet", tmp_path / "b"))
    numbers = table.column("person").cast(pa.float64())
    pq.write_table(table.set_column(0, "person", numbers), tmp_path / "half.parquet")
    with pytest.raises(errors.ColumnMistyped, match=r"person.*double.*whole number or text"):
        run_scan(Scan(pack(), TODAY, tmp_path / "half.parquet", tmp_path / "d"))
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    for name in ("bad.parquet", "none.parquet"):
        with pytest.raises(errors.PeopleUnreadable):
            run_scan(Scan(pack(), TODAY, tmp_path / name, tmp_path / "c"))
