"""All that is kept about a person, handed out to them as one file."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from onething.kernel.access import Actor, Door
from onething.registry.models.persons import Person
from onething.registry.policy import ALL, NOTHING

KEPT = timedelta(days=7)


class ExportSet(models.QuerySet["DataExport"]):
    """Reading exports."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the person's own: no clerk and no helper fetches somebody's whole life. The system sees all."""
        if actor.door is Door.SYSTEM:
            return self.filter(ALL)
        is_own = actor.door is Door.CITIZEN and actor.person_id
        return self.filter(person_id=actor.person_id) if is_own else self.filter(NOTHING)


class DataExport(models.Model):
    """One export that a person asked for. The file lies in the store, sealed under their key, until it is swept."""

    class State(models.TextChoices):
        """How far it has come."""

        ASKED = "asked"
        READY = "ready"
        GONE = "gone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="exports")
    state = models.TextField(choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    file_key = models.TextField(blank=True, default="")
    size = models.BigIntegerField(default=0)

    objects = ExportSet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["person"], condition=Q(state="asked"), name="one_open_export"),
            CheckConstraint(
                condition=Q(state="asked", ready_at__isnull=True, file_key="")
                | Q(state="ready", ready_at__isnull=False) & ~Q(file_key="")
                | Q(state="gone", ready_at__isnull=False, file_key=""),
                name="export_ready_has_file",
            ),
        ]
        indexes = [models.Index(fields=["ready_at"], condition=Q(state="ready"), name="export_kept")]  # the sweep

    def __str__(self) -> str:
        return f"export {self.pk} {self.state}"

    @property
    def until(self) -> datetime | None:
        """Until when it can be fetched; nothing as long as it is being made."""
        return self.ready_at + KEPT if self.ready_at else None

    def is_there(self, now: datetime) -> bool:
        """Tell whether it can be fetched."""
        return self.state == self.State.READY and self.until is not None and now < self.until
