"""A second signature on a part of a form: asked for, given or refused by a code on the signer's phone."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from onething.cases.models.drafts import Draft
from onething.kernel.access import Actor, Door


class CosignatureSet(models.QuerySet["Cosignature"]):
    """Readings over second signatures."""

    def visible_to(self, actor: Actor) -> CosignatureSet:
        """Keep those on the forms that the actor may read."""
        if actor.door is Door.SYSTEM:
            return self
        return self.filter(draft__in=Draft.objects.visible_to(actor))


class Cosignature(models.Model):
    """
    One second signature (共同签字) on one matter of a form; asked anew, it is a new row.

    `sealed_shown` is what the signer reads, name and phone with it, sealed under the applicant's key; `digest` is that
    of its text: who changes an answer afterwards has no signature any more. `token` is the digest of the link's secret.
    """

    class State(models.TextChoices):
        """How far it has come."""

        ASKED = "asked"
        SIGNED = "signed"
        REFUSED = "refused"
        REPLACED = "replaced"  # asked for once more

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="cosignatures")
    person_id = models.UUIDField()
    matter = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    digest = models.CharField(max_length=64)
    sealed_shown = models.BinaryField()
    token = models.BinaryField(max_length=32, unique=True)  # read by the signer's link
    code = models.BinaryField(max_length=32)
    tries = models.PositiveSmallIntegerField(default=0)
    sealed_reason = models.BinaryField(default=bytes)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)  # the code was right; it works no second time
    answered_at = models.DateTimeField(null=True)

    objects = CosignatureSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="replaced")
                | Q(state="asked", answered_at__isnull=True)
                | Q(state__in=["signed", "refused"], answered_at__isnull=False, opened_at__isnull=False),
                name="cosignature_answered_after_reading",
            ),
            models.UniqueConstraint(
                fields=["draft", "matter"], condition=~Q(state="replaced"), name="one_cosignature_for_a_matter"
            ),
        ]
