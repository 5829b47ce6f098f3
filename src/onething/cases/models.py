"""Drafts, cases, their tasks, the stops of their clocks, corrections and uploads.

Rows of a case carry its id first, so that the tables can be split by case. Answers, papers and the free words of
departments are sealed with the person's key (see `registry.sealing`); the plan holds no personal datum.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from psycopg.types.json import Jsonb

from onething.cases import policy, statements
from onething.cases.states import AT_WORK, OPEN, CaseState, ConcernKind, TaskState
from onething.kernel.access import Actor, Door
from onething.kernel.language import Language
from onething.plumbing import prepared, turns
from onething.plumbing.journal import book
from onething.plumbing.packed import PackedJSONField, pack
from onething.registry import sealing
from onething.registry.policy import in_region

SAID = "cases.said"  # what sealed words are bound to, besides the person
ASKED = "cases.asked"
RATED = "cases.rated"
CALLED_BACK = "cases.called_back"
OBJECTED = "cases.objected"
NOTED = "cases.noted"
TALKED = "cases.talked"


class DraftSet(models.QuerySet["Draft"]):
    """Readings over drafts."""

    def lock(self, draft_id: UUID) -> Draft:
        """Lock and read a draft. Refuses Draft.DoesNotExist."""
        row = prepared.row(statements.LOCK_DRAFT, [draft_id])
        if row is None:
            raise Draft.DoesNotExist
        return Draft.from_db(self.db, statements.DRAFT_COLUMNS, row)

    def visible_to(self, actor: Actor) -> DraftSet:
        """Keep the drafts of the person who asks; nobody else reads a half-filled form, but a helper of this pack."""
        if actor.door is Door.HELPER and actor.errand and actor.person_id:
            theirs = Q(case=None) | Q(case__in=Case.objects.visible_to(actor))
            return self.filter(theirs, person_id=actor.person_id, release__pack=actor.errand.pack)
        if actor.door is Door.CITIZEN and actor.person_id:
            return self.filter(person_id=actor.person_id)
        return self.none()


class Draft(models.Model):
    """A form being filled. Saved at every step; becomes a case once, by `submit_case`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    release = models.ForeignKey("catalogue.Release", on_delete=models.PROTECT)
    region = models.CharField(max_length=12)
    answers = models.BinaryField()
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    case = models.OneToOneField("Case", null=True, on_delete=models.PROTECT, related_name="draft")
    language: models.CharField[Language, Language] = models.CharField(
        max_length=2, choices=[("zh", "zh"), ("en", "en")], default="zh", db_default="zh"
    )  # what the person reads; letters and documents are written in it
    days_read_at = models.DateTimeField(null=True)  # when its days to keep were last looked for

    objects = DraftSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-saved_at"], name="draft_by_person"),  # drafts_of
            models.Index(
                fields=["saved_at"],
                name="draft_days_unread",  # read by sweeps.read_days
                condition=Q(days_read_at__isnull=True) | Q(days_read_at__lt=F("saved_at")),
            ),
        ]


class DayToKeep(models.Model):
    """
    A statutory day that a form's person must keep, as far as is known: the term of the pack, its last day.

    `remind_on` is the next day on which to remind; without one nothing more is said. The words stay in the release.
    """

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="days_to_keep")
    person_id = models.UUIDField()
    term = models.TextField()
    matter = models.TextField(default="")
    due = models.DateField()
    remind_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "term"], name="day_to_keep_once")]
        indexes = [  # read by sweeps.remind_of_days
            models.Index(fields=["remind_on"], name="day_to_keep_near", condition=Q(remind_on__isnull=False))
        ]


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
        cut = start + 4  # how many others are open, and what was handed in
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
    sheet = models.JSONField()  # what its order says, see layout.sheet_of
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


class Pause(models.Model):
    """The clock of one task standing still: from `since` until `until` (null while it lasts), and why."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="pauses")
    why = models.TextField(choices=[("correction", "correction"), ("event", "event")])
    event = models.TextField(default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(until__isnull=True), name="one_open_pause"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="pause_runs_on"),
        ]


class Correction(models.Model):
    """One request to mend something (补正): exactly which fields and papers, in the department's words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="corrections")
    fields = ArrayField(models.TextField(), default=list)
    materials = ArrayField(models.TextField(), default=list)
    sealed_words = models.BinaryField()
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)  # its last day passed: a clerk was told

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(answered_at__isnull=True), name="one_open_correction"),
            models.CheckConstraint(condition=~Q(fields=[], materials=[]), name="correction_names_something"),
        ]
        indexes = [  # read by the reminders
            models.Index(fields=["answer_by"], name="correction_awaited", condition=Q(answered_at__isnull=True))
        ]

    @cached_property
    def words(self) -> str:
        """What the department wrote, opened with the person's key."""
        return (
            str(sealing.unseal(self.case.person_id, bytes(self.sealed_words), field=ASKED)) if self.sealed_words else ""
        )


class Upload(models.Model):
    """One file handed in for one material; of a draft, later of its case. The file itself lies sealed in storage."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, null=True, on_delete=models.CASCADE, related_name="uploads")
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="uploads")
    person_id = models.UUIDField()
    material = models.TextField()
    kind = models.TextField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    key = models.TextField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=False) | Q(case__isnull=False), name="upload_belongs_somewhere"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="upload_not_empty"),
        ]


class PaperToCome(models.Model):
    """A case was accepted while this paper is still missing (容缺受理): promised by the person for a day."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers_to_come")
    material = models.TextField()
    promised_for = models.DateField()
    came_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)  # departments were told that it did not come; it still may

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "material"], name="paper_to_come_once")]
        indexes = [
            models.Index(fields=["promised_for"], name="paper_awaited", condition=Q(came_at__isnull=True))  # reminders
        ]


class ConcernSet(models.QuerySet["Concern"]):
    """Readings over what a person must look at."""

    def visible_to(self, actor: Actor) -> ConcernSet:
        """Those of the cases of one's division and below, for staff who take such things up; a system sees all."""
        if actor.door is Door.SYSTEM:
            return self
        if actor.door is Door.STAFF and actor.may(policy.TAKE_UP_CONCERN):
            return self.filter(in_region(actor, "region"))
        return self.none()

    def open(self) -> ConcernSet:
        """Keep what is not done."""
        return self.filter(done_at=None)


class Concern(models.Model):
    """
    Something about a case that goes on only when a person looks: what, since when, who has it, and when it was done.

    `about` is the order, reply, correction or paper it is about; the same about the same is raised once at a time, and
    never twice for the same moment. Done without anybody who took it up: it had settled itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="concerns")
    region = models.CharField(max_length=12)
    kind = models.TextField(choices=[(k, k) for k in ConcernKind])
    matter = models.TextField(default="")
    detail = models.TextField(default="")
    about = models.TextField()
    since = models.DateTimeField()
    due = models.DateField(null=True)  # the working day after: by then somebody has looked
    sealed_words = models.BinaryField(null=True)  # what a colleague wrote, under the person's key
    told_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)  # an account of staff
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = ConcernSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(ConcernKind)), name="concern_kind_known"),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="concern_taken_has_time",
            ),
            models.UniqueConstraint(fields=["case", "kind", "about", "since"], name="concern_once"),
            models.UniqueConstraint(
                fields=["case", "kind", "about"], condition=Q(done_at__isnull=True), name="one_open_concern"
            ),
        ]
        indexes = [  # read by the workbench
            models.Index(fields=["region", "since"], name="concern_open", condition=Q(done_at__isnull=True))
        ]

    @cached_property
    def words(self) -> str:
        """What a colleague wrote, opened with the person's key; empty where nobody wrote."""
        if not self.sealed_words:
            return ""
        return str(sealing.unseal(self.case.person_id, bytes(self.sealed_words), field=NOTED))


class ThreadSet(models.QuerySet["Thread"]):
    """Readings over what persons and clerks say to each other."""

    def visible_to(self, actor: Actor) -> ThreadSet:
        """The person's own; for clerks who talk with persons, those of cases they see; nobody else's."""
        if actor.door is Door.SYSTEM:
            return self
        if actor.door is Door.CITIZEN and actor.person_id:
            return self.filter(case__person_id=actor.person_id)
        if actor.door is Door.STAFF and actor.may(policy.TALK):
            return self.filter(case__in=Case.objects.visible_to(actor))
        return self.none()


class Thread(models.Model):
    """
    What a person and the clerks say to each other about one case, with its counters.

    `unanswered`: what the person said since a clerk last answered, to be answered by `due`; `unread`: what clerks said
    since the person last looked. `region` is where the person stands: its clerks talk with them.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="thread")
    region = models.CharField(max_length=12)
    unanswered = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True)
    due = models.DateField(null=True)

    objects = ThreadSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unanswered=0, waiting_since__isnull=True, due__isnull=True)
                | Q(unanswered__gt=0, waiting_since__isnull=False, due__isnull=False),
                name="thread_waits_by_a_day",
            )
        ]
        indexes = [  # read by the queue
            models.Index(fields=["region", "due"], name="thread_unanswered", condition=Q(unanswered__gt=0))
        ]


class Message(models.Model):
    """One message in a thread, sealed under the person's key; written by the person, or by a clerk (`account_id`)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    account_id = models.UUIDField(null=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    @property
    def is_of_person(self) -> bool:
        """Tell whether the person wrote it."""
        return self.account_id is None

    @cached_property
    def words(self) -> str:
        """What it says, opened with the person's key."""
        return str(sealing.unseal(self.case.person_id, bytes(self.sealed), field=TALKED))


class OfCaseSet(models.QuerySet[Any]):
    """Reading what belongs to a case after its end."""

    def visible_to(self, actor: Actor) -> Any:
        """Keep a person's own, and for staff who may read such rows those of their division; a system sees all."""
        if actor.door is Door.SYSTEM:
            return self
        if actor.door is Door.CITIZEN and actor.person_id:
            return self.filter(case__person_id=actor.person_id)
        if actor.door is Door.STAFF and actor.may(self.model.READ_BY):
            return self.filter(in_region(actor, "region"))
        return self.none()


class Rating(models.Model):
    """How a person was served (好差评): once for each case, after its end, and never changed. The words are sealed."""

    READ_BY = policy.CALL_BACK

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="rating")
    region = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    sealed_words = models.BinaryField()
    rated_at = models.DateTimeField()

    objects = OfCaseSet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="rating_has_five_levels")]

    @cached_property
    def words(self) -> str:
        """What the person wrote, opened with their key."""
        return str(sealing.unseal(self.case.person_id, bytes(self.sealed_words), field=RATED))


class CallBack(models.Model):
    """
    The work order of a bad rating: somebody by name rings the person up by a day; late, it goes a level up.

    `post_id` is whose it is now; without one nobody up to the nation holds such a post, and the list says so.
    """

    READ_BY = policy.CALL_BACK

    class Outcome(models.TextChoices):
        """What came of it."""

        MENDED = "mended"
        EXPLAINED = "explained"
        NOT_REACHED = "not_reached"

    rating = models.OneToOneField(Rating, on_delete=models.CASCADE, primary_key=True, related_name="call_back")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    region = models.CharField(max_length=12)
    post_id = models.UUIDField(null=True)
    due = models.DateField()
    deadline = models.JSONField()
    opened_at = models.DateTimeField()
    rung = models.PositiveSmallIntegerField(default=0)  # how often it went up
    outcome = models.TextField(choices=Outcome.choices, default="")
    sealed_words = models.BinaryField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)  # an account of staff

    objects = OfCaseSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="", sealed_words=None)
                | Q(done_at__isnull=False, sealed_words__isnull=False) & ~Q(outcome=""),
                name="call_back_done_has_outcome",
            )
        ]
        indexes = [  # the list, and the sweep of late ones
            models.Index(fields=["due"], name="call_back_open", condition=Q(done_at=None))
        ]

    @cached_property
    def words(self) -> str:
        """What was said and done, opened with the person's key."""
        return (
            str(sealing.unseal(self.case.person_id, bytes(self.sealed_words), field=CALLED_BACK))
            if self.sealed_words
            else ""
        )


class Objection(models.Model):
    """
    A person objects to the decision about one matter: kept while it is written, then lodged, by a day with its proof.

    `term` says how the last day was found; `late_because` is asked for after it.
    """

    READ_BY = policy.READ_CASE

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft"
        LODGED = "lodged"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="objections")
    region = models.CharField(max_length=12)
    matter = models.TextField()
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    sealed_words = models.BinaryField()  # {"words": …, "late_because": …}
    term = models.JSONField()
    until = models.DateField(null=True)  # no term is written down for it
    saved_at = models.DateTimeField()
    lodged_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = OfCaseSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "matter"], condition=~Q(state="withdrawn"), name="one_objection_to_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", lodged_at=None, withdrawn_at=None)
                | Q(state="lodged", lodged_at__isnull=False, withdrawn_at=None)
                | Q(state="withdrawn", lodged_at__isnull=False, withdrawn_at__isnull=False),
                name="objection_state_has_time",
            ),
        ]

    @cached_property
    def said(self) -> dict[str, str]:
        """What the person wrote, opened with their key: `words` and `late_because`."""
        return dict(sealing.unseal(self.case.person_id, bytes(self.sealed_words), field=OBJECTED))


@dataclass(frozen=True, slots=True)
class Freed:
    """
    What the end of a task did to its case: the tasks that miss it no longer, and how many others are open.

    `given`: what their orders are written from, as layout.HandedIn reads it; nothing where no task is freed.
    """

    tasks: list[Task]
    others_open: int
    given: prepared.Row


def day(moment: datetime | None) -> date | None:
    """Give the day of a moment in the departments' time, or nothing."""
    from onething.plumbing import clock

    return clock.day_of(moment) if moment else None


Plan = dict[str, Any]
"""The plan's JSON, as `engine.bundle.plan.to_json` writes it."""
