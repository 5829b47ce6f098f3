"""The port board and its pages: all departments at a glance, one port, one order with everything that was tried."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.exchange import boards, owners, policy, queries, routing, services, standing
from onething.exchange.forms import SupervisionForm, UrgingForm, read_id
from onething.plumbing import clock, looks
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request, page

PUSHED_ON = "exchange:trail"


@page(may=policy.WATCH_ORDERS, methods=("GET",))
def ports(request: Request) -> HttpResponse:
    """Show every department's port: whether it answers, how fast, and what lies there."""
    rows = boards.port_board(request.actor, now=request.now)
    found = standing.stuck_things(request.actor, now=request.now)
    sums = {"ports": len(rows), "ill": sum(row.is_ill for row in rows), "backlog": sum(row.backlog for row in rows),
            "stuck": sum(row.stuck for row in rows)}  # fmt: skip
    listed = found[: boards.MOST_ROWS]
    words = owners.in_words({one.owner for one in listed}, reading_language())
    shown = {"rows": rows, "sums": sums, "found": [(one, words[one.owner]) for one in listed]}
    return render(request, "exchange/ports.html", shown)


@page(may=policy.WATCH_ORDERS, methods=("GET",))
def port(request: Request, port_id: UUID) -> HttpResponse:
    """Show one port: its orders that rest, and its messages that could not be taken."""
    found = queries.port_for(request.actor, port_id)
    orders = boards.resting_orders(request.actor, found)[: boards.MOST_ROWS]
    persons = [order.person_id for order in orders]
    looks.note(persons, way="list", purpose="trail", actor=request.actor, now=request.now)
    shown = {
        "port": found,
        "orders": orders,
        "letters": boards.dead_letters(request.actor, found)[: boards.MOST_ROWS],
        "may_retry": request.actor.may(policy.RETRY_ORDER),
        "may_route": request.actor.may(policy.CONNECT_DEPARTMENT),
    }
    return render(request, "exchange/port.html", shown)


@page(may=policy.CONNECT_DEPARTMENT)
def routes(request: Request, port_id: UUID) -> HttpResponse:
    """Say which post of the department's desk gets which matter."""
    found, today = queries.port_for(request.actor, port_id), clock.day_of(request.now)
    matters = routing.matters_of(found, on=today)
    if request.method == "POST":
        chosen = {matter: read_id(request.POST.get(f"post-{matter}", "")) for matter in matters}
        posts = {matter: post for matter, post in chosen.items() if post}
        services.route_matters(port=found, posts=posts, actor=request.actor, now=request.now)
        messages.success(request, _("New orders go there from now on."))
        return redirect("exchange:routes", port_id)
    posts = routing.posts_for(request.actor, found)
    shown = {
        "port": found, "desk": routing.desk_of(found, now=request.now),
        "rows": [(matter, title, posts.get(matter)) for matter, title in matters.items()],
    }  # fmt: skip
    return render(request, "exchange/routes.html", shown)


@page(may=policy.RETRY_ORDER, methods=("POST",))
def replay(request: Request, port_id: UUID) -> HttpResponse:
    """Set all dead letters of a port going again."""
    count = services.replay_dead(port_id=port_id, actor=request.actor, now=request.now)
    messages.success(request, _("On their way again: %(n)s") % {"n": count})
    return redirect("exchange:port", port_id)


@page(may=policy.RETRY_ORDER, methods=("POST",))
def settle(request: Request, port_id: UUID) -> HttpResponse:
    """Put messages that could not be taken aside."""
    chosen = [int(text) for text in request.POST.getlist("letter") if text.isdigit()]
    services.settle_dead_letters(letters=chosen, actor=request.actor, now=request.now)
    return redirect("exchange:port", port_id)


@page(may=policy.WATCH_ORDERS, methods=("GET",))
def trail(request: Request, order_id: UUID) -> HttpResponse:
    """Show one order: every attempt, every reply, and who was told."""
    return _trail(request, order_id, UrgingForm(), SupervisionForm())


def _trail(request: Request, order_id: UUID, urging: UrgingForm, supervision: SupervisionForm) -> HttpResponse:
    may, found = request.actor.may, boards.trail(request.actor, order_id)
    looks.note([found.order.person_id], way="page", purpose="trail", actor=request.actor, now=request.now)
    words = owners.in_words({found.order.owner, *(one.owner for one in found.told)}, reading_language())
    shown = {
        "trail": found, "told": [(one, words[one.owner]) for one in found.told],
        "owner": words[found.order.owner], "urging": urging, "supervision": supervision,
        "may_retry": may(policy.RETRY_ORDER), "may_urge": may(policy.URGE_ORDER),
        "may_supervise": may(policy.SUPERVISE_ORDER),
    }  # fmt: skip
    return render(request, "exchange/trail.html", shown, status=422 if urging.errors or supervision.errors else 200)


@page(may=policy.URGE_ORDER, methods=("POST",))
def urge(request: Request, order_id: UUID) -> HttpResponse:
    """Ask the department to hurry."""
    order, form = queries.order_for(request.actor, order_id), UrgingForm(request.POST)
    if not form.is_valid():
        return _trail(request, order_id, form, SupervisionForm())
    services.urge_order(order=order, words=form.cleaned_data["words"], actor=request.actor, now=request.now)
    messages.success(request, _("The department is asked to hurry."))
    return redirect(PUSHED_ON, order_id)


@page(may=policy.SUPERVISE_ORDER, methods=("POST",))
def supervise(request: Request, order_id: UUID) -> HttpResponse:
    """Follow an order until it is answered."""
    order, form = queries.order_for(request.actor, order_id), SupervisionForm(request.POST)
    if not form.is_valid():
        return _trail(request, order_id, UrgingForm(), form)
    until = datetime.combine(form.cleaned_data["answer_by"], time(18), tzinfo=clock.BEIJING)
    words = form.cleaned_data["words"]
    services.supervise_order(order=order, words=words, answer_by=until, actor=request.actor, now=request.now)
    messages.success(request, _("You follow this order from now on."))
    return redirect(PUSHED_ON, order_id)
