"""Addresses of entitlements."""

from __future__ import annotations

from django.urls import path

from onething.entitlements import portal

app_name = "entitlements"
urlpatterns = [
    path("", portal.check, name="check"),
    path("policies/", portal.policies, name="policies"),
    path("policies/<slug:policy_id>/", portal.policy, name="policy"),
]
