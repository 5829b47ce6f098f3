"""What a case had booked or waited for ends with it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from onething.cases import services as cases
from onething.desks.appointments.models import Appointment, Wait
from onething.desks.appointments.services import booking, waiting
from onething.kernel.access import Actor
from onething.plumbing.journal import writes


@writes
def drop_needless(*, case_id: UUID, actor: Actor, now: datetime) -> None:
    """Cancel what is booked or waited for by a case that has ended. Safe to run twice."""
    case = cases.case_in_turn(case_id)
    for held in Appointment.objects.filter(case=case).open().select_related("slot__hall"):
        booking.give_up(held, needless=True, actor=actor, now=now)
    for wait_id in Wait.objects.filter(case=case).open().values_list("pk", flat=True):
        waiting.let_go(wait_id, Wait.State.LEFT, actor=actor, now=now)
