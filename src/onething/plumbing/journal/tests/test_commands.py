"""`onething journal` on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from onething.plumbing import sentences
from onething.plumbing.journal import errors, jobs
from onething.plumbing.journal.commands import journal
from onething.plumbing.journal.findings import Fault
from onething.plumbing.journal.tests.stories import entries, light, tamper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows, sealed by the sweep where an installation keeps its seals."""
    monkeypatch.setenv("ONETHING_HOME", str(tmp_path))
    light(3)
    jobs.seal_what_is_finished()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(journal, arguments)


def test_an_intact_journal_leaves_with_0() -> None:
    done = run("verify", "--lang", "en")
    assert done.exit_code == 0
    assert "The journal is intact." in done.stdout
    assert "3 rows, 1 seals" in done.stdout
    assert "Every row is sealed." in done.stdout


def test_it_speaks_chinese() -> None:
    light()
    done = run("verify", "--lang", "zh")
    assert "日志完好。" in done.stdout
    assert "尚未封印：1 行" in done.stdout


def test_a_changed_row_is_named_and_leaves_with_1() -> None:
    second = entries()[1]
    tamper("UPDATE journal_entry SET actor = 'x' WHERE id = %s", second)
    done = run("verify", "--lang", "en")
    assert done.exit_code == 1
    assert f"Row {second} was changed (seal 1)." in done.stdout
    assert "NOT intact" in done.stdout


def test_programs_get_json() -> None:
    light()
    removed = entries()[0]
    tamper("DELETE FROM journal_entry WHERE id = %s", removed)
    done = run("verify", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert (told["intact"], told["rows"], told["seals"], told["unsealed"]["rows"]) == (False, 3, 1, 1)
    assert told["findings"] == [
        {"fault": "row_removed", "entry": removed, "seal": 1, "sentence": f"Row {removed} was removed (seal 1)."}
    ]


def test_the_last_seals_are_listed() -> None:
    light(2)
    jobs.seal_what_is_finished()
    newest, first = json.loads(run("seals", "--json").stdout)
    assert (newest["number"], newest["rows"], first["number"], first["rows"]) == (2, 2, 1, 3)
    assert newest["root"] in run("seals").stdout
    assert len(json.loads(run("seals", "--json", "--last", "1").stdout)) == 1


def test_every_sentence_has_its_chinese() -> None:
    say = sentences.speaking("zh", "onething.plumbing.journal")
    refusals = [it for it in vars(errors).values() if isinstance(it, type) and it.__module__ == errors.__name__]
    spoken = [fault.value for fault in Fault] + [it.remedy for it in refusals] + [it().sentence for it in refusals]
    assert [sentence for sentence in spoken if say(sentence) == sentence] == []


def test_a_database_without_a_journal_is_said() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_seal RENAME TO away")
        try:
            done = run("verify")
        finally:
            cursor.execute("ALTER TABLE away RENAME TO journal_seal")
    assert done.exit_code == 1
    assert "onething migrate" in done.stderr


def test_a_refusal_is_said_with_its_remedy() -> None:
    """No database answers at this address."""
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "ONETHING_LANG": "en"}
    command = [sys.executable, "-c", "from onething.site.cli import main; main()", "journal", "verify"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer.")
