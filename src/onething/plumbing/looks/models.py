"""Looks and the marks of their seals. Append-only; partitioned by month, so that old ones can be put away."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onething.kernel.access import Actor, Door

WAYS = ("page", "list", "api", "file", "export", "search", "command")


class LookQuerySet(models.QuerySet["Look"]):
    """Reading looks."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the looks at the person who asks; the system sees all."""
        if actor.door is Door.SYSTEM:
            return self
        is_citizen = actor.door is Door.CITIZEN and actor.person_id
        return self.filter(person_ids__contains=[actor.person_id]) if is_citizen else self.filter(Q(pk__in=()))


class Look(models.Model):
    """One view of one or more personal files. `way` is how (page, list, api, …), `purpose` a code, never free text."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.TextField()
    account_id = models.UUIDField(null=True)
    role = models.TextField()
    organisation = models.TextField()
    region = models.TextField()
    way = models.TextField()
    purpose = models.TextField()
    person_ids = ArrayField(models.UUIDField())
    digest = models.BinaryField(max_length=32)
    transaction = models.TextField()  # xid8 in the database, set by it: which looks a seal may take

    objects = LookQuerySet.as_manager()

    class Meta:
        db_table = "looks_look"

    def __str__(self) -> str:
        return f"{self.way} for {self.purpose}"


class LookSeal(models.Model):
    """What was counted up to a transaction; the fact LooksSealed in the journal proves it."""

    until = models.BigIntegerField(primary_key=True)
    since = models.BigIntegerField()
    rows = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "looks_seal"

    def __str__(self) -> str:
        return f"{self.rows} looks until {self.until}"
