"""The catalogue's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from onething.catalogue import workbench

app_name = "catalogue"
urlpatterns: list[URLPattern] = [
    path("", workbench.packs, name="packs"),
    path("upload/", workbench.upload, name="upload"),
    path("releases/<uuid:release_id>/", workbench.release, name="release"),
    path("releases/<uuid:release_id>/draft/", workbench.begin, name="begin"),
    path("drafts/<uuid:draft_id>/", workbench.draft, name="draft"),
    path("drafts/<uuid:draft_id>/work/", workbench.work, name="work"),
    path("drafts/<uuid:draft_id>/<slug:section>/<slug:name>/", workbench.entry, name="entry"),
]
