"""Messages on their way out."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from onething.plumbing.messages import letters
from onething.plumbing.messages.letters import Letter

CLAIM = timedelta(minutes=5)
"""How long a claim holds: a worker that died in the call is followed by another after this time."""


class Channel(models.TextChoices):
    """How a message travels."""

    SMS = "sms"
    EMAIL = "email"


class State(models.TextChoices):
    """Where a message is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class MessageSet(models.QuerySet["Message"]):
    """Messages, chosen."""

    def due(self, now: datetime) -> Self:
        """Keep the messages that may be tried now: waiting, their time come, held by nobody."""
        return self.filter(state=State.WAITING, next_attempt_at__lte=now)


class Message(models.Model):
    """One message to one address; address, subject and text are sealed together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    sealed = models.BinaryField()
    key_version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    sender = models.CharField(max_length=16, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()  # while a worker holds it: when its claim ends
    reason = models.CharField(max_length=40, default="")
    queued_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)  # the provider said so; not all do

    objects = MessageSet.as_manager()

    class Meta:
        db_table = "outgoing_message"
        indexes = [
            models.Index(fields=["next_attempt_at"], name="outgoing_due", condition=Q(state="waiting")),  # jobs.sweep
            models.Index(fields=["-queued_at"], name="outgoing_newest"),  # queries.outbox
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="outgoing_state_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="outgoing_channel_known"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} message {self.pk}, {self.state}"

    @classmethod
    def waiting(cls, letter: Letter, *, channel: str, at: datetime) -> Message:
        """Make a message that waits to be sent."""
        row = cls(channel=channel, next_attempt_at=at, queued_at=at)
        row.sealed, row.key_version = letters.seal(letter, row.id)
        return row

    @property
    def letter(self) -> Letter:
        """What the message says and to whom, in clear."""
        return letters.unseal(bytes(self.sealed), self.key_version, self.id)
