"""What is sent after an order that is out: a paper that came later, or did not come; or that nobody wants it now."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from onething.exchange.models.orders import Order
from onething.exchange.states import AmendmentKind, State

SEALED_AS = "exchange.amendment"  # what the sealed paper is bound to, besides the person


class Amendment(models.Model):
    """
    One amendment of one order. `number` counts them, `key` is a digest of what it says: the same is sent once.

    It has its own way out and never touches the state, the round or the term of its order. `acknowledged_at`: the
    department's system gave its receipt; or, for a withdrawal that lies on a desk, an officer noted it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="amendments", db_index=False)
    kind = models.CharField(max_length=12, db_default=AmendmentKind.PAPER)
    number = models.PositiveSmallIntegerField()
    key = models.BinaryField(max_length=32)
    sealed = models.BinaryField()  # the paper, under the person's key; a withdrawal needs none
    state = models.CharField(max_length=12, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    tries_left = models.PositiveSmallIntegerField()
    next_attempt_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="exchange_amendment_numbered"),
            models.UniqueConstraint(fields=["order", "key"], name="exchange_amendment_once"),
            models.CheckConstraint(
                condition=Q(state__in=[State.WAITING, State.SENT, State.DEAD, State.CANCELLED]),
                name="exchange_amendment_state",
            ),
            models.CheckConstraint(condition=Q(kind__in=list(AmendmentKind)), name="exchange_amendment_kind"),
            models.CheckConstraint(
                condition=~Q(state=State.WAITING) | Q(next_attempt_at__isnull=False),
                name="exchange_amendment_is_tried_again",
            ),
        ]
        indexes = [  # read by the sweep that sends
            models.Index(fields=["next_attempt_at"], name="exchange_amendment_next", condition=Q(state=State.WAITING)),
            models.Index(  # read by the desk: what was withdrawn and nobody has noted
                fields=["order"],
                name="exchange_withdrawal_open",
                condition=Q(kind=AmendmentKind.WITHDRAWAL, acknowledged_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}-{self.kind}-{self.number}"
