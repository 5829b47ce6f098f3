"""One answer a person: with the code on the phone, or typed in by staff from paper. Sealed, and counted apart."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import F

from onething.desks.surveys import policy, questions
from onething.desks.surveys.errors import AnsweredAlready, CodeNotKnown, NothingAnswered, SurveyOver
from onething.desks.surveys.events import SurveyAnswered
from onething.desks.surveys.models import GIVEN, Answer, Invitation, Survey
from onething.desks.surveys.questions import Given
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import sealing


@writes
def give_answer(*, code: str, given: Given, wants_contact: bool, actor: Actor, now: datetime) -> Answer:
    """
    Take what somebody answered on the phone; the code in their hand is all they need.

    Refuses CodeNotKnown, SurveyOver, AnsweredAlready, NothingAnswered.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("survey").filter(code=code).first()
    if invitation is None:
        raise CodeNotKnown
    return _keep(invitation, given, wants_contact, Survey.Way.PHONE, actor, now)


@writes
def type_answer(*, code: str, given: Given, wants_contact: bool, actor: Actor, now: datetime) -> Answer:
    """
    Type in what came back on paper, for a person of one's division.

    Refuses Denied, CodeNotKnown, SurveyOver, AnsweredAlready, NothingAnswered.
    """
    actor.must(policy.TYPE_ANSWER)
    seen = Invitation.objects.visible_to(actor).select_related("survey")
    invitation = seen.select_for_update(of=("self",)).filter(code=code).first()
    if invitation is None:
        raise CodeNotKnown
    return _keep(invitation, given, wants_contact, Survey.Way.PAPER, actor, now)


def _keep(
    invitation: Invitation, given: Given, wants_contact: bool, way: str, actor: Actor, now: datetime
) -> Answer:  # fmt: skip
    survey = invitation.survey
    if not survey.takes_answers or survey.last_day < clock.day_of(now):
        raise SurveyOver
    if invitation.answered_at is not None:
        raise AnsweredAlready
    if given.is_empty and not wants_contact:
        raise NothingAnswered
    answer = Answer.objects.create(
        invitation=invitation, survey=survey, person_id=invitation.person_id, region=invitation.region,
        sealed=sealing.seal(invitation.person_id, given.plain(), field=GIVEN), has_words=bool(given.words),
        wants_contact=wants_contact, way=way, typed_by=actor.account_id if way == Survey.Way.PAPER else None,
        given_at=now,
    )  # fmt: skip
    invitation.answered_at = now
    invitation.save(update_fields=["answered_at"])
    _count(invitation, given, wants_contact)
    fact = SurveyAnswered(
        survey_id=survey.pk, invitation_id=invitation.pk, way=way, wants_contact=wants_contact
    )  # fmt: skip
    publish(fact, actor=actor, at=now)
    return answer


def _count(invitation: Invitation, given: Given, wants_contact: bool) -> None:
    """Add one to each counter, always in the same order, so that two who answer at once wait and do not lock up."""
    survey = Survey.objects.filter(pk=invitation.survey_id)
    survey.update(answered=F("answered") + 1, wishes=F("wishes") + int(wants_contact))
    with connection.cursor() as cursor:
        for question, option in questions.counted(given):
            cursor.execute(_ONE_MORE, [invitation.survey_id, invitation.region, question, option])


_ONE_MORE = """
INSERT INTO surveys_tally AS t (survey_id, region, question, option, people) VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (survey_id, region, question, option) DO UPDATE SET people = t.people + 1
"""
