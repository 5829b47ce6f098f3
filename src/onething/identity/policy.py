"""Who may do what with accounts and posts, and who sees which rows."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef, Q

from onething.kernel.access import Actor, Door, Permission
from onething.registry import policy as registry

READ_ACCOUNT: Final[Permission] = "identity.read_account"
OPEN_ACCOUNT: Final[Permission] = "identity.open_account"
GIVE_POST: Final[Permission] = "identity.give_post"
ISSUE_API_KEY: Final[Permission] = "identity.issue_api_key"

CITIZEN: Final = "citizen"
"""The role of everybody who is in the registry, for their own affairs."""


def posts(actor: Actor) -> Q:
    """Keep the posts an actor may see: one's own; staff who read accounts those of their region and below."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    own = Q(account_id=actor.account_id) if actor.account_id else registry.NOTHING
    if actor.door is Door.STAFF and actor.may(READ_ACCOUNT):
        return own | registry.in_region(actor)
    return own


def accounts(actor: Actor) -> Q:
    """Keep the accounts an actor may see: one's own; staff who read accounts those with a post in their region."""
    from onething.identity.models import Post  # models name this policy

    if actor.door is Door.SYSTEM:
        return registry.ALL
    own = Q(pk=actor.account_id) if actor.account_id else registry.NOTHING
    if actor.door is Door.STAFF and actor.may(READ_ACCOUNT):
        return own | Q(Exists(Post.objects.filter(registry.in_region(actor), account_id=OuterRef("pk"))))
    return own


def api_keys(actor: Actor) -> Q:
    """Keep the API keys an actor may see: one's own; the system sees all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    return Q(account_id=actor.account_id) if actor.account_id else registry.NOTHING
