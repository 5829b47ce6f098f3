"""The places of a hall's times, as several services use them: laid out, taken, given back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from onething.catalogue import planning
from onething.desks.appointments import hours
from onething.desks.appointments.errors import SlotFull, SlotNotFound, SlotPast
from onething.desks.appointments.events import PlacesFreed
from onething.desks.appointments.models import Hall, Slot
from onething.kernel.access import Actor
from onething.plumbing import clock, turns
from onething.plumbing.journal import publish


def turn_of(hall_id: UUID) -> None:
    """Take the hall's turn of places: whoever frees places does, before locking any time."""
    turns.take(f"places:{hall_id}")


def lay_out(hall: Hall, *, now: datetime) -> int:
    """
    Bring the times of the days to come into line with the hall's hours, extra counters and closed days.

    What is booked is never taken away: a time keeps at least as many places as are taken. Gives how many places more
    (or, negative, fewer) there are to book. Called in the hall's turn.
    """
    days = bookable_days(hall, today=clock.day_of(now))
    wanted = dict(_wanted(hall, days))
    known = {slot.starts_at: slot for slot in _locked(hall, days)}
    before = sum(slot.capacity for slot in known.values())
    for starts_at, slot in known.items():
        slot.capacity = max(slot.taken, wanted.get(starts_at, 0))
    length = timedelta(minutes=hall.slot_minutes)
    fresh = [
        Slot(hall=hall, day=clock.day_of(at), starts_at=at, ends_at=at + length, capacity=capacity)
        for at, capacity in wanted.items()
        if at not in known
    ]
    Slot.objects.bulk_update(known.values(), ["capacity"])
    Slot.objects.bulk_create(fresh)
    return sum(slot.capacity for slot in (*known.values(), *fresh)) - before


def bookable_days(hall: Hall, *, today: date) -> list[date]:
    """List the working days that can be booked, today first if it is one."""
    return list(hours.working_days(planning.calendar(), today, hall.days_ahead))


def _wanted(hall: Hall, days: Iterable[date]) -> Iterable[tuple[datetime, int]]:
    extra: Mapping[date, int] = dict(hall.extras.values_list("day", "counters"))
    closed = set(hall.closures.values_list("day", flat=True))
    for on in days:
        day = hours.Day(on, extra=extra.get(on, 0), is_closed=on in closed)
        yield from hours.places(
            hall.hours, day, minutes=hall.slot_minutes, per_counter=hall.per_counter, zone=clock.BEIJING
        ).items()


def _locked(hall: Hall, days: list[date]) -> list[Slot]:
    return list(Slot.objects.select_for_update().filter(hall=hall, day__gte=days[0]).order_by("pk")) if days else []


def take(slot_id: int, *, now: datetime) -> Slot:
    """Take one place of a time that is not too near. Refuses SlotNotFound, SlotPast, SlotFull."""
    slot = Slot.objects.select_related("hall__organisation").filter(pk=slot_id).first()
    if slot is None:
        raise SlotNotFound
    if slot.starts_at < now + hours.SOONEST:
        raise SlotPast
    if not Slot.objects.take_place(slot.pk):
        raise SlotFull
    return slot


def give_back(slot: Slot, *, actor: Actor, now: datetime) -> None:
    """Give a place back; if its time is still to come, who waits is offered it. Called in the hall's turn."""
    Slot.objects.give_back(slot.pk)
    if slot.starts_at > now:
        publish(PlacesFreed(hall_id=slot.hall_id, at=now), actor=actor, at=now)
