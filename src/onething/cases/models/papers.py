"""What a case asks for and gets: corrections, uploads, papers that follow."""

from __future__ import annotations

import uuid
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onething.cases.models.drafts import Draft
from onething.cases.models.running import Case, Task
from onething.registry import sealing

ASKED = "cases.asked"


class Correction(models.Model):
    """One request to mend something (补正): exactly which fields and papers, in the department's words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="corrections")
    fields = ArrayField(models.TextField(), default=list)
    materials = ArrayField(models.TextField(), default=list)
    sealed_words = models.BinaryField()
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)  # its last day passed: a clerk was told

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(answered_at__isnull=True), name="one_open_correction"),
            models.CheckConstraint(condition=~Q(fields=[], materials=[]), name="correction_names_something"),
        ]
        indexes = [  # read by the reminders
            models.Index(fields=["answer_by"], name="correction_awaited", condition=Q(answered_at__isnull=True))
        ]

    @cached_property
    def words(self) -> str:
        """What the department wrote, opened with the person's key."""
        return (
            str(sealing.unseal(self.case.person_id, bytes(self.sealed_words), field=ASKED)) if self.sealed_words else ""
        )


class Upload(models.Model):
    """One file handed in for one material; of a draft, later of its case. The file itself lies sealed in storage."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, null=True, on_delete=models.CASCADE, related_name="uploads")
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="uploads")
    person_id = models.UUIDField()
    material = models.TextField()
    kind = models.TextField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    key = models.TextField()
    added_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField(default=0, db_default=0)  # among the pages of its paper, in a draft
    pages = models.PositiveSmallIntegerField(default=1, db_default=1)  # photographs that were bound into it

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=False) | Q(case__isnull=False), name="upload_belongs_somewhere"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="upload_not_empty"),
        ]


class PaperToCome(models.Model):
    """A case was accepted while this paper is still missing (容缺受理): promised by the person for a day."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers_to_come")
    material = models.TextField()
    promised_for = models.DateField()
    came_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)  # departments were told that it did not come; it still may

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "material"], name="paper_to_come_once")]
        indexes = [
            models.Index(fields=["promised_for"], name="paper_awaited", condition=Q(came_at__isnull=True))  # reminders
        ]
