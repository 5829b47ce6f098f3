"""This module's lines in the workbench's menu."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onething.cases import (
    acceptance,
    aftermath,
    forms,
    granting,
    notices,
    orderpapers,
    orderwords,
    policy,
    queries,
    standing,
    waiting,
)
from onething.cases.models import Case
from onething.cases.states import CaseState
from onething.entitlements.models import Application, Offer
from onething.exchange.models import Order
from onething.identity import policy as identity
from onething.identity.leaving import Open, stands_in_the_way
from onething.plumbing import clock
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.panels import Panel, menu, panel
from onething.registry.models import Person

__all__ = [
    "orderwords",
    "standing",
    "waiting",
]  # loaded with the menu: the port board, the queue and the desk read them


@panel("cases.case", order=30)
def talk(request: Request, *, case: Case, board: queries.CaseBoard) -> Panel | None:
    """Lead the person to what they and the clerks say to each other, with the count of what is new."""
    if not request.actor.is_person(case.person_id):
        return None
    return Panel("cases/talk_panel.html", {"case": case, "thread": queries.thread_of(request.actor, case)})


@panel("exchange.order")
def papers(request: Request, *, order: Order) -> Panel | None:
    """Show an officer the papers that the order names."""
    titles = {paper["id"]: {"zh": paper["title"], "en": paper["title"]} for paper in order.payload["materials"]}
    plan = {"materials": [{"id": name, "title": title} for name, title in titles.items()]}
    view = acceptance.view_of(plan, orderpapers.uploads_of(order), request.GET)
    return Panel("cases/order_papers.html", {"view": view, "order": order}) if view.sheets else None


@panel("exchange.order_talk")
def questions(request: Request, *, order: Order) -> Panel | None:
    """Let an officer ask the window, and show what was asked and answered."""
    asked = queries.asked_about(request.actor, order)
    may_ask = order.is_open and not any(one.question.is_unanswered for one in asked)
    if not (asked or may_ask):
        return None
    return Panel("cases/order_questions.html", {"asked": asked, "order": order, "may_ask": may_ask})


@panel("cases.desk_case", order=10)
def questions_on_the_desk(request: Request, *, case: Case, **_more: Any) -> Panel | None:
    """Show the window what departments ask about a case."""
    asked = queries.asked_in(request.actor, case)
    lines = [(one, notices.matter_title(case.plan, one.question.matter)) for one in asked]
    return Panel("cases/desk_questions.html", {"lines": lines, "case": case}) if lines else None


menu("workbench", "cases:desk", _("Cases"), icon="list", may=policy.READ_CASE, order=5)
menu("workbench", "cases:helping", _("Act for somebody"), icon="user", may=identity.HELP_OTHERS, order=12)

menu("workbench", "cases:calls", _("People to ring up"), icon="message", may=policy.CALL_BACK, order=14)


@stands_in_the_way
def open_cases(person_id: UUID) -> Iterator[Open]:
    """Name the cases of a person that still run: they end, or are withdrawn, before the account is closed."""
    for number in Case.objects.filter(person_id=person_id, state=CaseState.RUNNING).values_list("number", flat=True):
        yield Open(number, reverse("cases:case", args=[number]))


@panel("cases.case", order=80)
def objections(request: Request, *, case: Case, board: queries.CaseBoard) -> Panel | None:
    """Lead to the objection against each decision that was a refusal."""
    refused = [lane for lane in board.lanes if lane.state == "refused"]
    if not refused or not case.release.content.get("objections") or not request.actor.may(policy.OBJECT_OWN):
        return None
    lines = [(lane.matter, lane.title, aftermath.objection_to(request.actor, case, lane.matter)) for lane in refused]
    return Panel("cases/objections_panel.html", {"case": case, "lines": lines})


@panel("cases.case", order=90)
def how_it_went(request: Request, *, case: Case, board: queries.CaseBoard) -> Panel | None:
    """Ask once how it went, when all has ended; afterwards show what was said, and what came of it."""
    if case.state == CaseState.RUNNING or not request.actor.may(policy.RATE_OWN):
        return None
    rating = aftermath.rating_of(request.actor, case)
    return Panel("cases/after_panel.html", {"case": case, "rating": rating, "levels": aftermath.LEVELS})


@panel("cases.desk_case", order=80)
def objections_on_the_desk(request: Request, *, case: Case, **_more: Any) -> Panel | None:
    """Show staff what the person objected to."""
    found = aftermath.objections_of(request.actor, case)
    lines = [(one, notices.matter_title(case.plan, one.matter)) for one in found]
    return Panel("cases/desk_objections.html", {"lines": lines}) if lines else None


@panel("identity.me", order=40)
def helping(request: Request) -> Panel | None:
    """Lead to those one may act for, and to those who may act for oneself."""
    if not request.actor.may(identity.HELP_OTHERS):
        return None
    return Panel("cases/helping_panel.html", {"may_choose": request.actor.may(identity.CHOOSE_HELPERS)})


@panel("registry.mine")
def known_facts(request: Request, *, person: Person) -> Panel | None:
    """Show what registers told about a person for their forms, with who said so and when."""
    return Panel("cases/known_panel.html", {"facts": forms.known_in_words(person, on=clock.day_of(request.now))})


@panel("entitlements.offer")
def form_for_offer(request: Request, *, offer: Offer) -> Panel | None:
    """Lead whoever said yes to the form, begun or not, and to the case that came of it."""
    if not request.actor.may(policy.FILE_OWN):
        return None
    case = granting.case_of(offer)
    release = granting.form_of(offer, now=request.now) if case is None else None
    if case is None and release is None:
        return None
    return Panel("cases/offered_panel.html", {"case": case, "offer": offer})


@panel("entitlements.due")
def form_for_what_is_due(request: Request, *, policy_id: str) -> Panel | None:
    """Offer the form for something that is due to whoever reads."""
    if not request.actor.may(policy.FILE_OWN):
        return None
    has_form = granting.form_for_policy(policy_id, request.actor, now=request.now) is not None
    return Panel("cases/due_panel.html", {"policy_id": policy_id}) if has_form else None


@panel("entitlements.application")
def case_of_application(request: Request, *, application: Application) -> Panel | None:
    """Lead to the case in which something was applied for."""
    case = Case.objects.visible_to(request.actor).filter(pk=application.case_id).first()
    return Panel("cases/applied_panel.html", {"case": case}) if case else None
