"""Drafts: the one form while it is being filled."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from onething.cases import statements
from onething.cases.models.running import Case
from onething.kernel.access import Actor, Door
from onething.kernel.language import Language
from onething.plumbing import prepared


class DraftSet(models.QuerySet["Draft"]):
    """Readings over drafts."""

    def lock(self, draft_id: UUID) -> Draft:
        """Lock and read a draft. Refuses Draft.DoesNotExist."""
        row = prepared.row(statements.LOCK_DRAFT, [draft_id])
        if row is None:
            raise Draft.DoesNotExist
        return Draft.from_db(self.db, statements.DRAFT_COLUMNS, row)

    def visible_to(self, actor: Actor) -> DraftSet:
        """Keep the drafts of the person who asks; nobody else reads a half-filled form, but a helper of this pack."""
        if actor.door is Door.HELPER and actor.errand and actor.person_id:
            theirs = Q(case__in=Case.objects.visible_to(actor))
            theirs |= Q(case=None) if actor.errand.case_id is None else Q()
            return self.filter(theirs, person_id=actor.person_id, release__pack=actor.errand.pack)
        if actor.door is Door.CITIZEN and actor.person_id:
            return self.filter(person_id=actor.person_id)
        return self.none()


class Draft(models.Model):
    """A form being filled. Saved at every step; becomes a case once, by `submit_case`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    release = models.ForeignKey("catalogue.Release", on_delete=models.PROTECT)
    region = models.CharField(max_length=12)
    answers = models.BinaryField()
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    case = models.OneToOneField("Case", null=True, on_delete=models.PROTECT, related_name="draft")
    language: models.CharField[Language, Language] = models.CharField(
        max_length=2, choices=[("zh", "zh"), ("en", "en")], default="zh", db_default="zh"
    )  # what the person reads; letters and documents are written in it
    days_read_at = models.DateTimeField(null=True)  # when its days to keep were last looked for

    objects = DraftSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-saved_at"], name="draft_by_person"),  # drafts_of
            models.Index(
                fields=["saved_at"],
                name="draft_days_unread",  # read by sweeps.read_days
                condition=Q(days_read_at__isnull=True) | Q(days_read_at__lt=F("saved_at")),
            ),
        ]
