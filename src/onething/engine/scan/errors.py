"""Every way a scan is refused."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Invalid, Unavailable


class PeopleUnreadable(Invalid):
    """The file {path} cannot be read as Parquet: {reason}."""

    remedy = "Give a Parquet file (or a folder of them) with one row per person."


class ColumnMissing(Invalid):
    """The file of people has no column “{column}”."""

    remedy = "Add the column, empty where nothing is known; `person` and every fact that a policy reads must be there."


class ColumnMistyped(Invalid):
    """The column “{column}” is of type {found}; the fact needs {wanted}."""

    remedy = "Write the column again with the type that is named; text is not turned into days or numbers."


class FolderOfAnotherScan(Conflict):
    """The folder {path} holds another scan: {difference} differs."""

    remedy = "Give another folder, or remove this one if its result is no longer needed."


class ShardFailed(Unavailable):
    """A part of the scan stopped: {shard}."""

    remedy = "Run the same command again; what is finished is kept. Give it less work at once with --workers 1."


class SparkMissing(Unavailable):
    """The distributed engine is not installed."""

    remedy = "Install it with `pip install -r requirements/spark.txt`, or leave --engine away."
