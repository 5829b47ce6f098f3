"""What all kept runs come to together, written into docs/evidence/chaos.md: a later run adds to the earlier ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- sums: begin -->", "<!-- sums: end -->"
GOALS = {
    "faults on messages": 100_000,
    "– of these on their way": None,
    "– of these copies that came again": None,
    "kills of worker or web": 500,
    "database restarts": 50,
    "full disks": 10,
    "cuts": None,
    "clock turns": None,
    "jobs handed out twice": None,
    "cases": None,
    "orders executed": None,
    "minutes of fire": None,
}
"""What is counted, and the number that the long run aims at, where there is one."""


def counted(result: Mapping[str, Any]) -> dict[str, float]:
    """Count one run in the words of the table."""
    blows = result["blows"]
    fell = [
        result["faults_on_messages"], result.get("faults_on_the_way", result["faults_on_messages"]),
        result.get("copies_that_came_again", 0), blows.get("kill_worker", 0) + blows.get("kill_web", 0),
        blows.get("restart_database", 0), blows.get("fill_disk", 0), blows.get("cut", 0), blows.get("turn_clock", 0),
        blows.get("job_twice", 0), result["cases"], result["executed"], result["minutes"]["burnt"],
    ]  # fmt: skip
    return dict(zip(GOALS, fell, strict=True))


def table(results: Sequence[Mapping[str, Any]]) -> str:
    """Write the sums beside the goals, those of clean runs apart: they alone count; then one line per run."""
    whole, clean = _summed(results), _summed([result for result in results if not result["broken"]])
    lines = [
        "| what | in all kept runs | in runs with a clean verdict | the goal | short by |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {words} | {whole[words]:g} | {clean[words]:g} | {_goal(words)} | {_short(words, clean[words])} |"
        for words in GOALS
    ]
    lines += ["", "| seed | minutes | faults on messages | kills | restarts | full disks | cases | broken |"]
    lines += ["|---|---|---|---|---|---|---|---|", *map(_line, results)]
    return "\n".join(lines)


def _summed(results: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    runs = [counted(result) for result in results]
    return {words: round(sum(run[words] for run in runs), 1) for words in GOALS}


def _goal(words: str) -> str:
    return f"{GOALS[words]:,}" if GOALS[words] else "–"


def _short(words: str, reached: float) -> str:
    goal = GOALS[words]
    return "–" if goal is None else f"{max(0, goal - reached):,g}"


def _line(result: Mapping[str, Any]) -> str:
    run = counted(result)
    shown = [words for words, goal in GOALS.items() if goal is not None]
    broken = "; ".join(result["broken"]) or "nothing"
    cells = [result["seed"], result["minutes"]["burnt"], *(run[words] for words in shown), result["cases"], broken]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def write(page: Path, folder: Path) -> None:
    """Write the table of every kept run into the page, between its two marks."""
    results = [json.loads(file.read_text()) for file in sorted(folder.glob("seed-*.json"))]
    before, _, rest = page.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n{table(results)}\n{END}{after}")
