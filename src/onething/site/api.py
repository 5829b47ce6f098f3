"""The API of the house under /api/v1: each module brings its router; refusals are problem+json."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from ninja import NinjaAPI
from ninja.errors import ValidationError

from onething.kernel.errors import Invalid, Refusal
from onething.plumbing.ui.middleware import problem


class RequestMalformed(Invalid):
    """The request does not have the shape that the API describes: {where}."""

    remedy = "Compare it with /api/v1/openapi.json."


api = NinjaAPI(title="One Thing 一件事", version="1.0", urls_namespace="api", docs_url="/docs")


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal with its status and what to do next."""
    return problem(refusal)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which parts of a request have the wrong shape, without repeating what was sent."""
    places = sorted({".".join(str(step) for step in one["loc"]) for one in error.errors})
    return problem(RequestMalformed(where=", ".join(places[:8])))


for prefix, router in settings.API_ROUTERS.items():
    api.add_router(prefix, import_string(router))
