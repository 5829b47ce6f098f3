"""This module's lines in the workbench's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.cases import policy, standing
from onething.identity import policy as identity
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.panels import Panel, menu, panel

__all__ = ["standing"]  # loaded with the menu: the port board shows what it finds

menu("workbench", "cases:desk", _("Cases"), icon="list", may=policy.READ_CASE, order=5)
menu("workbench", "cases:helping", _("Act for somebody"), icon="user", may=identity.HELP_OTHERS, order=12)


@panel("identity.me", order=40)
def helping(request: Request) -> Panel | None:
    """Lead to those one may act for, and to those who may act for oneself."""
    if not request.actor.may(identity.HELP_OTHERS):
        return None
    return Panel("cases/helping_panel.html", {"may_choose": request.actor.may(identity.CHOOSE_HELPERS)})
