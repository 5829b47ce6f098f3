"""What the halls hand to a person of their own data: appointments, waiting lists, tickets."""

from __future__ import annotations

from uuid import UUID

from onething.desks.appointments.models import Appointment, Ticket, Wait
from onething.registry import exports
from onething.registry.exports import Part, rows


@exports.part("appointments", tables=("appointments.Appointment", "appointments.Wait", "appointments.Ticket"))
def mine(person_id: UUID) -> Part:
    """Hand out when somebody was to come where, and whether they came."""
    return Part(
        {
            "appointments": rows(
                Appointment.objects.filter(person_id=person_id).select_related("slot"),
                starts_at=lambda row: row.slot.starts_at,
            ),
            "waits": rows(Wait.objects.filter(person_id=person_id)),
            "tickets": rows(Ticket.objects.filter(appointment__person_id=person_id)),
        }
    )
