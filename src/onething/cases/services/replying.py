"""What departments say takes effect: one transition of the table for each reply."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from onething.cases import layout
from onething.cases.events import CorrectionAsked, ReplyWithoutEffect, TaskAccepted, TaskSettled
from onething.cases.models import ASKED, Case, Correction, Freed, Pause, Task
from onething.cases.services import steps
from onething.cases.states import Happening, TaskState, after
from onething.catalogue import planning
from onething.exchange import queries as order_book
from onething.exchange.queries import ReplyWords
from onething.kernel import workdays
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import sealing

CORRECTION_DAYS = 10
"""Working days a person is given to mend something before the department may end the matter."""


@writes
def apply_reply(*, reply_id: UUID, actor: Actor) -> None:
    """
    Apply a department's reply to its task, as of the moment it came in.

    One that comes late, twice or out of order changes nothing and is noted. Refuses ReplyNotFound.
    """
    reply = order_book.reply(reply_id)
    task, freed = _locked(reply)
    case, now = task.case, reply.received_at
    if reply.reply_id in task.seen:
        return
    happening = Happening(reply.kind)
    state = after(TaskState(task.state), happening)
    if state is None or not case.is_open:
        publish(ReplyWithoutEffect(case_id=case.pk, matter=task.matter, reply_id=reply.reply_id), actor=actor, at=now)
        return
    task.state = state
    task.seen.append(reply.reply_id)
    if freed is not None:
        _approve(case, task, freed, reply, actor, now)
    else:
        _EFFECTS[happening](case, task, reply, actor, now)


def _locked(reply: ReplyWords) -> tuple[Task, Freed | None]:
    """Lock the task that a reply speaks of; with an approval, read at once what it sets free."""
    if Happening(reply.kind) is Happening.APPROVED:
        return Task.objects.lock_with_freed(task_id=reply.task_id, case_id=reply.case_id)
    return Task.objects.lock_with_case(task_id=reply.task_id, case_id=reply.case_id), None


def _take_up(case: Case, task: Task, reply: ReplyWords, actor: Actor, now: datetime) -> None:
    Task.objects.take_up(task)
    publish(TaskAccepted(case_id=case.pk, matter=task.matter), actor=actor, at=now)


def _give_back(case: Case, task: Task, reply: ReplyWords, actor: Actor, now: datetime) -> None:
    today = clock.day_of(now)
    task.due = None
    task.save(update_fields=["state", "seen", "due"])
    asked = layout.returned_for(case, task, reply)
    correction = Correction.objects.create(
        case=case,
        task=task,
        fields=asked.fields,
        materials=asked.materials,
        sealed_words=sealing.seal(case.person_id, asked.words, field=ASKED),
        asked_at=now,
        answer_by=workdays.add_working_days(planning.calendar(), today, CORRECTION_DAYS).due or today,
    )
    Pause.objects.create(case=case, task=task, why="correction", since=today)
    steps.reckon(case)
    publish(CorrectionAsked(case_id=case.pk, matter=task.matter, correction_id=correction.pk), actor=actor, at=now)


def _approve(case: Case, task: Task, freed: Freed, reply: ReplyWords, actor: Actor, now: datetime) -> None:
    Task.objects.approve(task, freed, result=sealing.seal(case.person_id, reply.result or {}), at=now)
    steps.pause_for_events(case, freed.tasks, on=clock.day_of(now))
    ready = [one for one in freed.tasks if not one.missing and not one.awaits]
    given = layout.HandedIn.read(case, freed.given) if ready else None
    started = steps.start(case, ready, actor=actor, now=now, given=given)
    publish(TaskSettled(case_id=case.pk, matter=task.matter, outcome="done", started=started), actor=actor, at=now)
    if not freed.others_open:
        steps.settle(case, actor=actor, now=now)


def _refuse(case: Case, task: Task, reply: ReplyWords, actor: Actor, now: datetime) -> None:
    task.ended_at = now
    task.refuse(reason=reply.reason, remedy=reply.remedy)
    task.save(update_fields=["state", "seen", "ended_at", "said"])
    steps.close_pause(task, on=clock.day_of(now))
    task.corrections.filter(answered_at=None).update(answered_at=now)
    lost = steps.cut_off(case, task.matter, now=now)
    publish(
        TaskSettled(case_id=case.pk, matter=task.matter, outcome="refused", cut_off=tuple(lost)), actor=actor, at=now
    )
    if not case.tasks.open().exists():
        steps.settle(case, actor=actor, now=now)


_EFFECTS = {
    Happening.ACCEPTED: _take_up,
    Happening.PROGRESS: _take_up,
    Happening.RETURNED: _give_back,
    Happening.REFUSED: _refuse,
}
