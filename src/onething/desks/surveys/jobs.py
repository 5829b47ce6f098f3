"""Reactions and sweeps of surveys: ids in, one call out, safe to run twice."""

from __future__ import annotations

from onething.cases.events import CaseSubmitted
from onething.desks.surveys import letters, services
from onething.desks.surveys.events import PersonAsked, SurveyOpened
from onething.desks.surveys.models import FollowUp, Survey
from onething.plumbing import clock
from onething.plumbing.journal import every, on
from onething.registry.events import PersonForgotten, RegionChanged


@on(SurveyOpened, lock="survey:{survey_id}")
def ask_everybody(fact: SurveyOpened) -> None:
    """Ask the group, batch by batch: killed in between, it goes on behind the last."""
    while services.invite_batch(survey_id=fact.survey_id, now=clock.now()):
        pass


@on(PersonAsked, queue_name="letters", when=lambda fact: fact.way == Survey.Way.PHONE)
def send_link(fact: PersonAsked) -> None:
    """Send the one-time link."""
    letters.ask(invitation_id=fact.invitation_id, now=clock.now())


@on(CaseSubmitted, at_once=True)
def settle_followups(fact: CaseSubmitted) -> None:
    """Close what was to lead to a case: it is there."""
    if fact.person_id and FollowUp.objects.waits_for_case(fact.person_id):
        services.settle_by_case(person_id=fact.person_id, case_id=fact.case_id, now=clock.now())


@every("25 16 * * *")  # twenty-five past midnight in Beijing
def close_surveys() -> None:
    """Close what has passed its last day."""
    services.close_due(now=clock.now())


@on(PersonForgotten, lock="person:{person_id}")
def forget_answers(fact: PersonForgotten) -> None:
    """Remove what somebody was asked and answered whose data was deleted."""
    services.forget(person_id=fact.person_id)


@on(RegionChanged, lock="region")
def follow_division(fact: RegionChanged) -> None:
    """Let everything follow a division to its new code."""
    services.follow_division(change_id=fact.change_id)
