"""After a case has ended: how it went, whom to ring up, and what is objected to."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q

from onething.cases import policy
from onething.cases.models.running import Case
from onething.kernel.access import Actor, Door
from onething.registry import sealing
from onething.registry.policy import in_region

OBJECTED = "cases.objected"
CALLED_BACK = "cases.called_back"
RATED = "cases.rated"


class OfCaseSet(models.QuerySet[Any]):
    """Reading what belongs to a case after its end."""

    def visible_to(self, actor: Actor) -> Any:
        """Keep a person's own, and for staff who may read such rows those of their division; a system sees all."""
        if actor.door is Door.SYSTEM:
            return self
        if actor.door is Door.CITIZEN and actor.person_id:
            return self.filter(case__person_id=actor.person_id)
        if actor.door is Door.STAFF and actor.may(self.model.READ_BY):
            return self.filter(in_region(actor, "region"))
        return self.none()


class Rating(models.Model):
    """How a person was served (好差评): once for each case, after its end, and never changed. The words are sealed."""

    READ_BY = policy.CALL_BACK

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="rating")
    region = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    sealed_words = models.BinaryField()
    rated_at = models.DateTimeField()

    objects = OfCaseSet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="rating_has_five_levels")]

    @cached_property
    def words(self) -> str:
        """What the person wrote, opened with their key."""
        return str(sealing.unseal(self.case.person_id, bytes(self.sealed_words), field=RATED))


class CallBack(models.Model):
    """
    The work order of a bad rating: somebody by name rings the person up by a day; late, it goes a level up.

    `post_id` is whose it is now; without one nobody up to the nation holds such a post, and the list says so.
    """

    READ_BY = policy.CALL_BACK

    class Outcome(models.TextChoices):
        """What came of it."""

        MENDED = "mended"
        EXPLAINED = "explained"
        NOT_REACHED = "not_reached"

    rating = models.OneToOneField(Rating, on_delete=models.CASCADE, primary_key=True, related_name="call_back")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    region = models.CharField(max_length=12)
    post_id = models.UUIDField(null=True)
    due = models.DateField()
    deadline = models.JSONField()
    opened_at = models.DateTimeField()
    rung = models.PositiveSmallIntegerField(default=0)  # how often it went up
    outcome = models.TextField(choices=Outcome.choices, default="")
    sealed_words = models.BinaryField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)  # an account of staff

    objects = OfCaseSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="", sealed_words=None)
                | Q(done_at__isnull=False, sealed_words__isnull=False) & ~Q(outcome=""),
                name="call_back_done_has_outcome",
            )
        ]
        indexes = [  # the list, and the sweep of late ones
            models.Index(fields=["due"], name="call_back_open", condition=Q(done_at=None))
        ]

    @cached_property
    def words(self) -> str:
        """What was said and done, opened with the person's key."""
        return (
            str(sealing.unseal(self.case.person_id, bytes(self.sealed_words), field=CALLED_BACK))
            if self.sealed_words
            else ""
        )


class Objection(models.Model):
    """
    A person objects to the decision about one matter: kept while it is written, then lodged, by a day with its proof.

    `term` says how the last day was found; `late_because` is asked for after it.
    """

    READ_BY = policy.READ_CASE

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft"
        LODGED = "lodged"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="objections")
    region = models.CharField(max_length=12)
    matter = models.TextField()
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    sealed_words = models.BinaryField()  # {"words": …, "late_because": …}
    term = models.JSONField()
    until = models.DateField(null=True)  # no term is written down for it
    saved_at = models.DateTimeField()
    lodged_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = OfCaseSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "matter"], condition=~Q(state="withdrawn"), name="one_objection_to_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", lodged_at=None, withdrawn_at=None)
                | Q(state="lodged", lodged_at__isnull=False, withdrawn_at=None)
                | Q(state="withdrawn", lodged_at__isnull=False, withdrawn_at__isnull=False),
                name="objection_state_has_time",
            ),
        ]

    @cached_property
    def said(self) -> dict[str, str]:
        """What the person wrote, opened with their key: `words` and `late_because`."""
        return dict(sealing.unseal(self.case.person_id, bytes(self.sealed_words), field=OBJECTED))
