"""The person mends what a department returned (补正)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onething.cases import layout, queries
from onething.cases.errors import AnswerNotAsked, CorrectionIncomplete, CorrectionNotOpen
from onething.cases.events import CorrectionAnswered, CorrectionLapsed
from onething.cases.models import Case, Correction, Task
from onething.cases.services import choosing, concerns, promises, steps
from onething.cases.states import ConcernKind, Happening, TaskState, after
from onething.catalogue import planning
from onething.exchange import services as exchange
from onething.kernel import workdays
from onething.kernel.access import Actor
from onething.kernel.telling import Listed, Named
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import sealing


@writes
def answer_correction(*, correction: Correction, answers: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """
    Hand in what was asked for; the order goes out again and the clock runs on.

    Papers are attached before, by `papers`. What was not asked for stays as the departments have it.
    Refuses CorrectionNotOpen, CorrectionIncomplete, AnswerNotAsked, CaseClosed.
    """
    case = steps.locked_case(correction.case_id)
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
    choosing.mended(case, correction.fields)
    _keep_promises(case, correction, actor=actor, now=now)
    _send_again(case, correction.task, actor=actor, now=now)
    steps.reckon(case)
    publish(
        CorrectionAnswered(case_id=case.pk, matter=correction.task.matter, correction_id=correction.pk),
        actor=actor,
        at=now,
    )


@writes
def lapse_correction(*, correction: Correction, actor: Actor, now: datetime) -> None:
    """Tell a clerk that the last day for mending something has passed. Again changes nothing."""
    open_one = Correction.objects.filter(pk=correction.pk, answered_at=None, lapsed_at=None)
    if not open_one.update(lapsed_at=now):
        return
    matter, about = correction.task.matter, str(correction.pk)
    concerns.raise_concern(
        case=correction.case, kind=ConcernKind.LAPSED, about=about, matter=matter, since=now, actor=actor, now=now
    )
    fact = CorrectionLapsed(case_id=correction.case_id, matter=matter, correction_id=correction.pk)
    publish(fact, actor=actor, at=now)


def _require_mended(correction: Correction, answers: Mapping[str, Any]) -> None:
    fresh = set(correction.case.uploads.filter(added_at__gte=correction.asked_at).values_list("material", flat=True))
    content = correction.case.release.content
    labels = {name: content["fields"][name]["label"] for name in correction.fields if name not in answers}
    titles = {name: content["materials"][name]["title"] for name in correction.materials if name not in fresh}
    if missing := {**labels, **titles}:
        named = (Named(name, words["zh"], words["en"]) for name, words in missing.items())
        raise CorrectionIncomplete(missing=Listed(tuple(named)))
    if beyond := sorted(set(answers) - set(correction.fields)):
        raise AnswerNotAsked(fields=", ".join(beyond))


def _keep_promises(case: Case, correction: Correction, *, actor: Actor, now: datetime) -> None:
    """A mended paper may be one that was to follow: then it has come, for every department that needs it."""
    concerns.settle_itself(case, ConcernKind.LAPSED, about=str(correction.pk), actor=actor, now=now)
    for material in correction.materials:
        fresh = case.uploads.filter(material=material, added_at__gte=correction.asked_at)
        digests = list(fresh.order_by("added_at").values_list("digest", flat=True))
        promises.settle_promise(case, material, digests, actor=actor, now=now)


def _send_again(case: Case, task: Task, *, actor: Actor, now: datetime) -> None:
    state = after(TaskState(task.state), Happening.CORRECTED)
    if state is None:
        raise CorrectionNotOpen
    steps.close_pause(task, on=clock.day_of(now))
    task.state = state
    task.round += 1
    deadline = workdays.add_working_days(
        planning.calendar(), clock.day_of(task.started_at or now), task.days, queries.stops(task)
    )
    task.due, task.deadline = deadline.due, deadline.to_json()
    task.save(update_fields=["state", "round", "due", "deadline"])
    exchange.place_orders(orders=layout.orders_for(case, [task], layout.handed_in(case)), actor=actor, now=now)
