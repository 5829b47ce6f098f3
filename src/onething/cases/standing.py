"""What the standing check knows of cases: a matter that nobody was asked to do, a case that never ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from onething.cases.models import Case, Task
from onething.cases.states import AT_WORK, OPEN, CaseState, TaskState
from onething.exchange import standing
from onething.exchange.models import Order
from onething.exchange.standing import LATE, MOST, Stuck
from onething.kernel.access import Actor

standing.WHY |= {
    "no_order": _("The matter is said to be with its department, and there is no order."),
    "not_started": _("Nothing stands before this matter any more, and it was not set going."),
    "not_settled": _("Every matter has ended, and the case has not."),
}


@standing.finder
def tasks_without_order(actor: Actor, now: datetime) -> Iterator[Stuck]:
    """Find matters that wait for a department which was never asked."""
    asked = Order.objects.filter(task_id=OuterRef("pk"))
    at_work = Task.objects.filter(case__in=_running(actor), state__in=sorted(AT_WORK), started_at__lt=now - LATE)
    yield from _named(at_work.exclude(Exists(asked)), "no_order")
    ready = Task.objects.filter(case__in=_running(actor), state=TaskState.NOT_YET, missing=[], awaits=[])
    yield from _named(ready.filter(case__submitted_at__lt=now - LATE), "not_started")


@standing.finder
def cases_without_end(actor: Actor, now: datetime) -> Iterator[Stuck]:
    """Find running cases in which nothing is open."""
    open_ = Task.objects.filter(case=OuterRef("pk"), state__in=sorted(OPEN))
    for case in _running(actor).filter(submitted_at__lt=now - LATE).exclude(Exists(open_))[:MOST]:
        yield Stuck(
            what=case.number, code="not_settled", since=case.submitted_at, owner=f"supervisor:{case.region}",
            case_number=case.number,
        )  # fmt: skip


def _running(actor: Actor) -> QuerySet[Case]:
    return Case.objects.visible_to(actor).filter(state=CaseState.RUNNING)


def _named(tasks: QuerySet[Task], code: str) -> Iterator[Stuck]:
    for task in tasks.select_related("case")[:MOST]:
        yield Stuck(
            what=task.sheet["title"], code=code, since=task.started_at or task.case.submitted_at,
            owner=f"supervisor:{task.case.region}", case_number=task.case.number,
        )  # fmt: skip
