"""This module's lines in the workbench's menu, and the offers that wait on the person's first page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.entitlements import leads, policy, waiting
from onething.kernel.access import Door
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.panels import Panel, menu, panel

__all__ = ["waiting"]  # loaded with the menu: the queue shows what it finds

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
