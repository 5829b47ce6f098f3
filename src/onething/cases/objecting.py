"""How to object to what a department decided: the ways of the case's own release, chosen by matter and department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from onething.cases.forms.sheet import cite
from onething.cases.models import Case
from onething.cases.queries import CaseBoard
from onething.cases.states import TaskState
from onething.catalogue import planning
from onething.correspondence.contents import Appeal, Objection
from onething.kernel import workdays

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
    return tuple(_worded(case, way, learned) for _, way in _chosen(case, matter))


def appeals(board: CaseBoard, *, learned: date) -> tuple[Appeal, ...]:
    """
    Group the decided matters by the ways that are open, in the order of the slip.

    A term runs from the slip's day, in a group with a refusal from the earliest one: that was told at once.
    """
    case = board.case
    groups: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for lane in board.lanes:
        if lane.state in DECIDED:
            groups[tuple(name for name, _ in _chosen(case, lane.matter))].append(lane)
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


def _chosen(case: Case, matter: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Those that name the matter; else those that name its department; else those that name neither."""
    known = case.release.content.get("objections", {})
    department = next((m["department"] for m in case.plan["matters"] if m["id"] == matter), "")
    for key, wanted in (("matters", matter), ("departments", department)):
        named = {name: way for name, way in known.items() if wanted in way.get(key, ())}
        if named:
            yield from named.items()
            return
    yield from ((name, way) for name, way in known.items() if not way.get("matters") and not way.get("departments"))


def _worded(case: Case, way: Mapping[str, Any], learned: date) -> Objection:
    language = case.language
    notes = [way["note"][language]] if way.get("note") else []
    notes += [_UNVERIFIED[language]] if way.get("unverified") else []
    return Objection(
        how=way["title"][language],
        where=way["where"][language],
        term=_term(way, language),
        until=_until(way, learned),
        basis=cite(case.release, way["source"], language),
        note=("" if language == "zh" else " ").join(notes),
    )


def _term(way: Mapping[str, Any], language: str) -> str:
    if days := way.get("days"):
        return f"within {days} days of learning of it" if language == "en" else f"知道结果之日起 {days} 日内"
    if months := way.get("months"):
        return f"within {months} months of learning of it" if language == "en" else f"知道结果之日起 {months} 个月内"
    return ""


def _until(way: Mapping[str, Any], learned: date) -> date | None:
    if days := way.get("days"):
        last = workdays.add_calendar_days(learned, days)
    elif months := way.get("months"):
        last = workdays.add_months(learned, months)
    else:
        return None
    return workdays.next_working_day(planning.calendar(), last)
