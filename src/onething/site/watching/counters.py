"""What each web process counts of its requests. Several processes write into one folder, from which all are read."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

from onething.plumbing import places

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own variable; without it there is one process, which counts in memory."""

_own = CollectorRegistry()
_requests = Counter("onething_requests", "Requests answered.", ["method", "route", "status"], registry=_own)
_seconds = Histogram("onething_request_seconds", "Time to answer, in seconds.", ["route"], registry=_own)


def count(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count one request by the name of its route."""
    _requests.labels(method, route, f"{status // 100}xx").inc()
    _seconds.labels(route).observe(seconds)


def registry() -> CollectorRegistry:
    """Give the counts of all web processes of this installation."""
    if FOLDER not in os.environ:
        return _own
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # registers itself
    return together


def fresh_folder() -> Path:
    """Empty the folder of counts before the web processes start, and give it."""
    folder = places.private("run") / "counts"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return folder
