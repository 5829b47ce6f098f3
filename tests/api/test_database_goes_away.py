"""The database is killed in the middle of a submission: nothing is lost or half-written, and the answer says so."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from onething.plumbing.embedded import EmbeddedServer
from tests.api import soldier

pytestmark = pytest.mark.slow

PATIENCE = 60.0
WAITS_FOR_TASKS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'cases_task'::regclass"
COUNT = (
    "SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM cases_task), (SELECT count(*) FROM exchange_order)"
)


@pytest.fixture
def server() -> Iterator[EmbeddedServer]:
    """Start a PostgreSQL of this test's own, with its disk as in real life."""
    cluster = Path(tempfile.mkdtemp(prefix="onething-pg-", dir="/var/tmp"))
    cluster.chmod(0o755)
    own = EmbeddedServer(cluster)
    own.start()
    yield own
    own.stop()
    shutil.rmtree(cluster, ignore_errors=True)


def environment(server: EmbeddedServer, home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONETHING", "DATABASE"))}
    return {**kept, "DATABASE_URL": server.start().url, "ONETHING_HOME": str(home), "ONETHING_POOL": "1"}


@contextmanager
def house(server: EmbeddedServer, home: Path) -> Iterator[httpx.Client]:
    """Run the web server as `onething up` does, with its pool of connections."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", port, "--blocking-threads", "4"]
    with subprocess.Popen([*command, "onething.site.wsgi:application"], env=environment(server, home)) as web:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client:
                until(lambda: is_up(client))
                yield client
        finally:
            web.terminate()


def is_up(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


def until(happens: Any) -> None:
    last = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < last, "it did not happen in a minute"
        time.sleep(0.05)


def asked(server: EmbeddedServer, sql: str) -> tuple[Any, ...]:
    with psycopg.connect(server.start().url) as connection:
        return connection.execute(sql).fetchone() or ()


def form(stage: dict[str, Any]) -> dict[str, Any]:
    content = base64.b64encode(b"%PDF-1.4 an invented paper").decode()
    papers = [{"material": material, "content": content} for material in stage["materials"]]
    return {"pack": stage["pack"], "answers": stage["answers"], "papers": papers}


def test_the_database_goes_away_in_the_middle_of_a_submission(server: EmbeddedServer, tmp_path: Path) -> None:
    prepared = subprocess.run(
        [sys.executable, soldier.__file__], env=environment(server, tmp_path), capture_output=True, text=True
    )
    assert prepared.returncode == 0, prepared.stderr
    stage = json.loads(prepared.stdout)
    headers = {"Authorization": f"Bearer {stage['key']}", "Accept-Language": "en"}

    with house(server, tmp_path) as web:
        answers: list[httpx.Response] = []
        held = psycopg.connect(server.start().url)
        held.execute("LOCK TABLE cases_task IN SHARE MODE")  # the case's row is written, its tasks cannot be
        submission = threading.Thread(
            target=lambda: answers.append(web.post("/api/v1/cases", json=form(stage), headers=headers))
        )
        submission.start()
        until(lambda: asked(server, WAITS_FOR_TASKS)[0] == 1)
        pid = server.pid
        assert pid is not None
        os.kill(pid, signal.SIGQUIT)  # every backend ends at once; what was not committed is gone
        submission.join(PATIENCE)
        (answer,) = answers
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Nothing is lost" in answer.json()["detail"]
        page = web.get("/", headers={"Accept-Language": "en"})  # pages say it too, without asking the database
        assert (page.status_code, "Nothing is lost" in page.text) == (503, True)
        held.close()

    server.stop()  # what was killed is waited for; the next question starts it again
    assert asked(server, COUNT) == (0, 0, 0)
    assert asked(server, "SELECT count(*) FROM cases_draft WHERE case_id IS NULL")[0] == 1
    assert asked(server, "SELECT count(*) FROM cases_upload")[0] == len(stage["materials"])

    with house(server, tmp_path) as web:
        again = web.post("/api/v1/cases", json={**form(stage), "answers": {}, "papers": []}, headers=headers)
        assert again.status_code == 201, again.text  # answers and papers of the first attempt were still there
    assert asked(server, COUNT)[:2] == (1, again.json()["matters"])
