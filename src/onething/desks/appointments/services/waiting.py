"""Who waits for an earlier place: offered in order, held for a while, then the next."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from onething.cases import services as cases
from onething.cases.models import Case
from onething.desks.appointments import offers, queries
from onething.desks.appointments.errors import NothingEarlier, OfferLapsed, OfferNotFound, OtherPlace, VisitAlreadyMade
from onething.desks.appointments.events import PlaceOffered, WaitBegun, WaitEnded
from onething.desks.appointments.models import Appointment, Hall, Slot, Wait
from onething.desks.appointments.services import booking, places
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes


@writes
def wait_for_earlier(*, case: Case, station: str, hall: Hall, actor: Actor, now: datetime) -> Wait:
    """
    Wait for a place of a hall before the day that is booked; without a booking, for any place. Again changes nothing.

    Refuses Denied, CaseClosed, VisitNotInPlan, VisitAlreadyMade, OtherPlace, NothingEarlier.
    """
    booking.require_booker(actor, case)
    case = cases.locked_case(case.pk)
    queries.visit_of(case, station)
    if station in case.visited:
        raise VisitAlreadyMade
    if station not in hall.serves or not queries.is_near(case, hall):
        raise OtherPlace
    known = Wait.objects.filter(case=case, station=station).open().first()
    return known or _begin(case, station, hall, actor=actor, now=now)


def _begin(case: Case, station: str, hall: Hall, *, actor: Actor, now: datetime) -> Wait:
    held = queries.open_appointment(case, station)
    last = max(places.bookable_days(hall, today=clock.day_of(now)), default=clock.day_of(now))
    before = held.slot.day if held else last + timedelta(days=1)
    if before <= clock.day_of(offers.earliest(now, clock.BEIJING)):
        raise NothingEarlier
    wait = Wait.objects.create(
        case=case, person_id=case.person_id, region=hall.organisation.region_id, hall=hall, station=station,
        before=before, since=now,
    )  # fmt: skip
    publish(WaitBegun(case_id=case.pk, wait_id=wait.pk, before=before), actor=actor, at=now)
    return wait


@writes
def offer_places(*, hall_id: UUID, actor: Actor, now: datetime) -> int:
    """
    Offer the free places of a hall to those who wait, the longest waiting first, each the earliest that helps them.

    The place is taken while it is offered. Gives how many offers were made; safe to run twice.
    """
    places.turn_of(hall_id)
    soonest = offers.earliest(now, clock.BEIJING)
    made = 0
    for wait in Wait.objects.filter(hall_id=hall_id, state=Wait.State.WAITING).order_by("since", "pk"):
        free = Slot.objects.filter(hall_id=hall_id, starts_at__gte=soonest, day__lt=wait.before).free()
        slot = free.order_by("starts_at").first()
        if slot is not None and Slot.objects.take_place(slot.pk):
            _offer(wait, slot, actor=actor, now=now)
            made += 1
    return made


def _offer(wait: Wait, slot: Slot, *, actor: Actor, now: datetime) -> None:
    wait.state, wait.slot = Wait.State.OFFERED, slot
    wait.accept_by = offers.accept_by(now, clock.BEIJING)
    wait.save(update_fields=["state", "slot", "accept_by"])
    fact = PlaceOffered(case_id=wait.case_id, wait_id=wait.pk, slot_id=slot.pk, accept_by=wait.accept_by)
    publish(fact, actor=actor, at=now)


@writes
def accept_offer(*, wait_id: UUID, actor: Actor, now: datetime) -> Appointment:
    """
    Accept an offered place: the visit moves there, and its old place becomes free.

    Refuses OfferNotFound, Denied, CaseClosed, OfferLapsed.
    """
    wait = _in_turn(wait_id, actor)
    case = cases.locked_case(wait.case_id)
    if wait.state != Wait.State.OFFERED or wait.slot is None or (wait.accept_by or now) < now:
        raise OfferLapsed
    held = queries.open_appointment(case, wait.station)
    _end(wait, Wait.State.ACCEPTED, actor=actor, now=now)
    if held is None:
        return booking.new(case, wait.station, wait.slot, actor=actor, now=now)
    places.turn_of(held.slot.hall_id)
    return booking.put_on(held, wait.slot, actor=actor, now=now)


@writes
def decline_offer(*, wait_id: UUID, actor: Actor, now: datetime) -> None:
    """Decline an offered place: it goes to the next; one's own booking stands. Refuses OfferNotFound, OfferLapsed."""
    wait = _in_turn(wait_id, actor)
    if wait.state != Wait.State.OFFERED:
        raise OfferLapsed
    let_go(wait.pk, Wait.State.DECLINED, actor=actor, now=now)


@writes
def stop_waiting(*, case: Case, station: str, actor: Actor, now: datetime) -> None:
    """Stop waiting; an offered place goes to the next. Again changes nothing. Refuses Denied."""
    booking.require_booker(actor, case)
    case = cases.case_in_turn(case.pk)
    for wait_id in Wait.objects.filter(case=case, station=station).open().values_list("pk", flat=True):
        let_go(wait_id, Wait.State.LEFT, actor=actor, now=now)


def lapse_offers(*, actor: Actor, now: datetime) -> int:
    """
    Let the offers lapse whose term has passed: each place goes to the next. Waits that nothing can help any more end.

    Gives how many ended.
    """
    due = Q(state=Wait.State.OFFERED, accept_by__lt=now) | Q(state=Wait.State.WAITING, before__lte=clock.day_of(now))
    ids = list(Wait.objects.filter(due).order_by("since").values_list("pk", flat=True))
    return sum(_lapse(wait_id=wait_id, actor=actor, now=now) for wait_id in ids)


@writes
def _lapse(*, wait_id: UUID, actor: Actor, now: datetime) -> bool:
    return let_go(wait_id, Wait.State.LAPSED, actor=actor, now=now)


def _in_turn(wait_id: UUID, actor: Actor) -> Wait:
    seen = Wait.objects.visible_to(actor).select_related("case").filter(pk=wait_id).first()
    if seen is None:
        raise OfferNotFound
    booking.require_booker(actor, seen.case)
    cases.case_in_turn(seen.case_id)
    places.turn_of(seen.hall_id)
    return _locked(wait_id)


def _locked(wait_id: UUID) -> Wait:
    return Wait.objects.select_for_update(of=("self",)).select_related("slot__hall__organisation").get(pk=wait_id)


def let_go(wait_id: UUID, state: Wait.State, *, actor: Actor, now: datetime) -> bool:
    """End an open wait; the place that was held for it is free for the next. Tells whether anything ended."""
    places.turn_of(Wait.objects.values_list("hall_id", flat=True).get(pk=wait_id))
    wait = _locked(wait_id)
    is_offered = wait.state == Wait.State.OFFERED
    if not is_offered and wait.state != Wait.State.WAITING:
        return False
    if state == Wait.State.LAPSED and is_offered and wait.accept_by is not None and wait.accept_by >= now:
        return False
    _end(wait, state, actor=actor, now=now)
    if is_offered and wait.slot is not None:
        places.give_back(wait.slot, actor=actor, now=now)
    return True


def _end(wait: Wait, state: Wait.State, *, actor: Actor, now: datetime) -> None:
    wait.state, wait.ended_at = state, now
    wait.save(update_fields=["state", "ended_at"])
    publish(WaitEnded(case_id=wait.case_id, wait_id=wait.pk, outcome=str(state)), actor=actor, at=now)
