"""What other pages show of letters: the way to say how one wants to be reminded."""

from __future__ import annotations

from onething.correspondence import policy
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.panels import Panel, panel


@panel("identity.me", order=20)
def ways(request: Request) -> Panel | None:
    """Lead to how one wants to be reminded, the language and the size of type."""
    return Panel("correspondence/ways_panel.html") if request.actor.may(policy.CHOOSE_REMINDERS) else None
