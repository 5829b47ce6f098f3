"""From a plan to rows, and from rows to orders: what each department is given, and nothing beyond it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onething.cases.models import Case, Task
from onething.exchange.delivery import MaterialSent, OrderDraft
from onething.exchange.queries import ReplyWords
from onething.kernel import workdays
from onething.kernel.workdays import Calendar
from onething.plumbing import prepared
from onething.registry import sealing


@dataclass(frozen=True, slots=True)
class Returned:
    """What a department wants mended."""

    fields: list[str]
    materials: list[str]
    words: str


def tasks_for(case: Case, plan: Mapping[str, Any]) -> list[Task]:
    """Lay out one task per matter of the plan, in the plan's order."""
    return [
        Task(
            case=case,
            matter=matter["id"],
            department=matter["department"],
            needs=matter["needs"],
            events=matter["waits_for"],
            missing=matter["needs"],
            awaits=matter["waits_for"],
            days=matter["working_days"],
        )
        for matter in plan["matters"]
    ]


def orders_for(case: Case, tasks: Iterable[Task]) -> list[OrderDraft]:
    """Write the order of each task: only the answers and papers that this matter uses."""
    if {"plan", "answers"} & case.get_deferred_fields():
        ((plan, case.answers),) = prepared.rows(_FORM, [case.pk])
        case.plan = json.loads(plan)  # Django's connections leave JSON as text
    answers = sealing.unseal(case.person_id, bytes(case.answers))
    papers: dict[str, _Paper] = defaultdict(_Paper)
    for material, digest, follows_by, is_missed in prepared.rows(_PAPERS, [case.pk, case.pk]):
        papers[material].add(digest, follows_by, is_missed)
    return [_order(case, task, answers, papers) for task in tasks]


_FORM = "SELECT plan, answers FROM cases_case WHERE id = %s"
_PAPERS = """
SELECT material, digest, NULL::date, false FROM (
    SELECT material, digest FROM cases_upload WHERE case_id = %s ORDER BY added_at
) handed_in
UNION ALL
SELECT material, NULL, promised_for, missed_at IS NOT NULL FROM cases_papertocome
WHERE case_id = %s AND came_at IS NULL
"""


@dataclass(slots=True)
class _Paper:
    """What a case has of one paper: its files, or the day for which it is promised."""

    digests: list[str] = field(default_factory=list)
    follows_by: date | None = None
    is_missed: bool = False

    def add(self, digest: str | None, follows_by: date | None, is_missed: bool) -> None:
        if digest is not None:
            self.digests.append(digest)
        else:
            self.follows_by, self.is_missed = follows_by, is_missed


def _order(case: Case, task: Task, answers: Mapping[str, Any], papers: Mapping[str, _Paper]) -> OrderDraft:
    matter = next(m for m in case.plan["matters"] if m["id"] == task.matter)
    used = {f["id"]: f["label"]["zh"] for f in case.plan["form"]["fields"] if _uses(f, task.matter)}
    return OrderDraft(
        case_id=case.pk,
        case_number=case.number,
        person_id=case.person_id,
        task_id=task.pk,
        matter=task.matter,
        title=matter["title"]["zh"],
        department=task.department,
        region=case.region,
        round=task.round,
        due=task.due,
        fields={field: answers[field] for field in used if field in answers},
        labels=used,
        materials=[
            _sent(m, papers.get(m["id"], _Paper())) for m in case.plan["materials"] if task.matter in m["used_by"]
        ],
    )


def _sent(material: Mapping[str, Any], paper: _Paper) -> MaterialSent:
    return MaterialSent(
        id=material["id"],
        title=material["title"]["zh"],
        digests=tuple(paper.digests),
        follows_by=paper.follows_by,
        missed=paper.is_missed,
    )


def fields_of(plan: Mapping[str, Any], matter: str) -> list[str]:
    """Name the fields of the merged form that a matter uses."""
    return [f["id"] for f in plan["form"]["fields"] if _uses(f, matter)]


def _uses(field: Mapping[str, Any], matter: str) -> bool:
    return any(use["matter"] == matter for use in field["used_by"])


def returned_for(case: Case, task: Task, reply: ReplyWords) -> Returned:
    """
    Read what a department wants mended; only what its matter really uses can be asked for again.

    A reply that names nothing of that asks for the matter's papers, or for its fields if it has none: a return must
    never leave the person without something to do.
    """
    own_fields = fields_of(case.plan, task.matter)
    own_papers = [m["id"] for m in case.plan["materials"] if task.matter in m["used_by"] and m["action"] == "hand_in"]
    fields = [f for f in reply.fields if f in own_fields]
    papers = [m for m in reply.materials if m in own_papers]
    if not fields and not papers:
        fields, papers = ([], own_papers) if own_papers else (own_fields, [])
    return Returned(fields=fields, materials=papers, words=reply.message or reply.reason)


def latest_day(may_follow: Mapping[str, Any], *, today: date, calendar: Calendar) -> date:
    """Compute the last day on which a paper may follow (容缺受理), by the pack's own term."""
    days = may_follow["days"]
    if may_follow["unit"] == "working_days":
        return workdays.add_working_days(calendar, today, days).due or today
    return workdays.add_calendar_days(today, days)
