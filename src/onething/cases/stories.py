"""The story of a case: what has happened, what goes on today, what comes. Pure; made of the board's values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onething.cases import notices

Words = Mapping[str, str]
ORDER = ("done", "work", "you", "ext", "later", "stop", "cut", "none")
"""The order of the coloured bar and its legend."""


@dataclass(frozen=True, slots=True)
class Line:
    """One dated line of the past: a kind the page has words for, and the matter, paper or event it is about."""

    at: datetime
    kind: str
    about: Words


def past_of(plan: notices.Plan, happened: Sequence[Any]) -> list[Line]:
    """Tell the past: what the person should know of it, oldest first; what is reminded of again is told once."""
    lines = [
        Line(entry.at, entry.kind, _ABOUT[entry.kind](plan, entry.facts)) for entry in happened if entry.kind in _ABOUT
    ]
    first = {(line.kind, line.about["zh"]): line for line in reversed(lines) if line.kind in _ONCE}
    return [line for line in lines if line.kind not in _ONCE or first[line.kind, line.about["zh"]] is line]


def _matter(plan: notices.Plan, facts: Mapping[str, Any]) -> Words:
    return notices.matter_title(plan, facts["matter"])


_ABOUT: dict[str, Callable[[notices.Plan, Mapping[str, Any]], Words]] = {
    "CaseSubmitted": lambda plan, facts: plan["title"],
    "CorrectionAsked": _matter,
    "CorrectionAnswered": _matter,
    "OutcomeCorrected": _matter,
    "OutsideEventRecorded": lambda plan, facts: notices.event_title(plan, facts["event"]),
    "VisitMade": lambda plan, facts: notices.visit_title(plan, facts["station"]),
    "PaperCame": lambda plan, facts: notices.material_title(plan, facts["material"]),
    "PaperMissed": lambda plan, facts: notices.material_title(plan, facts["material"]),
    "PaperOverdue": lambda plan, facts: notices.material_title(plan, facts["material"]),
    "CaseWithdrawn": lambda plan, facts: plan["title"],
}


_ONCE = ("PaperOverdue",)


def segments(lanes: Sequence[Any]) -> list[str]:
    """Give the status of every matter in the order of the bar."""
    return sorted((lane.status for lane in lanes), key=ORDER.index)


def key(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Give the legend of the bar: status and how many."""
    return [(status, counts[status]) for status in ORDER if counts.get(status)]


def awaited(lanes: Sequence[Any]) -> list[str]:
    """Name the outside events that open matters wait for."""
    return sorted({event for lane in lanes if lane.ended is None for event in lane.awaits})


def groups(lanes: Sequence[Any]) -> dict[str, list[Any]]:
    """Sort the matters into past, present and future; within each by their day."""
    far = date.max
    return {
        "done": sorted((x for x in lanes if x.status == "done"), key=lambda x: x.ended or far),
        "stopped": [x for x in lanes if x.status in ("stop", "cut", "none")],
        "now": sorted((x for x in lanes if x.status in ("you", "work", "ext")), key=lambda x: _NOW.index(x.status)),
        "later": sorted((x for x in lanes if x.status == "later"), key=lambda x: x.forecast or far),
    }


_NOW = ("you", "work", "ext")
