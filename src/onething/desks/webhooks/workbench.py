"""The operator's page: which programs are told how cases go, what did not arrive, off and on, send again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.desks.webhooks import policy, queries, services
from onething.plumbing.ui.doors import Request, page

ROWS = 50


@page(may=policy.LOOK_AFTER, methods=("GET",))
def programs(request: Request) -> HttpResponse:
    """List the programs that are told, and how it goes."""
    shown = Paginator(queries.subscriptions(request.actor), ROWS).get_page(request.GET.get("page"))
    return render(request, "webhooks/programs.html", {"page": shown})


@page(may=policy.LOOK_AFTER, methods=("GET",))
def program(request: Request, subscription_id: UUID) -> HttpResponse:
    """Show what one program was told, the newest first."""
    found = queries.subscription_for(request.actor, subscription_id)
    shown = Paginator(queries.deliveries(found, request.GET.get("state", "")), ROWS).get_page(request.GET.get("page"))
    return render(request, "webhooks/program.html", {"subscription": found, "page": shown})


@page(may=policy.LOOK_AFTER, methods=("POST",))
def switch(request: Request, subscription_id: UUID) -> HttpResponse:
    """Switch a program's calls off or on."""
    is_on = request.POST.get("to") == "on"
    services.switch(subscription_id=subscription_id, is_on=is_on, actor=request.actor, now=request.now)
    messages.success(request, _("Switched on: what waits is sent.") if is_on else _("Switched off."))
    return redirect("webhooks:program", subscription_id)


@page(may=policy.LOOK_AFTER, methods=("POST",))
def again(request: Request, subscription_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send a message again."""
    services.send_again(subscription_id=subscription_id, delivery_id=delivery_id, actor=request.actor, now=request.now)
    messages.success(request, _("It is sent again."))
    return redirect("webhooks:program", subscription_id)
