"""The desk: a department's officers see what was asked of them, and answer by hand. Supervisors see what is stuck."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.exchange import policy, queries, services
from onething.exchange.forms import AnswerForm
from onething.exchange.models import Order
from onething.exchange.states import ReplyKind
from onething.plumbing import clock, looks, rows
from onething.plumbing.ui.doors import Request, page

MOST_ROWS = 200


@page(may=policy.ANSWER_ORDER, methods=("GET",))
def desk(request: Request) -> HttpResponse:
    """List the orders that wait for this desk, the most urgent first."""
    found = (queries.withdrawn_orders, queries.open_orders, queries.returned_orders)
    orders = [order for find in found for order in find(request.actor)[:MOST_ROWS]]
    _note_list(request, orders)
    piles = queries.piles(orders, today=clock.day_of(request.now))
    return render(
        request, "exchange/desk.html", {"piles": piles, "most": MOST_ROWS, "is_full": len(orders) >= MOST_ROWS}
    )


@page(may=policy.ANSWER_ORDER)
def order(request: Request, order_id: UUID) -> HttpResponse:
    """Show one order, and take its answer."""
    asked = queries.order_for(request.actor, order_id)
    looks.note([asked.person_id], way="page", purpose="order", actor=request.actor, now=request.now)
    form = AnswerForm(asked, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        services.answer_order(order=asked, actor=request.actor, now=request.now, **_words(request, asked, form))
        messages.success(request, _("Your answer to “%(title)s” was sent.") % {"title": asked.title})
        return redirect("exchange:desk")
    shown = {
        "order": asked,
        "form": form,
        "replies": queries.replies_to(asked),
        "answers": queries.answers_of(asked),
        "after": queries.papers_after(asked),
        "is_withdrawn": queries.withdrawn_orders(request.actor).filter(pk=asked.pk).exists(),
    }
    return render(request, "exchange/order.html", shown, status=422 if form.errors else 200)


def _words(request: Request, asked: Order, form: AnswerForm) -> dict[str, Any]:
    """Give the answer with its result document kept: the same file of a second click is the same document."""
    words, content = form.words, form.cleaned_data["file"]
    if content and words["kind"] is ReplyKind.APPROVED:
        request.actor.must(policy.ANSWER_ORDER)
        with rows.as_house():  # the document belongs to the person, whom a desk does not see
            kept = services.keep_file(
                order_id=asked.pk, port_id=asked.port_id, content=content, actor=request.actor, now=request.now
            )
        words["result"] = {**words["result"], "file": kept}
    return words


@page(may=policy.ANSWER_ORDER, methods=("POST",))
def note_withdrawal(request: Request, order_id: UUID) -> HttpResponse:
    """Note that an order is no longer wanted: it leaves the desk."""
    asked = queries.order_for(request.actor, order_id)
    services.note_withdrawal(order=asked, actor=request.actor, now=request.now)
    return redirect("exchange:desk")


@page(may=policy.WATCH_ORDERS, methods=("GET",))
def stuck(request: Request) -> HttpResponse:
    """List the orders whose department was silent or could not be reached."""
    orders = queries.stuck_orders(request.actor)[:MOST_ROWS]
    _note_list(request, orders)
    return render(request, "exchange/stuck.html", {"orders": orders})


@page(may=policy.RETRY_ORDER, methods=("POST",))
def send_again(request: Request, order_id: UUID) -> HttpResponse:
    """Send a stuck order again."""
    services.retry_order(order=queries.order_for(request.actor, order_id), actor=request.actor, now=request.now)
    messages.success(request, _("The order is on its way again."))
    return redirect("exchange:stuck")


def _note_list(request: Request, orders: Iterable[Order]) -> None:
    persons = [order.person_id for order in orders]
    looks.note(persons, way="list", purpose="order", actor=request.actor, now=request.now)
