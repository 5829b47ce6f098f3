"""Who was told that an order or a message rests, and what was done about it."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from onething.exchange import policy
from onething.exchange.ladder import Rung
from onething.exchange.models.orders import Order
from onething.exchange.models.ports import Department
from onething.kernel.access import Actor, Door
from onething.registry.policy import in_region


class Escalation(models.Model):
    """One rung of the ladder that was reached: somebody was told why an order rests. One per order, term and rung."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="escalations", db_index=False)
    term = models.DateTimeField()  # the order's tell_by: a reply sets a new term, and the ladder begins anew
    rung = models.PositiveSmallIntegerField(choices=[(rung.value, rung.name) for rung in Rung])
    owner = models.CharField(max_length=80)
    reason = models.CharField(max_length=20)
    told_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)  # a letter went to those of the division who have an address

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "term", "rung"], name="exchange_escalation_once"),
            models.CheckConstraint(condition=~Q(owner=""), name="exchange_escalation_has_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.rung} {self.owner}"


class Urging(models.Model):
    """催办: somebody asked the department to hurry; and how that reached it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="urgings")
    words = models.CharField(max_length=400)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.order_id} {self.at:%Y-%m-%d}"


class Supervision(models.Model):
    """督办: an order is followed by a named post until it is answered by a given time, or told to that post if not."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="supervisions")
    words = models.CharField(max_length=400)
    owner = models.CharField(max_length=80)
    answer_by = models.DateTimeField()
    begun_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(ended_at__isnull=True), name="exchange_supervision_one_open"
            ),
            models.CheckConstraint(condition=~Q(owner=""), name="exchange_supervision_has_owner"),
        ]
        indexes = [  # read by the sweep that tells, and ends what is answered
            models.Index(fields=["answer_by"], name="exchange_supervision_open", condition=Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.answer_by:%Y-%m-%d}"


class DeadLetterQuerySet(models.QuerySet["DeadLetter"]):
    """Messages that could not be taken."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of ports in the actor's region and below; a system sees all."""
        if actor.door is Door.SYSTEM:
            return self
        if not actor.may(policy.WATCH_ORDERS):
            return self.none()
        return self.filter(in_region(actor, "port__region"))


class DeadLetter(models.Model):
    """A message of a department that could not be taken from a file or a list: where it lies, why, and who was told."""

    port = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="dead_letters")
    place = models.CharField(max_length=300)  # file and line, or the id in the list
    digest = models.BinaryField(max_length=32)
    problem = models.CharField(max_length=400)
    owner = models.CharField(max_length=80)
    told_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)

    objects = DeadLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["port", "digest"], name="exchange_dead_letter_once"),
            models.CheckConstraint(condition=~Q(owner=""), name="exchange_dead_letter_has_owner"),
        ]

    def __str__(self) -> str:
        return self.place
