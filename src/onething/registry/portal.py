"""A person's own file: what is known about them, who says so and since when; and what they want corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from onething.kernel.errors import Refusal
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words
from onething.registry import policy, queries, services
from onething.registry.errors import NoSuchPerson
from onething.registry.handing_out import handed_out
from onething.registry.models import CorrectionRequest, DataExport


@dataclass(frozen=True, slots=True)
class Asked:
    """One correction as the person reads it: what they wanted, and what they were answered."""

    request: CorrectionRequest
    wanted: str
    answer: str


@page(may=policy.READ_OWN)
def mine(request: Request) -> HttpResponse:
    """Show one's own file, field by field with its source and day; take down what is wrong in it."""
    refusal = None
    if request.method == "POST":
        try:
            _ask(request)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Taken down. You see here how far it is."))
            return redirect("registry:mine")
    if request.actor.person_id is None:
        raise NoSuchPerson
    file = queries.person_file(request.actor, request.actor.person_id)
    shown = {
        "file": file,
        "person": file.person,
        "asked": [_asked(file, one) for one in file.corrections],
        "refusal": in_words(refusal) if refusal else None,
        "typed": request.POST,
        **_export(request),
    }
    return render(request, "registry/mine.html", shown, status=refusal.status if refusal else 200)


@page(may=policy.READ_OWN, methods=("POST",))
def ask_export(request: Request) -> HttpResponse:
    """Ask for all that is kept about oneself; the page says when it is ready."""
    services.ask_export(actor=request.actor, now=request.now)
    messages.success(request, _("Taken down. It is being put together."))
    return redirect(reverse("registry:mine") + "#copy")


@page(may=policy.READ_OWN, methods=("GET",))
def export(request: Request, export_id: UUID) -> HttpResponse:
    """Hand out the file with all that is kept about oneself."""
    return handed_out(queries.export_for(request.actor, export_id), request.actor, request.now)


def _export(request: Request) -> dict[str, Any]:
    newest = queries.newest_export(request.actor)
    return {
        "export": newest,
        "export_open": newest is not None and newest.state == DataExport.State.ASKED,
        "export_there": newest is not None and newest.is_there(request.now),
    }


def _ask(request: Request) -> None:
    given = request.POST
    if request.actor.person_id is None:
        raise NoSuchPerson
    match = given.get("match", "")
    services.ask_correction(
        person_id=request.actor.person_id,
        section=given.get("section", ""),
        match=bytes.fromhex(match) if all(c in "0123456789abcdef" for c in match) and len(match) == 32 else b"",
        field=given.get("field", ""),
        wanted=given.get("wanted", "")[:200],
        because=given.get("because", "")[:1000],
        actor=request.actor,
        now=request.now,
    )


def _asked(file: queries.PersonFile, one: CorrectionRequest) -> Asked:
    said = file.person.data_key.unseal("correction", bytes(one.sealed))
    return Asked(one, str(said["wanted"]), str(said.get("answer") or ""))
