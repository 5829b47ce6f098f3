"""Departments' offices and stations."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError

from onething.kernel.access import Actor
from onething.plumbing.journal import publish, writes
from onething.registry import events
from onething.registry.errors import OrganisationAlreadyOpen
from onething.registry.models import Organisation
from onething.registry.services.shared import is_unique_violation, require_region


@writes
def open_organisation(
    *,
    code: str,
    name: str,
    kind: str,
    region: str,
    actor: Actor,
    now: datetime,
    department: str = "",
    name_en: str = "",
    parent: Organisation | None = None,
) -> Organisation:
    """
    Enter a department's office or a station.

    Refuses OrganisationAlreadyOpen (same code, or the same department in the same region), NoSuchRegion.
    """
    require_region(region)
    organisation = Organisation(
        code=code, name=name, name_en=name_en, kind=kind, department=department, region_id=region, parent=parent
    )
    try:
        organisation.save(force_insert=True)
    except IntegrityError as clash:
        if not is_unique_violation(clash):
            raise
        raise OrganisationAlreadyOpen(code=code) from clash
    publish(events.OrganisationOpened(organisation_id=organisation.id, code=code, region=region), actor=actor, at=now)
    return organisation
