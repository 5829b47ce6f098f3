"""What other pages show of the door: the hat somebody wears."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.identity import mandates, policy, queries
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.panels import Panel, menu, panel


@panel("workbench.hat")
def worn_hat(request: Request) -> Panel | None:
    """Say under which post somebody is at work."""
    hats = queries.hats_of(request.actor.account_id, request.now)
    worn = next((hat for hat in hats if hat.post_id == request.actor.post_id), None)
    if worn is None:
        return None
    title = queries.role_title(worn.role)[reading_language() == "en"]
    return Panel("identity/hat_panel.html", {"hat": worn, "title": title})


@panel("portal.hat")
def errand_banner(request: Request) -> Panel | None:
    """Say on every page in whose name a helper acts, until when, and how to stop."""
    if request.actor.errand is None:
        return None
    mandate = mandates.mandate_for(request.actor, request.actor.errand.mandate_id)
    return Panel("identity/errand.html", {"mandate": mandate})


def _to_decide(actor: Actor) -> int:
    return queries.proposals_to_decide(actor, clock.now())


menu("workbench", "identity:accounts", _("Staff"), icon="user", may=policy.READ_ACCOUNT, order=70)
menu("workbench", "identity:keys", _("Keys of programs"), icon="shield", may=policy.ISSUE_API_KEY, order=71)
menu(
    "workbench",
    "identity:second_eyes",
    _("Second pair of eyes"),
    icon="shield",
    may=policy.APPROVE,
    order=72,
    count=_to_decide,
)
menu("workbench", "identity:erasures", _("Closed accounts"), icon="shield", may=policy.ANSWER_ERASURE, order=71)
