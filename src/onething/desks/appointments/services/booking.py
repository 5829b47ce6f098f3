"""The time of the one visit: booked, moved, cancelled, reminded of, kept or missed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from onething.cases import services as cases
from onething.cases.models import Case
from onething.desks.appointments import policy, queries
from onething.desks.appointments.errors import (
    AlreadyBooked,
    AppointmentOver,
    NothingBooked,
    NotYetTime,
    OtherPlace,
    VisitAlreadyMade,
)
from onething.desks.appointments.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentKept,
    AppointmentMissed,
    AppointmentMoved,
    AppointmentNear,
)
from onething.desks.appointments.models import Appointment, Slot, Wait
from onething.desks.appointments.services import places
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes

AT_ONCE = 500


def require_booker(actor: Actor, case: Case) -> None:
    """Refuse (Denied) anybody but the person themselves, staff who may book for people, and the house."""
    own = actor.is_person(case.person_id) and actor.may(policy.BOOK_OWN)
    at_counter = actor.door is not Door.CITIZEN and actor.may(policy.BOOK_FOR)
    if not (own or at_counter):
        raise Denied


@writes
def book(*, case: Case, station: str, slot_id: int, actor: Actor, now: datetime) -> Appointment:
    """
    Book a time for the visit that a case needs at a station. The same time again gives the same appointment.

    One that nobody recorded and whose time has passed counts as missed. Refuses Denied, CaseClosed, VisitNotInPlan,
    VisitAlreadyMade, AlreadyBooked, SlotNotFound, SlotPast, SlotFull, OtherPlace. Source: S3, 一键预约.
    """
    require_booker(actor, case)
    case = cases.locked_case(case.pk)
    _require_needed(case, station)
    held = queries.open_appointment(case, station)
    if held is not None and held.slot.ends_at <= now:
        _end(held, Appointment.State.MISSED, now)
        publish(AppointmentMissed(**_of(held)), actor=actor, at=now)
    elif held is not None and held.slot_id == slot_id:
        return held
    elif held is not None:
        raise AlreadyBooked(when=f"{held.slot.starts_at.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}")
    slot = _taken(case, station, slot_id, now)
    return new(case, station, slot, actor=actor, now=now)


def new(case: Case, station: str, slot: Slot, *, actor: Actor, now: datetime) -> Appointment:
    """Write an appointment on a place that is taken already."""
    appointment = Appointment.objects.create(
        case=case,
        person_id=case.person_id,
        region=slot.hall.organisation.region_id,
        slot=slot,
        station=station,
        booked_at=now,
        changed_at=now,
    )
    _wait_for_less(appointment)
    publish(AppointmentBooked(**_of(appointment), starts_at=slot.starts_at), actor=actor, at=now)
    return appointment


def _wait_for_less(held: Appointment) -> None:
    """Whoever waits for an earlier place waits for one earlier than what is booked now."""
    waiting = Wait.objects.filter(case_id=held.case_id, station=held.station, state=Wait.State.WAITING)
    waiting.update(before=held.slot.day)


@writes
def move(*, case: Case, station: str, slot_id: int, actor: Actor, now: datetime) -> Appointment:
    """
    Move the open appointment of a visit to another time; its old place becomes free.

    Refuses as `book`, and NothingBooked.
    """
    require_booker(actor, case)
    case = cases.locked_case(case.pk)
    held = queries.open_appointment(case, station)
    if held is None:
        raise NothingBooked
    if held.slot_id == slot_id:
        return held
    if held.slot.ends_at <= now:
        return book(case=case, station=station, slot_id=slot_id, actor=actor, now=now)
    places.turn_of(held.slot.hall_id)
    list(Slot.objects.select_for_update().filter(pk__in=[slot_id, held.slot_id]).order_by("pk"))
    return put_on(held, _taken(case, station, slot_id, now), actor=actor, now=now)


def put_on(held: Appointment, slot: Slot, *, actor: Actor, now: datetime) -> Appointment:
    """Put an appointment on a place that is taken already, and give its old one back."""
    left, held.slot = held.slot, slot
    held.region = slot.hall.organisation.region_id
    held.sequence += 1
    held.changed_at, held.reminded_at = now, None
    held.save(update_fields=["slot", "region", "sequence", "changed_at", "reminded_at"])
    _wait_for_less(held)
    publish(AppointmentMoved(**_of(held), starts_at=slot.starts_at), actor=actor, at=now)
    places.give_back(left, actor=actor, now=now)
    return held


@writes
def cancel(*, case: Case, station: str, actor: Actor, now: datetime) -> None:
    """Give the time of a visit back; it can be booked anew. Refuses Denied, NothingBooked, AppointmentOver."""
    require_booker(actor, case)
    case = cases.case_in_turn(case.pk)
    held = queries.open_appointment(case, station)
    if held is None:
        raise NothingBooked
    if held.slot.ends_at <= now:
        raise AppointmentOver
    give_up(held, needless=False, actor=actor, now=now)


def give_up(held: Appointment, *, needless: bool, actor: Actor, now: datetime) -> None:
    """End an appointment before its time, and give its place back."""
    places.turn_of(held.slot.hall_id)
    held.sequence += 1
    _end(held, Appointment.State.CANCELLED, now)
    publish(AppointmentCancelled(**_of(held), needless=needless), actor=actor, at=now)
    places.give_back(held.slot, actor=actor, now=now)


@writes
def record_kept(*, appointment_id: UUID, actor: Actor, now: datetime) -> Appointment:
    """
    Record that the person came: the acts that need presence at this station are done. Twice changes nothing.

    Refuses Denied, AppointmentNotFound, AppointmentOver.
    """
    held = _at_desk(appointment_id, actor)
    if held.state == Appointment.State.KEPT:
        return held
    _require_open(held)
    _end(held, Appointment.State.KEPT, now)
    publish(AppointmentKept(**_of(held)), actor=actor, at=now)
    cases.record_visit(case=held.case, station=held.station, actor=actor, now=now)
    return held


@writes
def record_missed(*, appointment_id: UUID, actor: Actor, now: datetime) -> Appointment:
    """
    Record that the person did not come; they are told and can book another time. Twice changes nothing.

    Refuses Denied, AppointmentNotFound, AppointmentOver, NotYetTime.
    """
    held = _at_desk(appointment_id, actor)
    if held.state == Appointment.State.MISSED:
        return held
    _require_open(held)
    if now < held.slot.ends_at:
        raise NotYetTime
    _end(held, Appointment.State.MISSED, now)
    publish(AppointmentMissed(**_of(held)), actor=actor, at=now)
    return held


def _at_desk(appointment_id: UUID, actor: Actor) -> Appointment:
    """Read an appointment under its case's turn."""
    actor.must(policy.SERVE_COUNTER)
    seen = queries.appointment_for(actor, appointment_id)
    cases.case_in_turn(seen.case_id)
    return Appointment.objects.select_for_update(of=("self",)).select_related("slot__hall", "case").get(pk=seen.pk)


@writes
def remind(*, now: datetime) -> int:
    """Remind, once, of what is booked for tomorrow; who booked today knows. Gives how many were reminded."""
    today = clock.day_of(now)
    near = Appointment.objects.open().filter(slot__day=today + timedelta(days=1), reminded_at=None)
    due = near.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:AT_ONCE]
    reminded = [one for one in due if clock.day_of(one.changed_at) < today]
    for one in reminded:
        publish(AppointmentNear(case_id=one.case_id, appointment_id=one.pk), actor=SYSTEM, at=now)
    Appointment.objects.filter(pk__in=[one.pk for one in reminded]).update(reminded_at=now)
    return len(reminded)


def _require_needed(case: Case, station: str) -> None:
    queries.visit_of(case, station)
    if station in case.visited:
        raise VisitAlreadyMade


def _taken(case: Case, station: str, slot_id: int, now: datetime) -> Slot:
    slot = places.take(slot_id, now=now)
    if station not in slot.hall.serves or not queries.is_near(case, slot.hall):
        raise OtherPlace
    return slot


def _require_open(held: Appointment) -> None:
    if not held.is_open:
        raise AppointmentOver


def _end(held: Appointment, state: Appointment.State, now: datetime) -> None:
    held.state, held.ended_at, held.changed_at = state, now, now
    held.save(update_fields=["state", "ended_at", "changed_at", "sequence"])


def _of(held: Appointment) -> dict[str, Any]:
    return {"case_id": held.case_id, "appointment_id": held.pk, "station": held.station}
