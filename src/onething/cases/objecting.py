"""How to object to what a department decided: the ways of the case's own release, chosen by matter and department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from onething.cases import ways_of
from onething.cases.forms.sheet import cite
from onething.cases.models import Case
from onething.cases.queries import CaseBoard
from onething.cases.states import TaskState
from onething.correspondence.contents import Appeal, Objection

DECIDED = (TaskState.DONE, TaskState.REFUSED)
"""What a department decided; what was cut off or taken back was decided by nobody."""

_UNVERIFIED = {
    "zh": "向谁提、多久内提，没有查到明文规定，请先问清楚。",
    "en": "No written rule on where and by when was found; ask first.",
}


def ways(case: Case, matter: str, *, learned: date) -> tuple[Objection, ...]:
    """
    Say how to object to one matter's decision learned of on a day; nothing if the pack does not say.

    A last day that is not worked moves to the next one that is. Source: Civil Code, articles 202 and 203.
    """
    return tuple(_worded(case, way, learned) for _, way in ways_of.chosen(case, matter))


def appeals(board: CaseBoard, *, learned: date) -> tuple[Appeal, ...]:
    """
    Group the decided matters by the ways that are open, in the order of the slip.

    A term runs from the slip's day, in a group with a refusal from the earliest one: that was told at once.
    """
    case = board.case
    groups: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for lane in board.lanes:
        if lane.state in DECIDED:
            groups[tuple(name for name, _ in ways_of.chosen(case, lane.matter))].append(lane)
    groups.pop((), None)
    return tuple(
        Appeal(
            matters=tuple(lane.title[case.language] for lane in lanes) if len(groups) > 1 else (),
            ways=ways(case, lanes[0].matter, learned=_first_learned(lanes, learned)),
        )
        for lanes in groups.values()
    )


def _first_learned(lanes: list[Any], learned: date) -> date:
    return min((lane.ended for lane in lanes if lane.state == TaskState.REFUSED and lane.ended), default=learned)


def _worded(case: Case, way: Mapping[str, Any], learned: date) -> Objection:
    language = case.language
    notes = [way["note"][language]] if way.get("note") else []
    notes += [_UNVERIFIED[language]] if way.get("unverified") else []
    return Objection(
        how=way["title"][language],
        where=way["where"][language],
        term=_term(way, language),
        until=ways_of.until(way, learned),
        basis=cite(case.release, way["source"], language),
        note=("" if language == "zh" else " ").join(notes),
    )


def _term(way: Mapping[str, Any], language: str) -> str:
    if days := way.get("days"):
        return f"within {days} days of learning of it" if language == "en" else f"知道结果之日起 {days} 日内"
    if months := way.get("months"):
        return f"within {months} months of learning of it" if language == "en" else f"知道结果之日起 {months} 个月内"
    return ""
