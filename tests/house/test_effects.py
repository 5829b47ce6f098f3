"""The table of effects names every service that changes a case, and only tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onething.plumbing import places

TABLE = (places.PROJECT / "docs" / "evidence" / "effects.md").read_text(encoding="utf-8")
SOURCE = places.PROJECT / "src" / "onething"
NAMED = sorted(set(re.findall(r"`([\w/]+)::(\w+)`", TABLE)))


def test_every_service_has_its_row() -> None:
    found = {
        name
        for module in ("cases", "correspondence")
        for file in (SOURCE / module).rglob("*.py")
        if "tests" not in file.parts
        for name in re.findall(r"^@writes\n(?:@.*\n)*def (\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    rows = re.findall(r"^\| (`[^|]+`) \|", TABLE, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == found


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[f"{file}::{name}" for file, name in NAMED])
def test_every_test_it_names_is_there(file: str, name: str) -> None:
    assert f"def test_{name}(" in _file(file).read_text(encoding="utf-8")


def _file(named: str) -> Path:
    module, _, stem = named.rpartition("/")
    if module == "access":
        return places.PROJECT / "tests" / "access" / f"test_{stem}.py"
    return SOURCE / (module or "cases") / "tests" / f"test_{stem}.py"
