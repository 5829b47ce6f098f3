"""The door alone, with one room behind it that says who came in."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.urls import include, path

from onething.plumbing.ui.doors import Request, page


@page(public="a mirror for tests")
def mirror(request: Request) -> HttpResponse:
    actor = request.actor
    return JsonResponse(
        {
            "door": actor.door.value,
            "account": actor.account_id and str(actor.account_id),
            "person": actor.person_id and str(actor.person_id),
            "role": actor.role,
            "organisation": actor.organisation,
            "region": actor.region,
            "permissions": sorted(actor.permissions),
        }
    )


@page(may="cases.read_case")
def cases(request: Request) -> HttpResponse:
    return HttpResponse("cases")


urlpatterns = [
    path("", mirror, name="home"),
    path("cases/", cases),
    path("door/", include("onething.identity.urls")),
    path("look/", include("onething.plumbing.ui.urls")),
    path("registry/", include("onething.registry.urls")),
]
