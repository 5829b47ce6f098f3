"""What other pages show of the door: the hat somebody wears."""

from __future__ import annotations

from onething.identity import queries
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.panels import Panel, panel


@panel("workbench.hat")
def worn_hat(request: Request) -> Panel | None:
    """Say under which post somebody is at work."""
    hats = queries.hats_of(request.actor.account_id, request.now)
    worn = next((hat for hat in hats if hat.post_id == request.actor.post_id), None)
    if worn is None:
        return None
    title = queries.role_title(worn.role)[reading_language() == "en"]
    return Panel("identity/hat_panel.html", {"hat": worn, "title": title})
