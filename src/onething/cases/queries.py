"""Reading drafts and cases. Who asks comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value, When

from onething.cases import flow, notices, piles, policy
from onething.cases.errors import CaseNotFound, ConcernNotFound, DraftNotFound
from onething.cases.models import Case, Concern, Correction, Draft, Message, Pause, Task, Thread
from onething.cases.piles import Clock, Left, Pile
from onething.cases.states import AT_WORK, CaseState, ConcernKind, TaskState
from onething.catalogue import planning
from onething.engine import bundle
from onething.identity import queries as accounts
from onething.identity.models import Account, Post
from onething.kernel import workdays
from onething.kernel.access import Actor
from onething.kernel.workdays import Stop
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry import queries as registry
from onething.registry import regions, sealing

_WHY = {
    "correction": ("等您补正", "waiting for you to mend something"),
    "event": ("等外部事项", "waiting for something outside"),
}

STATUS = {
    TaskState.NOT_YET: "later",
    TaskState.AT_DEPARTMENT: "work",
    TaskState.IN_WORK: "work",
    TaskState.WITH_PERSON: "you",
    TaskState.DONE: "done",
    TaskState.REFUSED: "stop",
    TaskState.CUT_OFF: "stop",
    TaskState.WITHDRAWN: "none",
}
"""The status words of the pages (design, section 3); a task that waits for an outside event is "ext"."""


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


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """Find the forms that a person has begun and not submitted, newest first."""
    return Draft.objects.visible_to(actor).filter(case=None).select_related("release").order_by("-saved_at")


def draft_for(actor: Actor, draft_id: UUID) -> Draft:
    """Find one form of the person who asks. Refuses DraftNotFound."""
    draft = Draft.objects.visible_to(actor).select_related("release", "case").filter(pk=draft_id).first()
    if draft is None:
        raise DraftNotFound
    return draft


def answers_of(draft: Draft) -> dict[str, Any]:
    """Open what the person has filled in."""
    answers: dict[str, Any] = sealing.unseal(draft.person_id, bytes(draft.answers))
    return answers


def answers_in(case: Case) -> dict[str, Any]:
    """Open the answers a case was submitted with, mended ones above."""
    answers: dict[str, Any] = sealing.unseal(case.person_id, bytes(case.answers))
    return answers


def known_and_answered(draft: Draft) -> dict[str, Any]:
    """Put together what the house knows and what the person said; the person's word stands above the register's."""
    return {**known_to_the_house(draft), **answers_of(draft)}


def known_to_the_house(draft: Draft) -> dict[str, Any]:
    """Find what the registers know of the answers that a form asks for."""
    fields = planning.compiled(draft.release_id).catalogue.fields
    known = registry.known_facts(draft.person_id)
    return {name: fact.value for name, fact in known.items() if name in fields}


def plan_of(draft: Draft, *, on: date) -> dict[str, Any]:
    """
    Compute the plan of a draft as JSON, from all that is known, for a submission on a day.

    Before a registered day has come, such as that of the discharge, the plan is for that day.
    """
    day = first_day(draft, on=on)
    plan: dict[str, Any] = bundle.to_json(planning.plan_for(draft.release, known_and_answered(draft), day))
    return plan


def first_day(draft: Draft, *, on: date) -> date:
    """Find the first day from `on` on which a draft may be submitted, as far as the registers tell (mended or not)."""
    known, said = known_to_the_house(draft), answers_of(draft)
    return planning.first_day(draft.release, {name: said.get(name, value) for name, value in known.items()}, on)


def cases_of(actor: Actor) -> QuerySet[Case]:
    """Find the cases that the actor may see, newest first."""
    return Case.objects.visible_to(actor).select_related("release").order_by("-submitted_at")


def case_for(actor: Actor, number: str) -> Case:
    """Find a case by its number. Refuses CaseNotFound, also where it is not the actor's to see."""
    case = Case.objects.visible_to(actor).select_related("release").filter(number=number).first()
    if case is None:
        raise CaseNotFound
    return case


def case_board(actor: Actor, number: str, *, now: datetime) -> CaseBoard:
    """Read one case with its matters, story and forecast. Six queries, however many matters it has."""
    case = case_for(actor, number)
    tasks = list(case.tasks.all())
    foreseen = flow.forecast(
        nodes(case, tasks),
        submitted=clock.day_of(case.submitted_at),
        today=clock.day_of(now),
        calendar=planning.calendar(),
    )
    corrections = tuple(case.corrections.filter(answered_at=None).select_related("task").order_by("asked_at"))
    lanes = _lanes(case, tasks, foreseen, {c.task_id: c.words for c in corrections})
    last = max((day for day in foreseen.values() if day), default=None)
    return CaseBoard(
        case=case,
        lanes=lanes,
        forecast=None if any(foreseen[t.matter] is None for t in tasks if t.is_open) else last,
        decided_by=next((m for m, day in foreseen.items() if day == last), None),
        story=_story(case),
        corrections=corrections,
        papers_to_come=_still_to_come(case),
        counts=_count(lanes),
    )


def _still_to_come(case: Case) -> tuple[tuple[str, date], ...]:
    """A case that has ended still takes its promised papers; one that was withdrawn wants none."""
    if case.state == CaseState.WITHDRAWN:
        return ()
    return tuple(case.papers_to_come.filter(came_at=None).values_list("material", "promised_for"))


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
        words=_title(case, task.cause) if task.state == TaskState.CUT_OFF else asked.get(task.pk, task.reason),
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


def _title(case: Case, matter: str) -> str:
    return next((str(m["title"]["zh"]) for m in case.plan["matters"] if m["id"] == matter), matter)


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


# what goes on only when a person looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Worry:
    """One concern as the workbench lists it; `taken_by` is a colleague's name, empty while nobody has it."""

    concern: Concern
    number: str
    matter: Mapping[str, str] | None
    paper: Mapping[str, str] | None
    taken_by: str
    is_mine: bool


def concern_for(actor: Actor, concern_id: UUID) -> Concern:
    """Find one concern. Refuses ConcernNotFound, also where it is not the actor's to see."""
    concern = Concern.objects.visible_to(actor).filter(pk=concern_id).first()
    if concern is None:
        raise ConcernNotFound
    return concern


def worries(actor: Actor) -> list[Worry]:
    """List what is open in one's division and below, the oldest first. Two queries."""
    return _worries(actor, Concern.objects.visible_to(actor).open())


def _worries(actor: Actor, concerns: QuerySet[Concern]) -> list[Worry]:
    found = list(concerns.select_related("case").defer("case__answers").order_by("since", "pk"))
    holders = Account.objects.filter(pk__in={c.taken_by for c in found if c.taken_by})
    names = dict(holders.values_list("pk", "display_name"))
    return [
        Worry(
            concern=concern,
            number=concern.case.number,
            matter=notices.matter_title(concern.case.plan, concern.matter) if concern.matter else None,
            paper=_paper_of(concern),
            taken_by=names.get(concern.taken_by, "") if concern.taken_by else "",
            is_mine=concern.taken_by is not None and concern.taken_by == actor.account_id,
        )
        for concern in found
    ]


def _paper_of(concern: Concern) -> Mapping[str, str] | None:
    if concern.kind != ConcernKind.PAPER_MISSED:
        return None
    return notices.material_title(concern.case.plan, concern.about)


def clerks_addresses(region: str, *, now: datetime) -> list[str]:
    """
    Find the e-mail addresses of the staff who take up concerns of a division, at the nearest level that has any.

    An account's address is its work address, else the one its person is registered with.
    """
    roles = [role for role in accounts.roles() if policy.TAKE_UP_CONCERN in accounts.permissions_of(role)]
    posts = Post.objects.valid_at(now).filter(role__in=roles, account__is_active=True)
    near = posts.filter(region_id__in=regions.upwards(region))
    held: defaultdict[str, list[Account]] = defaultdict(list)
    for post in near.select_related("account"):
        held[post.region_id].append(post.account)
    for place in regions.upwards(region):
        known = (_address_of(account) for account in held[place])
        if found := [address for address in dict.fromkeys(known) if address]:
            return found
    return []


def _address_of(account: Account) -> str:
    if account.work_email or account.person_id is None:
        return account.work_email
    fact = registry.known_facts(account.person_id).get("email")
    return str(fact.value) if fact else ""


def concerns_of(actor: Actor, case: Case) -> list[Worry]:
    """List what of one case is open and a person must look at, the oldest first."""
    return _worries(actor, Concern.objects.visible_to(actor).open().filter(case=case))


def places_of(case: Case) -> dict[str, Mapping[str, str]]:
    """Name where a case was taken in and where it is decided: intake, deciding → words. One query."""
    names = registry.region_names([case.intake_region, case.region])
    both = {"intake": case.intake_region or case.region, "deciding": case.region}
    return {key: names.get(code, {"zh": code, "en": code}) for key, code in both.items()}


# what persons and clerks say to each other


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it is read: who, when, what. `name` is the clerk's, empty for the person."""

    name: str
    is_of_person: bool
    at: datetime
    words: str


def thread_of(actor: Actor, case: Case) -> Thread | None:
    """Find a case's thread, if there is one and it is the actor's to read."""
    return Thread.objects.visible_to(actor).filter(case=case).first()


def said_in(actor: Actor, case: Case) -> list[Said]:
    """Read what was said about a case, the oldest first; nothing for whom it is not. Three queries."""
    if thread_of(actor, case) is None:
        return []
    rows = list(
        Message.objects.filter(case=case).select_related("case").defer("case__plan", "case__answers").order_by("pk")
    )
    names = accounts.names_of(row.account_id for row in rows if row.account_id)
    return [
        Said(names.get(row.account_id, "") if row.account_id else "", row.is_of_person, row.at, row.words)
        for row in rows
    ]


# the work list of clerks and supervisors

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


def pile_sizes(actor: Actor, *, today: date) -> dict[Pile, int]:
    """Count the piles of the running cases. One query; ended cases are not counted, there is no end to them."""
    running = work_list(actor, today=today).filter(state=CaseState.RUNNING).order_by()
    counted = running.aggregate(**{pile.key: Count("pk", filter=Q(pile=pile.value)) for pile in _COUNTED})
    return {pile: counted[pile.key] for pile in _COUNTED}


_COUNTED = (Pile.OVERDUE, Pile.TODAY, Pile.PERSON, Pile.RUNNING)


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
