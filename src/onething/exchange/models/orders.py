"""Orders, every attempt to hand one over, and every reply that came back."""

from __future__ import annotations

import uuid
from datetime import timedelta
from enum import IntEnum
from functools import cached_property
from typing import Any, Self

from django.db import models
from django.db.models import Q

from onething.exchange import policy
from onething.exchange.models.ports import Department
from onething.exchange.states import OPEN, UNANSWERED, Disposition, ReplyKind, State
from onething.kernel.access import Actor, Door
from onething.registry import sealing
from onething.registry.policy import in_region


class Stage(IntEnum):
    """How far a desk is with an order whose day has not come: mended and back again, new, begun."""

    FIXED = 2
    NEW = 3
    BEGUN = 4


STAGE = models.Case(
    models.When(state=State.ACKNOWLEDGED, then=models.Value(Stage.BEGUN.value)),
    models.When(round__gt=1, then=models.Value(Stage.FIXED.value)),
    default=models.Value(Stage.NEW.value),
    output_field=models.SmallIntegerField(),
)
"""The same in the database: what the index of the desk is built over, and its queue asks for."""

PAYLOAD = "exchange.order"  # what sealed values are bound to, besides the person
WORDS = "exchange.reply"


def _choices(kinds: type[State] | type[ReplyKind] | type[Disposition]) -> list[tuple[str, str]]:
    return [(kind.value, kind.value) for kind in kinds]


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders."""

    def visible_to(self, actor: Actor) -> Self:
        """A desk sees its organisation's orders, a supervisor those of the region, a system all, others none."""
        if actor.door is Door.SYSTEM:
            return self
        seen = Q(pk__in=[])
        if actor.may(policy.ANSWER_ORDER) and actor.organisation:
            seen |= Q(organisation=actor.organisation)
        if actor.may(policy.WATCH_ORDERS):
            seen |= in_region(actor, "region")
        return self.filter(seen)


class Order(models.Model):
    """One matter that one department is asked to do for one case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task_id = models.UUIDField(unique=True)
    case_id = models.UUIDField()
    case_number = models.CharField(max_length=40)
    person_id = models.UUIDField()
    matter = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    department = models.CharField(max_length=40)
    port = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="orders", db_index=False)
    region = models.CharField(max_length=12)
    organisation = models.CharField(max_length=60, blank=True)
    post_id = models.UUIDField(null=True)  # who at that desk has it: routed there, or handed over; else everybody
    round = models.PositiveSmallIntegerField(default=1)
    sealed = models.BinaryField()  # the payload, under the person's key
    due = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=_choices(State), default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)  # in all rounds together
    tries_left = models.PositiveSmallIntegerField()  # before a person is asked to look
    next_attempt_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    owner = models.CharField(max_length=80, blank=True)
    tell_by = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                # No silence: whoever waits for a department, a person is named who will be told by a named time.
                condition=~Q(state__in=OPEN) | (~Q(owner="") & Q(tell_by__isnull=False)),
                name="exchange_order_somebody_is_told",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WAITING) | Q(next_attempt_at__isnull=False),
                name="exchange_order_is_tried_again",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DEAD) | Q(told_at__isnull=False), name="exchange_order_dead_was_told"
            ),
            models.CheckConstraint(
                # The only ways out of waiting and sent: the department was heard, or somebody was told that it was
                # not; or nobody wants the matter any more.
                condition=Q(state__in=[State.WAITING, State.SENT, State.CANCELLED])
                | Q(acknowledged_at__isnull=False)
                | Q(told_at__isnull=False),
                name="exchange_order_heard_or_told",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ANSWERED, answered_at__isnull=False)
                | (~Q(state=State.ANSWERED) & Q(answered_at__isnull=True)),
                name="exchange_order_answered_at",
            ),
        ]
        indexes = [
            models.Index(fields=["case_id"], name="exchange_order_by_case"),  # read by the case page, cancel_orders
            models.Index(  # read by the desk
                fields=["organisation", "due"], name="exchange_order_desk", condition=Q(state__in=UNANSWERED)
            ),
            models.Index(  # read by the desk's queue: what is corrected, new, begun
                "organisation", STAGE, "due", "id", name="exchange_order_queue", condition=Q(state__in=OPEN)
            ),
            models.Index(  # read by the desk's queue: what was given back to the applicant
                fields=["organisation", "due", "id"], name="exchange_order_returned", condition=Q(state=State.RETURNED)
            ),
            models.Index(  # read by the sweep that sends again, by each port's own; by the port board
                fields=["port", "next_attempt_at"],
                name="exchange_order_port_next",
                condition=Q(state__in=[State.WAITING, State.SENT]),
            ),
            models.Index(  # read by claim_order: how many calls to this department are under way
                fields=["port"], name="exchange_order_claimed", condition=Q(claimed_at__isnull=False)
            ),
            models.Index(  # read by the ladder's next rung, the page of stuck orders, the port board
                fields=["port", "told_at"],
                name="exchange_order_told",
                condition=Q(told_at__isnull=False, state__in=UNANSWERED),
            ),
            models.Index(  # read by the sweep that tells the owner
                fields=["tell_by"], name="exchange_order_tell", condition=Q(told_at__isnull=True, state__in=OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_number}/{self.matter}"

    @property
    def is_open(self) -> bool:
        """Tell whether a reply could still change something."""
        return self.state in OPEN

    @property
    def stage_now(self) -> Stage:
        """Tell how far the desk is with it."""
        if self.state == State.ACKNOWLEDGED:
            return Stage.BEGUN
        return Stage.FIXED if self.round > 1 else Stage.NEW

    @cached_property
    def payload(self) -> dict[str, Any]:
        """Unseal what the department needs for this matter: fields and materials."""
        return dict(sealing.unseal(self.person_id, bytes(self.sealed), field=PAYLOAD))

    @property
    def event_id(self) -> str:
        """The id of the message: the same in every attempt, another one after a correction."""
        return f"{self.pk}-{self.round}"


class Attempt(models.Model):
    """One attempt to hand an order over. Written before the call, so that a call that was cut short is seen too."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="tries")
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, default="open")  # open, delivered, retry, final
    status = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="exchange_attempt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.round}.{self.number}"

    @property
    def took(self) -> timedelta | None:
        """Compute how long the call took; None for one that was cut short."""
        return self.finished_at - self.started_at if self.finished_at else None


class Reply(models.Model):
    """One message of a department about one order, kept as it came, with what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="replies", db_index=False)
    message_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=_choices(ReplyKind))
    round = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    digest = models.BinaryField(max_length=32)  # keyed: finds the same words under another id
    disposition = models.CharField(max_length=12, choices=_choices(Disposition))
    deliveries = models.PositiveIntegerField(default=1)
    actor = models.CharField(max_length=80)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Per order: a department that counts its messages badly loses none, and cannot block another's.
            models.UniqueConstraint(fields=["order", "message_id"], name="exchange_reply_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"
