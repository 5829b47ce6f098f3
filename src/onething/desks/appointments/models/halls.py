"""A hall: a station that people can come to, its hours and counters, and the times that can be booked."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from onething.desks.appointments.hours import Hours
from onething.kernel.access import Actor, Door
from onething.registry.policy import in_region


class HallSet(models.QuerySet["Hall"]):
    """Readings over halls."""

    def visible_to(self, actor: Actor) -> HallSet:
        """Staff run the halls of their division and below; everybody may read where a hall is and when it is open."""
        if actor.door is Door.STAFF:
            return self.filter(in_region(actor, "organisation__region__code"))
        return self


class Hall(models.Model):
    """A station whose times can be booked, and where tickets are drawn. `serves` are stations of the packs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.OneToOneField("registry.Organisation", on_delete=models.PROTECT, related_name="hall")
    serves = ArrayField(models.TextField())
    address = models.TextField(default="", blank=True)
    does = models.TextField(default="", blank=True)  # what this hall does, a line each, for the sign
    counters = models.PositiveSmallIntegerField()
    staff = models.PositiveSmallIntegerField()
    slot_minutes = models.PositiveSmallIntegerField(default=20)
    per_counter = models.PositiveSmallIntegerField(default=1)  # places of one time for each staffed counter
    days_ahead = models.PositiveSmallIntegerField(default=15)  # working days that can be booked
    elders_first = models.BooleanField(default=True)
    display_round = models.PositiveSmallIntegerField(default=1)  # raised to withdraw the displays' addresses

    objects = HallSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(serves=[]), name="hall_serves_something"),
            models.CheckConstraint(condition=Q(counters__gte=1, counters__lte=99), name="hall_has_counters"),
            models.CheckConstraint(condition=Q(slot_minutes__gte=5, slot_minutes__lte=240), name="hall_slot_minutes"),
            models.CheckConstraint(condition=Q(days_ahead__gte=1, days_ahead__lte=60), name="hall_days_ahead"),
        ]

    @property
    def title(self) -> dict[str, str]:
        """What the hall is called, in both languages."""
        office = self.organisation
        return {"zh": office.name, "en": office.name_en or office.name}

    @property
    def hours(self) -> list[Hours]:
        """The hours of an ordinary day, the earliest first."""
        return sorted(Hours(one.opens, one.closes, one.counters) for one in self.periods.all())


class Period(models.Model):
    """Hours of a hall's ordinary working day, and how many counters are staffed in them."""

    id = models.BigAutoField(primary_key=True)
    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="periods")
    opens = models.TimeField()
    closes = models.TimeField()
    counters = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="period_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(counters__gte=1), name="period_has_a_counter"),
            models.UniqueConstraint(fields=["hall", "opens"], name="period_begins_once"),
        ]


class Extra(models.Model):
    """Counters staffed on one day above the ordinary number (潮汐窗口)."""

    id = models.BigAutoField(primary_key=True)
    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="extras")
    day = models.DateField()
    counters = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "day"], name="extra_once_a_day")]


class Closure(models.Model):
    """A working day on which a hall is closed, and why, in words for the people who had booked."""

    id = models.BigAutoField(primary_key=True)
    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="closures")
    day = models.DateField()
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "day"], name="closure_once_a_day")]


class SlotSet(models.QuerySet["Slot"]):
    """Readings over times, and the one way to take a place."""

    def free(self) -> SlotSet:
        """Keep the times that have a place left."""
        return self.filter(taken__lt=F("capacity"))

    def take_place(self, slot_id: int) -> bool:
        """Take one place of a time, if there is one; tell whether. The row stays locked until the end."""
        return bool(self.filter(pk=slot_id).free().update(taken=F("taken") + 1))

    def give_back(self, slot_id: int) -> None:
        """Give a place back."""
        self.filter(pk=slot_id).update(taken=F("taken") - 1)


class Slot(models.Model):
    """A time that can be booked. `taken` counts appointments and places held for somebody; never above `capacity`."""

    id = models.BigAutoField(primary_key=True)
    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="slots")
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)

    objects = SlotSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall", "starts_at"], name="slot_once"),
            models.CheckConstraint(condition=Q(taken__gte=0, taken__lte=F("capacity")), name="slot_never_overbooked"),
        ]
        indexes = [models.Index(fields=["hall", "day"], name="slot_by_day")]  # free_days
