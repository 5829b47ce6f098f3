"""The questionnaire on a phone: whoever holds its code answers, once, without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from onething.desks.surveys import forms, queries, questions, services
from onething.desks.surveys.errors import CodeNotKnown, NothingAnswered, SurveyOver
from onething.desks.surveys.models import Invitation
from onething.identity import entrance, throttle
from onething.plumbing import clock, rows
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words

WRONG_CODES = throttle.Limit("survey_code", 60)
"""From one address in a quarter of an hour; among 2^50 codes that finds none."""


@page(public="whoever is asked answers with the code of the questionnaire, once, and needs no account")
def answer(request: Request, code: str) -> HttpResponse:
    """Show the questions, take the answer, or say that it was given."""
    with rows.as_house():
        found = _found(request, code)
        if request.method == "POST" and found.answered_at is None:
            return _answered(request, found)
    return _shown(request, found)


def _found(request: Request, code: str) -> Invitation:
    try:
        return queries.invitation_by(code)
    except CodeNotKnown:
        throttle.enter(WRONG_CODES, entrance.address_of(request), now=request.now)
        raise


def _answered(request: Request, found: Invitation) -> HttpResponse:
    given = questions.read_given(found.survey.asks, dict(request.POST.lists()))
    wants = forms.WANTS in request.POST
    try:
        services.give_answer(
            code=found.code, given=given, wants_contact=wants, actor=request.actor, now=request.now
        )  # fmt: skip
    except NothingAnswered as refused:
        return _shown(request, found, refusal=in_words(refused), status=422)
    return redirect("surveys:answer", found.code)


def _shown(request: Request, found: Invitation, status: int = 200, **more: Any) -> HttpResponse:
    survey = found.survey
    if found.answered_at is None and (not survey.takes_answers or survey.last_day < clock.day_of(request.now)):
        raise SurveyOver
    context = {"survey": survey, "is_answered": found.answered_at is not None, "contact": forms.WANTS, **more}
    return render(request, "surveys/answer.html", context, status=status)
