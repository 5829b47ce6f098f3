"""Which program is told, where, and what became of each message."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

from onething.desks.webhooks import policy
from onething.identity import vault
from onething.identity.models import ApiKey
from onething.kernel.access import Actor
from onething.kernel.signing import SharedSecret


class SubscriptionSet(models.QuerySet["Subscription"]):
    """Reading subscriptions."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of one's own program, or of programs that one looks after."""
        return self.filter(policy.subscriptions(actor))


class Subscription(models.Model):
    """
    One key's program is told, at one address, of these kinds. `off_because` is "" while it is on.

    `locked` is the secret that signs, shown to the program once. `failing_since` is when the first message failed after
    which none arrived.
    """

    class Off(models.TextChoices):
        """Why nothing is sent."""

        BY_HAND = "by_hand"
        SILENT = "silent"
        GONE = "gone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="subscriptions")
    address = models.TextField()
    kinds = ArrayField(models.TextField())
    locked = models.BinaryField()  # see identity.vault
    made_at = models.DateTimeField()
    off_because = models.TextField(choices=Off.choices, blank=True, default="")
    failing_since = models.DateTimeField(null=True)

    objects = SubscriptionSet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(off_because__in=["", "by_hand", "silent", "gone"]), name="webhook_off_because")
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"

    @property
    def secret(self) -> SharedSecret:
        """Open the secret that signs. Refuses FactorBroken when it was changed."""
        return SharedSecret(vault.unlock(self.pk, bytes(self.locked)))


class DeliverySet(models.QuerySet["Delivery"]):
    """Reading messages."""

    def due(self, now: datetime) -> Self:
        """Keep what is to be tried now, of subscriptions that are on."""
        return self.filter(state=Delivery.State.WAITING, next_at__lte=now, subscription__off_because="")


class Delivery(models.Model):
    """One message to one program: that a case moved on. It keeps the case's number and how it stood, nothing else."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting"
        TAKEN = "taken"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries", db_index=False)
    kind = models.TextField()
    case_id = models.UUIDField()
    number = models.CharField(max_length=24)
    case_state = models.TextField()
    at = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")  # the last one's status, or why there was none

    objects = DeliverySet.as_manager()

    class Meta:
        constraints = [CheckConstraint(condition=Q(state__in=["waiting", "taken", "failed"]), name="webhook_state")]
        indexes = [  # the list of a subscription; the sweep that sends; the sweep that removes
            models.Index(fields=["subscription", "-at", "id"], name="webhook_newest"),
            models.Index(fields=["next_at"], name="webhook_due", condition=Q(state="waiting")),
            models.Index(fields=["at"], name="webhook_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
