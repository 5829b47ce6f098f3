"""A form whose rules were published anew while it was being filled: what is different, and going on by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.cases import forms, policy, queries, services
from onething.cases import renewal as renewals
from onething.cases.forms.questions import in_words
from onething.cases.models import Draft
from onething.catalogue import planning
from onething.plumbing import clock
from onething.plumbing.ui.doors import Request, page

FormPage = Callable[..., HttpResponse]


def by_todays_rules(*, keeps_typing: bool = False) -> Callable[[FormPage], FormPage]:
    """
    Open a page of a form by the rules that count today; whose form was begun by others is told first what changed.

    With `keeps_typing` what was just typed is saved before that, by the rules it was asked by.
    """

    def make(view: FormPage) -> FormPage:
        @wraps(view)
        def by_rules(request: Request, draft_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            draft = queries.draft_for(request.actor, draft_id)
            is_typed = keeps_typing and request.method == "POST"
            if not is_typed and not draft.case_id and queries.newer_release(draft, on=clock.day_of(request.now)):
                return redirect("cases:renewal", draft_id)
            return view(request, draft, *args, **kwargs)

        return by_rules

    return make


@page(may=policy.FILE_OWN)
def renewal(request: Request, draft_id: UUID) -> HttpResponse:
    """Tell what is different by the rules of today, and go on by them once the person agrees."""
    draft, today = queries.draft_for(request.actor, draft_id), clock.day_of(request.now)
    newer = None if draft.case_id else queries.newer_release(draft, on=today)
    if newer is None:
        return redirect("cases:draft", draft_id)
    if request.method == "POST" and request.POST.get("release") == str(newer.pk):
        services.renew_draft(draft=draft, release=newer, actor=request.actor, now=request.now)
        messages.success(request, _("You go on by the new rules. Everything you typed is kept."))
        return redirect("cases:draft", draft_id)
    ahead = queries.renewed(draft, newer, on=today)
    before = queries.plan_of(draft, on=today)
    after = forms.sheet_of(ahead.draft, on=today, for_helper=request.actor.errand is not None)
    context = {
        "draft": draft,
        "release": newer,
        "published_on": clock.day_of(newer.published_at),
        "changes": renewals.compare(before, after.plan),
        "unfit": list(_in_words(draft, ahead.unfit)),
        "to_answer": [*after.undecided, *(question.field.id for question in after.missing)],
        "is_over": not after.plan["matters"] and not after.plan["open_questions"],
        "is_again": request.method == "POST",
    }
    return render(request, "cases/renewal.html", context)


def _in_words(draft: Draft, said: dict[str, Any]) -> Iterable[tuple[object, str]]:
    """Say the answers that the new rules cannot read, in the words of the rules they were given by."""
    fields = planning.compiled(draft.release_id).catalogue.fields
    for name, value in said.items():
        yield fields[name].label, in_words(fields[name], value, dict(forms.sheet.counties(draft.region)))
