"""What every request passes: the clock, and refusals turned into answers a person (or a program) can use."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language, gettext

from onething.kernel.errors import Refusal, Unavailable
from onething.plumbing import clock
from onething.plumbing.ui import comfort

Next = Callable[[HttpRequest], HttpResponse]

SILENCE = (OperationalError, InterfaceError)
"""What the driver raises when the database is gone, restarts, or gave the work up: the transaction left nothing."""

logger = logging.getLogger(__name__)


class SystemSilent(Unavailable):
    """Our system cannot be reached at the moment."""

    remedy = (
        "Nothing is lost: what you had saved is safe, and nothing was sent twice. Please try again in a few minutes."
    )


class ClockMiddleware:
    """Stamp the request with the moment it came in; everything below uses that one moment."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]
        return self.get_response(request)


class LanguageMiddleware:
    """Read in the language of the account on a device where none was chosen; stands behind who asks."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wished = comfort.language_of(request, request.actor)  # type: ignore[attr-defined]
        if wished:
            translation.activate(wished)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class CompressionMiddleware(GZipMiddleware):
    """Compress pages and answers in JSON; files (PDF, photos, lists) are compressed already, or streamed."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is text. The token of a form is masked anew in each page, so its length tells nothing."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in ("text/html", "application/json", "application/problem+json"):
            return response
        return super().process_response(request, response)


class RefusalMiddleware:
    """
    Render a Refusal as page, htmx fragment or problem+json, with its status and what to do next.

    A database that went away becomes such a refusal too (503): nothing half-written is left, and the answer says so.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal or a silent database; anything else is a bug and goes on."""
        if isinstance(error, SILENCE):
            return silence(request, error)
        if not isinstance(error, Refusal):
            return None
        if is_api(request):
            return problem(error)
        template = "ui/refusal_fragment.html" if _is_fragment(request) else "ui/refusal.html"
        return render(request, template, {"refusal": in_words(error)}, status=error.status)


def is_api(request: HttpRequest) -> bool:
    """Tell whether a program asks: it is answered in JSON."""
    return request.path.startswith("/api/")


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def silence(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Answer for a database that is gone, without asking it anything: no menu, no session, no name."""
    logger.error("the database went away during %s %s", request.method, request.path, exc_info=error)
    refusal = SystemSilent()
    if is_api(request):
        return problem(refusal)
    template = "ui/refusal_fragment.html" if _is_fragment(request) else "ui/failed.html"
    answer = render(None, template, {"refusal": in_words(refusal), "database_is_silent": True}, status=refusal.status)
    answer["Retry-After"] = "60"
    return answer


def in_words(refusal: Refusal) -> dict[str, str]:
    """Translate a refusal: its sentence, and what to do next."""
    facts = refusal.facts_in("en" if _is_english() else "zh", _with_remedy)
    sentence = gettext(refusal.sentence).format_map(facts) if facts else gettext(refusal.sentence)
    return {"sentence": sentence, "remedy": gettext(refusal.remedy) if refusal.remedy else "", "code": refusal.code}


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _with_remedy(refusal: Refusal) -> str:
    words = in_words(refusal)
    return (" " if _is_english() else "").join((words["sentence"], words["remedy"]))


def problem(refusal: Refusal) -> JsonResponse:
    """Write a refusal as application/problem+json (RFC 9457)."""
    words = in_words(refusal)
    body = {
        "type": f"urn:onething:problem:{words['code']}",
        "title": words["sentence"],
        "status": refusal.status,
        "detail": words["remedy"],
    }
    return JsonResponse(body, status=refusal.status, content_type="application/problem+json")
