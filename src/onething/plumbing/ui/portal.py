"""Doors of the frame itself: care mode, language, and the pages for what went wrong."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.i18n import set_language

from onething.kernel.errors import NotFound, Refusal
from onething.plumbing.ui import comfort
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import SILENCE, is_api, problem, silence


@page(public="everybody may read in large type", methods=("POST",))
def care(request: Request) -> HttpResponse:
    """Turn care mode on, off, or to another size, and go back to where the reader was."""
    response = HttpResponseRedirect(_back(request))
    comfort.remember(response, request.actor, comfort.size(request.POST.get("size")))
    return response


@page(public="everybody may read in their language", methods=("POST",))
def language(request: Request) -> HttpResponse:
    """Change the language, and go back to where the reader was."""
    answer: HttpResponse = set_language(request)
    if (wished := request.POST.get("language", "")) in comfort.CODES.values():
        comfort.remember_language(answer, request.actor, wished)
    return answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this page does not exist, and where to go on; programs are told so in their own form."""
    if is_api(request):
        return problem(NotFound())
    words = {
        "sentence": gettext("This page does not exist."),
        "remedy": gettext("Check the address, or go back to the first page."),
    }
    return render(request, "ui/refusal.html", {"refusal": words}, status=404)


class Failed(Refusal):
    """We made a mistake."""

    status = 500
    remedy = "It is not your fault. What you had saved is safe. Try again; if it happens again, tell us."


def failed(request: HttpRequest) -> HttpResponse:
    """Say that we failed. Uses no database: it may be what is missing. What was saved is safe, and the page says so."""
    error = sys.exc_info()[1]
    if isinstance(error, SILENCE):  # it went away before the page's own door was reached: session, or who asks
        return silence(request, error)
    return problem(Failed()) if is_api(request) else render(None, "ui/failed.html", status=500)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form lay open too long (its token no longer fits), and that opening it again helps."""
    words = {
        "sentence": gettext("This page lay open for too long, so nothing was sent."),
        "remedy": gettext("Go back, open the page again and send it once more."),
    }
    return render(request, "ui/refusal.html", {"refusal": words}, status=403)


def _back(request: HttpRequest) -> str:
    there = request.POST.get("next", "/")
    return there if url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}) else "/"
