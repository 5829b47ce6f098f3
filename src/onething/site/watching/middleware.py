"""The outermost layer: every request gets a number, is timed, and is counted by the name of its route."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from onething.plumbing import logs
from onething.site.watching import counters

logger = logging.getLogger("onething.requests")

_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")


class WatchMiddleware:
    """
    Number, time and count requests. A number that the proxy gives (X-Request-ID) is kept, if it looks like one.

    Neither address nor parameters are logged: they can name a person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, number = time.perf_counter(), _number(request)
        with logs.about(request=number):
            response = self.get_response(request)
            route, taken = _route(request), time.perf_counter() - began
            counters.count(method=str(request.method), route=route, status=response.status_code, seconds=taken)
            logger.info("%s %s %s %.0f ms", request.method, route, response.status_code, 1000 * taken)
        response["X-Request-ID"] = number
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[object], named: dict[str, object]
    ) -> None:
        """Let each line from here on say which case the address names."""
        if isinstance(number := named.get("number"), str):
            logs.note(case=number)


def _number(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "")
    return given if _GIVEN.fullmatch(given) else uuid4().hex


def _route(request: HttpRequest) -> str:
    found = request.resolver_match
    return found.view_name or found.route if found else "none"
