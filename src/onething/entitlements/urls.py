"""Addresses of entitlements."""

from __future__ import annotations

from django.urls import path

from onething.entitlements import answering, portal, workbench

app_name = "entitlements"
urlpatterns = [
    path("", portal.check, name="check"),
    path("mine/", answering.mine, name="mine"),
    path("policies/", portal.policies, name="policies"),
    path("policies/<slug:policy_id>/", portal.policy, name="policy"),
    path("offers/<uuid:offer_id>/", answering.offer, name="offer"),
    path("leads/", workbench.lines, name="leads"),
    path("leads/preview/", workbench.preview, name="preview"),
    path("leads/offer/", workbench.make_offers, name="make_offers"),
    path("leads/impossible/", workbench.impossible, name="impossible"),
    path("leads/offers/", workbench.offers, name="offers"),
    path("drafts/<uuid:draft_id>/compare/", workbench.compare, name="compare"),
    path("leads/offers/<uuid:offer_id>/take/", workbench.take, name="take"),
    path("leads/offers/<uuid:offer_id>/done/", workbench.settle, name="settle"),
]
