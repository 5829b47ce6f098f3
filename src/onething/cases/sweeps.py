"""What time itself does to cases. Each sweep finds rows by an index and can be run at any moment, also late."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from onething.cases import queries, services
from onething.cases.events import CorrectionDueSoon, DeadlinesRecomputed, PaperOverdue
from onething.cases.models import Case, Correction, PaperToCome, Task
from onething.cases.states import AT_WORK, CaseState
from onething.catalogue import planning
from onething.kernel import workdays
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes

REMIND_BEFORE = timedelta(days=3)


@writes
def remind_of_papers(*, now: datetime) -> int:
    """Publish PaperOverdue once for each paper whose promised day has come. Returns how many."""
    due = PaperToCome.objects.select_for_update(skip_locked=True).filter(
        came_at=None, reminded_at=None, promised_for__lte=clock.day_of(now), case__state=CaseState.RUNNING
    )
    papers = list(due)
    for paper in papers:
        publish(PaperOverdue(case_id=paper.case_id, material=paper.material), actor=SYSTEM, at=now)
    PaperToCome.objects.filter(pk__in=[p.pk for p in papers]).update(reminded_at=now)
    return len(papers)


@writes
def remind_of_corrections(*, now: datetime) -> int:
    """Publish CorrectionDueSoon once for each open correction whose last day is near. Returns how many."""
    near = clock.day_of(now) + REMIND_BEFORE
    waiting = Correction.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        answered_at=None, reminded_at=None, answer_by__lte=near, case__state=CaseState.RUNNING
    )
    found = list(waiting.select_related("task"))
    for correction in found:
        fact = CorrectionDueSoon(case_id=correction.case_id, matter=correction.task.matter, correction_id=correction.pk)
        publish(fact, actor=SYSTEM, at=now)
    Correction.objects.filter(pk__in=[c.pk for c in found]).update(reminded_at=now)
    return len(found)


def recompute_deadlines(*, now: datetime) -> int:
    """
    Count open deadlines again by the calendar of today; ended ones keep the day they had. Returns the cases moved.

    A later notice of the State Council moves what is still open, and the fact says which calendar did it.
    """
    moved = 0
    running = Case.objects.filter(state=CaseState.RUNNING, tasks__state__in=sorted(AT_WORK)).distinct()
    for case_id in running.values_list("pk", flat=True).iterator(chunk_size=500):
        moved += _recompute_case(case_id=case_id, now=now)
    return moved


@writes
def _recompute_case(*, case_id: UUID, now: datetime) -> bool:
    case = Case.objects.select_for_update().get(pk=case_id)
    calendar = planning.calendar()
    changed = [task for task in case.tasks.filter(state__in=sorted(AT_WORK)) if _recount(task, calendar)]
    if not changed:
        return False
    Task.objects.bulk_update(changed, ["due", "deadline"])
    services.reckon(case)
    fact = DeadlinesRecomputed(
        case_id=case.pk, calendar=calendar.version, matters=tuple(task.matter for task in changed)
    )
    publish(fact, actor=SYSTEM, at=now)
    return True


def _recount(task: Task, calendar: workdays.Calendar) -> bool:
    """Count one open task again; tell whether anything of its deadline moved."""
    if task.deadline is None or task.started_at is None:
        return False
    counted = workdays.add_working_days(calendar, clock.day_of(task.started_at), task.days, queries.stops(task))
    if counted.to_json() == task.deadline:
        return False
    task.due, task.deadline = counted.due, counted.to_json()
    return True
