"""Surveys at the desk: write, send, print, type in, read the results, and see to those who ask for somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.desks.surveys import forms, groups, policy, queries, questions, services, sheets
from onething.desks.surveys.errors import NothingToPrint
from onething.desks.surveys.models import Survey
from onething.kernel.access import SYSTEM
from onething.kernel.errors import Refusal
from onething.plumbing import looks
from onething.plumbing.ui import guarded
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words
from onething.registry import queries as registry
from onething.registry import services as registry_services
from onething.registry.models import Organisation, Region

LOOKED_AT = "survey"
"""Why somebody looked, as the person's own “who looked” page names it."""
LISTED = 50


@page(may=policy.READ_RESULTS, methods=("GET",))
def surveys(request: Request) -> HttpResponse:
    """List the surveys that reach into one's division."""
    found = list(queries.surveys(request.actor)[:LISTED])
    places = registry.region_names(one.region for one in found)
    context = {
        "rows": [(one, places.get(one.region, {})) for one in found],
        "may_run": request.actor.may(policy.RUN_SURVEY),
        "may_type": request.actor.may(policy.TYPE_ANSWER),
    }
    return render(request, "surveys/surveys.html", context)


@page(may=policy.RUN_SURVEY)
def new(request: Request) -> HttpResponse:
    """Write a survey."""
    return _written(request, Survey())


@page(may=policy.RUN_SURVEY)
def edit(request: Request, survey_id: UUID) -> HttpResponse:
    """Change a survey that has not gone out."""
    return _written(request, queries.survey_for(request.actor, survey_id))


def _written(request: Request, survey: Survey) -> HttpResponse:
    is_new = survey._state.adding
    initial = {"region": request.actor.region} if is_new else forms.standing(survey)
    form = forms.SurveyForm(_places(request), request.POST or None, initial=initial)
    lines = forms.question_lines(request.POST or None, () if is_new else survey.asks)
    refusal = None
    if request.method == "POST" and form.is_valid() & lines.is_valid():
        try:
            made = services.write_survey(
                survey=survey, asks=forms.asked_in(lines), actor=request.actor, now=request.now, **form.written
            )
            return redirect("surveys:survey", made.pk)
        except Refusal as refused:
            refusal = in_words(refused)
    failed = refusal or form.errors or (request.method == "POST" and not lines.is_valid())
    context = {"form": form, "lines": lines, "refusal": refusal, "survey": survey, "is_new": is_new}
    return render(request, "surveys/edit.html", context, status=422 if failed else 200)


def _places(request: Request) -> list[Region]:
    here = request.actor.region
    return [registry.region(here), *registry.regions_below(here)]


@page(may=policy.READ_RESULTS, methods=("GET",))
def survey(request: Request, survey_id: UUID) -> HttpResponse:
    """Show a survey: what it asks, whom, how far it has come, and what can be done."""
    found = queries.survey_for(request.actor, survey_id)
    fresh, printed = queries.paper_counts(request.actor, found)
    context = {
        "survey": found,
        "place": registry.region_names([found.region]).get(found.region, {}),
        "kinds": [groups.KINDS[kind] for kind in found.kinds if kind in groups.KINDS],
        "cases": groups.CASES[found.cases],
        "fresh": fresh,
        "printed": printed,
        "most": queries.MOST_PRINTED,
        "may_run": request.actor.may(policy.RUN_SURVEY),
        "may_type": request.actor.may(policy.TYPE_ANSWER),
    }
    return render(request, "surveys/survey.html", context)


@page(may=policy.RUN_SURVEY, methods=("POST",))
def send(request: Request, survey_id: UUID) -> HttpResponse:
    """Let it go out."""
    services.open_survey(survey_id=survey_id, actor=request.actor, now=request.now)
    messages.success(request, _("It goes out now. This page shows how many were asked."))
    return redirect("surveys:survey", survey_id)


@page(may=policy.RUN_SURVEY, methods=("POST",))
def close(request: Request, survey_id: UUID) -> HttpResponse:
    """End it; the results can be read."""
    services.close_survey(survey_id=survey_id, actor=request.actor, now=request.now)
    messages.success(request, _("Ended. The results can be read."))
    return redirect("surveys:results", survey_id)


@page(may=policy.TYPE_ANSWER, methods=("POST",))
def paper(request: Request, survey_id: UUID) -> HttpResponse:
    """Print the next questionnaires of one's division, or those that are out once more. Each name read is noted."""
    found = queries.survey_for(request.actor, survey_id)
    asked = queries.to_print(request.actor, found, again="again" in request.POST)
    if not asked:
        raise NothingToPrint
    looks.note(
        [one.person_id for one in asked], way="file", purpose=LOOKED_AT, actor=request.actor, now=request.now
    )  # fmt: skip
    office = Organisation.objects.filter(code=request.actor.organisation).first()
    language = reading_language()
    issuer = (office.name_en if language == "en" else "") or office.name if office else ""
    content = sheets.to_pdf(found, asked, issuer=issuer, language=language, now=request.now)
    services.mark_printed(invitation_ids=[one.pk for one in asked], actor=request.actor, now=request.now)
    return guarded.inline(content, kind="application/pdf")


@page(may=policy.TYPE_ANSWER, methods=("GET",))
def find(request: Request) -> HttpResponse:
    """Ask for the code on the paper."""
    typed = queries.read_code(request.GET.get("code", ""))
    return redirect("surveys:type_in", typed) if typed else render(request, "surveys/find.html", {})


@page(may=policy.TYPE_ANSWER)
def type_in(request: Request, code: str) -> HttpResponse:
    """Type in what came back on paper; then the next."""
    found = queries.invitation_by(code, request.actor)
    refusal = None
    if request.method == "POST":
        given = questions.read_given(found.survey.asks, dict(request.POST.lists()))
        wants = forms.WANTS in request.POST
        try:
            services.type_answer(
                code=found.code, given=given, wants_contact=wants, actor=request.actor, now=request.now
            )  # fmt: skip
            messages.success(request, _("Taken down: %(code)s. The next one, please.") % {"code": found.code})
            return redirect("surveys:find")
        except Refusal as refused:
            refusal = in_words(refused)
    context = {"survey": found.survey, "invitation": found, "refusal": refusal, "contact": forms.WANTS}
    return render(request, "surveys/type_in.html", context, status=422 if refusal else 200)


@page(may=policy.READ_RESULTS, methods=("GET",))
def results(request: Request, survey_id: UUID) -> HttpResponse:
    """Read the results by question and division."""
    found = queries.survey_for(request.actor, survey_id)
    named = queries.results_for(request.actor, found)
    place = queries.place_of(request.actor, found)
    context = {
        "survey": found,
        "results": named.results,
        "names": named.names,
        "words": [(one, said) for one in found.asks if (said := queries.words_of(request.actor, found).get(one.id))],
        "place": registry.region_names([place]).get(place, {}),
        "may_type": request.actor.may(policy.TYPE_ANSWER),
    }
    return render(request, "surveys/results.html", context)


@page(may=policy.TYPE_ANSWER, methods=("GET",))
def wishes(request: Request, survey_id: UUID) -> HttpResponse:
    """List who asks for somebody, and who is on it."""
    found = queries.survey_for(request.actor, survey_id)
    is_open = "done" not in request.GET
    rows = queries.wishes(request.actor, found, is_open=is_open)
    persons = [one.answer.person_id for one in rows]
    looks.note(persons, way="list", purpose=LOOKED_AT, actor=request.actor, now=request.now)
    return render(request, "surveys/wishes.html", {"survey": found, "rows": rows, "is_open": is_open})


@page(may=policy.TYPE_ANSWER)
def wish(request: Request, answer_id: UUID) -> HttpResponse:
    """Show what somebody answered who asks for somebody, and make a visit or a case of it. The look is noted."""
    found = queries.wish_for(request.actor, answer_id)
    registry_services.note_look(found.person_id, LOOKED_AT, request.actor, request.now)
    owners = [(one.account_id, one.name) for one in queries.owners(request.actor, request.now)]
    form = forms.FollowUpForm(owners, request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            services.begin_followup(answer_id=answer_id, actor=request.actor, now=request.now, **form.begun)
            messages.success(request, _("It lies in the queue of whoever does it."))
            return redirect("surveys:wish", answer_id)
        except Refusal as refused:
            refusal = in_words(refused)
    context = {**_told(request, found), "form": form, "refusal": refusal}
    return render(request, "surveys/wish.html", context, status=422 if refusal or form.errors else 200)


def _told(request: Request, found: Any) -> dict[str, Any]:
    work = getattr(found, "followup", None)
    chosen, words = found.given["chosen"], found.given["words"]
    names = queries.owner_name(work)
    return {
        "answer": found,
        "survey": found.survey,
        "person": registry.person(SYSTEM, found.person_id),  # the permission was asked at the door, the row is theirs
        "said": [
            (one, [o.title for o in one.options if o.id in chosen.get(one.id, ())], words.get(one.id, ""))
            for one in found.survey.asks
        ],
        "work": work,
        "owner": names,
    }


@page(may=policy.TYPE_ANSWER, methods=("POST",))
def done(request: Request, followup_id: UUID) -> HttpResponse:
    """Say that it is done."""
    found = queries.followup_for(request.actor, followup_id)
    outcome = request.POST.get("outcome", "")
    services.finish_followup(followup_id=followup_id, outcome=outcome, actor=request.actor, now=request.now)
    messages.success(request, _("Done. It is off the list."))
    return redirect("surveys:wishes", found.survey_id)
