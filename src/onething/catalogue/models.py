"""Published pack releases, and drafts of the next. A release is immutable: a case keeps the one it began with."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.utils.functional import cached_property
from psycopg.types.json import Json

from onething.catalogue import policy
from onething.kernel.access import Actor


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
    GRANTS = "grants"


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
    says whether it tells how one thing is done, who is entitled to what, or how what was offered is granted.
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


class ReleaseSource(models.Model):
    """
    The files that a release was made of, with its examples and those of the packs that it extends.

    `files` maps "level/name/file" to text. Releases published before these were kept have none.
    """

    release = models.OneToOneField(Release, models.CASCADE, primary_key=True, related_name="source")
    files = OrderedJSON()

    def __str__(self) -> str:
        return f"{self.release_id}: {len(self.files)}"


class PackDraftSet(models.QuerySet["PackDraft"]):
    """Readings over drafts."""

    def visible_to(self, actor: Actor) -> PackDraftSet:
        """Keep the drafts an actor may see."""
        return self.filter(policy.drafts(actor))


class PackDraft(models.Model):
    """
    A pack that is being prepared: its files, begun from a release or an uploaded archive.

    `files` as in ReleaseSource; only those of the pack itself are edited. `revision` counts the changes: whoever saves
    or agrees says which one they saw. `content` and `digest` are what would be published, of the revision
    `proposed_revision`; until somebody has asked for publishing there is none.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open"
        PUBLISHED = "published"
        DISCARDED = "discarded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pack = models.TextField()
    region = models.CharField(max_length=12)
    based_on = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    files = OrderedJSON()
    revision = models.PositiveIntegerField(default=1)
    state = models.TextField(choices=State.choices, default=State.OPEN)
    proposed_revision = models.PositiveIntegerField(null=True)
    content = OrderedJSON(null=True)
    digest = models.CharField(max_length=64, default="")
    begun_by = models.UUIDField(null=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = PackDraftSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "-changed_at"], name="draft_by_region")]  # the list of drafts

    def __str__(self) -> str:
        return f"{self.pack} r{self.revision}"

    @cached_property
    def own_files(self) -> dict[str, str]:
        """The files of the pack itself, by their path inside it."""
        start = f"{self.pack}/"
        return {name.removeprefix(start): text for name, text in self.files.items() if name.startswith(start)}


class DraftStep(models.Model):
    """One change of a draft. `before` maps each file that it touched to its text until then, None if there was none."""

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(PackDraft, models.CASCADE, related_name="steps")
    revision = models.PositiveIntegerField()  # the one that the change made
    before = OrderedJSON()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "revision"], name="draft_step_once")]

    def __str__(self) -> str:
        return f"{self.draft_id} r{self.revision}"


class CalendarYearSet(models.QuerySet["CalendarYear"]):
    """Readings over calendars that were entered."""

    def visible_to(self, actor: Actor) -> CalendarYearSet:
        """Keep what an actor may see."""
        return self.filter(policy.years(actor))


class CalendarYear(models.Model):
    """
    The working days of one year as somebody entered them after the State Council's notice. Immutable.

    `text` is a calendar file (plumbing.calendars); of several in force for one year the newest counts.
    """

    class State(models.TextChoices):
        """Where it stands."""

        ENTERED = "entered"
        IN_FORCE = "in_force"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    region = models.CharField(max_length=12)
    text = models.TextField()
    state = models.TextField(choices=State.choices, default=State.ENTERED)
    entered_by = models.UUIDField(null=True)
    entered_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True)

    objects = CalendarYearSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="entered", in_force_at__isnull=True) | Q(state="in_force", in_force_at__isnull=False),
                name="calendar_in_force_since",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.state}"
