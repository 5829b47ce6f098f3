"""The desk: a department's officers see what was asked of them, and answer by hand. Supervisors see what is stuck."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.exchange import policy, queries, queue, services, watching, wording
from onething.exchange.errors import NoSuchColleague
from onething.exchange.forms import AnswerForm, read_id
from onething.exchange.models import Order
from onething.exchange.queue import Ask, Group, Item
from onething.exchange.states import ReplyKind
from onething.identity import queries as accounts
from onething.plumbing import clock, looks, rows
from onething.plumbing.ui import guarded
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request, page

RARE = (Group.WITHDRAWN, Group.RETURNED)  # tabs only where something lies there
FILTERS = ("group", "whose", "matter", "number")


@page(may=policy.WORK_QUEUE, methods=("GET",))
def desk(request: Request) -> HttpResponse:
    """Show what is to be done today, in work order; group, filters and page stand in the address."""
    ask = _asked(request)
    found = queue.page_of(request.actor, ask)
    persons = [item.person_id for item in found.items]
    looks.note(persons, way="list", purpose="order", actor=request.actor, now=request.now)
    tabs = [
        (group, queue.TITLES[group], found.counts.get(group, 0), group is ask.group)
        for group in Group
        if group not in RARE or found.counts.get(group) or group is ask.group
    ]
    shown = {
        "queue": found, "ask": ask, "tabs": tabs, "most": queue.MOST_COUNTED if ask.number else None,
        "groups": _by_group(found.items), "address": _address(request), "kept": _address(request, without="group"),
        "matters": sorted({(item.matter, item.title) for item in found.items if item.matter}),
        "may_bundle": request.actor.may(policy.ANSWER_ORDER),
    }  # fmt: skip
    return render(request, "exchange/queue.html", shown)


@page(may=policy.WORK_QUEUE, methods=("GET",))
def next_one(request: Request) -> HttpResponse:
    """Open what is to be done next, behind the row one comes from; the queue where nothing is left."""
    found = queue.page_of(request.actor, _asked(request), rows=1)
    if found.items:
        return redirect(found.items[0].address)
    messages.success(request, _("That was the last one here."))
    return redirect("exchange:desk")


def _asked(request: Request) -> Ask:
    given, today = request.GET, clock.day_of(request.now)
    is_mine = given.get("whose") != "all"
    others = accounts.colleagues(request.actor, policy.ANSWER_ORDER, request.now) if is_mine else []
    group = given.get("group", "")
    return Ask(
        now=request.now, today=today, is_mine=is_mine, group=Group(group) if group in set(Group) else None,
        matter=given.get("matter", ""), number=given.get("number", "").strip().upper(),
        after=queue.Key.read(given.get("after", "")), colleagues=frozenset(one.post_id for one in others),
    )  # fmt: skip


def _by_group(items: list[Item]) -> list[tuple[Group, object, list[Item]]]:
    placed = groupby(items, key=lambda item: item.key.group)
    return [(group, queue.TITLES[group], list(rows)) for group, rows in placed]


def _address(request: Request, *, without: str = "") -> str:
    """Write the filters as they stand in the address, but for the page."""
    kept = {name: value for name in FILTERS if name != without and (value := request.GET.get(name, ""))}
    return urlencode(kept)


@page(may=policy.ANSWER_ORDER)
def order(request: Request, order_id: UUID) -> HttpResponse:
    """Show one order, and take its answer."""
    asked = queries.order_for(request.actor, order_id)
    looks.note([asked.person_id], way="page", purpose="order", actor=request.actor, now=request.now)
    words = wording.words_of(asked)
    form = AnswerForm(words, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        services.answer_order(order=asked, actor=request.actor, now=request.now, **_words(request, asked, form))
        messages.success(request, _("Your answer to “%(title)s” was sent.") % {"title": asked.title})
        return redirect("exchange:desk")
    shown = {
        "order": asked,
        "form": form,
        "replies": queries.replies_to(asked),
        "words": words,
        "papers": [(words.papers.get(paper["id"], paper["title"]), paper) for paper in asked.payload["materials"]],
        "after": queries.papers_after(asked),
        "is_withdrawn": queries.withdrawn_orders(request.actor).filter(pk=asked.pk).exists(),
        "colleagues": accounts.colleagues(request.actor, policy.ANSWER_ORDER, request.now),
        "holder": accounts.holders([asked.post_id]).get(asked.post_id) if asked.post_id else "",
    }
    response = render(request, "exchange/order.html", shown, status=422 if form.errors else 200)
    return guarded.framing_own(response)  # papers are shown in it


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


@page(may=policy.ANSWER_ORDER, methods=("POST",))
def hand_over(request: Request, order_id: UUID) -> HttpResponse:
    """Give an order to a colleague of the desk."""
    asked, post = queries.order_for(request.actor, order_id), read_id(request.POST.get("post", ""))
    if post is None:
        raise NoSuchColleague
    services.hand_over(order=asked, post_id=post, actor=request.actor, now=request.now)
    messages.success(request, _("Your colleague has “%(title)s” now.") % {"title": asked.title})
    return redirect("exchange:desk")


@page(may=policy.WATCH_ORDERS, methods=("GET",))
def stuck(request: Request) -> HttpResponse:
    """Show what is late, stuck or not delivered: whose it is, who was told, who is told next; by division."""
    seen = watching.watch(
        request.actor, region=request.GET.get("region", ""), now=request.now, language=reading_language()
    )
    _note_list(request, [row.order for row in seen.rows])
    may = request.actor.may
    shown = {
        "watch": seen,
        "may_urge": may(policy.URGE_ORDER),
        "may_retry": may(policy.RETRY_ORDER),
        "most": watching.ROWS,
    }
    return render(request, "exchange/stuck.html", shown)


@page(may=policy.RETRY_ORDER, methods=("POST",))
def send_again(request: Request, order_id: UUID) -> HttpResponse:
    """Send a stuck order again."""
    services.retry_order(order=queries.order_for(request.actor, order_id), actor=request.actor, now=request.now)
    messages.success(request, _("The order is on its way again."))
    return redirect("exchange:stuck")


def _note_list(request: Request, orders: Iterable[Order]) -> None:
    persons = [order.person_id for order in orders]
    looks.note(persons, way="list", purpose="order", actor=request.actor, now=request.now)
