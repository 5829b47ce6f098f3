"""
An installation of the release before, with a case in it, is brought to this one while the worker runs.

`releases/` keeps what each release really left in a database, written by its own program (keep.py).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from onething.plumbing import binaries
from onething.plumbing.embedded import EmbeddedServer
from onething.site.backups.manifest import Manifest
from tests.api.test_database_goes_away import asked, environment, server, until
from tests.upgrade.keep import RELEASES, put_back

pytestmark = pytest.mark.slow

__all__ = ["server"]

KEPT = sorted(folder.name for folder in RELEASES.iterdir())
TRIED = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'cases.jobs.write_receipt' AND attempts > 0"
WRITTEN = "SELECT array_agg(DISTINCT kind ORDER BY kind) FROM correspondence_document"
MADE = "SELECT count(*) FROM django_migrations"
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '{table}'::regclass"
HALF_BUILT = """SELECT count(*) FROM pg_index WHERE NOT indisvalid"""


def install(name: str, server: EmbeddedServer, home: Path) -> None:
    """Put in place what a release left: its tables with their rows, its files, seals and keys."""
    address = server.start()
    tool = [binaries.find(server.cluster.parent) / "psql", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    subprocess.run([*tool, address.url], input=put_back(name, home), check=True)


def onething(server: EmbeddedServer, home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onething.site.cli", *map(str, arguments)]
    told = {**environment(server, home), "ONETHING_LANG": "en"}
    return subprocess.run(command, env=told, capture_output=True, text=True, timeout=300)


def told(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    return read


@contextmanager
def worker(server: EmbeddedServer, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-m", "onething.site.worker"], env=environment(server, home)) as running:
        try:
            yield running
        finally:
            running.terminate()


@pytest.mark.parametrize("name", KEPT)
def test_a_case_of_an_earlier_release_comes_to_its_end(name: str, server: EmbeddedServer, tmp_path: Path) -> None:
    home = tmp_path / "home"
    install(name, server, home)
    before = asked(server, MADE)[0]
    refused = onething(server, home, "upgrade")
    assert (refused.returncode, "--backup" in refused.stderr) == (1, True)
    pending = told(onething(server, home, "upgrade", "--check", "--json"))["pending"]
    assert asked(server, MADE) == (before,)
    with worker(server, home) as running:
        until(lambda: asked(server, TRIED) == (1,))  # it has looked at the old tables, and failed
        done = told(onething(server, home, "upgrade", "--backup", tmp_path / "backups", "--json"))
        assert [step["migration"] for step in done["steps"]] == pending
        subprocess.run(
            [sys.executable, "-m", "tests.upgrade.house", "answer"], env=environment(server, home), check=True
        )
        until(lambda: asked(server, WRITTEN) == (["receipt", "slip"],))
        assert running.poll() is None
    saved = Manifest.read(Path(done["backup"]))
    assert (len(saved.migrations), saved.rows["cases_case"]) == (before, 1)
    assert onething(server, home, "journal", "verify").returncode == 0
    again = told(onething(server, home, "upgrade", "--json"))  # nothing to do: no backup is asked for
    assert (again["steps"], again["backup"]) == ([], None)


def killed_while_it_waits_for(table: str, server: EmbeddedServer, home: Path, *arguments: object) -> None:
    """Hold a table until the upgrade waits for it, and kill the upgrade there."""
    command = [sys.executable, "-m", "onething.site.cli", "upgrade", *map(str, arguments)]
    with psycopg.connect(server.start().url) as held:
        held.execute(f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE")
        with subprocess.Popen(command, env=environment(server, home)) as upgrading:
            until(lambda: asked(server, WAITS.format(table=table))[0] > 0)
            os.kill(upgrading.pid, signal.SIGKILL)


def test_a_killed_upgrade_goes_on_where_it_was(server: EmbeddedServer, tmp_path: Path) -> None:
    home, backups = tmp_path / "home", tmp_path / "backups"
    install("first", server, home)
    before = asked(server, MADE)[0]
    killed_while_it_waits_for("cases_case", server, home, "--backup", backups)
    between = asked(server, MADE)[0]
    killed_while_it_waits_for("exchange_order", server, home)
    assert before < between <= asked(server, MADE)[0]
    check = told(onething(server, home, "upgrade", "--check", "--json"))
    assert (check["is_resumed"], len(check["pending"]) > 0) == (True, True)

    done = told(onething(server, home, "upgrade", "--json"))
    assert done["is_resumed"]
    assert [str(folder) for folder in backups.glob("2*")] == [done["backup"]]  # the one of before, and no second
    assert len(Manifest.read(Path(done["backup"])).migrations) == before
    assert asked(server, HALF_BUILT) == (0,)
    assert told(onething(server, home, "upgrade", "--check", "--json"))["pending"] == []


def test_a_step_that_builds_beside_the_work_is_made_again(server: EmbeddedServer, tmp_path: Path) -> None:
    home = tmp_path / "home"
    install("first", server, home)
    told(onething(server, home, "upgrade", "--no-backup", "--json"))
    with psycopg.connect(server.start().url) as session:  # as if killed while the newest index was built
        session.execute("DELETE FROM django_migrations WHERE (app, name) = ('exchange', '0012_returned_index')")
        session.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'exchange_order_returned'::regclass")
    done = told(onething(server, home, "upgrade", "--no-backup", "--json"))
    assert len(done["steps"]) == 1
    assert asked(server, HALF_BUILT) == (0,)


def test_wrong_keys_and_a_newer_database_are_refused_before_anything(server: EmbeddedServer, tmp_path: Path) -> None:
    home = tmp_path / "home"
    install("first", server, home)
    before = asked(server, MADE)[0]
    (home / "keys" / "field.1").write_bytes(b"\0" * 32)
    refused = onething(server, home, "upgrade", "--backup", tmp_path / "backups")
    assert (refused.returncode, "do not open" in refused.stderr) == (1, True)
    with psycopg.connect(server.start().url) as session:
        session.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', now())")
    refused = onething(server, home, "upgrade", "--backup", tmp_path / "backups")
    assert (refused.returncode, "cases.9999_later" in refused.stderr) == (1, True)
    assert asked(server, MADE) == (before + 1,)
    assert not (tmp_path / "backups").exists()
