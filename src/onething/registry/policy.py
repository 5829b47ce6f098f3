"""Who may do what in the registry, and who sees which rows."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from onething.kernel.access import Actor, Door, Permission
from onething.registry import regions

READ_PERSON: Final[Permission] = "registry.read_person"
READ_OWN: Final[Permission] = "registry.read_own"
"""Read one's own file, and ask for it to be corrected."""
REGISTER_PERSON: Final[Permission] = "registry.register_person"
CORRECT_PERSON: Final[Permission] = "registry.correct_person"
FORGET_PERSON: Final[Permission] = "registry.forget_person"
CHOOSE_SETTINGS: Final[Permission] = "registry.choose_settings"
"""Choose for the whole installation: name, telephone, hours, days of warning, terms of keeping."""

LOAD_REGIONS: Final[Permission] = "registry.load_regions"
SEE_FULL: Final[Permission] = "registry.see_full"
RECORD_STATEMENT: Final[Permission] = "registry.record_statement"
ANSWER_CORRECTION: Final[Permission] = "registry.answer_correction"
IMPORT_ROSTER: Final[Permission] = "registry.import_roster"
REVIEW_ARRIVAL: Final[Permission] = "registry.review_arrival"
READ_SHARING: Final[Permission] = "registry.read_sharing"
OPEN_ORGANISATION: Final[Permission] = "registry.open_organisation"

NOTHING: Final = Q(pk__in=())
ALL: Final = ~NOTHING  # not an empty Q: that one would vanish beside another in "ALL | …"


def in_region(actor: Actor, column: str = "region__code") -> Q:
    """Keep the rows whose 12-digit region code is at or below the actor's; none for an actor without a region."""
    return Q(**{f"{column}__startswith": regions.prefix(actor.region)}) if actor.region else NOTHING


def persons(actor: Actor) -> Q:
    """
    Keep the persons an actor may see: a citizen themselves, a helper whom they help, staff those of their region and
    below, the system all.

    A department's own system sees nobody here: it learns what its orders carry.
    """
    if actor.door is Door.SYSTEM:
        return ALL
    if actor.door is Door.STAFF:
        return in_region(actor)
    return Q(pk=actor.person_id) if actor.door in (Door.CITIZEN, Door.HELPER) and actor.person_id else NOTHING


def region_list(actor: Actor) -> Q:
    """Keep the regions an actor works with: staff theirs and below; the list itself is public."""
    return in_region(actor, "code") if actor.door is Door.STAFF else ALL


def organisations(actor: Actor) -> Q:
    """Keep the organisations an actor works with: staff those of their region, a department its own; public else."""
    if actor.door is Door.STAFF:
        return in_region(actor) | Q(code=actor.organisation)
    return Q(code=actor.organisation) if actor.door is Door.DEPARTMENT else ALL
