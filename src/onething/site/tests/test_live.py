"""The live table of one retirement: it fits a terminal of 80 × 24, whole, in one language."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from onething.catalogue import answers as answer_files
from onething.catalogue import check
from onething.engine.bundle import compute_plan, to_json
from onething.plumbing import calendars, places
from onething.plumbing.packs import read_pack
from onething.site.demo.county import Department
from onething.site.demo.live import Board

CHINESE = re.compile(r"[\u3400-\u9fff]")
RECEIPT = {"number": "TY20261122000001", "matters": 13, "promised": "2026-12-11"}
SAMPLE = "demo/retirement"


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    """The plan of the demonstration's soldier, as the API gives it."""
    example = places.packs_root() / SAMPLE / "examples" / "published.yaml"
    given = answer_files.read_answers(example.read_bytes(), example).values
    answers = {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}
    compiled, calendar = check.compile_pack(read_pack(SAMPLE)), calendars.national_calendar()
    return to_json(
        calendars.reaching(calendar, lambda known: compute_plan(compiled, answers, date(2026, 9, 9), known, None))
    )


@pytest.fixture(scope="module")
def offices(plan: dict[str, Any]) -> list[Department]:
    """The departments under their longest short names of the shipped packs."""
    short = {"zh": "退役军人局", "en": "Armed Forces Dept"}
    return [Department(code, short["zh"], short["en"], short) for code in {m["department"] for m in plan["matters"]}]


def in_progress(plan: dict[str, Any], states: tuple[str, ...] = ("later", "work", "ext")) -> dict[str, Any]:
    matters = [
        {**matter, "status": states[number % len(states)], "due": "2026-11-23", "awaits": ["army_remittance"]}
        for number, matter in enumerate(plan["matters"])
    ]
    return {"state": "running", "matters": matters}


def board(plan: dict[str, Any], offices: list[Department], width: int, height: int) -> tuple[Board, io.StringIO]:
    out = io.StringIO()
    console = Console(
        file=out, width=width, height=height, force_terminal=True, color_system=None, legacy_windows=False
    )
    return Board("何*松", RECEIPT, plan, offices, console), out


@pytest.mark.parametrize("tongue", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 100, 200])
def test_thirteen_matters_are_thirteen_lines_of_a_terminal(
    plan: dict[str, Any], offices: list[Department], tongue: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONETHING_LANG", tongue)
    shown, out = board(plan, offices, width, 24)
    assert shown.live, "80 × 24 holds the live table"
    shown.console.print(shown.table(in_progress(plan)))
    lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out.getvalue()).splitlines()
    assert len(lines) < 24 - 1, "the table scrolls"
    assert max(cell_len(line) for line in lines) <= width
    rows = [line for line in lines if re.match(r" ?\d", line)]
    assert [int(row.split()[0]) for row in rows] == list(range(1, 14))
    for row, matter in zip(rows, plan["matters"], strict=True):
        title = matter["title"][tongue]
        assert title[:8] in row
        assert "23" in row, "the due day is not cut"
    assert bool(CHINESE.search("".join(lines))) is (tongue == "zh")


def test_a_row_names_what_it_waits_for_by_number(
    plan: dict[str, Any], offices: list[Department], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONETHING_LANG", "en")
    shown, out = board(plan, offices, 100, 30)
    shown.console.print(shown.table(in_progress(plan, ("later",))))
    number = {matter["id"]: str(at) for at, matter in enumerate(plan["matters"], 1)}
    card = next(m for m in plan["matters"] if m["id"] == "id_card")
    row = next(line for line in out.getvalue().splitlines() if "Resident identity card" in line)
    assert "not yet      " + ", ".join(number[need] for need in card["needs"]) in row


@pytest.mark.parametrize(("width", "height"), [(79, 40), (120, 17)])
def test_a_smaller_terminal_gets_plain_lines(
    plan: dict[str, Any],
    offices: list[Department],
    width: int,
    height: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ONETHING_LANG", "zh")
    shown, out = board(plan, offices, width, height)
    with shown:
        shown.show(in_progress(plan, ("done",)))
        shown.show(in_progress(plan, ("done",)))
    assert out.getvalue().count("办好了") == 13, "a matter is told once, when it changes"


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_the_end_says_what_was_saved_in_one_language(
    plan: dict[str, Any], offices: list[Department], tongue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONETHING_LANG", tongue)
    shown, out = board(plan, offices, 80, 24)
    shown.end(plan, places.packs_root() / "TY1.pdf")
    text = out.getvalue()
    assert re.search(r"61\s+15", text)
    assert "TY1.pdf" in text
    if tongue == "en":
        assert not CHINESE.search(text)
    else:
        assert not re.search(r"[a-z]{4,}", text.replace(str(places.packs_root()), ""))
