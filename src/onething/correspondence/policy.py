"""Who may do what with letters and documents, and who sees which rows."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from onething.kernel.access import Actor, Door, Permission
from onething.registry.policy import in_region

READ_LETTERS: Final[Permission] = "correspondence.read_letters"
READ_DOCUMENT: Final[Permission] = "correspondence.read_document"
SEND_AGAIN: Final[Permission] = "correspondence.send_again"
"""Count the messages that could not be sent, and send them again. Shows neither address nor text."""
CHOOSE_REMINDERS: Final[Permission] = "correspondence.choose_reminders"

_NOTHING: Final = Q(pk__in=())


def notices(actor: Actor) -> Q:
    """Keep the letters an actor may see: a citizen's own, of staff's region those, for the system all."""
    return _own_or_of_region(actor, READ_LETTERS)


def documents(actor: Actor) -> Q:
    """Keep the documents an actor may see: a citizen's own, of staff's region those, for the system all."""
    return _own_or_of_region(actor, READ_DOCUMENT)


def addressee(actor: Actor) -> Q:
    """Keep what is addressed to the person who asks; nothing for an actor who is no person."""
    return Q(person_id=actor.person_id) if actor.person_id else _NOTHING


def _own_or_of_region(actor: Actor, permission: Permission) -> Q:
    if actor.door is Door.SYSTEM:
        return Q()
    if actor.door is Door.CITIZEN and actor.person_id:
        return Q(person_id=actor.person_id)
    if actor.door is Door.STAFF and actor.may(permission):
        return in_region(actor, "region")
    return _NOTHING
