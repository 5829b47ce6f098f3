"""The operator's door: a roster from a file, taken back again, and the terms of keeping."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onething.registry.commands import registry
from onething.registry.errors import RosterHasFaults
from onething.registry.models import Person, Roster, Sharing
from onething.registry.tests.factories import COUNTY, load_regions
from onething.registry.tests.rosters import TITLES, row, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONETHING_LANG", "en")
    load_regions()


def run(*words: str) -> Result:
    return CliRunner().invoke(registry, words)


def roster(folder: Path, content: str) -> list[str]:
    file = folder / "roster.csv"
    file.write_text(content, encoding="gbk")
    return ["import", str(file), "--region", COUNTY[:6], "--authority", "army", "--kind", "discharge"]


def test_a_roster_is_tried_imported_and_taken_back(tmp_path: Path) -> None:
    words = roster(tmp_path, text(row(), row()))
    assert run(*words, "--dry-run").output.endswith("=2  +2  ~0  !0\n")
    assert not Person.objects.exists()
    answer = run(*words)
    assert answer.output.endswith("+2  ~0\n")
    line = Sharing.objects.get()
    assert (line.direction, line.partner, line.persons, line.fields[:2]) == ("taken", "army", 2, ["name", "id_number"])
    assert run("undo", answer.output.split()[0]).output == "-2  =0\n"
    assert not Person.objects.exists()


def test_faults_are_told_by_line_and_reason_without_a_name_or_a_number(tmp_path: Path) -> None:
    wrong = row("李?", 手机号="1380000")
    answer = run(*roster(tmp_path, text(row(), wrong)))
    assert isinstance(answer.exception, RosterHasFaults)
    assert "3 “姓名”: A character was lost" in answer.output
    assert "3 “手机号”: A mobile number has 11 digits" in answer.output
    assert not [cell for cell in wrong[:3] if cell in answer.output]
    assert not Person.objects.exists()
    assert Roster.objects.get().faulty == 1


def test_a_column_is_named_by_hand(tmp_path: Path) -> None:
    words = roster(tmp_path, text(row(), titles=("何人", *TITLES[1:])))
    assert run(*words, "--column", "何人=name").output.endswith("+1  ~0\n")


def test_the_terms_of_keeping_are_listed(tmp_path: Path) -> None:
    output = run("retention", "--dry-run").output
    assert "网络数据安全管理条例 12" in output
    assert len(output.splitlines()) == 6
