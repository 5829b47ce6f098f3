"""A form being filled: begun, saved at every step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from onething.cases import queries
from onething.cases.errors import CaseAlreadyRunning, DraftAlreadySubmitted, RulesRenewedAgain
from onething.cases.events import AnswersFilled, DraftRenewed, DraftStarted
from onething.cases.models import Case, Draft, Upload
from onething.cases.states import CaseState
from onething.catalogue import planning
from onething.catalogue.models import Kind, Release
from onething.kernel.access import Actor
from onething.kernel.errors import Denied
from onething.kernel.language import Language
from onething.plumbing import clock, turns
from onething.plumbing.journal import publish, writes
from onething.plumbing.storage import services as store
from onething.registry import queries as registry
from onething.registry import sealing


@writes
def start_draft(*, person_id: UUID, release: Release, language: Language = "zh", actor: Actor, now: datetime) -> Draft:
    """
    Begin a form for a person, or go on with the one that is open for the same pack.

    Refuses Denied for what a helper was not asked to file; CaseAlreadyRunning: the same thing is not begun twice
    at once, however fast somebody clicks. What was offered is begun beside what was offered before.
    """
    if actor.errand and (actor.errand.pack != release.pack or actor.errand.case_id):
        raise Denied
    _one_at_a_time(person_id, release.pack)
    open_one = Draft.objects.filter(person_id=person_id, release__pack=release.pack, case=None).first()
    if open_one:
        return open_one
    if release.kind == Kind.GRANTS:
        return _new_draft(person_id, release, language, actor, now)
    running = Case.objects.filter(person_id=person_id, release__pack=release.pack, state=CaseState.RUNNING).first()
    if running:
        raise CaseAlreadyRunning(number=running.number)
    return _new_draft(person_id, release, language, actor, now)


def _new_draft(person_id: UUID, release: Release, language: Language, actor: Actor, now: datetime) -> Draft:
    person = registry.person(actor, person_id)
    draft = Draft.objects.create(
        person_id=person_id,
        release=release,
        region=person.region_id,
        answers=sealing.seal(person_id, {}),
        started_at=now,
        saved_at=now,
        language=language,
    )
    publish(DraftStarted(draft_id=draft.pk, person_id=person_id), actor=actor, at=now)
    return draft


def _one_at_a_time(person_id: UUID, pack: str) -> None:
    """Let two requests for one person's form wait for each other; a draft that is not there yet has no row to lock."""
    turns.take(f"draft:{person_id}:{pack}")


@writes
def save_answers(
    *, draft: Draft, answers: Mapping[str, Any], language: Language | None = None, actor: Actor, now: datetime
) -> Draft:
    """
    Keep answers in a draft, over those already there; None takes an answer back.

    `language` is the one that the person reads now: reminders are written in it.

    Refuses DraftAlreadySubmitted, and what `planning.check_answers` refuses; then nothing is changed.
    """
    draft = _locked_draft(draft.pk)
    merged = {**queries.answers_of(draft), **answers}
    kept = {field: value for field, value in merged.items() if value is not None}
    day = queries.first_day(draft, on=clock.day_of(now))
    planning.check_answers(draft.release, {**queries.known_to_the_house(draft), **kept}, day)
    draft.answers = sealing.seal(draft.person_id, kept)
    draft.saved_at = now
    if language and not actor.errand:  # what a helper reads says nothing of the person
        draft.language = language
    draft.save(update_fields=["answers", "saved_at", "language"])
    if actor.errand:  # of their own typing a person needs no record
        filled = AnswersFilled(draft_id=draft.pk, person_id=draft.person_id, fields=tuple(sorted(answers)))
        publish(filled, actor=actor, at=now)
    return draft


@writes
def renew_draft(*, draft: Draft, release: Release, actor: Actor, now: datetime) -> Draft:
    """
    Carry a draft over to the release that counts now, which the person has seen and agreed to.

    What was said is kept wherever the new release can read it; files of papers that it does not know are let go.
    Refuses DraftAlreadySubmitted, RulesRenewedAgain: another one counts by now than the one that was agreed to.
    """
    draft = _locked_draft(draft.pk)
    if draft.release_id == release.pk:
        return draft
    newer = queries.newer_release(draft, on=clock.day_of(now))
    if newer is None or newer.pk != release.pk:
        raise RulesRenewedAgain
    before, ahead = draft.release_id, queries.renewed(draft, newer, on=clock.day_of(now)).draft
    draft.release, draft.answers, draft.saved_at = newer, ahead.answers, now
    draft.save(update_fields=["release", "answers", "saved_at"])
    for upload in Upload.objects.filter(draft=draft, case=None).exclude(material__in=newer.content["materials"]):
        upload.delete()
        store.let_go(key=upload.key, now=now)
    publish(
        DraftRenewed(draft_id=draft.pk, person_id=draft.person_id, before=before, release_id=newer.pk),
        actor=actor,
        at=now,
    )
    return draft


def _locked_draft(draft_id: UUID) -> Draft:
    locked = Draft.objects.select_for_update(of=("self",)).select_related("release").defer("release__content")
    draft = locked.get(pk=draft_id)
    if draft.case_id:
        raise DraftAlreadySubmitted
    return draft
