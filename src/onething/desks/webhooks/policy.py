"""Who may have a program told how cases go, and who looks after that. Row access stands beside each table."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from onething.kernel.access import Actor, Door, Permission
from onething.registry import policy as registry

SUBSCRIBE: Final[Permission] = "webhooks.subscribe"
"""As a program: be told when a case that one may read moves on."""

LOOK_AFTER: Final[Permission] = "webhooks.look_after"
"""See which programs are told, what did not arrive; switch off and on, send again."""


def subscriptions(actor: Actor) -> Q:
    """Keep those of one's own programs; for staff who look after them, those of their division's; the system all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    own = Q(key__account_id=actor.account_id) if actor.account_id else registry.NOTHING
    if actor.may(SUBSCRIBE):
        return own & (Q(key__post_id=actor.post_id) if actor.post_id else Q(key__post__isnull=True))
    looks_after = actor.door is Door.STAFF and actor.may(LOOK_AFTER)
    return registry.in_region(actor, "key__post__region__code") if looks_after else registry.NOTHING
