"""The tickets of a hall's day. A ticket knows nobody's name; an appointment's ticket knows the appointment."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from onething.desks.appointments.models.bookings import fresh_code
from onething.kernel.access import Actor, Door
from onething.registry.policy import in_region

CODE_LENGTH = 10


def _code() -> str:
    return fresh_code(CODE_LENGTH)


class TicketSet(models.QuerySet["Ticket"]):
    """Readings over tickets."""

    def visible_to(self, actor: Actor) -> TicketSet:
        """Staff see those of their division's halls; anybody else only by a code or a display's key."""
        if actor.door is Door.SYSTEM:
            return self
        return self.filter(in_region(actor, "hall__organisation__region__code")) if actor.region else self.none()

    def of_day(self, hall_id: uuid.UUID, day: date) -> TicketSet:
        """Keep the tickets of one hall's day."""
        return self.filter(hall_id=hall_id, day=day)


class Ticket(models.Model):
    """A number drawn in the hall. `since` is its place in the line; `for_counter` binds it to one counter."""

    class State(models.TextChoices):
        """How it stands, or ended."""

        WAITING = "waiting"
        CALLED = "called"
        SERVED = "served"
        MISSED = "missed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hall = models.ForeignKey("appointments.Hall", on_delete=models.CASCADE, related_name="tickets")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=_code)
    appointment = models.OneToOneField(
        "appointments.Appointment", null=True, on_delete=models.SET_NULL, related_name="ticket"
    )
    goes_first = models.BooleanField(default=False)  # an elder, a disabled person
    taken_at = models.DateTimeField()
    since = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    counter = models.PositiveSmallIntegerField(null=True)
    for_counter = models.PositiveSmallIntegerField(null=True)
    called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    objects = TicketSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall", "day", "number"], name="ticket_number_once_a_day"),
            models.UniqueConstraint(
                fields=["hall", "day", "counter"], condition=Q(state="called"), name="one_ticket_at_a_counter"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "called", "served", "missed"]), name="ticket_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="called") | Q(counter__isnull=False, called_at__isnull=False),
                name="called_ticket_has_a_counter",
            ),
        ]

    @property
    def label(self) -> str:
        """The number as it is printed and shown: A for an appointment, B without one."""
        return f"{'A' if self.appointment_id else 'B'}{self.number:03d}"
