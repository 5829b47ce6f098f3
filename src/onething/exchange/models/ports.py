"""Departments as they are connected: the port, its circuit, its traffic, and where reading its replies has got to."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onething.exchange import policy
from onething.exchange.circuits import is_resting
from onething.kernel.access import Actor, Door
from onething.registry.policy import in_region


class DepartmentQuerySet(models.QuerySet["Department"]):
    """Departments."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's region and below; a system sees all."""
        if actor.door is Door.SYSTEM:
            return self
        if not actor.may(policy.WATCH_ORDERS):
            return self.none()
        return self.filter(in_region(actor, "region"))


class Department(models.Model):
    """One department as it is connected in one region: where orders go, whose answers count, who looks after it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40)
    region = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=60, blank=True)  # whose desk sees the orders
    connector = models.CharField(max_length=20)
    address = models.URLField(max_length=300, blank=True)
    public_key = models.CharField(max_length=80, blank=True)  # whpk_…: its answers are held to this
    key_version = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)
    owner = models.CharField(max_length=80)  # who is told when it is silent
    repeat_after = models.DurationField(null=True)  # sent, but nobody said "accepted": say it again
    tell_after = models.DurationField(default=timedelta(hours=24))  # and then a person is told
    is_held = models.BooleanField(db_default=False)  # only Ed25519 counts: it cannot deny what it said
    at_once = models.PositiveSmallIntegerField(db_default=8)  # so many calls to it may be under way
    bulk = models.PositiveSmallIntegerField(db_default=1)  # so many orders it takes in one message
    host_key = models.CharField(max_length=200, blank=True, db_default="")  # of its SFTP server, as ssh-keyscan says it

    objects = DepartmentQuerySet.as_manager()

    posts: Mapping[str, UUID] = {}  # matter → the post that gets it, where this was read with its routes

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "region"], name="exchange_department_once"),
            models.CheckConstraint(condition=~Q(owner=""), name="exchange_department_has_owner"),
            models.CheckConstraint(
                condition=Q(at_once__gte=1, bulk__gte=1, bulk__lte=500), name="exchange_department_bounds"
            ),
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def source(self) -> str:
        """The name under which the department signs its messages."""
        return f"urn:onething:department:{self.code}:{self.region}"


class RouteQuerySet(models.QuerySet["Route"]):
    """Routes."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of ports in the region of whoever connects departments, and below; a system sees all."""
        if actor.door is Door.SYSTEM:
            return self
        if not actor.may(policy.CONNECT_DEPARTMENT):
            return self.none()
        return self.filter(in_region(actor, "port__region"))


class Route(models.Model):
    """Which post of a department's desk gets which of its matters; a matter without a route is everybody's there."""

    port = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="routes", db_index=False)
    matter = models.CharField(max_length=80)
    post_id = models.UUIDField()
    set_at = models.DateTimeField()

    objects = RouteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["port", "matter"], name="exchange_route_once")]

    def __str__(self) -> str:
        return self.matter


class Circuit(models.Model):
    """
    Whether a department answers at present. Open means: it failed several times running, and is left in peace until
    `open_until`; then one call tries it (`probed_at`), and closes the circuit or opens it for longer.
    """

    port = models.OneToOneField(Department, on_delete=models.CASCADE, primary_key=True, related_name="circuit")
    failures = models.PositiveIntegerField(db_default=0)  # one after the other
    opened_at = models.DateTimeField(null=True)
    open_until = models.DateTimeField(null=True)
    probed_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)
    last_words = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                # A circuit that is open says until when: there is none that stays open for ever.
                condition=Q(opened_at__isnull=True, open_until__isnull=True)
                | Q(opened_at__isnull=False, open_until__isnull=False),
                name="exchange_circuit_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.port_id}: {self.failures}"

    def state(self, now: datetime) -> str:
        """Tell how the circuit stands: closed, open, or half_open (the next call tries it)."""
        if self.open_until is None:
            return "closed"
        return "open" if is_resting(self.open_until, now=now) else "half_open"


class Traffic(models.Model):
    """The calls to one port in five minutes: how many, how many failed, and how long they took, by powers of two."""

    port = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="traffic", db_index=False)
    since = models.DateTimeField()
    calls = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    durations = ArrayField(models.PositiveIntegerField())  # calls per class, see `traffic.py`

    class Meta:
        constraints = [models.UniqueConstraint(fields=["port", "since"], name="exchange_traffic_once")]

    def __str__(self) -> str:
        return f"{self.port_id} {self.since:%H:%M}: {self.calls}"


class Inbox(models.Model):
    """How far the replies that a department lays ready have been read."""

    port = models.OneToOneField(Department, on_delete=models.CASCADE, primary_key=True, related_name="inbox")
    cursor = models.CharField(max_length=300, blank=True)
    next_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    collected_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="exchange_inbox_next")]  # read by the sweep that collects

    def __str__(self) -> str:
        return f"{self.port_id} {self.cursor}"
