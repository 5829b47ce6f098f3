"""Tickets are drawn, called, called again, sent on to another counter, and end."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from onething.catalogue import planning
from onething.desks.appointments import line, policy, queries
from onething.desks.appointments.errors import (
    CodeUnknown,
    CounterUnknown,
    HallClosedNow,
    NobodyWaits,
    TicketNotFound,
    TicketOver,
)
from onething.desks.appointments.events import TicketBack, TicketCalled, TicketEnded, TicketTaken, TicketTransferred
from onething.desks.appointments.models import Appointment, Closure, Hall, Ticket
from onething.desks.appointments.services import booking
from onething.kernel.access import Actor
from onething.plumbing import clock, turns
from onething.plumbing.journal import publish, writes


@writes
def draw_ticket(*, hall: Hall, code: str, goes_first: bool, actor: Actor, now: datetime) -> Ticket:
    """
    Draw the next number of the day; with the code of an appointment of today, its ticket. That one is drawn once.

    Who comes in may be nobody known: the door has seen to it that they stand in the hall. Refuses HallClosedNow,
    CodeUnknown.
    """
    today = clock.day_of(now)
    is_closed = Closure.objects.filter(hall=hall, day=today).exists()
    if is_closed or not planning.calendar().is_working_day(today):
        raise HallClosedNow
    _turn(hall.pk, now)
    appointment = _of_today(hall, code, now) if code else None
    known = Ticket.objects.filter(appointment=appointment).first() if appointment else None
    if known is not None:
        return known
    drawn = Ticket.objects.of_day(hall.pk, today).aggregate(last=Max("number"))["last"] or 0
    ticket = Ticket.objects.create(
        hall=hall, day=today, number=drawn + 1, appointment=appointment, goes_first=goes_first, taken_at=now, since=now
    )
    publish(TicketTaken(hall_id=hall.pk, ticket_id=ticket.pk), actor=actor, at=now)
    return ticket


def _of_today(hall: Hall, code: str, now: datetime) -> Appointment:
    booked = Appointment.objects.open().filter(slot__hall=hall, slot__day=clock.day_of(now))
    found: Appointment | None = booked.filter(code=code.strip().upper()).first()
    if found is None:
        raise CodeUnknown
    return found


@writes
def call_next(*, hall: Hall, counter: int, actor: Actor, now: datetime) -> Ticket:
    """
    End whom this counter serves, and call the next: see `line.ranked`. Two counters never call the same.

    Refuses Denied, CounterUnknown, NobodyWaits (then nothing changes).
    """
    _require_counter(hall, counter, actor)
    _turn(hall.pk, now)
    today = Ticket.objects.of_day(hall.pk, clock.day_of(now))
    waiting = today.filter(state=Ticket.State.WAITING).select_related("appointment__slot")
    ranked = line.ranked(
        ((queries.in_line(ticket), ticket) for ticket in waiting),
        counter=counter,
        now=now,
        elders_first=hall.elders_first,
    )
    if not ranked:
        raise NobodyWaits
    present = today.filter(state=Ticket.State.CALLED, counter=counter).first()
    if present is not None:
        _serve(present, actor=actor, now=now)
    return _call(ranked[0], counter, actor=actor, now=now)


@writes
def call_again(*, ticket_id: UUID, actor: Actor, now: datetime) -> Ticket:
    """Call a ticket once more. Refuses Denied, TicketNotFound, TicketOver."""
    ticket = _locked(ticket_id, actor, now)
    if ticket.state != Ticket.State.CALLED or ticket.counter is None:
        raise TicketOver
    return _call(ticket, ticket.counter, actor=actor, now=now)


@writes
def finish_ticket(*, ticket_id: UUID, actor: Actor, now: datetime) -> Ticket:
    """End the serving of a ticket; an appointment's is kept by it. Refuses Denied, TicketNotFound, TicketOver."""
    ticket = _locked(ticket_id, actor, now)
    if ticket.state != Ticket.State.CALLED:
        raise TicketOver
    return _serve(ticket, actor=actor, now=now)


@writes
def miss_ticket(*, ticket_id: UUID, actor: Actor, now: datetime) -> Ticket:
    """Record that nobody came when a ticket was called. Refuses Denied, TicketNotFound, TicketOver."""
    ticket = _locked(ticket_id, actor, now)
    if ticket.state != Ticket.State.CALLED:
        raise TicketOver
    return _end(ticket, Ticket.State.MISSED, actor=actor, now=now)


@writes
def transfer_ticket(*, ticket_id: UUID, counter: int, actor: Actor, now: datetime) -> Ticket:
    """
    Send a ticket that is being served on to another counter, where it is next.

    Refuses Denied, TicketNotFound, TicketOver, CounterUnknown.
    """
    ticket = _locked(ticket_id, actor, now)
    _require_counter(ticket.hall, counter, actor)
    if ticket.state != Ticket.State.CALLED:
        raise TicketOver
    ticket.state, ticket.counter, ticket.for_counter = Ticket.State.WAITING, None, counter
    ticket.save(update_fields=["state", "counter", "for_counter"])
    publish(TicketTransferred(hall_id=ticket.hall_id, ticket_id=ticket.pk, counter=counter), actor=actor, at=now)
    return ticket


@writes
def return_ticket(*, code: str, actor: Actor, now: datetime) -> Ticket:
    """
    Let somebody who missed the call wait again, from now on, by the code on their ticket. Again changes nothing.

    Refuses TicketNotFound, TicketOver.
    """
    ticket = queries.ticket_by_code(code, today=clock.day_of(now))
    _turn(ticket.hall_id, now)
    ticket.refresh_from_db()
    if ticket.state in (Ticket.State.WAITING, Ticket.State.CALLED):
        return ticket
    if ticket.state != Ticket.State.MISSED:
        raise TicketOver
    ticket.state, ticket.since, ticket.counter, ticket.ended_at = Ticket.State.WAITING, now, None, None
    ticket.save(update_fields=["state", "since", "counter", "ended_at"])
    publish(TicketBack(hall_id=ticket.hall_id, ticket_id=ticket.pk), actor=actor, at=now)
    return ticket


@writes
def bring_back(*, ticket_id: UUID, actor: Actor, now: datetime) -> Ticket:
    """Let somebody who missed the call wait again, asked for at the counter. Refuses as `return_ticket`, and Denied."""
    return return_ticket(code=_locked(ticket_id, actor, now).code, actor=actor, now=now)


def _turn(hall_id: UUID, now: datetime) -> None:
    turns.take(f"line:{hall_id}:{clock.day_of(now)}")


def _require_counter(hall: Hall, counter: int, actor: Actor) -> None:
    actor.must(policy.SERVE_COUNTER)
    if not 1 <= counter <= hall.counters:
        raise CounterUnknown


def _locked(ticket_id: UUID, actor: Actor, now: datetime) -> Ticket:
    actor.must(policy.SERVE_COUNTER)
    today = Ticket.objects.visible_to(actor).filter(pk=ticket_id, day=clock.day_of(now))
    hall_id = today.values_list("hall_id", flat=True).first()
    if hall_id is None:
        raise TicketNotFound
    _turn(hall_id, now)
    return Ticket.objects.select_related("hall").get(pk=ticket_id)


def _call(ticket: Ticket, counter: int, *, actor: Actor, now: datetime) -> Ticket:
    ticket.state, ticket.counter, ticket.called_at = Ticket.State.CALLED, counter, now
    ticket.calls += 1
    ticket.save(update_fields=["state", "counter", "called_at", "calls"])
    publish(TicketCalled(hall_id=ticket.hall_id, ticket_id=ticket.pk, counter=counter), actor=actor, at=now)
    return ticket


def _serve(ticket: Ticket, *, actor: Actor, now: datetime) -> Ticket:
    if ticket.appointment is not None and ticket.appointment.is_open:
        booking.record_kept(appointment_id=ticket.appointment.pk, actor=actor, now=now)
    return _end(ticket, Ticket.State.SERVED, actor=actor, now=now)


def _end(ticket: Ticket, state: Ticket.State, *, actor: Actor, now: datetime) -> Ticket:
    ticket.state, ticket.ended_at = state, now
    ticket.save(update_fields=["state", "ended_at"])
    publish(TicketEnded(hall_id=ticket.hall_id, ticket_id=ticket.pk, outcome=str(state)), actor=actor, at=now)
    return ticket
