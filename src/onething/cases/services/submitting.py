"""One form becomes one case: everything asked for is there, the tasks are laid out, the free ones go out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from onething.cases import layout, queries, shares, statements
from onething.cases.errors import (
    AnswersMissing,
    MaterialMayNotFollow,
    MaterialsMissing,
    NothingToDo,
    PaperPromisedTooLate,
    QuestionsOpen,
)
from onething.cases.events import CaseSubmitted
from onething.cases.layout import HandedIn
from onething.cases.models import Case, Draft, PaperToCome
from onething.cases.services import cosigning, steps
from onething.catalogue import planning
from onething.engine import bundle
from onething.kernel.access import Actor
from onething.kernel.language import Language
from onething.kernel.telling import Listed, Named
from onething.plumbing import clock, prepared
from onething.plumbing.journal import book, publish, writes
from onething.registry import queries as registry
from onething.registry import sealing


@writes
def submit_case(
    *,
    draft: Draft,
    to_follow: Mapping[str, date] | None = None,
    language: Language | None = None,
    actor: Actor,
    now: datetime,
) -> Case:
    """
    Submit a draft as one case, lay out its tasks and send out what may start at once.

    `language` is the one that the person reads now; without it, the one in which the form was filled in.

    Submitting the same draft again gives the same case. `to_follow`: papers that come later, with the day the person
    promises. Refuses QuestionsOpen, AnswersMissing, MaterialsMissing, MaterialMayNotFollow, NothingToDo,
    CosignatureMissing. Source: S3, 一表申请.
    """
    draft = Draft.objects.lock(draft.pk)
    if draft.case_id:
        return Case.objects.get(pk=draft.case_id)
    answers = queries.known_and_answered(draft)
    plan = bundle.to_json(planning.plan_for(draft.release_id, answers, clock.day_of(now)))
    _require_complete(plan, answers)
    cosigning.require_cosigned(draft, plan, answers, on=clock.day_of(now))
    papers, count = _papers_and_number(draft)
    _require_materials(plan, given={material for material, _ in papers}, to_follow=to_follow or {})
    _require_soon(plan, to_follow or {}, today=clock.day_of(now))
    theirs = draft.language if actor.errand else language or draft.language
    number = f"TY{clock.day_of(now):%Y%m%d}{count:06d}"
    intake = actor.region or draft.region
    case = _case_of(draft, plan, answers, number=number, intake=intake, language=theirs, now=now)
    tasks = layout.tasks_for(case, plan)
    ready = [task for task in tasks if not task.missing and not task.awaits]
    steps.set_going(ready, now=now)
    Case.objects.open(case, tasks, draft)
    if to_follow:
        book.write_now()  # the wall around these rows looks for their case
        PaperToCome.objects.bulk_create(
            PaperToCome(case=case, material=material, promised_for=day) for material, day in to_follow.items()
        )
    given = HandedIn.of(answers, papers, ((material, day, False) for material, day in (to_follow or {}).items()))
    started = steps.send_out(case, ready, given, actor=actor, now=now)
    steps.pause_for_events(case, tasks, on=clock.day_of(now))
    submitted = CaseSubmitted(
        case_id=case.pk, release_id=draft.release_id, matters=started, promised=case.promised,
        later=tuple(task.matter for task in tasks if task.matter not in started), asked=shares.who_is_asked(case),
        person_id=case.person_id,
    )  # fmt: skip
    publish(submitted, actor=actor, at=now)
    return case


def _require_complete(plan: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    if plan["open_questions"]:
        fields = _named((question["field"], question["label"]) for question in plan["open_questions"])
        raise QuestionsOpen(count=len(fields.parts), fields=fields)
    if not plan["matters"]:
        raise NothingToDo
    missing = [f for f in plan["form"]["fields"] if f["required"] and f["id"] not in answers]
    if missing:
        raise AnswersMissing(count=len(missing), fields=_named((f["id"], f["label"]) for f in missing))


def _require_materials(plan: Mapping[str, Any], *, given: set[str], to_follow: Mapping[str, date]) -> None:
    asked = {m["id"]: m for m in plan["materials"] if m["action"] == "hand_in"}
    for material in to_follow:
        if material not in asked or not asked[material]["may_follow"]:
            raise MaterialMayNotFollow(material=material)
    missing = [name for name in asked if name not in given and name not in to_follow]
    if missing:
        materials = _named((name, asked[name]["title"]) for name in missing)
        raise MaterialsMissing(count=len(missing), materials=materials)


def _named(pairs: Iterable[tuple[str, Mapping[str, str]]]) -> Listed:
    """Name things by their words in both languages, with the ids that programs know them by."""
    return Listed(tuple(Named(name, words["zh"], words["en"]) for name, words in pairs))


SETTLEMENT = "placement_region"
"""The answer that says where the person settles; a form that does not ask it settles where they are registered."""


def deciding_region(registered: str, answers: Mapping[str, Any]) -> str:
    """Give the division that decides: the place of settlement, if it is one that stands here; else the registered."""
    named = str(answers.get(SETTLEMENT, ""))
    if named in ("", registered):
        return registered
    return named if registry.is_standing(named) else registered


def _case_of(
    draft: Draft,
    plan: dict[str, Any],
    answers: Mapping[str, Any],
    *,
    number: str,
    intake: str,
    language: Language,
    now: datetime,
) -> Case:
    promised = date.fromisoformat(plan["promise"]["due"])
    return Case(
        number=number,
        person_id=draft.person_id,
        masked_name=registry.masked_name(draft.person_id),
        region=deciding_region(draft.region, answers),
        intake_region=intake,
        release_id=draft.release_id,
        plan=plan,
        answers=sealing.seal(draft.person_id, dict(answers)),
        submitted_at=now,
        promised=promised,
        due=promised,
        language=language,
    )


def _require_soon(plan: Mapping[str, Any], to_follow: Mapping[str, date], *, today: date) -> None:
    allowed = {m["id"]: m["may_follow"] for m in plan["materials"]}
    for material, promised in to_follow.items():
        latest = layout.latest_day(allowed[material], today=today, calendar=planning.calendar())
        if not today <= promised <= latest:
            raise PaperPromisedTooLate(material=material, latest=latest)


def _papers_and_number(draft: Draft) -> tuple[list[tuple[str, str]], int]:
    """Read (material, digest) of each file and draw a number; gaps are harmless, two alike are not."""
    ((papers, number),) = prepared.rows(statements.PAPERS_AND_NUMBER, [draft.pk])
    return [(material, digest) for material, digest in json.loads(papers)], number
