"""The tables are brought from the first release to this one while the worker runs, and a case comes to its end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from onething.plumbing.embedded import EmbeddedServer
from tests.api.test_database_goes_away import asked, environment, server, until

pytestmark = pytest.mark.slow

__all__ = ["server"]

TRIED = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'cases.jobs.write_receipt' AND attempts > 0"
WRITTEN = "SELECT array_agg(DISTINCT kind ORDER BY kind) FROM correspondence_document"


def step(server: EmbeddedServer, home: Path, name: str) -> None:
    subprocess.run([sys.executable, "-m", "tests.upgrade.house", name], env=environment(server, home), check=True)


@contextmanager
def worker(server: EmbeddedServer, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-m", "onething.site.worker"], env=environment(server, home)) as running:
        try:
            yield running
        finally:
            running.terminate()


def test_a_case_of_the_first_release_comes_to_its_end(server: EmbeddedServer, tmp_path: Path) -> None:
    step(server, tmp_path, "begin")
    with worker(server, tmp_path) as running:
        until(lambda: asked(server, TRIED) == (1,))  # it has looked at the old tables, and failed
        step(server, tmp_path, "upgrade")
        step(server, tmp_path, "answer")
        until(lambda: asked(server, WRITTEN) == (["receipt", "slip"],))
        assert running.poll() is None
