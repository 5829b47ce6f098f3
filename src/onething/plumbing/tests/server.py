"""A pytest plugin: a real PostgreSQL of its own for every process of the run, before Django reads its settings.

Workers of a parallel run do not share one: a transaction that is open in one database keeps the journal of another from
being sealed. With DATABASE_URL they do. `fsync` is off here: what is tested is not the disk.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from onething.plumbing import embedded

OURS = "ONETHING_TEST_SERVER"

_server: embedded.EmbeddedServer | None = None
_home: str | None = None


def _start() -> None:
    global _server, _home
    atexit.register(_stop)  # a run that fails before its tests (settings, imports) is never unconfigured
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        _own_folder(worker)
    if "ONETHING_HOME" not in os.environ:
        _home = os.environ["ONETHING_HOME"] = tempfile.mkdtemp(prefix="onething-test-")
    if "DATABASE_URL" in os.environ and not os.environ.get(OURS):
        return
    cluster = Path(tempfile.mkdtemp(prefix="onething-pg-", dir="/var/tmp"))
    cluster.chmod(0o755)
    _server = embedded.EmbeddedServer(cluster, options={"fsync": "off", "synchronous_commit": "off"})
    os.environ |= {"DATABASE_URL": _server.start().url, OURS: "yes"}


def _own_folder(worker: str) -> None:
    """Give a worker of a parallel run files and keys of its own, as it has a database of its own."""
    own = Path(os.environ["ONETHING_HOME"], worker)
    own.mkdir(mode=0o700, exist_ok=True)
    os.environ["ONETHING_HOME"] = str(own)


def _stop() -> None:
    """Stop the server that this process started, and remove what it left. Doing it twice does no harm."""
    if _server is not None:
        _server.stop()
        shutil.rmtree(_server.cluster, ignore_errors=True)
    if _home is not None:
        shutil.rmtree(_home, ignore_errors=True)


_start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End with the run, so that its last lines are the tests'."""
    _stop()
