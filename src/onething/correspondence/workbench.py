"""The operator's page of text messages and e-mails that could not be sent."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.correspondence import policy
from onething.plumbing.messages import queries as outgoing
from onething.plumbing.messages import services as outbox
from onething.plumbing.ui.doors import Request, page

LOOKED_BACK = timedelta(days=7)


@page(may=policy.SEND_AGAIN)
def failed(request: Request) -> HttpResponse:
    """Count what was given up in the last week, by channel and reason; send it again. Neither address nor text."""
    since = request.now - LOOKED_BACK
    if request.method == "POST":
        channel, reason = request.POST.get("channel", ""), request.POST.get("reason", "")
        count = outbox.send_failed_again(
            since=since, now=request.now, channel=channel, reason=reason, actor=request.actor
        )
        messages.success(request, _("{count} are sent again.").format(count=count))
        return redirect("correspondence:failed")
    return render(request, "correspondence/failed.html", {"rows": outgoing.failures(since=since)})
