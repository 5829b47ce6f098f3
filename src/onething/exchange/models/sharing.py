"""The ledger of shared data: who asked whom for which fields of a person, for what purpose. Never the values."""

from __future__ import annotations

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onething.exchange import policy
from onething.exchange.models.ports import Department
from onething.kernel.access import Actor, Door
from onething.registry.policy import in_region


class SharingQuerySet(models.QuerySet["Sharing"]):
    """Lines of the ledger."""

    def visible_to(self, actor: Actor) -> Self:
        """A person sees the lines about themselves, a supervisor those of the region, a system all, others none."""
        if actor.door is Door.SYSTEM:
            return self
        if actor.door is Door.CITIZEN:
            return self.filter(person_id=actor.person_id)
        if not actor.may(policy.WATCH_ORDERS):
            return self.none()
        return self.filter(in_region(actor, "port__region"))


class Sharing(models.Model):
    """One question to a department for data about a person. Kept three years, then swept away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    port = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="sharings", db_index=False)
    person_id = models.UUIDField()
    case_number = models.CharField(max_length=40, blank=True)
    matter = models.CharField(max_length=80)
    purpose = models.CharField(max_length=300)
    asked = ArrayField(models.CharField(max_length=80))  # names of fields
    answered = ArrayField(models.CharField(max_length=80), default=list)
    actor = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, default="open")  # open, answered, unknown_person, failed

    objects = SharingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="exchange_sharing_has_purpose"),
        ]
        indexes = [
            models.Index(fields=["person_id", "asked_at"], name="exchange_sharing_by_person"),  # "who asked about me"
            models.Index(fields=["asked_at"], name="exchange_sharing_by_age"),  # read by the sweep after three years
        ]

    def __str__(self) -> str:
        return f"{self.port_id} {self.matter} {self.outcome}"
