"""What comes from outside the departments: an event happened, the person was at a station."""

from __future__ import annotations

from datetime import datetime

from onething.cases.errors import EventUnknown, VisitUnknown
from onething.cases.events import OutsideEventRecorded, VisitMade
from onething.cases.models import Case, Pause, Task
from onething.cases.services import steps
from onething.cases.states import TaskState
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes


@writes
def record_event(*, case: Case, event: str, actor: Actor, now: datetime) -> None:
    """
    Record that an outside event has happened; what waited for nothing else starts. Twice changes nothing.

    Refuses CaseClosed, EventUnknown.
    """
    case = steps.locked_case(case.pk)
    if event in case.happened:
        return
    waiting = list(case.tasks.filter(events__contains=[event]))
    if not waiting:
        raise EventUnknown(event=event)
    case.happened.append(event)
    case.save(update_fields=["happened"])
    today = clock.day_of(now)
    for task in waiting:
        task.awaits = [other for other in task.awaits if other != event]
    Task.objects.bulk_update(waiting, ["awaits"])
    Pause.objects.filter(task__in=[t for t in waiting if not t.awaits], until=None, why="event").update(until=today)
    ready = [t for t in waiting if t.state == TaskState.NOT_YET and not t.missing and not t.awaits]
    started = steps.start(case, ready, actor=actor, now=now)
    steps.reckon(case)
    publish(OutsideEventRecorded(case_id=case.pk, event=event, started=started), actor=actor, at=now)


@writes
def record_visit(*, case: Case, station: str, actor: Actor, now: datetime) -> None:
    """
    Record that the person was at a station of the plan, and did there what needs presence. Twice changes nothing.

    A case that has ended meanwhile still keeps it: the person was there. Refuses VisitUnknown.
    """
    case = steps.case_in_turn(case.pk)
    visit = next((visit for visit in case.plan["visits"] if visit["station"] == station), None)
    if visit is None:
        raise VisitUnknown(station=station)
    if station in case.visited:
        return
    case.visited.append(station)
    case.save(update_fields=["visited"])
    acts = tuple(str(act["id"]) for act in visit["acts"])
    publish(VisitMade(case_id=case.pk, station=station, acts=acts), actor=actor, at=now)
