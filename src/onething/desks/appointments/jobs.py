"""Reactions and sweeps of halls and appointments: ids in, one call out, safe to run twice."""

from __future__ import annotations

from onething.cases.events import CaseSettled, CaseWithdrawn
from onething.desks.appointments import letters, queries, services
from onething.desks.appointments.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentDropped,
    AppointmentMissed,
    AppointmentMoved,
    AppointmentNear,
    PlaceOffered,
    PlacesFreed,
)
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal import every, on
from onething.registry.events import RegionChanged

DAYTIME = range(8, 21)


@on(PlacesFreed, at_once=True)
def offer_places(fact: PlacesFreed) -> None:
    """Offer what became free to those who wait, before anybody else can take it."""
    services.offer_places(hall_id=fact.hall_id, actor=SYSTEM, now=fact.at)


@on(AppointmentBooked, queue_name="letters")
def confirm_booking(fact: AppointmentBooked) -> None:
    """Write down when, where and with which code."""
    letters.tell(appointment_id=fact.appointment_id, kind="booked", now=clock.now())


@on(AppointmentMoved, queue_name="letters")
def confirm_move(fact: AppointmentMoved) -> None:
    """Write down the new time."""
    letters.tell(appointment_id=fact.appointment_id, kind="moved", now=clock.now())


@on(AppointmentCancelled, queue_name="letters")
def confirm_cancelling(fact: AppointmentCancelled) -> None:
    """Confirm that the time was given back, or that nobody need come any more."""
    kind = "needless" if fact.needless else "cancelled"
    letters.tell(appointment_id=fact.appointment_id, kind=kind, now=clock.now())


@on(AppointmentDropped, queue_name="letters")
def tell_of_closing(fact: AppointmentDropped) -> None:
    """Tell somebody who had booked that the hall closes that day, and where to choose another."""
    letters.tell(appointment_id=fact.appointment_id, kind="dropped", now=clock.now())


@on(AppointmentMissed, queue_name="letters")
def tell_of_missing(fact: AppointmentMissed) -> None:
    """Tell somebody who did not come that they can book again."""
    letters.tell(appointment_id=fact.appointment_id, kind="missed", now=clock.now())


@on(AppointmentNear, queue_name="letters")
def remind_of_visit(fact: AppointmentNear) -> None:
    """Remind of tomorrow's visit."""
    letters.tell(appointment_id=fact.appointment_id, kind="near", now=clock.now())


@on(PlaceOffered, queue_name="letters")
def tell_of_offer(fact: PlaceOffered) -> None:
    """Tell somebody who waits that a place is held for them."""
    letters.offer(wait_id=fact.wait_id, now=clock.now())


@on(CaseWithdrawn)
def drop_withdrawn(fact: CaseWithdrawn) -> None:
    """Give back what a withdrawn case had booked."""
    services.drop_needless(case_id=fact.case_id, actor=SYSTEM, now=clock.now())


@on(CaseSettled, at_once=True)
def drop_settled(fact: CaseSettled) -> None:
    """Give back what a settled case had booked: nobody need come any more."""
    if queries.holds_a_time(fact.case_id):
        services.drop_needless(case_id=fact.case_id, actor=SYSTEM, now=clock.now())


@every("*/10 * * * *")
def remind() -> None:
    """Remind of tomorrow's visits; at night nobody's phone rings."""
    if clock.now().astimezone(clock.BEIJING).hour in DAYTIME:
        services.remind(now=clock.now())


@every("*/5 * * * *")
def lapse_offers() -> None:
    """Let offers lapse whose term has passed."""
    services.lapse_offers(actor=SYSTEM, now=clock.now())


@every("5 0 * * *")
def lay_out_days() -> None:
    """Lay out the day that has come into reach in every hall."""
    services.lay_out_all(actor=SYSTEM, now=clock.now())


@on(RegionChanged, lock="region")
def follow_division(fact: RegionChanged) -> None:
    """Let open appointments follow their halls to a division's new code."""
    services.follow_division(change_id=fact.change_id, actor=SYSTEM, now=clock.now())
