"""Cases, their tasks, and the stops of their clocks.

Rows of a case carry its id first, so that the tables can be split by case. Answers and the free words of departments
are sealed with the person's key (see `registry.sealing`); the plan holds no personal datum.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from psycopg.types.json import Jsonb

from onething.cases import statements
from onething.cases.states import AT_WORK, OPEN, CaseState, TaskState
from onething.kernel.access import Actor, Door
from onething.kernel.language import Language
from onething.plumbing import prepared, turns
from onething.plumbing.journal import book
from onething.plumbing.packed import PackedJSONField, pack
from onething.registry import sealing
from onething.registry.policy import in_region

if TYPE_CHECKING:
    from onething.cases.models.drafts import Draft


Plan = dict[str, Any]
"""The plan's JSON, as `engine.bundle.plan.to_json` writes it."""
SAID = "cases.said"  # what sealed words are bound to, besides the person


class CaseSet(models.QuerySet["Case"]):
    """Readings over cases, and the writing of a new one."""

    def open(self, case: Case, tasks: Sequence[Task], draft: Draft) -> None:
        """Write, at the end of the running service, a new case with its tasks, and that its draft became it."""
        given = {name: getattr(case, name) for name in statements.CASE_FIELDS}
        row = {**given, "plan": pack(case.plan), "state": str(case.state)}
        book.write_last(statements.OPEN_CASE, list(row.values()))
        book.write_last(statements.LAY_OUT, [case.pk, Jsonb([_laid_out(task) for task in tasks])])
        book.write_last(statements.BECOME_CASE, [case.pk, draft.pk])
        book.write_last(statements.BRING_PAPERS, [case.pk, draft.pk])
        case._state.adding = False
        draft.case = case

    def settle(self, case: Case, *, at: datetime) -> None:
        """Write, at the end of the running service, that nothing of a case is still to come."""
        case.state, case.settled_at = CaseState.SETTLED, at
        book.write_last(statements.SETTLE, [str(case.state), at, case.pk])

    def reopen(self, case: Case) -> None:
        """Let a case that had ended run again: something of it is still to come after all."""
        case.state, case.settled_at = CaseState.RUNNING, None
        case.save(update_fields=["state", "settled_at"])

    def visible_to(self, actor: Actor) -> CaseSet:
        """
        Keep a person's own; of staff who read cases those of their division and below.

        A helper sees what runs of the pack they were allowed to file, and what was submitted since.
        """
        if actor.door is Door.HELPER and actor.errand and actor.person_id:
            errand = actor.errand
            one = Q(pk=errand.case_id) if errand.case_id else Q(submitted_at__gte=errand.since) | Q(state="running")
            return self.filter(one, person_id=actor.person_id, release__pack=errand.pack)
        if actor.door is Door.CITIZEN and actor.person_id:
            return self.filter(person_id=actor.person_id)
        if actor.door is Door.SYSTEM:
            return self
        if actor.door is Door.STAFF and actor.may("cases.read_case"):
            return self.filter(in_region(actor, "region") | in_region(actor, "intake_region"))
        return self.none()


class Case(models.Model):
    """
    One submitted "one thing". `promise` is the deadline of the whole with its proof; `due` its day, for queries.

    `region` is the place of settlement: its departments decide. `intake_region` is where the person stood when it was
    taken in; the clerks of both see the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True)
    person_id = models.UUIDField()
    masked_name = models.TextField()
    region = models.CharField(max_length=12)
    intake_region = models.CharField(max_length=12, default="", db_default="")
    release = models.ForeignKey("catalogue.Release", on_delete=models.PROTECT)
    plan = PackedJSONField()
    answers = models.BinaryField()
    taken = models.BinaryField(null=True)  # field → what a register says and the window took instead; sealed
    state = models.TextField(choices=[(s, s) for s in CaseState], default=CaseState.RUNNING)
    happened = ArrayField(models.TextField(), default=list)  # outside events that have come in
    visited = ArrayField(models.TextField(), default=list, db_default=[])  # stations of the plan where the person was
    submitted_at = models.DateTimeField()
    promised = models.DateField()  # what the person was told on the day of submission
    due = models.DateField(null=True)  # the same after stops; null while it cannot be said
    settled_at = models.DateTimeField(null=True)
    language: models.CharField[Language, Language] = models.CharField(
        max_length=2, choices=[("zh", "zh"), ("en", "en")], default="zh", db_default="zh"
    )  # what the person reads; letters and documents are written in it

    objects = CaseSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-submitted_at"], name="case_by_person"),  # cases_of a citizen
            models.Index(
                fields=["region", "due"], name="case_open_by_region", condition=Q(state="running")
            ),  # work list
            models.Index(  # work list of the place that took it in, where another one decides
                fields=["intake_region", "due"], name="case_open_by_intake", condition=Q(state="running")
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(CaseState)), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(state=CaseState.RUNNING, settled_at__isnull=True)
                | ~Q(state=CaseState.RUNNING) & Q(settled_at__isnull=False),
                name="case_settled_has_time",
            ),
        ]

    @property
    def is_across(self) -> bool:
        """Tell whether one place took it in and another one decides."""
        return self.intake_region not in ("", self.region)

    @property
    def is_open(self) -> bool:
        """Tell whether anything of this case is still to come."""
        return self.state == CaseState.RUNNING


def _laid_out(task: Task) -> dict[str, Any]:
    return {name: _plain(getattr(task, name)) for name in statements.LAID_OUT}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | list | dict) else str(value)


class TaskSet(models.QuerySet["Task"]):
    """Readings over tasks, and the changes that concern several of a case at once: one statement each."""

    def open(self) -> TaskSet:
        """Keep what has not ended."""
        return self.filter(state__in=list(OPEN))

    def lock_with_case(self, *, task_id: UUID, case_id: UUID) -> Task:
        """
        Take a case's turn, and lock and read one of its tasks with it, in one round trip.

        What is large (plan, answers) or seldom needed stays unread until it is asked for. Refuses Task.DoesNotExist.
        """
        turns.take(f"case:{case_id}")
        row = prepared.row(statements.LOCK_WITH_CASE, [task_id, case_id])
        if row is None:
            raise Task.DoesNotExist
        return self._locked(row)

    def lock_with_freed(self, *, task_id: UUID, case_id: UUID) -> tuple[Task, Freed]:
        """
        Lock as `lock_with_case`; read with it which tasks would miss nothing of this one, and how many others are open.
        """
        turns.take(f"case:{case_id}")
        rows = prepared.rows(statements.LOCK_WITH_FREED, [sorted(OPEN), task_id, case_id])
        if not rows:
            raise Task.DoesNotExist
        task = self._locked(rows[0])
        start = len(statements.TASK_COLUMNS) + len(statements.CASE_COLUMNS)
        cut = len(rows[0]) - len(statements.FREED_COLUMNS)  # between: how many are open, and what was handed in
        tasks = [Task.from_db(self.db, statements.FREED_COLUMNS, row[cut:]) for row in rows if row[cut]]
        for one in tasks:
            one.sheet = json.loads(one.sheet)  # Django's connections leave JSON as text
            one.missing = [matter for matter in one.missing if matter != task.matter]
        return task, Freed(tasks=tasks, others_open=rows[0][start], given=rows[0][start + 1 : cut])

    def _locked(self, row: prepared.Row) -> Task:
        cut = len(statements.TASK_COLUMNS)
        task = Task.from_db(self.db, statements.TASK_COLUMNS, row[:cut])
        task.case = Case.from_db(self.db, statements.CASE_COLUMNS, row[cut : cut + len(statements.CASE_COLUMNS)])
        return task

    def approve(self, task: Task, freed: Freed, *, result: bytes, at: datetime) -> None:
        """
        Write, at the end of the running service, that a task is done and what waited for it misses it no longer.

        What is started at the same time misses nothing: `start` says so.
        """
        waiting = [one.pk for one in freed.tasks if one.missing or one.awaits]
        book.write_last(statements.APPROVE, [at, result, task.seen, task.pk])
        if waiting:
            book.write_last(statements.MISS_NO_LONGER, [task.matter, waiting])

    def start(self, tasks: Sequence[Task]) -> None:
        """Write at the end of the running service that tasks are at their departments now, and wait for nothing."""
        rows = ((task.pk, task.started_at, task.round, task.due, Jsonb(task.deadline)) for task in tasks)
        book.write_last(statements.start(len(tasks)), [value for row in rows for value in row])

    def take_up(self, task: Task) -> None:
        """Write, at the end of the running service, that a department has a task in hand."""
        book.write_last(statements.TAKE_UP, [task.state, task.seen, task.pk])


class Task(models.Model):
    """
    One matter of a case at one department.

    `missing` are the matters, `awaits` the outside events it still waits for; it starts when both are empty.
    `seen` are the replies already applied: applying one twice changes nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    matter = models.TextField()
    department = models.TextField()
    state = models.TextField(choices=[(s, s) for s in TaskState], default=TaskState.NOT_YET)
    needs = ArrayField(models.TextField(), default=list)
    events = ArrayField(models.TextField(), default=list)
    missing = ArrayField(models.TextField(), default=list)
    awaits = ArrayField(models.TextField(), default=list)
    days = models.PositiveSmallIntegerField()
    sheet = models.JSONField()  # what its order says, see layout.sheets_of
    round = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    due = models.DateField(null=True)
    deadline = models.JSONField(null=True)
    ended_at = models.DateTimeField(null=True)
    said = models.BinaryField(null=True)  # why it was refused and what can be done, under the person's key
    cause = models.TextField(default="", db_default="")  # the refused matter that cut this one off
    result = models.BinaryField(null=True)
    seen = ArrayField(models.UUIDField(), default=list)

    objects = TaskSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due"], name="task_due", condition=Q(state__in=sorted(AT_WORK)))
        ]  # overdue sweep
        constraints = [
            models.UniqueConstraint(fields=["case", "matter"], name="task_once_per_case"),
            models.CheckConstraint(condition=Q(state__in=list(TaskState)), name="task_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN), ended_at__isnull=True)
                | Q(ended_at__isnull=False) & ~Q(state__in=sorted(OPEN)),
                name="task_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.REFUSED) | Q(said__isnull=False), name="task_refused_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(AT_WORK)) | Q(started_at__isnull=False), name="task_at_work_has_start"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Tell whether this matter has not ended."""
        return self.state in OPEN

    def refuse(self, *, reason: str, remedy: str) -> None:
        """Keep a department's own words, sealed: it may have written about the person. Nothing is saved yet."""
        self.said = sealing.seal(self.case.person_id, {"reason": reason, "remedy": remedy}, field=SAID)

    @property
    def reason(self) -> str:
        """Why it was refused, in the department's words."""
        return self._words["reason"]

    @property
    def remedy(self) -> str:
        """What the person can do about it."""
        return self._words["remedy"]

    @cached_property
    def _words(self) -> dict[str, str]:
        if not self.said:
            return {"reason": "", "remedy": ""}
        return dict(sealing.unseal(self.case.person_id, bytes(self.said), field=SAID))


@dataclass(frozen=True, slots=True)
class Freed:
    """
    What the end of a task did to its case: the tasks that miss it no longer, and how many others are open.

    `given`: what their orders are written from, as layout.HandedIn reads it; nothing where no task is freed.
    """

    tasks: list[Task]
    others_open: int
    given: prepared.Row


class Pause(models.Model):
    """The clock of one task standing still: from `since` until `until` (null while it lasts), and why."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="pauses")
    why = models.TextField(choices=[("correction", "correction"), ("event", "event"), ("refusal", "refusal")])
    event = models.TextField(default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(until__isnull=True), name="one_open_pause"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="pause_runs_on"),
        ]


def day(moment: datetime | None) -> date | None:
    """Give the day of a moment in the departments' time, or nothing."""
    from onething.plumbing import clock

    return clock.day_of(moment) if moment else None
