"""The administrator's pages of the registry: offices and stations; lists of divisions and of their changes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.kernel.access import Actor
from onething.kernel.errors import Refusal
from onething.plumbing import scanning
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words
from onething.registry import division_lists, policy, queries, regions, services
from onething.registry.errors import ListTooLarge, OutsideDivision
from onething.registry.forms import DivisionsForm, OfficeForm

MOST_BYTES = 20 << 20
ROWS = 200


@page(may=policy.OPEN_ORGANISATION)
def offices(request: Request) -> HttpResponse:
    """List the offices and stations of one's division; enter one."""
    form, refusal = OfficeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            _require_within(request.actor, form.cleaned_data["region"])
            services.open_organisation(**form.cleaned_data, actor=request.actor, now=request.now)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Entered."))
            return redirect("registry:offices")
    shown = queries.offices_of(request.actor, request.GET.get("q", ""))[:ROWS]
    context = {"form": form, "offices": shown, "refusal": in_words(refusal) if refusal else None}
    return render(request, "registry/offices.html", context, status=422 if refusal or form.errors else 200)


@page(may=policy.LOAD_REGIONS)
def divisions(request: Request) -> HttpResponse:
    """Look a list of divisions or of changes through, and load it."""
    form, counted, refusal = DivisionsForm(request.POST or None, request.FILES or None), None, None
    if request.method == "POST" and form.is_valid():
        try:
            counted = _take(request, form.cleaned_data)
        except Refusal as refused:
            refusal = refused
    context = {
        "form": form,
        "counted": counted,
        "refusal": in_words(refusal) if refusal else None,
        "may_load": _holds_everything(request.actor),
    }
    return render(request, "registry/divisions.html", context, status=422 if refusal or form.errors else 200)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a list would change, or has changed."""

    is_loaded: bool
    new: int
    changed: int
    ended: int


def _take(request: Request, given: dict[str, Any]) -> Counted:
    if not _holds_everything(request.actor):
        raise OutsideDivision
    raw = given["file"].read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise ListTooLarge(most=MOST_BYTES >> 20)
    scanning.require_clean(io.BytesIO(raw))
    text = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8-sig", newline="")
    who = {"source": given["source"], "actor": request.actor, "now": request.now}
    if given["what"] == "changes":
        rows = list(division_lists.read_changes(text))
        if not given["load"]:
            return Counted(False, len(rows), 0, 0)
        new, moved = services.enter_changes(rows=rows, **who)
        return Counted(True, new, moved, 0)
    listed, kind = list(division_lists.read_divisions(text)), {"is_own": given["what"] == "own"}
    found = services.count_list(listed, source=given["source"])
    if given["load"]:
        services.load_regions(rows=listed, **kind, **who)
    return Counted(bool(given["load"]), found.new, found.changed, found.ended)


def _holds_everything(actor: Actor) -> bool:
    return bool(actor.region) and queries.reach().startswith(regions.prefix(actor.region))


def _require_within(actor: Actor, region: str) -> None:
    if not region.startswith(regions.prefix(actor.region)):
        raise OutsideDivision
