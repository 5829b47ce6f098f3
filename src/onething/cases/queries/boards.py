"""Reading one case as its pages show it: lanes, story, clocks, and the corrections asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from onething.cases import flow
from onething.cases.errors import CaseNotFound
from onething.cases.models import Case, Correction, PaperToCome, Pause, Task
from onething.cases.states import AT_WORK, CaseState, TaskState
from onething.catalogue import planning
from onething.kernel.access import Actor
from onething.kernel.workdays import Stop
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry import sealing

STATUS = {
    TaskState.NOT_YET: "later",
    TaskState.AT_DEPARTMENT: "work",
    TaskState.IN_WORK: "work",
    TaskState.WITH_PERSON: "you",
    TaskState.DONE: "done",
    TaskState.REFUSED: "stop",
    TaskState.CUT_OFF: "cut",
    TaskState.WITHDRAWN: "none",
}
"""The status words of the pages (design, section 3); a task that waits for an outside event is "ext"."""
_WHY = {
    "correction": ("等您补正", "waiting for you to mend something"),
    "event": ("等外部事项", "waiting for something outside"),
    "refusal": ("前面的事先被退了，后来又批准", "what comes before it had been refused, and was approved after all"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One matter of a case as a person reads it."""

    matter: str
    title: Mapping[str, str]
    department: Mapping[str, str]
    status: str
    state: str
    words: str
    remedy: str
    cause: str
    due: date | None
    forecast: date | None
    started: date | None
    ended: date | None
    result: Mapping[str, Any]
    needs: tuple[str, ...]
    awaits: tuple[str, ...]
    deadline: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One dated line of a case's story."""

    at: datetime
    kind: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBoard:
    """Everything a case page shows, read once."""

    case: Case
    lanes: tuple[Lane, ...]
    forecast: date | None
    decided_by: str | None
    story: tuple[Happened, ...]
    corrections: tuple[Correction, ...]
    papers_to_come: tuple[tuple[str, date], ...]
    counts: Mapping[str, int] = field(default_factory=dict)


def cases_of(actor: Actor) -> QuerySet[Case]:
    """Find the cases that the actor may see, newest first."""
    return _with_release(Case.objects.visible_to(actor)).order_by("-submitted_at")


def _with_release(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Read with a case what its pack is called; what that holds is compiled once, and larger than all the rest."""
    return cases.select_related("release").defer("release__content")


def case_for(actor: Actor, number: str) -> Case:
    """Find a case by its number. Refuses CaseNotFound, also where it is not the actor's to see."""
    case = _with_release(Case.objects.visible_to(actor)).filter(number=number).first()
    if case is None:
        raise CaseNotFound
    return case


def case_board(actor: Actor, number: str, *, now: datetime) -> CaseBoard:
    """Read one case with its matters, story and forecast. Six queries, however many matters it has."""
    return board_of(case_for(actor, number), now=now)


def board_of(case: Case, *, now: datetime) -> CaseBoard:
    """Lay out a case that the actor was allowed to see. Five queries, however many matters it has."""
    prefetch_related_objects([case], *_parts())
    return _board(case, _story(case), now)


def boards(cases: QuerySet[Case], *, now: datetime) -> list[CaseBoard]:
    """Lay cases out as cards show them, without their stories. Five queries, however many cases there are."""
    return [_board(case, (), now) for case in cases.prefetch_related(*_parts())]


def _parts() -> tuple[Prefetch[Any] | str, ...]:
    """What a board is made of. What the orders said stays unread: it is large, and no page of a case shows it."""
    asked = Correction.objects.filter(answered_at=None).select_related("task").order_by("asked_at")
    return (
        Prefetch("tasks", queryset=Task.objects.defer("sheet")),
        "pauses",
        Prefetch("corrections", queryset=asked, to_attr="asked"),
        Prefetch("papers_to_come", queryset=PaperToCome.objects.filter(came_at=None), to_attr="awaited"),
    )


def _board(case: Case, story: tuple[Happened, ...], now: datetime) -> CaseBoard:
    tasks = list(case.tasks.all())
    foreseen = flow.forecast(
        nodes(case, tasks),
        submitted=clock.day_of(case.submitted_at),
        today=clock.day_of(now),
        calendar=planning.calendar(),
    )
    corrections: tuple[Correction, ...] = tuple(case.asked)  # type: ignore[attr-defined]  # see _parts
    lanes = _lanes(case, tasks, foreseen, {c.task_id: c.words for c in corrections})
    last = max((day for day in foreseen.values() if day), default=None)
    return CaseBoard(
        case=case,
        lanes=lanes,
        forecast=None if any(foreseen[t.matter] is None for t in tasks if t.is_open) else last,
        decided_by=next((m for m, day in foreseen.items() if day == last), None),
        story=story,
        corrections=corrections,
        papers_to_come=_still_to_come(case),
        counts=_count(lanes),
    )


def _still_to_come(case: Case) -> tuple[tuple[str, date], ...]:
    """A case that has ended still takes its promised papers; one that was withdrawn wants none."""
    if case.state == CaseState.WITHDRAWN:
        return ()
    return tuple((one.material, one.promised_for) for one in case.awaited)  # type: ignore[attr-defined]  # see _parts


def _count(lanes: tuple[Lane, ...]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for lane in lanes:
        counts[lane.status] += 1
    return dict(counts)


def _lanes(
    case: Case, tasks: list[Task], foreseen: Mapping[str, date | None], asked: Mapping[UUID, str]
) -> tuple[Lane, ...]:
    rows = {task.matter: task for task in tasks}
    departments = planning.compiled(case.release).catalogue.departments
    return tuple(
        _lane(case, rows[matter["id"]], matter, departments[matter["department"]], foreseen, asked)
        for matter in case.plan["matters"]
    )


def _lane(
    case: Case,
    task: Task,
    matter: Mapping[str, Any],
    department: Any,
    foreseen: Mapping[str, date | None],
    asked: Mapping[UUID, str],
) -> Lane:
    waits_outside = task.state == TaskState.NOT_YET and task.awaits and not task.missing
    return Lane(
        matter=task.matter,
        title=matter["title"],
        department={"zh": department.zh, "en": department.en},
        status="ext" if waits_outside else STATUS[TaskState(task.state)],
        state=task.state,
        words=asked.get(task.pk, task.reason),
        remedy=task.remedy,
        cause=task.cause,
        due=task.due,
        forecast=foreseen[task.matter],
        started=clock.day_of(task.started_at) if task.started_at else None,
        ended=clock.day_of(task.ended_at) if task.ended_at else None,
        result=sealing.unseal(case.person_id, bytes(task.result)) if task.result else {},
        needs=tuple(task.needs),
        awaits=tuple(task.awaits),
        deadline=task.deadline,
    )


def _story(case: Case) -> tuple[Happened, ...]:
    entries = Entry.objects.filter(subject=case.pk, kind__startswith="cases.").order_by("id")
    return tuple(Happened(at=e.at, kind=e.kind.removeprefix("cases."), facts=e.payload) for e in entries)


def nodes(case: Case, tasks: list[Task] | None = None) -> list[flow.Node]:
    """Read a case as the pure graph that `flow` computes on. Two queries."""
    tasks = list(case.tasks.all()) if tasks is None else tasks
    pauses: dict[UUID, list[Stop]] = defaultdict(list)
    for pause in case.pauses.all():
        pauses[pause.task_id].append(_stop(pause))
    return [
        flow.Node(
            matter=task.matter,
            needs=frozenset(task.needs),
            events=frozenset(task.events),
            days=task.days,
            started=clock.day_of(task.started_at) if task.started_at else None,
            ended=clock.day_of(task.ended_at) if task.ended_at else None,
            is_open=task.is_open,
            is_with_person=task.state == TaskState.WITH_PERSON,
            stops=tuple(pauses[task.pk]),
        )
        for task in tasks
    ]


def stops(task: Task) -> tuple[Stop, ...]:
    """Find the times a task's clock has stood still."""
    return tuple(_stop(pause) for pause in task.pauses.all())


def _stop(pause: Pause) -> Stop:
    zh, en = _WHY[pause.why]
    return Stop(since=pause.since, until=pause.until, why=zh, why_en=en)


def correction_for(actor: Actor, correction_id: UUID) -> Correction:
    """Find an open or answered correction in a case that the actor may see. Refuses CaseNotFound."""
    found = Correction.objects.select_related("case__release", "task").filter(
        pk=correction_id, case__in=Case.objects.visible_to(actor)
    )
    correction = found.first()
    if correction is None:
        raise CaseNotFound
    return correction


def overdue_tasks(actor: Actor, *, today: date) -> QuerySet[Task]:
    """Find tasks past their day. One row per task, oldest first."""
    visible = Case.objects.visible_to(actor)
    return Task.objects.filter(case__in=visible, state__in=sorted(AT_WORK), due__lt=today).order_by("due")
