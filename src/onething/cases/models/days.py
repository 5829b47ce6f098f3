"""The days of the law that the person of a case must keep."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from onething.cases.models.drafts import Draft


class DayToKeep(models.Model):
    """
    A statutory day that a form's person must keep, as far as is known: the term of the pack, its last day.

    `remind_on` is the next day on which to remind; without one nothing more is said. The words stay in the release.
    """

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="days_to_keep")
    person_id = models.UUIDField()
    term = models.TextField()
    matter = models.TextField(default="")
    due = models.DateField()
    remind_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "term"], name="day_to_keep_once")]
        indexes = [  # read by sweeps.remind_of_days
            models.Index(fields=["remind_on"], name="day_to_keep_near", condition=Q(remind_on__isnull=False))
        ]
