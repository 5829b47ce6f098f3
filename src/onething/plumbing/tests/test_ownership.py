"""Three roles on a real server: the owner migrates, the others can add to the journal and nothing else.

The web's is held to its rows besides, the worker's is not.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

OWNER, WORKER, WEB, DATABASE = "lamp_owner", "lamp_worker", "lamp_web", "lamps"

LIVE = """
import sys, django
django.setup()
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from onething.kernel.access import SYSTEM
from onething.plumbing.journal import Fact, publish, writes
from onething.plumbing.journal.sealing import seal_journal
from onething.plumbing.journal.verifying import verify

@dataclass(frozen=True, kw_only=True)
class LampLit(Fact):
    case_id: UUID

@writes
def light():
    publish(LampLit(case_id=UUID(int=1)), actor=SYSTEM, at=datetime(2026, 3, 2, tzinfo=UTC))

light()
folder, now = Path(sys.argv[1]), datetime(2026, 3, 2, tzinfo=UTC)
seal_journal(folder=folder, now=now)
report = verify(folder=folder, now=now)
print(report.is_intact, report.rows, report.seals, report.unsealed)
"""


@pytest.fixture(scope="module")
def urls() -> Iterator[dict[str, str]]:
    """An empty database with an owner, a working role and the web's; removed afterwards."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        _drop(server)
        for role in (OWNER, WORKER, WEB):
            server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'lamp'").format(sql.Identifier(role)))
        server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
        yield {"DATABASE_OWNER_URL": _url(OWNER), "DATABASE_URL": _url(WORKER), "DATABASE_WEB_URL": _url(WEB)}
        _drop(server)


def _drop(server: psycopg.Connection) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
    for role in (OWNER, WORKER, WEB):
        server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def _url(role: str) -> str:
    place = urlsplit(os.environ["DATABASE_URL"])
    return f"postgresql://{role}:lamp@{place.hostname}:{place.port}/{DATABASE}"


def _run(urls: dict[str, str], *arguments: str) -> str:
    environment = {**os.environ, "ONETHING_LANG": "en", **urls, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


SOMEBODY = "00000000-0000-4000-8000-000000000001"
OPEN_ACCOUNT = (
    "INSERT INTO identity_account (id, password, username, display_name, is_active, opened_at) "
    f"VALUES ('{SOMEBODY}', '!', 'somebody', '', true, now())"
)
ACCOUNTS = "SELECT count(*) FROM identity_account"
MIGRATE = ("-c", "from onething.site.cli import onething; onething(['migrate'])")
FORBIDDEN = [
    "UPDATE journal_entry SET actor = 'x'",
    "DELETE FROM journal_entry",
    "TRUNCATE journal_entry",
    "ALTER TABLE journal_entry DISABLE TRIGGER journal_is_append_only",
    "UPDATE journal_seal SET rows = 1",
    "DELETE FROM journal_seal",
    "DELETE FROM django_migrations",
    "DELETE FROM looks_look",
    "UPDATE looks_seal SET rows = 1",
    "INSERT INTO journal_entry (id, kind, actor, region, at, payload, digest) "
    "VALUES (1, 'x', '', '', now(), '{}', sha256('x'))",
    "INSERT INTO journal_entry (kind, actor, region, at, payload, digest, transaction) "
    "VALUES ('x', '', '', now(), '{}', sha256('x'), '1')",
]


@pytest.mark.slow
def test_the_working_role_lives_with_what_it_is_granted(urls: dict[str, str], tmp_path: Path) -> None:
    assert "brought" in _run(urls, *MIGRATE)
    assert "of this version" in _run(urls, *MIGRATE)
    assert _run({**urls, "DATABASE_OWNER_URL": ""}, "-c", LIVE, str(tmp_path)).split() == ["True", "1", "1", "0"]
    with psycopg.connect(urls["DATABASE_URL"], autocommit=True) as working:
        for change in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                working.execute(change)
        assert working.execute("SELECT count(*) FROM journal_entry").fetchone() == (1,)
        working.execute("DELETE FROM django_session")  # and has what the rest of the house needs
        working.execute(OPEN_ACCOUNT)
        assert working.execute(ACCOUNTS).fetchone() == (1,)
    with psycopg.connect(urls["DATABASE_WEB_URL"], autocommit=True) as web:
        for change in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(change)
        assert web.execute(ACCOUNTS).fetchone() == (0,), "the web's role sees nothing before it says for whom"
        web.execute("SELECT set_config('onething.account', %s, false)", [SOMEBODY])
        assert web.execute(ACCOUNTS).fetchone() == (1,)
    name = "import django; django.setup(); from django.db import connection; print(connection.settings_dict['USER'])"
    assert _run({**urls, "ONETHING_WEB": "1"}, "-c", name).strip() == WEB
    assert _run(urls, "-c", name).strip() == WORKER
