"""Which entitlements a case applies for: a matter that bears a policy's id is the application for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from onething.cases.models import Case
from onething.entitlements import services as entitlements


def record_applications(case_id: UUID, *, now: datetime) -> None:
    """Tell the entitlements what a case applies for, so that it is not offered as well. Safe to run twice."""
    case = Case.objects.get(pk=case_id)
    entitlements.record_applications(
        person_id=case.person_id,
        case_id=case.pk,
        region=case.region,
        matters=list(case.tasks.values_list("matter", flat=True)),
        now=now,
    )
