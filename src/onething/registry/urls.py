"""The registry's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from onething.registry import administration, portal, workbench

app_name = "registry"
urlpatterns: list[URLPattern] = [
    path("", workbench.find, name="find"),
    path("mine/", portal.mine, name="mine"),
    path("mine/copy/", portal.ask_export, name="ask_export"),
    path("mine/copy/<uuid:export_id>/", portal.export, name="export"),
    path("people/<uuid:person_id>/", workbench.person, name="person"),
    path("people/<uuid:person_id>/full/", workbench.person_full, name="person_full"),
    path("people/<uuid:person_id>/record/<slug:section>/", workbench.record, name="record"),
    path("people/<uuid:person_id>/archive/", workbench.archive, name="archive"),
    path("people/<uuid:person_id>/correction/", workbench.ask, name="ask"),
    path("corrections/", workbench.corrections, name="corrections"),
    path("corrections/<int:correction_id>/", workbench.correction, name="correction"),
    path("expected/", workbench.arrivals, name="arrivals"),
    path("expected/<uuid:person_id>/", workbench.review, name="review"),
    path("sharing/", workbench.sharing, name="sharing"),
    path("offices/", administration.offices, name="offices"),
    path("divisions/", administration.divisions, name="divisions"),
    path("lists/", workbench.rosters, name="rosters"),
    path("lists/<uuid:roster_id>/", workbench.roster, name="roster"),
    path("lists/<uuid:roster_id>/work/", workbench.work_on_roster, name="work_on_roster"),
]
