"""What other pages show of letters: the way to say how one wants to be reminded."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.correspondence import policy
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.panels import Panel, menu, panel


@panel("identity.me", order=20)
def ways(request: Request) -> Panel | None:
    """Lead to how one wants to be reminded, the language and the size of type."""
    return Panel("correspondence/ways_panel.html") if request.actor.may(policy.CHOOSE_REMINDERS) else None


menu("workbench", "correspondence:failed", _("Messages not sent"), icon="alert", may=policy.SEND_AGAIN, order=77)
