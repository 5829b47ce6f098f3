"""Person and clerk write to each other."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import Q

from onething.cases import policy
from onething.cases.models.running import Case
from onething.kernel.access import Actor, Door
from onething.registry import sealing

TALKED = "cases.talked"


class ThreadSet(models.QuerySet["Thread"]):
    """Readings over what persons and clerks say to each other."""

    def visible_to(self, actor: Actor) -> ThreadSet:
        """The person's own; for clerks who talk with persons, those of cases they see; nobody else's."""
        if actor.door is Door.SYSTEM:
            return self
        if actor.door is Door.CITIZEN and actor.person_id:
            return self.filter(case__person_id=actor.person_id)
        if actor.door is Door.STAFF and actor.may(policy.TALK):
            return self.filter(case__in=Case.objects.visible_to(actor))
        return self.none()


class Thread(models.Model):
    """
    What a person and the clerks say to each other about one case, with its counters.

    `unanswered`: what the person said since a clerk last answered, to be answered by `due`; `unread`: what clerks said
    since the person last looked. `region` is where the person stands: its clerks talk with them.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="thread")
    region = models.CharField(max_length=12)
    unanswered = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True)
    due = models.DateField(null=True)

    objects = ThreadSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unanswered=0, waiting_since__isnull=True, due__isnull=True)
                | Q(unanswered__gt=0, waiting_since__isnull=False, due__isnull=False),
                name="thread_waits_by_a_day",
            )
        ]
        indexes = [  # read by the queue
            models.Index(fields=["region", "due"], name="thread_unanswered", condition=Q(unanswered__gt=0))
        ]


class Message(models.Model):
    """One message in a thread, sealed under the person's key; written by the person, or by a clerk (`account_id`)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    account_id = models.UUIDField(null=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    @property
    def is_of_person(self) -> bool:
        """Tell whether the person wrote it."""
        return self.account_id is None

    @cached_property
    def words(self) -> str:
        """What it says, opened with the person's key."""
        return str(sealing.unseal(self.case.person_id, bytes(self.sealed), field=TALKED))
