"""Doors of what departments' desks ask the window, and what the window answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from onething.cases import policy, services
from onething.exchange import policy as exchange
from onething.plumbing.ui.doors import Request, page


@page(may=exchange.ANSWER_ORDER, methods=("POST",))
def ask(request: Request, order_id: UUID) -> HttpResponse:
    """Ask the window about an order."""
    words = request.POST.get("words", "")
    services.ask_window(order_id=order_id, words=words, actor=request.actor, now=request.now)
    messages.success(request, _("The window is asked. Its answer comes into your queue; your clock runs on."))
    return redirect("exchange:order", order_id)


@page(may=exchange.ANSWER_ORDER, methods=("POST",))
def note(request: Request, order_id: UUID, question_id: UUID) -> HttpResponse:
    """Take an answer off the queue of the desk."""
    services.note_answer(question_id=question_id, actor=request.actor, now=request.now)
    return redirect("exchange:order", order_id)


@page(may=policy.TALK, methods=("POST",))
def answer(request: Request, number: str, question_id: UUID) -> HttpResponse:
    """Answer a desk, or ask the person first."""
    words = request.POST.get("words", "")
    if request.POST.get("to") == "person":
        services.ask_person_for_desk(question_id=question_id, words=words, actor=request.actor, now=request.now)
        messages.success(request, _("The person is asked. When they have written, answer the department here."))
    else:
        services.answer_desk(question_id=question_id, words=words, actor=request.actor, now=request.now)
        messages.success(request, _("Answered. The department finds it in its queue."))
    return redirect(reverse("cases:desk_case", args=[number]) + "#questions")
