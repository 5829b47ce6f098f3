"""The desk's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from onething.exchange import workbench

app_name = "exchange"
urlpatterns: list[URLPattern] = [
    path("", workbench.desk, name="desk"),
    path("stuck/", workbench.stuck, name="stuck"),
    path("orders/<uuid:order_id>/", workbench.order, name="order"),
    path("orders/<uuid:order_id>/again/", workbench.send_again, name="send_again"),
]
