"""What time itself does to cases. Each sweep finds rows by an index and can be run at any moment, also late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from onething.cases import keeping, queries, reminding, services
from onething.cases.events import CorrectionDueSoon, DayToKeepNear, DeadlinesRecomputed, PaperDueSoon, PaperOverdue
from onething.cases.models import Case, Concern, Correction, DayToKeep, Draft, PaperToCome, Task, day
from onething.cases.reminding import Stage
from onething.cases.states import AT_WORK, CaseState, ConcernKind
from onething.catalogue import planning
from onething.exchange import queries as order_book
from onething.kernel import workdays
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import chosen, house_settings

AT_ONCE = 500


def _before() -> timedelta:
    """Tell how long before its day something is reminded of: as the province chose."""
    return timedelta(days=chosen.days(house_settings.REMIND_BEFORE))


@writes
def remind_of_papers(*, now: datetime) -> int:
    """
    Remind of papers that were to follow, before their day and after it; past the last one they are missed.

    At most once a day for each. Returns how many were due today. A case that has ended still waits for its papers.
    """
    today = clock.day_of(now)
    awaited = PaperToCome.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        came_at=None, missed_at=None, promised_for__lte=today + _before()
    )
    running = awaited.exclude(case__state=CaseState.WITHDRAWN).select_related("case").order_by("promised_for", "pk")
    return sum(_remind_of_paper(paper, today, now) for paper in running[:AT_ONCE])


def _remind_of_paper(paper: PaperToCome, today: date, now: datetime) -> bool:
    submitted = clock.day_of(paper.case.submitted_at)
    last = services.last_day(paper.case.plan, paper, submitted=submitted)
    stage = reminding.stage(today, promised=paper.promised_for, last=last)
    if stage is Stage.MISSED:
        services.miss_promise(promise=paper, actor=SYSTEM, now=now)
        return True
    reminded = day(paper.reminded_at)
    if not reminding.is_time(
        today, reminded=reminded, since=submitted, promised=paper.promised_for, last=last, before=_before()
    ):
        return False
    paper.reminded_at = now
    paper.save(update_fields=["reminded_at"])
    kind = PaperDueSoon if stage is Stage.SOON else PaperOverdue
    publish(kind(case_id=paper.case_id, material=paper.material, on=today), actor=SYSTEM, at=now)
    return True


@writes
def read_days(*, now: datetime) -> int:
    """
    Look for days to keep in forms that were filled in since the last look. Returns the forms looked at.

    Here and not where answers are kept: what the rules make of a form must never keep anybody from saving it.
    """
    unread = Q(days_read_at=None) | Q(days_read_at__lt=F("saved_at"))
    forms = Draft.objects.select_for_update(skip_locked=True, of=("self",)).filter(unread)
    found = list(forms.select_related("release", "case").order_by("saved_at")[:AT_ONCE])
    for draft in found:
        _read_days(draft, today=clock.day_of(now))
        draft.days_read_at = max(now, draft.saved_at)
        draft.save(update_fields=["days_read_at"])
    return len(found)


def _read_days(draft: Draft, *, today: date) -> None:
    """Keep the days of a form in step with its answers; one that has not moved keeps its reminders."""
    lines = keeping.terms_of(draft, on=today)
    draft.days_to_keep.exclude(term__in=lines).delete()
    known = dict(draft.days_to_keep.values_list("term", "due"))
    for term, line in lines.items():
        due = date.fromisoformat(line["due"])
        if known.get(term) != due:
            fresh = {"due": due, "matter": line["matter"] or "", "person_id": draft.person_id}
            remind_on = reminding.next_reminder(due, after=clock.day_of(draft.saved_at))
            DayToKeep.objects.update_or_create(draft=draft, term=term, defaults={**fresh, "remind_on": remind_on})


@writes
def remind_of_days(*, now: datetime) -> int:
    """
    Remind of days that the law sets, 10 and 3 days before, until the person has done their part.

    Whom the day does not bind after all is told nothing. Returns how many were due today.
    """
    today = clock.day_of(now)
    near = DayToKeep.objects.select_for_update(skip_locked=True, of=("self",)).filter(remind_on__lte=today)
    found = near.select_related("draft__release", "draft__case").order_by("remind_on", "pk")[:AT_ONCE]
    return sum(_remind_of_day(day_to_keep, today, now) for day_to_keep in found)


def _remind_of_day(kept: DayToKeep, today: date, now: datetime) -> bool:
    kept.remind_on = reminding.next_reminder(kept.due, after=today)
    line = keeping.terms_of(kept.draft, on=today).get(kept.term)
    is_theirs = line is not None and line["due"] == kept.due.isoformat() and today <= kept.due
    tells = is_theirs and not keeping.is_kept(kept)
    if tells:
        kept.reminded_at = now
        fact = DayToKeepNear(draft_id=kept.draft_id, person_id=kept.person_id, term=kept.term, on=today)
        publish(fact, actor=SYSTEM, at=now)
    kept.save(update_fields=["remind_on", "reminded_at"])
    return tells


@writes
def remind_of_corrections(*, now: datetime) -> int:
    """
    Remind of corrections before their last day and after it; once that has passed a clerk is told.

    At most once a day for each. Returns how many were due today.
    """
    today = clock.day_of(now)
    open_ones = Correction.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        answered_at=None, answer_by__lte=today + _before(), case__state=CaseState.RUNNING
    )
    waiting = open_ones.select_related("task", "case").order_by("answer_by", "pk")
    return sum(_remind_of_correction(correction, today, now) for correction in waiting[:AT_ONCE])


def _remind_of_correction(correction: Correction, today: date, now: datetime) -> bool:
    if today > correction.answer_by and correction.lapsed_at is None:
        services.lapse_correction(correction=correction, actor=SYSTEM, now=now)
    by, since = correction.answer_by, clock.day_of(correction.asked_at)
    last = by + reminding.LONGEST
    reminded = day(correction.reminded_at)
    if not reminding.is_time(today, reminded=reminded, since=since, promised=by, last=last, before=_before()):
        return False
    correction.reminded_at = now
    correction.save(update_fields=["reminded_at"])
    fact = CorrectionDueSoon(
        case_id=correction.case_id, matter=correction.task.matter, correction_id=correction.pk, on=today
    )
    publish(fact, actor=SYSTEM, at=now)
    return True


@writes
def drop_settled_concerns(*, now: datetime) -> int:
    """Close what is no longer true: the department has answered after all, or the correction came. Returns how many."""
    stuck = Concern.objects.open().filter(kind=ConcernKind.STUCK).select_related("case")
    still = set(order_book.stuck_orders(SYSTEM).values_list("pk", flat=True))
    settled = [concern for concern in stuck if UUID(concern.about) not in still]
    ended = Concern.objects.open().filter(kind=ConcernKind.LAPSED).exclude(case__state=CaseState.RUNNING)
    for concern in [*settled, *ended.select_related("case")]:
        services.settle_itself(
            concern.case, ConcernKind(concern.kind), about=concern.about, actor=SYSTEM, now=now
        )  # fmt: skip
    return len(settled) + len(ended)


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
    case = services.case_in_turn(case_id)
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
