"""What goes on only when a person looks."""

from __future__ import annotations

import uuid
from functools import cached_property

from django.db import models
from django.db.models import Q

from onething.cases import policy
from onething.cases.models.running import Case
from onething.cases.states import ConcernKind
from onething.kernel.access import Actor, Door
from onething.registry import sealing
from onething.registry.policy import in_region

NOTED = "cases.noted"


class ConcernSet(models.QuerySet["Concern"]):
    """Readings over what a person must look at."""

    def visible_to(self, actor: Actor) -> ConcernSet:
        """Those of the cases of one's division and below, for staff who take such things up; a system sees all."""
        if actor.door is Door.SYSTEM:
            return self
        if actor.door is Door.STAFF and actor.may(policy.TAKE_UP_CONCERN):
            return self.filter(in_region(actor, "region"))
        return self.none()

    def open(self) -> ConcernSet:
        """Keep what is not done."""
        return self.filter(done_at=None)


class Concern(models.Model):
    """
    Something about a case that goes on only when a person looks: what, since when, who has it, and when it was done.

    `about` is the order, reply, correction or paper it is about; the same about the same is raised once at a time, and
    never twice for the same moment. Done without anybody who took it up: it had settled itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="concerns")
    region = models.CharField(max_length=12)
    kind = models.TextField(choices=[(k, k) for k in ConcernKind])
    matter = models.TextField(default="")
    detail = models.TextField(default="")
    about = models.TextField()
    since = models.DateTimeField()
    due = models.DateField(null=True)  # the working day after: by then somebody has looked
    sealed_words = models.BinaryField(null=True)  # what a colleague wrote, under the person's key
    told_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)  # an account of staff
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = ConcernSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(ConcernKind)), name="concern_kind_known"),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="concern_taken_has_time",
            ),
            models.UniqueConstraint(fields=["case", "kind", "about", "since"], name="concern_once"),
            models.UniqueConstraint(
                fields=["case", "kind", "about"], condition=Q(done_at__isnull=True), name="one_open_concern"
            ),
        ]
        indexes = [  # read by the workbench
            models.Index(fields=["region", "since"], name="concern_open", condition=Q(done_at__isnull=True))
        ]

    @cached_property
    def words(self) -> str:
        """What a colleague wrote, opened with the person's key; empty where nobody wrote."""
        if not self.sealed_words:
            return ""
        return str(sealing.unseal(self.case.person_id, bytes(self.sealed_words), field=NOTED))
