"""The addresses of the whole house. Each module keeps its own table; this one only says under which word."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from onething.site import home
from onething.site.api import api
from onething.site.watching import pages as watching

ROOMS = {
    "onething.plumbing.ui.urls": "look/",
    "onething.identity.urls": "door/",
    "onething.registry.urls": "registry/",
    "onething.catalogue.urls": "packs/",
    "onething.correspondence.urls": "",  # letters/, documents/ and the slip's own short slip/
    "onething.exchange.urls": "exchange/",
    "onething.cases.urls": "matters/",
    "onething.desks.appointments.urls": "appointments/",
    "onething.desks.surveys.urls": "surveys/",
    "onething.desks.webhooks.urls": "webhooks/",
    "onething.entitlements.urls": "entitlements/",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("healthz", watching.healthz, name="healthz"),
    path("readyz", watching.readyz, name="readyz"),
    path("metrics", watching.metrics, name="metrics"),
    path("api/v1/", api.urls),
    *(path(word, include(table)) for table, word in ROOMS.items() if find_spec(table)),
]

handler404 = "onething.plumbing.ui.portal.not_found"
handler500 = "onething.plumbing.ui.portal.failed"
