"""A department's desk asks the window about a case; the window answers."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Self

from django.db import models
from django.db.models import Q

from onething.cases import policy
from onething.cases.models.running import Case
from onething.exchange import policy as exchange
from onething.exchange.models import Order
from onething.kernel.access import Actor, Door
from onething.registry import sealing

ASKED_BY_DESK = "cases.question"


class QuestionSet(models.QuerySet["Question"]):
    """Readings over what desks ask."""

    def visible_to(self, actor: Actor) -> Self:
        """A desk its own; for clerks who talk with persons, those of cases they see; nobody else's."""
        if actor.door is Door.SYSTEM:
            return self
        seen = Q(pk__in=[])
        if actor.door is Door.STAFF and actor.may(exchange.ANSWER_ORDER) and actor.organisation:
            seen |= Q(organisation=actor.organisation)
        if actor.door is Door.STAFF and actor.may(policy.TALK):
            seen |= Q(case__in=Case.objects.visible_to(actor))
        return self.filter(seen)

    def unanswered(self) -> Self:
        """Keep what waits for the window."""
        return self.filter(answered_at=None, closed_at=None)

    def to_be_read(self) -> Self:
        """Keep what the window has answered and the desk has not noted."""
        return self.filter(answered_at__isnull=False, closed_at=None)


class Question(models.Model):
    """
    What a department's desk asks the window about one order. The department's clock runs on.

    `due` is the day by which whoever's turn it is acts: the window until it has answered, then the desk. `region` is
    where the person stands: its clerks answer. Closed without an answer: the desk decided, or the case was taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="questions", db_index=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+", db_index=False)
    matter = models.TextField()
    organisation = models.CharField(max_length=60)
    region = models.CharField(max_length=12)
    sealed = models.BinaryField()  # under the person's key
    asked_by = models.UUIDField()  # an account of the desk
    asked_at = models.DateTimeField()
    due = models.DateField()
    person_asked_at = models.DateTimeField(null=True)
    sealed_answer = models.BinaryField(null=True)
    answered_by = models.UUIDField(null=True)  # an account of the window
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = QuestionSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, sealed_answer__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False, sealed_answer__isnull=False),
                name="question_answer_is_whole",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(answered_at=None, closed_at=None), name="one_open_question"
            ),
        ]
        indexes = [
            models.Index(  # read by the window's queue
                fields=["region", "due"], name="question_unanswered", condition=Q(answered_at=None, closed_at=None)
            ),
            models.Index(  # read by the desk's queue
                fields=["organisation", "due"],
                name="question_to_be_read",
                condition=Q(answered_at__isnull=False, closed_at=None),
            ),
            models.Index(fields=["case", "asked_at"], name="question_of_case"),  # read by the pages of case and order
        ]

    @property
    def is_unanswered(self) -> bool:
        """Tell whether it waits for the window."""
        return self.answered_at is None and self.closed_at is None

    @property
    def is_to_be_read(self) -> bool:
        """Tell whether the desk has not noted the answer."""
        return self.answered_at is not None and self.closed_at is None

    @cached_property
    def words(self) -> str:
        """What is asked, opened with the person's key."""
        return str(sealing.unseal(self.case.person_id, bytes(self.sealed), field=ASKED_BY_DESK))

    @cached_property
    def answer(self) -> str:
        """What the window answered; empty before it did."""
        if not self.sealed_answer:
            return ""
        return str(sealing.unseal(self.case.person_id, bytes(self.sealed_answer), field=ASKED_BY_DESK))
