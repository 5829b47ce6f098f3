"""The days that a person must keep by law: which ones a form brings, and whether there is still anything to keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from onething.cases import queries
from onething.cases.models import DayToKeep, Draft
from onething.cases.states import TaskState
from onething.kernel.errors import Refusal

Line = Mapping[str, Any]

_IN_GOOD_HANDS = (TaskState.NOT_YET, TaskState.AT_DEPARTMENT, TaskState.IN_WORK, TaskState.DONE)
"""The person has done their part: it is done, or lies with a department."""


def terms_of(draft: Draft, *, on: date) -> dict[str, Line]:
    """
    Give the days that bind a form's person or may bind them, by the id of their term; those without a day are left out.

    A submitted form keeps what its plan said; of one being filled the plan is computed anew. None where that is refused
    (a deleted person, answers that no longer fit): then nobody is told anything.
    """
    try:
        plan = draft.case.plan if draft.case else queries.plan_of(draft, on=on)
    except Refusal:
        return {}
    return {line["id"]: line for line in plan["terms"] if line["due"]}


def is_kept(day: DayToKeep) -> bool:
    """Tell whether the person has done their part, or has a newer form for the same thing that counts instead."""
    draft = day.draft
    newer = Draft.objects.filter(
        person_id=draft.person_id, release__pack=draft.release.pack, started_at__gt=draft.started_at
    )
    if newer.exists():
        return True
    if draft.case is None or not day.matter:
        return False
    return draft.case.tasks.filter(matter=day.matter, state__in=_IN_GOOD_HANDS).exists()
