"""Who may do what with accounts and posts, and who sees which rows."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from onething.kernel.access import Actor, Door, Permission
from onething.registry import policy as registry

READ_ACCOUNT: Final[Permission] = "identity.read_account"
OPEN_ACCOUNT: Final[Permission] = "identity.open_account"
GIVE_POST: Final[Permission] = "identity.give_post"
ISSUE_API_KEY: Final[Permission] = "identity.issue_api_key"

CITIZEN: Final = "citizen"
"""The role of everybody who is in the registry, for their own affairs."""


def accounts(actor: Actor) -> Q:
    """Keep the accounts an actor sees whatever posts there are: one's own; the system sees all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    return Q(pk=actor.account_id) if actor.account_id else registry.NOTHING


def managed_posts(actor: Actor) -> Q:
    """Keep the posts, and through them the accounts, that staff who read accounts see: their region's and below."""
    return registry.in_region(actor) if actor.door is Door.STAFF and actor.may(READ_ACCOUNT) else registry.NOTHING


def posts(actor: Actor) -> Q:
    """Keep the posts an actor may see: one's own, and those they manage; the system sees all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    own = Q(account_id=actor.account_id) if actor.account_id else registry.NOTHING
    return own | managed_posts(actor)


def api_keys(actor: Actor) -> Q:
    """Keep the API keys an actor may see: one's own; the system sees all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    return Q(account_id=actor.account_id) if actor.account_id else registry.NOTHING
