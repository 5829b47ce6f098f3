"""The exchange's own doors, mounted as the site mounts them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from ninja import NinjaAPI

from onething.exchange.api import router
from onething.kernel.errors import Refusal
from onething.plumbing.ui.middleware import problem

api = NinjaAPI(urls_namespace="exchange-tests", docs_url=None)
api.add_router("/exchange", router)


@api.exception_handler(Refusal)
def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal as problem+json."""
    return problem(refusal)


urlpatterns = [
    path("api/v1/", api.urls),
    path("exchange/", include("onething.exchange.urls")),
    path("door/", include("onething.identity.urls")),
    path("look/", include("onething.plumbing.ui.urls")),
]
