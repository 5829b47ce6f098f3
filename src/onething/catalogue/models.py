"""Published pack releases. A release is immutable: a case keeps the one it began with."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from psycopg.types.json import Json


class OrderedJSON(models.JSONField):
    """JSON kept as it was written: `jsonb` would sort the keys, and with them all that the pages list."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Name the column's type."""
        return "json"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """Hand the value over as `json`; the base class would make `jsonb` of it."""
        return Json(value) if isinstance(value, dict | list) else super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Take what the driver has read already."""
        return value


class Kind(models.TextChoices):
    """What a pack is about."""

    MATTERS = "matters"
    ENTITLEMENTS = "entitlements"


class ReleaseSet(models.QuerySet["Release"]):
    """Readings over releases."""

    def in_force(self, on: date) -> ReleaseSet:
        """Keep what is effective on a day; several versions of one pack may be, the newest counts."""
        open_end = Q(effective_to__isnull=True) | Q(effective_to__gt=on)
        return self.filter(open_end, effective_from__lte=on).order_by("-published_at")


class Release(models.Model):
    """
    One published state of a pack, with everything it extends already merged in.

    `content` is the resolved pack as plain JSON, `digest` its sha256, `region` the 12-digit division it is for; `kind`
    says whether it tells how one thing is done, or who is entitled to what.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pack = models.TextField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MATTERS, db_default=Kind.MATTERS)
    digest = models.CharField(max_length=64)
    version = models.TextField()
    title = models.JSONField()
    region = models.CharField(max_length=12)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    content = OrderedJSON()
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
