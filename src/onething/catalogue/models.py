"""Published pack releases. A release is immutable: a case keeps the one it began with."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q


class ReleaseSet(models.QuerySet["Release"]):
    """Readings over releases."""

    def in_force(self, on: date) -> ReleaseSet:
        """Keep what is effective on a day; several versions of one pack may be, the newest counts."""
        open_end = Q(effective_to__isnull=True) | Q(effective_to__gt=on)
        return self.filter(open_end, effective_from__lte=on).order_by("-published_at")


class Release(models.Model):
    """
    One published state of a pack, with everything it extends already merged in.

    `content` is the resolved pack as plain JSON; `digest` its sha256. `region` is the 12-digit division it is for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pack = models.TextField()
    digest = models.CharField(max_length=64)
    version = models.TextField()
    title = models.JSONField()
    region = models.CharField(max_length=12)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    content = models.JSONField()
    published_at = models.DateTimeField()

    objects = ReleaseSet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "digest"], name="release_once")]
        indexes = [models.Index(fields=["region", "-published_at"], name="release_by_region")]  # current_release

    def __str__(self) -> str:
        return f"{self.pack} {self.version} ({self.digest[:8]})"

    def notice_texts(self, kind: str) -> dict[str, Any]:
        """Find the pack's texts for one occasion, by channel; empty if the pack has none."""
        texts: dict[str, Any] = self.content.get("notices", {}).get(kind, {})
        return texts
