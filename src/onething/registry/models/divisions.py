"""Divisions with their history, and the organisations in them."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Case, CheckConstraint, Q, UniqueConstraint, Value, When

from onething.kernel.access import Actor
from onething.registry import policy


class RegionQuerySet(models.QuerySet["Region"]):
    """Reading regions."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the regions this actor works with."""
        return self.filter(policy.region_list(actor))


class Region(models.Model):
    """An administrative division. Its level is computed from the code's zeros, so that it can never be wrong."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.TextField()
    name_en = models.TextField(blank=True, default="")
    level = models.GeneratedField(
        expression=Case(
            When(code__endswith="0" * 12, then=Value(0)),
            When(code__endswith="0" * 10, then=Value(1)),
            When(code__endswith="0" * 8, then=Value(2)),
            When(code__endswith="0" * 6, then=Value(3)),
            When(code__endswith="0" * 3, then=Value(4)),
            default=Value(5),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    own_parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="own_children"
    )  # a province's own tree
    is_own = models.BooleanField(default=False, db_default=False)  # in no national list: a development zone, a farm
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    source = models.TextField()

    objects = RegionQuerySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(code__regex=r"^\d{12}$"), name="region_code_has_12_digits"),
            CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=models.F("valid_from")),
                name="region_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"


class RegionChange(models.Model):
    """One line of the divisions' history. Without a day it tells only the year, and moves nothing."""

    class Kind(models.TextChoices):
        """What happened. A merger is several recodings with one new code, a split several with one old code."""

        FOUNDED = "founded"
        RENAMED = "renamed"
        RECODED = "recoded"
        ABOLISHED = "abolished"

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(choices=Kind.choices)
    old_code = models.CharField(max_length=12, blank=True, default="")
    old_name = models.TextField(blank=True, default="")
    new_code = models.CharField(max_length=12, blank=True, default="")
    new_name = models.TextField(blank=True, default="")
    year = models.PositiveSmallIntegerField()
    day = models.DateField(null=True)  # from which day
    document = models.TextField(blank=True, default="")
    address = models.TextField(blank=True, default="")
    source = models.TextField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=["founded", "renamed", "recoded", "abolished"]), name="change_kind"),
            CheckConstraint(condition=~Q(old_code="") | ~Q(new_code=""), name="change_names_a_division"),
            UniqueConstraint(fields=["kind", "year", "old_code", "new_code"], name="change_told_once"),
        ]
        indexes = [
            models.Index(fields=["day"], condition=Q(applied_at__isnull=True), name="change_due"),  # the sweep
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.old_code} {self.new_code}"


class RegionMove(models.Model):
    """Which code took the place of which by one change: for the division itself and for each one below it."""

    id = models.BigAutoField(primary_key=True)
    change = models.ForeignKey(RegionChange, models.PROTECT, related_name="moves")
    old_code = models.CharField(max_length=12)
    new_code = models.CharField(max_length=12)

    class Meta:
        constraints = [UniqueConstraint(fields=["change", "old_code"], name="move_once_per_change")]
        indexes = [models.Index(fields=["old_code"], name="move_by_old_code")]  # present_code

    def __str__(self) -> str:
        return f"{self.old_code} → {self.new_code}"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reading organisations."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the organisations this actor works with."""
        return self.filter(policy.organisations(actor))


class Organisation(models.Model):
    """A department's office, or a station of the veterans' service, in one region."""

    class Kind(models.TextChoices):
        """What an organisation is."""

        DEPARTMENT = "department"
        STATION = "station"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.TextField(unique=True)
    name = models.TextField()
    name_en = models.TextField(blank=True, default="")
    kind = models.TextField(choices=Kind.choices)
    department = models.TextField(blank=True, default="")  # the packs' code, e.g. "police"
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=["department", "station"]), name="organisation_kind"),
            CheckConstraint(condition=~Q(kind="department") | ~Q(department=""), name="department_has_its_code"),
            UniqueConstraint(  # read by queries.organisation_for
                fields=["department", "region"],
                condition=Q(kind="department"),
                name="one_office_per_department_and_region",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"
