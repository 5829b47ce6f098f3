"""Who may do what with packs and calendars, and whose drafts one sees. Releases are public."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from onething.kernel.access import Actor, Door, Permission
from onething.registry import policy as registry

READ_RELEASE: Final[Permission] = "catalogue.read_release"
"""See what is published, and what a release holds."""
EDIT_PACK: Final[Permission] = "catalogue.edit_pack"
"""Prepare a release: upload or edit a draft, and ask that it is published."""
PUBLISH_PACK: Final[Permission] = "catalogue.publish_pack"
"""Be the second pair of eyes for a release."""
EDIT_CALENDAR: Final[Permission] = "catalogue.edit_calendar"
"""Enter the State Council's notice of a year, and ask that it takes effect."""
PUBLISH_CALENDAR: Final[Permission] = "catalogue.publish_calendar"
"""Be the second pair of eyes for a year's calendar."""


def drafts(actor: Actor) -> Q:
    """Keep the drafts of packs of the actor's division and below, for staff who prepare or agree; the system all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    works = actor.door is Door.STAFF and (actor.may(EDIT_PACK) or actor.may(PUBLISH_PACK))
    return registry.in_region(actor, "region") if works else registry.NOTHING


def years(actor: Actor) -> Q:
    """Keep the calendars that were entered: for staff who enter or agree; the calendar is the whole country's."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    works = actor.door is Door.STAFF and (actor.may(EDIT_CALENDAR) or actor.may(PUBLISH_CALENDAR))
    return registry.in_region(actor, "region") if works else registry.NOTHING
