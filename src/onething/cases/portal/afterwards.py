"""After the end: say how it went, and object to a decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.cases import aftermath, policy, queries, services
from onething.cases.errors import NotEndedYet, ObjectionTooLate
from onething.cases.forms.sheet import cite
from onething.identity import typed
from onething.kernel.errors import Invalid, Refusal
from onething.plumbing import clock
from onething.plumbing.ui.doors import Request, page


@page(may=policy.RATE_OWN)
def rating(request: Request, number: str) -> HttpResponse:
    """Say once how one was served."""
    case = queries.case_for(request.actor, number)
    if case.is_open:
        raise NotEndedYet
    given = aftermath.rating_of(request.actor, case)
    refusal: Refusal | None = None
    before = typed.give_back(request) or request.POST
    words = before.get("words", "")
    if request.method == "POST":
        try:
            level = int(request.POST.get("level") or 0) if request.POST.get("level", "").isdigit() else 0
            services.rate_case(case=case, level=level, words=words, actor=request.actor, now=request.now)
        except Invalid as refused:
            refusal = refused
        else:
            messages.success(request, _("Thank you. It is kept as you said it."))
            return redirect("cases:case", number)
    context = {
        "case": case,
        "given": given,
        "levels": aftermath.LEVELS,
        "typed": words,
        "chosen": before.get("level"),
        "refusal": refusal,
    }
    return render(request, "cases/rating.html", context, status=refusal.status if refusal else 200)


@page(may=policy.OBJECT_OWN)
def objection(request: Request, number: str, matter: str) -> HttpResponse:
    """Write an objection, keep it, send it; afterwards read it, or take it back."""
    case, decision = aftermath.decision(request.actor, number, matter)
    found = aftermath.objection_to(request.actor, case, matter)
    said = found.said if found else {"words": "", "late_because": ""}
    before = typed.give_back(request)
    said = {name: before.get(name, "") for name in said} if before else said
    refusal: Refusal | None = None
    if request.method == "POST":
        said = {name: request.POST.get(name, "") for name in said}
        try:
            done = _keep(request, number, matter, said)
        except (Invalid, ObjectionTooLate) as refused:
            refusal = refused
        else:
            messages.success(request, done)
            return redirect("cases:case", number)
    context = {
        "case": case,
        "decision": decision,
        "basis": cite(case.release, decision.source),
        "objection": found,
        "said": said,
        "is_late": decision.until is not None and clock.day_of(request.now) > decision.until,
        "refusal": refusal,
    }
    return render(request, "cases/objection.html", context, status=refusal.status if refusal else 200)


def _keep(request: Request, number: str, matter: str, said: dict[str, str]) -> str:
    if "withdraw" in request.POST:
        services.withdraw_objection(number=number, matter=matter, actor=request.actor, now=request.now)
        return _("You have taken it back. Until the last day you can object again.")
    if "send" in request.POST:
        services.save_objection(number=number, matter=matter, **said, actor=request.actor, now=request.now)
        services.lodge_objection(number=number, matter=matter, **said, actor=request.actor, now=request.now)
        return _("Your objection is sent. We bring it to the organ that decides about it.")
    services.save_objection(number=number, matter=matter, **said, actor=request.actor, now=request.now)
    return _("It is kept. You can go on at any time, on another phone too.")
