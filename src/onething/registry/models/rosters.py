"""Rosters: files with persons, checked line by line before anything of them enters the registry."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from onething.kernel.access import Actor, Door
from onething.registry.cipher import DataKey, WrappedKey
from onething.registry.errors import RosterSealed
from onething.registry.models.divisions import Region
from onething.registry.policy import ALL, NOTHING, in_region


class RosterSet(models.QuerySet["Roster"]):
    """Reading rosters."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rosters of the actor's division and below; the system sees all."""
        if actor.door is Door.SYSTEM:
            return self.filter(ALL)
        return self.filter(in_region(actor)) if actor.door is Door.STAFF else self.filter(NOTHING)


class Roster(models.Model):
    """
    A file of persons: discharged soldiers before they arrive, or what a department knows of many.

    The file lies in the store, sealed with a key of its own; once that key is destroyed, neither file nor lines open.
    """

    class Kind(models.TextChoices):
        """What kind of list it is."""

        DISCHARGE = "discharge"
        EXTRACT = "extract"

    class State(models.TextChoices):
        """How far it has come."""

        TAKEN = "taken"
        CHECKED = "checked"
        APPLIED = "applied"
        UNDONE = "undone"
        DISCARDED = "discarded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.TextField(choices=Kind.choices)
    title = models.TextField()
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    authority = models.TextField()
    file_key = models.TextField(blank=True, default="")
    file_size = models.BigIntegerField()
    shape = models.JSONField()  # format, encoding, delimiter, the line of the titles
    titles = ArrayField(models.TextField())
    columns = ArrayField(models.TextField())  # for each title the field it fills, "" for none
    state = models.TextField(choices=State.choices, default=State.TAKEN)
    key_version = models.PositiveSmallIntegerField(null=True)
    wrapped_key = models.BinaryField(null=True)
    lines = models.IntegerField(default=0)
    faulty = models.IntegerField(default=0)
    left_out = models.IntegerField(default=0)
    new_persons = models.IntegerField(default=0)
    known_persons = models.IntegerField(default=0)
    taken_at = models.DateTimeField()
    taken_by = models.TextField()
    checked_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # undone, discarded

    objects = RosterSet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(state__in=["taken", "checked", "applied", "undone", "discarded"]), name="roster_state"
            ),
            CheckConstraint(condition=~Q(state="applied") | Q(faulty=0), name="roster_applied_has_no_fault"),
        ]
        indexes = [models.Index(fields=["-taken_at"], name="roster_newest")]  # the list of rosters

    def __str__(self) -> str:
        return f"roster {self.pk} {self.state}"

    @property
    def source(self) -> str:
        """The source under which its persons and statements stand."""
        return f"{self.authority}:{self.pk.hex[:12]}"

    @property
    def good(self) -> int:
        """How many persons an import would enter."""
        return self.new_persons + self.known_persons

    @cached_property
    def data_key(self) -> DataKey:
        """Open the key of this roster. Refuses RosterSealed."""
        if self.wrapped_key is None or self.key_version is None:
            raise RosterSealed
        return DataKey.unwrap(self.pk, WrappedKey(self.key_version, bytes(self.wrapped_key)))


class RosterLine(models.Model):
    """A line that has a fault, was mended, or is left out. Its cells are sealed; its faults name no value."""

    id = models.BigAutoField(primary_key=True)
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="marked", db_index=False)  # led by the constraint
    number = models.IntegerField()
    sealed = models.BinaryField(null=True)
    faults = models.JSONField(default=list)  # [[column or null, code, facts], …]
    is_mended = models.BooleanField(default=False)
    is_left_out = models.BooleanField(default=False)

    class Meta:
        constraints = [UniqueConstraint(fields=["roster", "number"], name="roster_line_once")]

    def __str__(self) -> str:
        return f"line {self.number} of {self.roster_id}"

    def cells(self, key: DataKey) -> Sequence[str]:
        """Open the cells of the line."""
        opened: Sequence[str] = key.unseal("line", bytes(self.sealed)) if self.sealed else []
        return opened

    @property
    def fault_rows(self) -> list[tuple[int | None, str, Mapping[str, Any]]]:
        """List the faults: column, code, facts."""
        return [(column, code, facts) for column, code, facts in self.faults]
