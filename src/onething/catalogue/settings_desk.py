"""What a province chooses for everybody, without a shell: one asks, another agrees, and it is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onething.catalogue.drafts import years
from onething.catalogue.errors import CalendarForAll
from onething.identity import policy as identity
from onething.identity import queries as door
from onething.identity import services as eyes
from onething.identity.four_eyes import Proposed, deed
from onething.kernel.access import Actor
from onething.kernel.errors import Refusal
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words
from onething.registry import chosen, house_settings, policy
from onething.registry import queries as registry
from onething.registry import services as registry_services
from onething.registry.house_settings import Days, Value
from onething.registry.retention import RULES

CHANGE: Final = "catalogue.change_settings"
HOUSE: Final = UUID("9d3b9f52-5f0c-5c0e-8f5f-0a6f2f3b7a10")
"""The whole installation, as the subject of a proposal: only one waits at a time."""
LABELS: Final[Mapping[str, str | Promise]] = {
    "name_zh": gettext_lazy("Name of this service, in Chinese"),
    "name_en": gettext_lazy("Name of this service, in English"),
    "phone": gettext_lazy("Telephone for questions"),
    "hours_zh": gettext_lazy("When somebody answers it, in Chinese"),
    "hours_en": gettext_lazy("When somebody answers it, in English"),
    "note_zh": gettext_lazy("What everybody should know now, in Chinese"),
    "note_en": gettext_lazy("What everybody should know now, in English"),
    "remind_before": gettext_lazy("Days before its day that something is reminded of"),
    "keep_roster_files": gettext_lazy("Days that the file of an imported roster is kept"),
    "keep_unused_rosters": gettext_lazy("Days that a roster that nobody imported is kept"),
    "keep_arrivals": gettext_lazy("Days that the review of an arrival is kept"),
    "keep_corrections": gettext_lazy("Days that an answered correction is kept"),
    "keep_sharing": gettext_lazy("Days that the ledger of what was shared is kept"),
}
SOURCES: Final = {f"{house_settings.KEEP}{rule.name}": gettext_lazy(rule.source) for rule in RULES}


@dataclass(frozen=True, slots=True)
class Line:
    """One setting on the page: as it is, as it was asked for (None: not), between which bounds, and why."""

    name: str
    label: str | Promise
    value: Value
    asked: Value | None
    least: int | None
    most: int
    source: str | Promise


@deed(CHANGE, title=gettext_lazy("Change settings of the whole installation"), ask=policy.CHOOSE_SETTINGS,
      approve=identity.APPROVE, page="catalogue:settings_asked")  # fmt: skip
def change_settings(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Put into force exactly what was asked for. Refuses CalendarForAll where the approver is not of the whole."""
    if not years.may_enter(actor):
        raise CalendarForAll
    registry_services.change_settings(given=proposal.values, actor=actor, now=now)
    return ""


@page(may=policy.CHOOSE_SETTINGS)
def settings(request: Request) -> HttpResponse:
    """Show what is in force and what waits; ask for changes."""
    refusal = None
    if request.method == "POST":
        try:
            _ask(request)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Asked for. A second person has to agree; until then nothing changes."))
            return redirect("catalogue:settings")
    waiting = door.proposal_about(request.actor, CHANGE, HOUSE, request.now)
    context = {
        "lines": list(_lines(waiting.values if waiting else {}, request.POST if refusal else {})),
        "waiting": waiting,
        "may_ask": years.may_enter(request.actor) and waiting is None,
        "refusal": in_words(refusal) if refusal else None,
    }
    return render(request, "catalogue/settings.html", context, status=refusal.status if refusal else 200)


@page(may=policy.CHOOSE_SETTINGS, methods=("GET",))
def settings_asked(request: Request, subject: UUID) -> HttpResponse:
    """Go from a proposal to what it is about."""
    return redirect("catalogue:settings")


def _ask(request: Request) -> None:
    if not years.may_enter(request.actor):
        raise CalendarForAll
    typed = {name: request.POST[name] for name in house_settings.SETTINGS if name in request.POST}
    now_in_force = chosen.settings()
    changed = {name: value for name, value in house_settings.read(typed).items() if value != now_in_force[name]}
    eyes.propose(
        kind=CHANGE, subject=HOUSE, title=", ".join(sorted(changed)) or "-", region=registry.reach(), values=changed,
        reason=request.POST.get("reason", "")[:500], actor=request.actor, now=request.now,
    )  # fmt: skip


def _lines(asked: Mapping[str, Any], typed: Mapping[str, Any]) -> Iterator[Line]:
    in_force = chosen.settings()
    for name, one in house_settings.SETTINGS.items():
        yield Line(
            name=name,
            label=LABELS[name],
            value=typed.get(name, in_force[name]),
            asked=asked.get(name),
            least=one.least if isinstance(one, Days) else None,
            most=one.most if isinstance(one, Days) else one.longest,
            source=SOURCES.get(name, ""),
        )
