"""What every variant starts from: an invented county, its departments, and persons whose one form is filled in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from onething.cases import queries
from onething.cases.models import Draft
from onething.cases.tests import factories
from onething.catalogue import planning
from onething.engine.bundle import Plan
from onething.kernel import codes
from onething.kernel.access import SYSTEM
from onething.registry import services as registry

EVENT = "army_remittance"
"""The one outside event of the published example; it is recorded before the first reply, and not measured."""

REPLIED = factories.NOW + timedelta(days=1)


def build(persons: int) -> list[Draft]:
    """Publish the pack, connect the county's departments to their desks, and fill in one form per person."""
    factories.regions()
    factories.connect()
    return [_draft(serial) for serial in range(persons)]


def _draft(serial: int) -> Draft:
    body = f"99012319990521{serial:03d}"
    somebody = registry.register_person(
        name="何青松",
        id_number=body + codes.id_check_digit(body),
        phone="19900000001",
        region=factories.REGION,
        known={},
        source="invented",
        actor=SYSTEM,
        now=factories.NOW,
    )
    return factories.draft(somebody)


def plan_of(draft: Draft) -> Plan:
    """Compute the plan that a form will become."""
    return planning.plan_for(draft.release, queries.known_and_answered(draft), factories.NOW.date())


def result_of(matter: str) -> dict[str, Any]:
    """Make up what a department hands over with its approval."""
    return {"number": f"N-{matter}"}
