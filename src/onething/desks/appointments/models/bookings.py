"""Appointments, and who waits for an earlier one. Rows of a case carry its id and its person."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from onething.desks.appointments import policy
from onething.kernel.access import Actor, Door
from onething.registry.policy import in_region

M = TypeVar("M", bound=models.Model)

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O: a code is read aloud and typed by hand."""

_AT_WORK = (policy.SERVE_COUNTER, policy.BOOK_FOR, policy.RUN_HALL)


def fresh_code(length: int = 6) -> str:
    """Make a code nobody can guess: 5 bits a character."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


class OfCaseSet(models.QuerySet[M]):
    """Readings over rows of a case at a hall."""

    def visible_to(self, actor: Actor) -> Any:
        """A person sees their own; staff those of their division's halls and of their division's cases."""
        if actor.door is Door.SYSTEM:
            return self
        if actor.door is Door.CITIZEN and actor.person_id:
            return self.filter(person_id=actor.person_id)
        if actor.door is Door.STAFF and any(actor.may(permission) for permission in _AT_WORK):
            return self.filter(in_region(actor, "region") | in_region(actor, "case__region"))
        return self.none()


class AppointmentSet(OfCaseSet["Appointment"]):
    """Readings over appointments."""

    def open(self) -> AppointmentSet:
        """Keep those still to be kept."""
        return self.filter(state=Appointment.State.BOOKED)


class Appointment(models.Model):
    """The time of one visit of one case. `region` is the hall's, so that its staff see it."""

    class State(models.TextChoices):
        """How it stands, or ended."""

        BOOKED = "booked"
        KEPT = "kept"
        MISSED = "missed"
        CANCELLED = "cancelled"
        DROPPED = "dropped"  # the hall closed that day

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="appointments")
    person_id = models.UUIDField()
    region = models.CharField(max_length=12)
    slot = models.ForeignKey("appointments.Slot", on_delete=models.PROTECT, related_name="appointments")
    station = models.TextField()
    state = models.TextField(choices=State.choices, default=State.BOOKED)
    code = models.CharField(max_length=6, unique=True, default=fresh_code)
    sequence = models.PositiveSmallIntegerField(default=0)  # how often it was moved: the calendar file's SEQUENCE
    booked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = AppointmentSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "station"], condition=Q(state="booked"), name="one_open_appointment"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["booked", "kept", "missed", "cancelled", "dropped"]), name="appointment_state"
            ),
            models.CheckConstraint(
                condition=Q(state="booked", ended_at__isnull=True) | ~Q(state="booked") & Q(ended_at__isnull=False),
                name="appointment_ended_has_time",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be kept."""
        return self.state == self.State.BOOKED


class WaitSet(OfCaseSet["Wait"]):
    """Readings over who waits."""

    def open(self) -> WaitSet:
        """Keep those who wait or have an offer."""
        return self.filter(state__in=[Wait.State.WAITING, Wait.State.OFFERED])


class Wait(models.Model):
    """
    A person waits for a place of a hall on a day before `before`, in the order of `since`.

    An offer holds its place (`slot`) until `accept_by`; then it goes to the next.
    """

    class State(models.TextChoices):
        """How it stands, or ended."""

        WAITING = "waiting"
        OFFERED = "offered"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        LAPSED = "lapsed"
        LEFT = "left"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="waits")
    person_id = models.UUIDField()
    region = models.CharField(max_length=12)
    hall = models.ForeignKey("appointments.Hall", on_delete=models.PROTECT, related_name="waits")
    station = models.TextField()
    before = models.DateField()
    since = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    slot = models.ForeignKey("appointments.Slot", null=True, on_delete=models.PROTECT, related_name="offers")
    accept_by = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = WaitSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "station"], condition=Q(state__in=["waiting", "offered"]), name="one_open_wait"
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(slot__isnull=False, accept_by__isnull=False),
                name="offer_has_place_and_term",
            ),
        ]
        indexes = [  # read when a place is free, and by the sweep of offers
            models.Index(fields=["hall", "since"], name="wait_in_order", condition=Q(state="waiting")),
            models.Index(fields=["accept_by"], name="offer_term", condition=Q(state="offered")),
        ]
