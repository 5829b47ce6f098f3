"""This module's lines in the workbench's menu, and the offers that wait on the person's first page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.catalogue.models import Kind, PackDraft
from onething.entitlements import comparing, comparison, leads, policy, waiting
from onething.kernel.access import Door
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.panels import Panel, menu, panel

__all__ = ["comparing", "waiting"]  # loaded with the menu: what is asked before publishing, what the queue shows

menu("workbench", "entitlements:leads", _("Entitled, never asked"), icon="user", may=policy.READ_LEADS, order=16)
menu(
    "workbench", "entitlements:offers", _("Offers"), icon="message", may=policy.READ_LEADS, order=17,
    count=leads.to_do,
)  # fmt: skip


@panel("site.tasks", order=40)
def waiting_offers(request: Request) -> Panel | None:
    """Show the person what was offered and waits for their answer."""
    if request.actor.door is not Door.CITIZEN:
        return None
    found = leads.own_offers(request.actor, now=request.now)
    return Panel("entitlements/offers_panel.html", {"offers": found}) if found else None


@panel("catalogue.draft")
def who_gains(request: Request, *, draft: PackDraft, digest: str, is_open: bool) -> Panel | None:
    """Show on a draft of entitlements who gains and who loses by it, or offer to work it out."""
    if draft.based_on is None or draft.based_on.kind != Kind.ENTITLEMENTS or not digest:
        return None
    told = comparison.of_draft(draft, digest, now=request.now)
    return Panel("entitlements/comparison_panel.html", {"draft": draft, "told": told, "is_open": is_open})
