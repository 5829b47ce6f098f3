"""The ledger of data given to others, and taken from them: kept at least three years."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

from onething.kernel.access import Actor, Door
from onething.registry.policy import ALL, NOTHING, in_region


class SharingSet(models.QuerySet["Sharing"]):
    """Reading the ledger."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what was shared about one's own division and below; a person sees what was shared about them."""
        if actor.door is Door.SYSTEM:
            return self.filter(ALL)
        if actor.door is Door.STAFF:
            return self.filter(in_region(actor, "region"))
        return self.filter(person_id=actor.person_id) if actor.person_id else self.filter(NOTHING)


class Sharing(models.Model):
    """
    One transfer of personal data: to or from whom, which fields, of whom or of how many, why, on what basis.

    Source: 网络数据安全管理条例 article 12 (records kept three years).
    """

    class Direction(models.TextChoices):
        """Whether we gave or took."""

        GIVEN = "given"
        TAKEN = "taken"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    direction = models.TextField(choices=Direction.choices)
    partner = models.TextField()  # the code of the department or system
    purpose = models.TextField()
    basis = models.TextField()
    fields = ArrayField(models.TextField())
    person_id = models.UUIDField(null=True)  # one person; null where it was many
    persons = models.IntegerField()
    region = models.CharField(max_length=12)
    reference = models.TextField(blank=True, default="")  # an order, a roster
    actor = models.TextField()

    objects = SharingSet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(direction__in=["given", "taken"]), name="sharing_direction"),
            CheckConstraint(condition=Q(persons__gte=1), name="sharing_concerns_somebody"),
        ]
        indexes = [
            models.Index(fields=["person_id", "-at"], name="sharing_by_person"),  # what was shared about me
            models.Index(fields=["-at"], name="sharing_newest"),  # the ledger's page
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.partner} {self.at}"
