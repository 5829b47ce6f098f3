"""The personal file: what sources state, what a person wants corrected, where the archive is, who is expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from onething.kernel.access import Actor
from onething.registry.cipher import DataKey
from onething.registry.models.divisions import Organisation
from onething.registry.models.persons import Person
from onething.registry.policy import in_region


class OfPersonSet(models.QuerySet[Any]):
    """Reading rows that belong to a person's file."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rows of persons this actor may see."""
        return self.filter(person__in=Person.objects.visible_to(actor))


@dataclass(frozen=True, slots=True)
class Said:
    """One value as one source said it: when it was checked, and how good the evidence is."""

    value: Any
    source: str
    checked_at: datetime
    grade: int


class Statement(models.Model):
    """
    What one source says about one entry of a file: its fields with the time and the grade of each, sealed.

    `match` is a keyed digest of what makes two sources mean the same entry (see `sections`), bound to the person.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="statements", db_index=False
    )  # led by the constraint
    section = models.TextField()
    match = models.BinaryField(max_length=16)
    source = models.TextField()
    sealed = models.BinaryField()
    checked_at = models.DateTimeField()
    grade = models.PositiveSmallIntegerField()

    objects = OfPersonSet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["person", "section", "match", "source"], name="one_statement_per_entry_and_source"
            ),
            CheckConstraint(condition=Q(grade__gte=1, grade__lte=4), name="statement_grade"),
        ]

    def __str__(self) -> str:
        return f"{self.section} of {self.person_id} by {self.source}"

    def said(self, key: DataKey) -> dict[str, Said]:
        """Open what is stated: field → value with its time and grade."""
        content: Mapping[str, Any] = key.unseal(self.bound_name, bytes(self.sealed))
        return {name: self._said(name, content) for name in content["values"]}

    def _said(self, name: str, content: Mapping[str, Any]) -> Said:
        own = content.get("own", {}).get(name)
        at, grade = (datetime.fromisoformat(own[0]), own[1]) if own else (self.checked_at, self.grade)
        return Said(content["values"][name], self.source, at, grade)

    @property
    def bound_name(self) -> str:
        """The name to which the sealed content is bound."""
        return statement_name(self.section)


def statement_name(section: str) -> str:
    """Give the name to which a section's statements are bound."""
    return f"file:{section}"


class CorrectionRequest(models.Model):
    """A person says that a field of their file is wrong. What they say, and the answer, are sealed."""

    class State(models.TextChoices):
        """How far it has come."""

        OPEN = "open"
        PASSED_ON = "passed_on"  # another authority is responsible for the field; it was asked
        ACCEPTED = "accepted"
        REFUSED = "refused"

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="corrections")
    section = models.TextField()
    match = models.BinaryField(max_length=16)
    field = models.TextField()
    sealed = models.BinaryField()  # {"wanted": value, "because": text, "answer": text}
    state = models.TextField(choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(blank=True, default="")

    objects = OfPersonSet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(state__in=["open", "passed_on"], answered_at__isnull=True)
                | Q(state__in=["accepted", "refused"], answered_at__isnull=False),
                name="correction_answered_has_time",
            ),
            UniqueConstraint(
                fields=["person", "section", "match", "field"],
                condition=Q(answered_at__isnull=True),
                name="one_open_correction_per_field",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(answered_at__isnull=True), name="correction_open")  # the pile
        ]

    def __str__(self) -> str:
        return f"correction {self.pk} {self.state}"

    @property
    def target(self) -> str:
        """The field, as section.field."""
        return f"{self.section}.{self.field}"


class ArchiveMove(models.Model):
    """One line of the ledger of a paper archive (档案): held, sent, received or sent back. Lines are only added."""

    class Kind(models.TextChoices):
        """What happened to the archive."""

        HELD = "held"
        SENT = "sent"
        RECEIVED = "received"
        RETURNED = "returned"

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="archive_moves")
    kind = models.TextField(choices=Kind.choices)
    sealed = models.BinaryField()  # {"reference": the archive's number, "pages": …, "note": …}
    holder = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    outside = models.TextField(blank=True, default="")  # a holder that has no row here: a unit, another province
    way = models.TextField(blank=True, default="")  # 机要, 专人
    day = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.TextField()

    objects = OfPersonSet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=["held", "sent", "received", "returned"]), name="archive_move_kind"),
            CheckConstraint(condition=Q(holder__isnull=False) ^ ~Q(outside=""), name="archive_is_somewhere"),
        ]

    def __str__(self) -> str:
        return f"archive of {self.person_id} {self.kind} {self.day}"


class ArrivalSet(OfPersonSet):
    """Reading who is expected."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the actor's division and below."""
        return self.filter(in_region(actor, "person__region__code")) if actor.region else super().visible_to(actor)


class Arrival(models.Model):
    """
    Somebody who was discharged and has not come yet: their data is reviewed before they arrive.

    `lacking` names fields (section.field), never values. Source: S3, 退役数据预审前置.
    """

    class State(models.TextChoices):
        """How far the review has come."""

        WAITING = "waiting"
        ASKED = "asked"  # the unit was asked for what lacks
        READY = "ready"
        ARRIVED = "arrived"

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="arrival")
    source = models.TextField()
    lacking = ArrayField(models.TextField(), default=list)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    expected_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)

    objects = ArrivalSet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(state__in=["waiting", "asked", "ready", "arrived"]), name="arrival_state"),
            CheckConstraint(condition=~Q(state="ready") | Q(lacking=[]), name="arrival_ready_lacks_nothing"),
        ]

    def __str__(self) -> str:
        return f"arrival of {self.person_id} {self.state}"
