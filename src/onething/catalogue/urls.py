"""The catalogue's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from onething.catalogue import calendar_desk, settings_desk, workbench

app_name = "catalogue"
urlpatterns: list[URLPattern] = [
    path("", workbench.packs, name="packs"),
    path("upload/", workbench.upload, name="upload"),
    path("releases/<uuid:release_id>/", workbench.release, name="release"),
    path("releases/<uuid:release_id>/draft/", workbench.begin, name="begin"),
    path("drafts/<uuid:draft_id>/", workbench.draft, name="draft"),
    path("drafts/<uuid:draft_id>/work/", workbench.work, name="work"),
    path("settings/", settings_desk.settings, name="settings"),
    path("settings/<uuid:subject>/", settings_desk.settings_asked, name="settings_asked"),
    path("years/", calendar_desk.this_year, name="years"),
    path("years/<int:number>/", calendar_desk.year, name="year"),
    path("years/entered/<uuid:entry_id>/", calendar_desk.entered_year, name="entered_year"),
    path("drafts/<uuid:draft_id>/<slug:section>/<slug:name>/", workbench.entry, name="entry"),
]
