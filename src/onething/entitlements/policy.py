"""Who may find people and offer them what is due, and who sees which rows."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from onething.kernel.access import Actor, Door, Permission
from onething.registry.policy import ALL, NOTHING, in_region

READ_LEADS: Final[Permission] = "entitlements.read_leads"
MAKE_OFFER: Final[Permission] = "entitlements.make_offer"
ANSWER_OFFER: Final[Permission] = "entitlements.answer_offer"


def of_persons(actor: Actor) -> Q:
    """Keep what is about the person who asks; for staff who read leads, what is about people of their division."""
    if actor.door is Door.SYSTEM:
        return ALL
    if actor.door is Door.CITIZEN and actor.person_id:
        return Q(person_id=actor.person_id)
    if actor.door is Door.STAFF and actor.may(READ_LEADS):
        return in_region(actor, "region")
    return NOTHING
