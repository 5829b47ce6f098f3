"""What several services do with a case they have locked: set tasks going, stop and resume clocks, settle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from onething.cases import flow, layout, queries
from onething.cases.errors import CaseClosed
from onething.cases.events import CaseSettled
from onething.cases.layout import HandedIn
from onething.cases.models import Case, Pause, Task
from onething.cases.states import TaskState
from onething.catalogue import planning
from onething.exchange import services as exchange
from onething.kernel import workdays
from onething.kernel.access import Actor
from onething.plumbing import clock, turns
from onething.plumbing.journal import book, publish


def case_in_turn(case_id: UUID) -> Case:
    """Take a case's turn and lock for this transaction, whatever its state."""
    turns.take(f"case:{case_id}")
    return Case.objects.select_for_update(of=("self",)).select_related("release").get(pk=case_id)


def locked_case(case_id: UUID) -> Case:
    """Take an open case's turn and lock for this transaction. Refuses CaseClosed."""
    case = case_in_turn(case_id)
    if not case.is_open:
        raise CaseClosed
    return case


def start(
    case: Case, tasks: Sequence[Task], *, actor: Actor, now: datetime, given: HandedIn | None = None
) -> tuple[str, ...]:
    """Start tasks that wait for nothing more. `given`: what was handed in for the case, if it is at hand."""
    if not tasks:
        return ()
    set_going(tasks, now=now)
    Task.objects.start(tasks)
    return send_out(case, tasks, given or layout.handed_in(case), actor=actor, now=now)


def set_going(tasks: Iterable[Task], *, now: datetime) -> None:
    """Start the clocks of tasks that go out now. Nothing is written yet."""
    today, calendar = clock.day_of(now), planning.calendar()
    for task in tasks:
        task.state = TaskState.AT_DEPARTMENT
        task.started_at = now
        task.round += 1
        deadline = workdays.add_working_days(calendar, today, task.days)
        task.due, task.deadline = deadline.due, deadline.to_json()


def send_out(case: Case, tasks: Iterable[Task], given: HandedIn, *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Place the first orders of tasks, written at the end of the running service; give their matters."""
    orders = layout.orders_for(case, tasks, given)
    exchange.place_new_orders(orders=orders, actor=actor, now=now)
    return tuple(order.matter for order in orders)


def pause_for_events(case: Case, tasks: Iterable[Task], *, on: date) -> None:
    """Stop the clock of what waits for nothing but an outside event."""
    pauses = [
        Pause(case=case, task=task, why="event", event=task.awaits[0], since=on)
        for task in tasks
        if task.state == TaskState.NOT_YET and task.awaits and not task.missing
    ]
    if pauses:
        book.write_now()  # the wall around these rows looks for their case
        Pause.objects.bulk_create(pauses, ignore_conflicts=True)


def cut_off(case: Case, refused: str, *, now: datetime) -> list[str]:
    """End what can no longer happen since a matter was refused, and say why; gives those matters."""
    needs = {task.matter: frozenset(task.needs) for task in case.tasks.all()}
    lost = flow.cut_off_by(refused, needs)
    not_begun = case.tasks.filter(matter__in=lost, state=TaskState.NOT_YET)
    matters = list(not_begun.values_list("matter", flat=True))
    not_begun.update(state=TaskState.CUT_OFF, ended_at=now, cause=refused)
    Pause.objects.filter(case=case, task__matter__in=matters, until=None).update(until=clock.day_of(now))
    return [matter for matter in lost if matter in matters]


def close_pause(task: Task, *, on: date) -> None:
    Pause.objects.filter(task=task, until=None).update(until=on)


def settle(case: Case, *, actor: Actor, now: datetime) -> None:
    Case.objects.settle(case, at=now)
    publish(CaseSettled(case_id=case.pk), actor=actor, at=now)


def reckon(case: Case) -> None:
    """Compute the day of the whole again; only a stop, or a newer calendar, moves it."""
    book.write_now()  # what was just started counts
    submitted = clock.day_of(case.submitted_at)
    due = flow.promised_day(queries.nodes(case), submitted=submitted, calendar=planning.calendar())
    if due != case.due:
        case.due = due
        case.save(update_fields=["due"])
