"""Changing cases: one verb a function, one transaction, time and actor from outside.

A case is worked on under its row's lock, so that replies for one case are applied one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from onething.cases import flow, layout, queries
from onething.cases.errors import (
    AnswersMissing,
    CaseAlreadyRunning,
    CaseClosed,
    CorrectionIncomplete,
    CorrectionNotOpen,
    DraftAlreadySubmitted,
    EventUnknown,
    MaterialMayNotFollow,
    MaterialsMissing,
    NothingToDo,
    PaperPromisedTooLate,
    QuestionsOpen,
)
from onething.cases.events import (
    CaseSettled,
    CaseSubmitted,
    CaseWithdrawn,
    CorrectionAnswered,
    CorrectionAsked,
    DraftStarted,
    OutsideEventRecorded,
    PaperCame,
    ReplyWithoutEffect,
    TaskAccepted,
    TaskSettled,
)
from onething.cases.models import Case, Correction, Draft, PaperToCome, Pause, Task
from onething.cases.states import AT_WORK, CaseState, Happening, TaskState, after
from onething.catalogue import planning
from onething.catalogue.models import Release
from onething.engine import bundle
from onething.exchange import queries as order_book
from onething.exchange import services as exchange
from onething.exchange.queries import ReplyWords
from onething.kernel import workdays
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import queries as registry
from onething.registry import sealing

CORRECTION_DAYS = 10
"""Working days a person is given to mend something before the department may end the matter."""


@writes
def start_draft(*, person_id: UUID, release: Release, actor: Actor, now: datetime) -> Draft:
    """
    Begin a form for a person, or go on with the one that is open for the same pack.

    Refuses CaseAlreadyRunning: the same thing is not begun twice at once, however fast somebody clicks.
    """
    _one_at_a_time(person_id, release.pack)
    open_one = Draft.objects.filter(person_id=person_id, release__pack=release.pack, case=None).first()
    if open_one:
        return open_one
    running = Case.objects.filter(person_id=person_id, release__pack=release.pack, state=CaseState.RUNNING).first()
    if running:
        raise CaseAlreadyRunning(number=running.number)
    person = registry.person(actor, person_id)
    draft = Draft.objects.create(
        person_id=person_id,
        release=release,
        region=person.region_id,
        answers=sealing.seal(person_id, {}),
        started_at=now,
        saved_at=now,
    )
    publish(DraftStarted(draft_id=draft.pk, person_id=person_id), actor=actor, at=now)
    return draft


def _one_at_a_time(person_id: UUID, pack: str) -> None:
    """Let two requests for one person's form wait for each other; a draft that is not there yet has no row to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"draft:{person_id}:{pack}"])


@writes
def save_answers(*, draft: Draft, answers: Mapping[str, Any], actor: Actor, now: datetime) -> Draft:
    """
    Keep answers in a draft, over those already there; None takes an answer back.

    Refuses DraftAlreadySubmitted, and what `planning.check_answers` refuses; then nothing is changed.
    """
    draft = _locked_draft(draft.pk)
    merged = {**queries.answers_of(draft), **answers}
    kept = {field: value for field, value in merged.items() if value is not None}
    planning.check_answers(draft.release, kept)
    draft.answers = sealing.seal(draft.person_id, kept)
    draft.saved_at = now
    draft.save(update_fields=["answers", "saved_at"])
    return draft


def _locked_draft(draft_id: UUID) -> Draft:
    draft = Draft.objects.select_for_update(of=("self",)).select_related("release").get(pk=draft_id)
    if draft.case_id:
        raise DraftAlreadySubmitted
    return draft


@writes
def submit_case(*, draft: Draft, to_follow: Mapping[str, date] | None = None, actor: Actor, now: datetime) -> Case:
    """
    Submit a draft as one case, lay out its tasks and send out what may start at once.

    Submitting the same draft again gives the same case. `to_follow`: papers that come later, with the day the person
    promises. Refuses QuestionsOpen, AnswersMissing, MaterialsMissing, MaterialMayNotFollow, NothingToDo.
    Source: S3, 一表申请.
    """
    # The case is not joined: after waiting for the lock the joined row would still be the one from before (none).
    draft = Draft.objects.select_for_update(of=("self",)).select_related("release").get(pk=draft.pk)
    if draft.case_id:
        return Case.objects.get(pk=draft.case_id)
    answers = queries.known_and_answered(draft)
    plan = bundle.to_json(planning.plan_for(draft.release, answers, clock.day_of(now)))
    _require_complete(plan, answers)
    _require_materials(plan, given=set(draft.uploads.values_list("material", flat=True)), to_follow=to_follow or {})
    _require_soon(plan, to_follow or {}, today=clock.day_of(now))
    case = _open_case(draft, plan, answers, actor=actor, now=now)
    tasks = layout.tasks_for(case, plan)
    ready = [task for task in tasks if not task.missing and not task.awaits]
    _set_going(ready, now=now)
    Task.objects.bulk_create(tasks)
    if to_follow:
        PaperToCome.objects.bulk_create(
            PaperToCome(case=case, material=material, promised_for=day) for material, day in to_follow.items()
        )
    draft.case = case
    Draft.objects.filter(pk=draft.pk).update(case=case)
    draft.uploads.update(case=case)
    started = _send_out(case, ready, actor=actor, now=now)
    _pause_for_events(case, tasks, on=clock.day_of(now))
    publish(
        CaseSubmitted(case_id=case.pk, release_id=draft.release_id, matters=started, promised=case.promised),
        actor=actor,
        at=now,
    )
    return case


def _require_complete(plan: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    if plan["open_questions"]:
        fields = [question["field"] for question in plan["open_questions"]]
        raise QuestionsOpen(count=len(fields), fields=", ".join(fields))
    if not plan["matters"]:
        raise NothingToDo
    missing = [f["id"] for f in plan["form"]["fields"] if f["required"] and f["id"] not in answers]
    if missing:
        raise AnswersMissing(count=len(missing), fields=", ".join(missing))


def _require_materials(plan: Mapping[str, Any], *, given: set[str], to_follow: Mapping[str, date]) -> None:
    asked = {m["id"]: m for m in plan["materials"] if m["action"] == "hand_in"}
    for material in to_follow:
        if material not in asked or not asked[material]["may_follow"]:
            raise MaterialMayNotFollow(material=material)
    missing = asked.keys() - given - to_follow.keys()
    if missing:
        raise MaterialsMissing(count=len(missing), materials=", ".join(sorted(missing)))


def _open_case(draft: Draft, plan: dict[str, Any], answers: Mapping[str, Any], *, actor: Actor, now: datetime) -> Case:
    person = registry.person(actor, draft.person_id)
    promised = date.fromisoformat(plan["promise"]["due"])
    return Case.objects.create(
        number=_next_number(now),
        person_id=draft.person_id,
        masked_name=person.masked_name,
        region=draft.region,
        release=draft.release,
        plan=plan,
        answers=sealing.seal(draft.person_id, dict(answers)),
        submitted_at=now,
        promised=promised,
        due=promised,
    )


def _require_soon(plan: Mapping[str, Any], to_follow: Mapping[str, date], *, today: date) -> None:
    allowed = {m["id"]: m["may_follow"] for m in plan["materials"]}
    for material, promised in to_follow.items():
        latest = layout.latest_day(allowed[material], today=today, calendar=planning.calendar())
        if not today <= promised <= latest:
            raise PaperPromisedTooLate(material=material, latest=latest)


def _next_number(now: datetime) -> str:
    """Number cases through the year; gaps are harmless, two alike are not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number')")
        (count,) = cursor.fetchone()
    return f"TY{clock.day_of(now):%Y%m%d}{count:06d}"


def _start(case: Case, tasks: Sequence[Task], *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Start tasks that wait for nothing more."""
    if not tasks:
        return ()
    _set_going(tasks, now=now)
    Task.objects.start(tasks)
    return _send_out(case, tasks, actor=actor, now=now)


def _set_going(tasks: Iterable[Task], *, now: datetime) -> None:
    """Start the clocks of tasks that go out now. Nothing is written yet."""
    today, calendar = clock.day_of(now), planning.calendar()
    for task in tasks:
        task.state = TaskState.AT_DEPARTMENT
        task.started_at = now
        task.round += 1
        deadline = workdays.add_working_days(calendar, today, task.days)
        task.due, task.deadline = deadline.due, deadline.to_json()


def _send_out(case: Case, tasks: Iterable[Task], *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Place the orders of tasks, all in one statement; give their matters."""
    orders = layout.orders_for(case, tasks)
    exchange.place_orders(orders=orders, actor=actor, now=now)
    return tuple(order.matter for order in orders)


def _pause_for_events(case: Case, tasks: Iterable[Task], *, on: date) -> None:
    """Stop the clock of what waits for nothing but an outside event."""
    pauses = [
        Pause(case=case, task=task, why="event", event=task.awaits[0], since=on)
        for task in tasks
        if task.state == TaskState.NOT_YET and task.awaits and not task.missing
    ]
    if pauses:
        Pause.objects.bulk_create(pauses, ignore_conflicts=True)


@writes
def apply_reply(*, reply_id: UUID, actor: Actor) -> None:
    """
    Apply a department's reply to its task, as of the moment it came in.

    One that comes late, twice or out of order changes nothing and is noted. Refuses ReplyNotFound.
    """
    reply = order_book.reply(reply_id)
    now = reply.received_at
    task = Task.objects.lock_with_case(reply.task_id)
    case = task.case
    if reply.reply_id in task.seen:
        return
    happening = Happening(reply.kind)
    state = after(TaskState(task.state), happening)
    if state is None or not case.is_open:
        publish(ReplyWithoutEffect(case_id=case.pk, matter=task.matter, reply_id=reply.reply_id), actor=actor, at=now)
        return
    task.state = state
    task.seen.append(reply.reply_id)
    _EFFECTS[happening](case, task, reply, actor, now)


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
        words=asked.words,
        asked_at=now,
        answer_by=workdays.add_working_days(planning.calendar(), today, CORRECTION_DAYS).due or today,
    )
    Pause.objects.create(case=case, task=task, why="correction", since=today)
    reckon(case)
    publish(CorrectionAsked(case_id=case.pk, matter=task.matter, correction_id=correction.pk), actor=actor, at=now)


def _approve(case: Case, task: Task, reply: ReplyWords, actor: Actor, now: datetime) -> None:
    freed = Task.objects.approve(task, result=sealing.seal(case.person_id, reply.result or {}), at=now)
    _pause_for_events(case, freed.tasks, on=clock.day_of(now))
    ready = [one for one in freed.tasks if not one.missing and not one.awaits]
    started = _start(case, ready, actor=actor, now=now)
    publish(TaskSettled(case_id=case.pk, matter=task.matter, outcome="done", started=started), actor=actor, at=now)
    if not freed.others_open:
        _settle(case, actor=actor, now=now)


def _refuse(case: Case, task: Task, reply: ReplyWords, actor: Actor, now: datetime) -> None:
    task.ended_at = now
    task.reason, task.remedy = reply.reason, reply.remedy
    task.save(update_fields=["state", "seen", "ended_at", "reason", "remedy"])
    _close_pause(task, on=clock.day_of(now))
    task.corrections.filter(answered_at=None).update(answered_at=now)
    needs = {t.matter: frozenset(t.needs) for t in case.tasks.all()}
    lost = flow.cut_off_by(task.matter, needs)
    case.tasks.filter(matter__in=lost, state=TaskState.NOT_YET).update(
        state=TaskState.CUT_OFF, ended_at=now, reason=task.matter
    )
    Pause.objects.filter(case=case, task__matter__in=lost, until=None).update(until=clock.day_of(now))
    publish(
        TaskSettled(case_id=case.pk, matter=task.matter, outcome="refused", cut_off=tuple(lost)), actor=actor, at=now
    )
    if not case.tasks.open().exists():
        _settle(case, actor=actor, now=now)


_EFFECTS = {
    Happening.ACCEPTED: _take_up,
    Happening.PROGRESS: _take_up,
    Happening.RETURNED: _give_back,
    Happening.APPROVED: _approve,
    Happening.REFUSED: _refuse,
}


def _settle(case: Case, *, actor: Actor, now: datetime) -> None:
    case.state, case.settled_at = CaseState.SETTLED, now
    case.save(update_fields=["state", "settled_at"])
    publish(CaseSettled(case_id=case.pk), actor=actor, at=now)


def reckon(case: Case) -> None:
    """Compute the day of the whole again; only a stop, or a newer calendar, moves it."""
    submitted = clock.day_of(case.submitted_at)
    due = flow.promised_day(queries.nodes(case), submitted=submitted, calendar=planning.calendar())
    if due != case.due:
        case.due = due
        case.save(update_fields=["due"])


@writes
def answer_correction(*, correction: Correction, answers: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """
    Hand in what was asked for; the order goes out again and the clock runs on.

    Papers are attached before, by `papers`. Refuses CorrectionNotOpen, CorrectionIncomplete, CaseClosed.
    """
    case = locked_case(correction.case_id)
    correction = Correction.objects.select_related("task").get(pk=correction.pk)
    if correction.answered_at:
        raise CorrectionNotOpen
    _require_mended(correction, answers)
    merged = {**sealing.unseal(case.person_id, bytes(case.answers)), **answers}
    planning.check_answers(case.release, merged)
    case.answers = sealing.seal(case.person_id, merged)
    case.save(update_fields=["answers"])
    correction.answered_at = now
    correction.save(update_fields=["answered_at"])
    _send_again(case, correction.task, actor=actor, now=now)
    reckon(case)
    publish(
        CorrectionAnswered(case_id=case.pk, matter=correction.task.matter, correction_id=correction.pk),
        actor=actor,
        at=now,
    )


def _require_mended(correction: Correction, answers: Mapping[str, Any]) -> None:
    fresh = set(correction.case.uploads.filter(added_at__gte=correction.asked_at).values_list("material", flat=True))
    missing = [f for f in correction.fields if f not in answers] + [m for m in correction.materials if m not in fresh]
    if missing:
        raise CorrectionIncomplete(missing=", ".join(missing))


def _send_again(case: Case, task: Task, *, actor: Actor, now: datetime) -> None:
    state = after(TaskState(task.state), Happening.CORRECTED)
    if state is None:
        raise CorrectionNotOpen
    _close_pause(task, on=clock.day_of(now))
    task.state = state
    task.round += 1
    deadline = workdays.add_working_days(
        planning.calendar(), clock.day_of(task.started_at or now), task.days, queries.stops(task)
    )
    task.due, task.deadline = deadline.due, deadline.to_json()
    task.save(update_fields=["state", "round", "due", "deadline"])
    exchange.place_orders(orders=layout.orders_for(case, [task]), actor=actor, now=now)


def _close_pause(task: Task, *, on: date) -> None:
    Pause.objects.filter(task=task, until=None).update(until=on)


@writes
def record_event(*, case: Case, event: str, actor: Actor, now: datetime) -> None:
    """
    Record that an outside event has happened; what waited for nothing else starts. Twice changes nothing.

    Refuses CaseClosed, EventUnknown.
    """
    case = locked_case(case.pk)
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
    started = _start(case, ready, actor=actor, now=now)
    reckon(case)
    publish(OutsideEventRecorded(case_id=case.pk, event=event, started=started), actor=actor, at=now)


@writes
def withdraw_case(*, case: Case, actor: Actor, now: datetime) -> None:
    """Take a case back: what is not done ends, departments are told; what is done stays done. Refuses CaseClosed."""
    case = locked_case(case.pk)
    at_work = list(case.tasks.filter(state__in=sorted(AT_WORK)).values_list("id", flat=True))
    case.tasks.open().update(state=TaskState.WITHDRAWN, ended_at=now)
    today = clock.day_of(now)
    case.pauses.filter(until=None).update(until=today)
    case.corrections.filter(answered_at=None).update(answered_at=now)
    case.state, case.settled_at = CaseState.WITHDRAWN, now
    case.save(update_fields=["state", "settled_at"])
    exchange.cancel_orders(task_ids=at_work, actor=actor, now=now)
    publish(CaseWithdrawn(case_id=case.pk), actor=actor, at=now)


@writes
def note_paper(*, case: Case, material: str, actor: Actor, now: datetime) -> None:
    """Note that a paper which was to follow has come. Again changes nothing."""
    came = PaperToCome.objects.filter(case=case, material=material, came_at=None).update(came_at=now)
    if came:
        publish(PaperCame(case_id=case.pk, material=material), actor=actor, at=now)


def locked_case(case_id: UUID) -> Case:
    """Take a case's lock for this transaction. Refuses CaseClosed."""
    case = Case.objects.select_for_update(of=("self",)).select_related("release").get(pk=case_id)
    if not case.is_open:
        raise CaseClosed
    return case
