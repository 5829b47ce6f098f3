"""A hall is opened, its hours and counters are set, days are closed, windows opened on days when many will come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F

from onething.desks.appointments import hours as opening
from onething.desks.appointments import policy
from onething.desks.appointments.errors import (
    DayAlreadyClosed,
    DayNotClosed,
    DayPast,
    HallExists,
    HoursWrong,
    MoreThanThereIs,
)
from onething.desks.appointments.events import (
    AppointmentDropped,
    DayClosed,
    DayReopened,
    HallSet,
    HallsMoved,
    PlacesFreed,
    WindowsOpened,
)
from onething.desks.appointments.hours import Hours
from onething.desks.appointments.models import Appointment, Closure, Extra, Hall, Period, Slot, Wait
from onething.desks.appointments.services import places
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import queries as registry
from onething.registry.models import Organisation


@writes
def open_hall(
    *,
    organisation: Organisation,
    serves: Sequence[str],
    counters: int,
    hours: Sequence[Hours],
    actor: Actor,
    now: datetime,
    staff: int | None = None,
    **words: Any,
) -> Hall:
    """
    Open a station for booking: which stations of the packs it is, its counters and its hours on an ordinary day.

    `words` are other columns of Hall. Refuses Denied, HallExists, HoursWrong, MoreThanThereIs.
    """
    actor.must(policy.RUN_HALL)
    if Hall.objects.filter(organisation=organisation).exists():
        raise HallExists
    hall = Hall(
        organisation=organisation, serves=list(serves), counters=counters, staff=staff or counters, **words
    )  # fmt: skip
    _require_sound(hall, hours)
    hall.save(force_insert=True)
    return _set_hours(hall, hours, actor=actor, now=now)


@writes
def set_hall(*, hall: Hall, hours: Sequence[Hours], actor: Actor, now: datetime) -> Hall:
    """
    Keep a hall's changed columns and its hours, and lay out its times anew; what is booked stays booked.

    Refuses Denied, HoursWrong, MoreThanThereIs.
    """
    actor.must(policy.RUN_HALL)
    _require_sound(hall, hours)
    places.turn_of(hall.pk)
    hall.save()
    hall.periods.all().delete()
    return _set_hours(hall, hours, actor=actor, now=now)


def _require_sound(hall: Hall, hours: Sequence[Hours]) -> None:
    wrong = opening.fault_in(hours)
    if wrong is not None:
        raise HoursWrong(opens=f"{wrong.opens:%H:%M}", closes=f"{wrong.closes:%H:%M}")
    if any(one.counters > hall.counters for one in hours):
        raise MoreThanThereIs(counters=hall.counters)


def _set_hours(hall: Hall, hours: Sequence[Hours], *, actor: Actor, now: datetime) -> Hall:
    Period.objects.bulk_create(
        Period(hall=hall, opens=one.opens, closes=one.closes, counters=one.counters) for one in hours
    )
    hall = Hall.objects.select_related("organisation").get(pk=hall.pk)
    _lay_out(hall, actor=actor, now=now)
    publish(HallSet(hall_id=hall.pk), actor=actor, at=now)
    return hall


def _lay_out(hall: Hall, *, actor: Actor, now: datetime) -> int:
    places.turn_of(hall.pk)
    more = places.lay_out(hall, now=now)
    if more > 0:
        publish(PlacesFreed(hall_id=hall.pk, at=now), actor=actor, at=now)
    return more


def lay_out_all(*, actor: Actor, now: datetime) -> None:
    """Lay out the day that has come into reach, in every hall; also after a later notice of the State Council."""
    for hall in Hall.objects.all():
        _lay_out_one(hall=hall, actor=actor, now=now)


@writes
def _lay_out_one(*, hall: Hall, actor: Actor, now: datetime) -> None:
    _lay_out(hall, actor=actor, now=now)


@writes
def close_day(*, hall: Hall, day: date, reason: str, actor: Actor, now: datetime) -> int:
    """
    Close a hall for a day: whoever had booked is told why and offered other times. Gives how many had.

    Refuses Denied, DayPast, DayAlreadyClosed.
    """
    actor.must(policy.RUN_HALL)
    if day < clock.day_of(now):
        raise DayPast
    places.turn_of(hall.pk)
    if not Closure.objects.get_or_create(hall=hall, day=day, defaults={"reason": reason})[1]:
        raise DayAlreadyClosed
    slots = Slot.objects.select_for_update().filter(hall=hall, day=day, starts_at__gt=now).order_by("pk")
    ids = [slot.pk for slot in slots]
    dropped = _drop(ids, actor=actor, now=now)
    Slot.objects.filter(pk__in=ids).update(taken=0, capacity=0)
    publish(DayClosed(hall_id=hall.pk, day=day, dropped=dropped), actor=actor, at=now)
    return dropped


def _drop(slots: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """End the appointments of these times, and the offers: who waits keeps their place in the line."""
    booked = list(Appointment.objects.select_for_update().filter(slot_id__in=slots).open().order_by("pk"))
    for appointment in booked:
        fact = AppointmentDropped(
            case_id=appointment.case_id, appointment_id=appointment.pk, station=appointment.station
        )
        publish(fact, actor=actor, at=now)
    Appointment.objects.filter(pk__in=[one.pk for one in booked]).update(
        state=Appointment.State.DROPPED, ended_at=now, changed_at=now, sequence=F("sequence") + 1
    )
    Wait.objects.filter(slot_id__in=slots, state=Wait.State.OFFERED).update(
        state=Wait.State.WAITING, slot=None, accept_by=None
    )
    return len(booked)


@writes
def reopen_day(*, hall: Hall, day: date, actor: Actor, now: datetime) -> None:
    """Open a day again that was closed; who had booked has been told and books anew. Refuses Denied, DayNotClosed."""
    actor.must(policy.RUN_HALL)
    places.turn_of(hall.pk)
    if not Closure.objects.filter(hall=hall, day=day).delete()[0]:
        raise DayNotClosed
    _lay_out(hall, actor=actor, now=now)
    publish(DayReopened(hall_id=hall.pk, day=day), actor=actor, at=now)


@writes
def open_windows(*, hall: Hall, extra: Mapping[date, int], actor: Actor, now: datetime) -> int:
    """
    Staff so many counters more on these days (0: none more) and open their times. Gives how many places came.

    Source: S0, 潮汐窗口. Refuses Denied, DayPast, MoreThanThereIs.
    """
    actor.must(policy.RUN_HALL)
    most = max((one.counters for one in hall.hours), default=0)
    places.turn_of(hall.pk)
    for day, counters in sorted(extra.items()):
        _require_possible(hall, day, most + counters, now)
        Extra.objects.update_or_create(hall=hall, day=day, defaults={"counters": counters})
    more = _lay_out(hall, actor=actor, now=now)
    for day, counters in sorted(extra.items()):
        publish(WindowsOpened(hall_id=hall.pk, day=day, counters=counters), actor=actor, at=now)
    return more


def _require_possible(hall: Hall, day: date, counters: int, now: datetime) -> None:
    if day < clock.day_of(now):
        raise DayPast
    if counters > hall.counters:
        raise MoreThanThereIs(counters=hall.counters)


@writes
def withdraw_displays(*, hall: Hall, actor: Actor, now: datetime) -> None:
    """Withdraw the addresses of the hall's displays, and give out new ones. Refuses Denied."""
    actor.must(policy.RUN_HALL)
    Hall.objects.filter(pk=hall.pk).update(display_round=F("display_round") + 1)
    publish(HallSet(hall_id=hall.pk), actor=actor, at=now)


@writes
def follow_division(*, change_id: int, actor: Actor, now: datetime) -> None:
    """Let open appointments and waits follow their halls to the new codes of divisions. Safe to run twice."""
    moves = registry.moves_of(change_id)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_WAITS, [list(moves), list(moves.values())])
        cursor.execute(_MOVE_APPOINTMENTS, [list(moves), list(moves.values())])
        count: int = cursor.rowcount
    if count:
        publish(HallsMoved(change_id=change_id, appointments=count), actor=actor, at=now)


_MOVE_APPOINTMENTS = """
UPDATE appointments_appointment a SET region = m.new FROM unnest(%s::text[], %s::text[]) AS m(old, new)
WHERE a.region = m.old AND a.state = 'booked'
"""
_MOVE_WAITS = """
UPDATE appointments_wait w SET region = m.new FROM unnest(%s::text[], %s::text[]) AS m(old, new)
WHERE w.region = m.old AND w.state IN ('waiting', 'offered')
"""
