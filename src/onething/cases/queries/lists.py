"""Reading the work list of a post: cases in piles, a line for each, with its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Case as Choose
from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value, When

from onething.cases import piles, policy, tallying
from onething.cases.models import Case, Task
from onething.cases.piles import Clock, Left, Pile
from onething.cases.queries.boards import stops
from onething.cases.states import AT_WORK, CaseState, TaskState
from onething.catalogue import planning
from onething.kernel import workdays
from onething.kernel.access import Actor, Door
from onething.plumbing import clock, tallies
from onething.registry import regions

_COUNTED = (Pile.OVERDUE, Pile.TODAY, Pile.PERSON, Pile.RUNNING)
_RUNNING_CLOCKS = (TaskState.AT_DEPARTMENT, TaskState.IN_WORK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row of the work list: the case, its pile, who has it now, how far it is, and the time that is left."""

    case: Case
    pile: Pile
    departments: tuple[Any, ...]
    done: int
    matters: int
    waits_for_event: bool
    left: Left | None


def work_list(actor: Actor, *, today: date) -> QuerySet[Case]:
    """Find the cases an actor works with, each with its `pile` and `next_due`, in work order. Plans stay unread."""
    tasks = Task.objects.filter(case=OuterRef("pk"))
    ticking = tasks.filter(state__in=_RUNNING_CLOCKS).values("case").annotate(first=Min("due")).values("first")
    late = Q(next_due__lt=today) | Q(due__lt=today)
    found = Case.objects.visible_to(actor).annotate(
        next_due=Subquery(ticking), mending=Exists(tasks.filter(state=TaskState.WITH_PERSON))
    )
    pile = Choose(
        When(~Q(state=CaseState.RUNNING), then=Value(Pile.ENDED.value)),
        When(late, then=Value(Pile.OVERDUE.value)),
        When(next_due=today, then=Value(Pile.TODAY.value)),
        When(mending=True, then=Value(Pile.PERSON.value)),
        default=Value(Pile.RUNNING.value),
        output_field=TextField(),
    )
    return found.annotate(pile=pile).order_by("pile", F("next_due").asc(nulls_last=True), "-number")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row of the work list stands: its pile, the next day of its matters (none is last), its number."""

    pile: str
    due: date | None
    number: str

    def __str__(self) -> str:
        return f"{self.pile}.{self.due.isoformat() if self.due else ''}.{self.number}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read a place from an address; None for one that is none."""
        pile, due, number = [*text.split(".", 2), "", ""][:3]
        try:
            return cls(Pile(pile).value, date.fromisoformat(due) if due else None, number)
        except ValueError:
            return None


def leaf(cases: QuerySet[Case], *, after: Place | None, rows: int) -> tuple[list[Case], Place | None]:
    """
    Read one page of a work list behind a place, and where the next begins. Two queries, whatever comes before it.
    """
    found = list(with_rows(cases.filter(_behind(after)) if after else cases)[: rows + 1])
    last = found[rows - 1] if len(found) > rows else None
    return found[:rows], Place(last.pile, last.next_due, last.number) if last else None  # type: ignore[attr-defined]


def _behind(place: Place) -> Q:
    here = Q(pile=place.pile)
    if place.due is None:
        later = Q(next_due__isnull=True, number__lt=place.number)
    else:
        later = Q(next_due__gt=place.due) | Q(next_due__isnull=True) | Q(next_due=place.due, number__lt=place.number)
    return Q(pile__gt=place.pile) | here & later


def pile_sizes(actor: Actor, *, today: date) -> dict[Pile, int]:
    """
    Tell how many running cases lie in each pile, for staff of a division or the system: one query of kept counters.

    Ended cases are not counted, there is no end to them.
    """
    sizes = dict.fromkeys(_COUNTED, 0)
    if actor.door is Door.SYSTEM or (actor.door is Door.STAFF and actor.may(policy.READ_CASE) and actor.region):
        place = regions.prefix(actor.region) if actor.region else ""
        for one in tallies.read((tallying.CASES, place)):
            sizes[tallying.pile_of(one.cell, one.day, today=today)] += one.rows
    return sizes


def with_rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Read what a row of the work list shows, and nothing larger: no plan, no answers, no content of a pack."""
    tasks = Task.objects.only("case_id", "department", "state", "missing", "awaits")
    light = cases.select_related("release").defer("plan", "answers", "release__content")
    return light.prefetch_related(Prefetch("tasks", queryset=tasks))


def listed(case: Case, *, today: date) -> Listed:
    """Make one row of a case that `work_list` found and `with_rows` read. No query."""
    names = planning.compiled(case.release).catalogue.departments
    tasks = list(case.tasks.all())
    at_work = dict.fromkeys(task.department for task in tasks if task.state in AT_WORK)
    next_due = getattr(case, "next_due", None) or case.due
    return Listed(
        case=case,
        pile=Pile(getattr(case, "pile", Pile.RUNNING)),
        departments=tuple(names[code] for code in at_work),
        done=sum(task.state == TaskState.DONE for task in tasks),
        matters=len(tasks),
        waits_for_event=any(t.state == TaskState.NOT_YET and t.awaits and not t.missing for t in tasks),
        left=piles.left_until(next_due, today=today, calendar=planning.calendar()) if case.is_open else None,
    )


def clocks_of(case: Case, *, today: date) -> dict[str, Clock]:
    """Tell the working days each begun matter of a case has used, of how many. Two queries."""
    begun = case.tasks.exclude(started_at=None).prefetch_related("pauses")
    return {task.matter: _clock(task, today) for task in begun}


def _clock(task: Task, today: date) -> Clock:
    start = clock.day_of(task.started_at) if task.started_at else today
    end = clock.day_of(task.ended_at) if task.ended_at else max(today, start)
    halts = stops(task)
    used = workdays.working_days_between(planning.calendar(), start, end, halts)
    return Clock(used=used, days=task.days, is_stopped=task.is_open and any(stop.until is None for stop in halts))
