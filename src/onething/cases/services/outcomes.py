"""A department's later answer takes the place of an earlier one: what hangs on it goes on after all, or ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from onething.cases import flow
from onething.cases.errors import NoSuchReply
from onething.cases.events import OutcomeCorrected
from onething.cases.models import Case, Pause, Task
from onething.cases.services import steps
from onething.cases.states import CaseState, Happening, TaskState, after
from onething.exchange.queries import ReplyWords
from onething.exchange.states import ReplyKind
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish
from onething.registry import sealing

_AFTER_ALL: Mapping[str, Happening] = {
    ReplyKind.APPROVED: Happening.APPROVED_AFTER_ALL,
    ReplyKind.REFUSED: Happening.REFUSED_AFTER_ALL,
}


def may_count(task: Task, reply: ReplyWords) -> bool:
    """Tell whether a later answer can take the place of the earlier one: both decide, and it does not count yet."""
    return _after(task, reply) is not None and reply.reply_id not in task.seen


def correct_outcome(case: Case, reply: ReplyWords, *, actor: Actor, now: datetime) -> bool:
    """
    Let a later answer count, in a case whose turn is taken; gives whether a case that had ended runs again.

    An approval revives what the refusal had cut off, unless another refusal does; a refusal cuts off what has not
    begun. What is done stays done. Refuses NoSuchReply.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("case").get(pk=reply.task_id, case=case)
    state = _after(task, reply)
    if state is None:
        raise NoSuchReply
    had_ended = not case.is_open
    _write(task, state, reply, now)
    revived = _revive(case, task, now) if state == TaskState.DONE and case.state != CaseState.WITHDRAWN else []
    lost = steps.cut_off(case, task.matter, now=now) if state == TaskState.REFUSED else []
    fact = OutcomeCorrected(
        case_id=case.pk, matter=task.matter, outcome=state.value, revived=tuple(one.matter for one in revived),
        cut_off=tuple(lost), reopened=had_ended and bool(revived),
    )  # fmt: skip
    publish(fact, actor=actor, at=now)
    _go_on(case, revived, actor=actor, now=now)
    return fact.reopened


def _after(task: Task, reply: ReplyWords) -> TaskState | None:
    happening = _AFTER_ALL.get(reply.kind)
    return after(TaskState(task.state), happening) if happening else None


def _write(task: Task, state: TaskState, reply: ReplyWords, now: datetime) -> None:
    person = task.case.person_id
    task.state, task.ended_at, task.said, task.result = state, now, None, None
    task.seen.append(reply.reply_id)
    if state == TaskState.DONE:
        task.result = sealing.seal(person, reply.result or {})
    else:
        task.refuse(reason=reply.reason, remedy=reply.remedy)
    task.save(update_fields=["state", "ended_at", "seen", "result", "said"])


def _revive(case: Case, approved: Task, now: datetime) -> list[Task]:
    """Bring back what this refusal had cut off; the time it was lost counts against nobody."""
    tasks = {task.matter: task for task in case.tasks.all()}
    needs = {matter: frozenset(task.needs) for matter, task in tasks.items()}
    refused = [matter for matter, task in tasks.items() if task.state == TaskState.REFUSED]
    _blame(approved.matter, refused, needs, tasks)
    found = [tasks[matter] for matter in flow.revived_by(approved.matter, needs, refused)]
    revived = [task for task in found if after(TaskState(task.state), Happening.REVIVED)]
    today = clock.day_of(now)
    Pause.objects.bulk_create(
        Pause(case=case, task=task, why="refusal", since=clock.day_of(task.ended_at or now), until=today)
        for task in revived
    )
    for task in revived:
        task.state, task.ended_at, task.cause = TaskState.NOT_YET, None, ""
        task.missing = [matter for matter in task.needs if tasks[matter].state != TaskState.DONE]
        task.awaits = [event for event in task.events if event not in case.happened]
    Task.objects.bulk_update(tasks.values(), ["state", "ended_at", "cause", "missing", "awaits"])
    return revived


def _blame(
    approved: str, refused: Sequence[str], needs: Mapping[str, frozenset[str]], tasks: Mapping[str, Task]
) -> None:
    """What stays cut off names the refusal that still stands in its way."""
    for one in refused:
        for matter in flow.cut_off_by(one, needs):
            if tasks[matter].cause == approved:
                tasks[matter].cause = one


def _go_on(case: Case, revived: Sequence[Task], *, actor: Actor, now: datetime) -> None:
    if revived:
        if not case.is_open:
            Case.objects.reopen(case)
        steps.pause_for_events(case, revived, on=clock.day_of(now))
        steps.start(case, [one for one in revived if not one.missing and not one.awaits], actor=actor, now=now)
        steps.reckon(case)
    elif case.is_open and not case.tasks.open().exists():
        steps.settle(case, actor=actor, now=now)
