"""What every request passes: the clock, and refusals turned into answers a person (or a program) can use."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from onething.kernel.errors import Refusal
from onething.plumbing import clock

Next = Callable[[HttpRequest], HttpResponse]


class ClockMiddleware:
    """Stamp the request with the moment it came in; everything below uses that one moment."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusalMiddleware:
    """Render a Refusal as page, htmx fragment or problem+json, with its status and what to do next."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else is a bug and goes on."""
        if not isinstance(error, Refusal):
            return None
        if request.path.startswith("/api/"):
            return problem(error)
        fragment = request.headers.get("HX-Request") == "true"
        template = "ui/refusal_fragment.html" if fragment else "ui/refusal.html"
        return render(request, template, {"refusal": in_words(error)}, status=error.status)


def in_words(refusal: Refusal) -> dict[str, str]:
    """Translate a refusal: its sentence, and what to do next."""
    sentence = gettext(refusal.sentence).format_map(refusal.facts) if refusal.facts else gettext(refusal.sentence)
    return {"sentence": sentence, "remedy": gettext(refusal.remedy) if refusal.remedy else "", "code": refusal.code}


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
