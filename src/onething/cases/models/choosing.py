"""What the window chose where a register says otherwise than the person."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from onething.cases.models.running import Case

TAKEN = "cases.taken"


class Choice(models.Model):
    """
    One choice about one field of a case: what the person says counts, what the register says, or the person is asked.

    The newest of a field counts; the older ones stay, with who made them and why.
    """

    class Takes(models.TextChoices):
        """What was chosen."""

        SAID = "said"
        KNOWN = "known"
        ASK = "ask"

    class Why(models.TextChoices):
        """Why, from a list: reasons are facts of the journal, free words are not."""

        PAPER_SEEN = "paper_seen"
        REGISTER_NEWER = "register_newer"
        SLIP_OF_PEN = "slip_of_pen"
        UNCLEAR = "unclear"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="choices", db_index=False)  # led by the index
    field = models.TextField()
    takes = models.TextField(choices=Takes.choices)
    why = models.TextField(choices=Why.choices)
    made_by = models.UUIDField()  # an account of staff
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(takes__in=["said", "known", "ask"]), name="choice_takes"),
        ]
        indexes = [models.Index(fields=["case", "field", "made_at"], name="choice_of_field")]  # the page of the case
