"""A real Spark cluster (a master and two workers on loopback, Java from the wheel) gives DuckDB's rows, every one."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from onething.engine.policies.tests.build import TODAY, pack, people
from onething.engine.scan.cluster import run_on_spark
from onething.engine.scan.java import java_environment
from onething.engine.scan.running import Scan, run_scan
from onething.engine.scan.tests.engines import rows_of, table_of

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore::ResourceWarning")]
COUNT = 100_000


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a master and two workers, and give the master's address once both have registered."""
    pyspark = pytest.importorskip("pyspark")
    run = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
    environment = java_environment(tmp_path_factory.mktemp("java"))
    work = tmp_path_factory.mktemp("work")
    environment |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "SPARK_WORKER_DIR": str(work)}
    os.environ |= environment
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [run, *arguments, "--host", "127.0.0.1", "--webui-port", "0"]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        started.append(process)
        return process

    try:
        first = start("org.apache.spark.deploy.master.Master", "--port", "0")
        address = "spark://" + heard(first, "Starting Spark master at spark://").split()[0]
        for _number in range(2):
            worker = start("org.apache.spark.deploy.worker.Worker", address, "--cores", "1", "--memory", "1g")
            heard(worker, "Successfully registered with master")
            drained(worker)
        drained(first)
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(30)
        for name in environment:
            os.environ.pop(name, None)


def heard(process: subprocess.Popen[str], words: str) -> str:
    """Wait until the process says the words, and give what follows them."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if words in line:
            return line.split(words)[1] or " "
    raise AssertionError("".join(said[-20:]))


def drained(process: subprocess.Popen[str]) -> None:
    threading.Thread(target=lambda: [None for _line in process.stderr or ()], daemon=True).start()


def rows_in(out: Path) -> list[Any]:
    with duckdb.connect() as database:
        files = [str(file) for file in out.glob("rows/*/*.parquet") if file.parent.name != "impossible"]
        return sorted(database.execute("SELECT * FROM read_parquet(?)", [files]).fetchall())


def test_the_rows_are_those_of_duckdb_and_of_the_closure(master: str, tmp_path: Path) -> None:
    persons = list(people(COUNT, seed=12))
    file = tmp_path / "people.parquet"
    pq.write_table(table_of(pack().pack.facts.values(), persons), file)
    by_duckdb = run_scan(Scan(pack(), TODAY, file, tmp_path / "duckdb"))
    by_spark = run_on_spark(Scan(pack(), TODAY, file, tmp_path / "spark"), master)
    assert by_spark == by_duckdb
    rows = rows_in(tmp_path / "spark")
    assert rows == rows_in(tmp_path / "duckdb")
    assert rows == rows_of(pack(), TODAY, persons)
