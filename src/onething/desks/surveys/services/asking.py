"""Writing a survey, sending it to its group batch by batch, closing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from onething.desks.surveys import groups, policy, queries, questions
from onething.desks.surveys.errors import GroupOutside, LastDayPast, NoQuestions, SurveyAlreadySent, SurveyNotOpen
from onething.desks.surveys.events import PersonAsked, SurveyClosed, SurveyOpened, SurveyWritten
from onething.desks.surveys.models import Invitation, Survey
from onething.desks.surveys.questions import Question
from onething.identity import policy as identity
from onething.kernel.access import SYSTEM, Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry.models import Person

BATCH = 200
LONGEST = timedelta(days=120)


@writes
def write_survey(
    *, survey: Survey, title: Mapping[str, str], intro: Mapping[str, str], asks: Sequence[Question], region: str,
    kinds: Sequence[str], cases: str, way: str, last_day: date, actor: Actor, now: datetime,
) -> Survey:  # fmt: skip
    """
    Write a survey, or one anew that has not gone out yet; nobody is asked.

    Refuses Denied, GroupOutside, NoQuestions, LastDayPast, SurveyAlreadySent.
    """
    actor.must(policy.RUN_SURVEY)
    if not identity.may_reach(actor, region):
        raise GroupOutside
    if not asks:
        raise NoQuestions
    _require_ahead(last_day, now)
    if not survey._state.adding:
        _locked(survey.pk, actor)
    else:
        survey.made_by, survey.made_at = actor.reference, now
    survey.title, survey.intro, survey.questions = dict(title), dict(intro), questions.as_plain(asks)
    survey.region, survey.kinds, survey.cases = region, list(kinds), cases
    survey.way, survey.last_day = way, last_day
    survey.save()
    publish(SurveyWritten(survey_id=survey.pk), actor=actor, at=now)
    return survey


@writes
def open_survey(*, survey_id: UUID, actor: Actor, now: datetime) -> Survey:
    """
    Let a survey go out: a job asks its group. From now on nothing of it changes.

    Refuses Denied, SurveyNotFound, SurveyAlreadySent, GroupOutside, LastDayPast.
    """
    actor.must(policy.RUN_SURVEY)
    survey = _locked(survey_id, actor)
    if not identity.may_reach(actor, survey.region):
        raise GroupOutside
    _require_ahead(survey.last_day, now)
    survey.state, survey.opened_at = Survey.State.SENDING, now
    survey.save(update_fields=["state", "opened_at"])
    publish(SurveyOpened(survey_id=survey.pk, last_day=survey.last_day), actor=actor, at=now)
    return survey


@writes
def invite_batch(*, survey_id: UUID, now: datetime, most: int = BATCH) -> bool:
    """Ask the next persons of the group, behind the last committed batch; tell whether there may be more."""
    survey = Survey.objects.select_for_update().get(pk=survey_id)
    if survey.state != Survey.State.SENDING:
        return False
    found = groups.persons_of(survey).select_related("key")
    batch = list((found.filter(pk__gt=survey.after) if survey.after else found)[:most])
    asked = [_invite(survey, person, now) for person in batch if groups.is_of_kind(person.pk, survey.kinds)]
    Invitation.objects.bulk_create(asked)
    for one in asked:
        fact = PersonAsked(survey_id=survey.pk, invitation_id=one.pk, way=one.way)
        publish(fact, actor=SYSTEM, at=now)
    survey.asked += len(asked)
    survey.on_paper += sum(one.way == Survey.Way.PAPER for one in asked)
    survey.after = batch[-1].pk if batch else survey.after
    survey.state = Survey.State.SENDING if len(batch) == most else Survey.State.OPEN
    survey.save(update_fields=["asked", "on_paper", "after", "state"])
    return survey.state == Survey.State.SENDING


@writes
def mark_printed(*, invitation_ids: Iterable[UUID], actor: Actor, now: datetime) -> None:
    """Record that questionnaires were printed. Refuses Denied."""
    actor.must(policy.TYPE_ANSWER)
    seen = Invitation.objects.visible_to(actor)
    seen.filter(pk__in=list(invitation_ids), printed_at=None).update(printed_at=now)


@writes
def close_survey(*, survey_id: UUID, actor: Actor, now: datetime) -> None:
    """Take no more answers; the results can be read. Refuses Denied, SurveyNotFound, SurveyNotOpen, GroupOutside."""
    actor.must(policy.RUN_SURVEY)
    survey = queries.survey_for(actor, survey_id)
    if not identity.may_reach(actor, survey.region):
        raise GroupOutside
    _close(survey.pk, actor, now)


def close_due(*, now: datetime) -> None:
    """Close the surveys whose last day has passed. Safe to run twice."""
    due = Survey.objects.filter(state__in=Survey.TAKES_ANSWERS, last_day__lt=clock.day_of(now))
    for survey_id in due.values_list("pk", flat=True):
        _close_late(survey_id=survey_id, now=now)


@writes
def _close_late(*, survey_id: UUID, now: datetime) -> None:
    if Survey.objects.filter(pk=survey_id, state__in=Survey.TAKES_ANSWERS).exists():
        _close(survey_id, SYSTEM, now)


def _close(survey_id: UUID, actor: Actor, now: datetime) -> None:
    survey = Survey.objects.select_for_update().get(pk=survey_id)
    if not survey.takes_answers:
        raise SurveyNotOpen
    survey.state, survey.closed_at = Survey.State.CLOSED, now
    survey.save(update_fields=["state", "closed_at"])
    publish(SurveyClosed(survey_id=survey.pk), actor=actor, at=now)


def _invite(survey: Survey, person: Person, now: datetime) -> Invitation:
    by_phone = survey.way == Survey.Way.PHONE and bool(person.phone)
    way = Survey.Way.PHONE if by_phone else Survey.Way.PAPER
    return Invitation(survey=survey, person=person, region=person.region_id, way=way, asked_at=now)


def _require_ahead(last_day: date, now: datetime) -> None:
    today = clock.day_of(now)
    if not today <= last_day <= today + LONGEST:
        raise LastDayPast(days=LONGEST.days)


def _locked(survey_id: UUID, actor: Actor) -> Survey:
    queries.survey_for(actor, survey_id)
    survey = Survey.objects.select_for_update().get(pk=survey_id)
    if not survey.is_draft:
        raise SurveyAlreadySent
    return survey
