"""From a plan to rows, and from rows to orders: what each department is given, and nothing beyond it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onething.cases import statements
from onething.cases.models import TAKEN, Case, Task
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
    sheets = sheets_of(plan)
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
            sheet=sheets[matter["id"]],
        )
        for matter in plan["matters"]
    ]


def sheets_of(plan: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """
    Take out of a plan what the order of each matter says: title, fields with their words, papers with theirs.

    Kept with the tasks, so that an order can be written without reading the whole plan.
    """
    sheets: dict[str, dict[str, Any]] = {
        matter["id"]: {"title": matter["title"]["zh"], "fields": {}, "papers": {}} for matter in plan["matters"]
    }
    for asked in plan["form"]["fields"]:
        for use in asked["used_by"]:
            sheets[use["matter"]]["fields"][asked["id"]] = asked["label"]["zh"]
    for paper in plan["materials"]:
        for matter in paper["used_by"]:
            sheets[matter]["papers"][paper["id"]] = paper["title"]["zh"]
    return sheets


@dataclass(slots=True)
class Paper:
    """What a case has of one paper: its files, or the day for which it is promised."""

    digests: list[str] = field(default_factory=list)
    follows_by: date | None = None
    is_missed: bool = False


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a person has given for a case: answers by field, papers by material."""

    answers: Mapping[str, Any]
    papers: Mapping[str, Paper]

    @classmethod
    def of(
        cls, answers: Mapping[str, Any], files: Iterable[Sequence[str]], promised: Iterable[tuple[Any, ...]]
    ) -> HandedIn:
        """Put together answers, (material, digest) of each file, and (material, day, missed) of each promise."""
        papers: dict[str, Paper] = defaultdict(Paper)
        for material, digest in files:
            papers[material].digests.append(digest)
        for material, day, is_missed in promised:
            papers[material].follows_by, papers[material].is_missed = day, is_missed
        return cls(answers, papers)

    @classmethod
    def read(cls, case: Case, given: prepared.Row) -> HandedIn:
        """Read the columns of statements.HANDED_IN; Django's connections leave JSON as text."""
        sealed, taken, files, promised = given
        follows = ((material, date.fromisoformat(day), missed) for material, day, missed in json.loads(promised))
        answers = sealing.unseal(case.person_id, sealed)
        if taken:  # where a register says otherwise, and the window chose that
            answers = {**answers, **sealing.unseal(case.person_id, taken, field=TAKEN)}
        return cls.of(answers, json.loads(files), follows)


def handed_in(case: Case) -> HandedIn:
    """Read what a person has given for a case."""
    return HandedIn.read(case, prepared.rows(statements.HANDED_IN, [case.pk])[0])


def orders_for(case: Case, tasks: Iterable[Task], given: HandedIn) -> list[OrderDraft]:
    """Write the order of each task: only the answers and papers that this matter uses."""
    return [_order(case, task, given) for task in tasks]


def _order(case: Case, task: Task, given: HandedIn) -> OrderDraft:
    sheet = task.sheet
    return OrderDraft(
        case_id=case.pk,
        case_number=case.number,
        person_id=case.person_id,
        task_id=task.pk,
        matter=task.matter,
        title=sheet["title"],
        department=task.department,
        region=case.region,
        round=task.round,
        due=task.due,
        fields={field: given.answers[field] for field in sheet["fields"] if field in given.answers},
        labels=sheet["fields"],
        materials=[
            _sent(material, title, given.papers.get(material, Paper())) for material, title in sheet["papers"].items()
        ],
    )


def _sent(material: str, title: str, paper: Paper) -> MaterialSent:
    return MaterialSent(
        id=material, title=title, digests=tuple(paper.digests), follows_by=paper.follows_by, missed=paper.is_missed
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
