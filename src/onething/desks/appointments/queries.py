"""Reading halls, free times, appointments and the day's line. Who asks comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncDate

from onething.cases.models import Case
from onething.catalogue import planning
from onething.desks.appointments import hours, line
from onething.desks.appointments.errors import AppointmentNotFound, HallNotFound, TicketNotFound, VisitNotInPlan
from onething.desks.appointments.models import Appointment, Closure, Extra, Hall, Slot, Ticket, Wait
from onething.desks.appointments.tides import Season, Tide, spread, tide
from onething.desks.appointments.tides import rates as rates_of
from onething.kernel.access import Actor, Door
from onething.plumbing import clock, prepared
from onething.registry import regions
from onething.registry.models import Arrival, Organisation
from onething.registry.policy import in_region

COUNTY_DIGITS = 6
LOOK_BACK = 10  # so many tickets called last tell how long one waits today


# the visits of a case, and where they can be made


def visit_of(case: Case, station: str) -> Mapping[str, Any]:
    """Find a visit of a case's plan. Refuses VisitNotInPlan."""
    found = next((visit for visit in case.plan["visits"] if visit["station"] == station), None)
    if found is None:
        raise VisitNotInPlan
    visit: Mapping[str, Any] = found
    return visit


def open_appointment(case: Case, station: str) -> Appointment | None:
    """Find what is booked for a visit and not yet kept."""
    booked = Appointment.objects.filter(case=case, station=station).open()
    return booked.select_related("slot__hall__organisation").first()


def holds_a_time(case_id: UUID) -> bool:
    """Tell whether a case has a time booked or waits for one. Asked whenever a case ends."""
    return prepared.row(_HELD, {"case": case_id}) is not None


_HELD = """
SELECT FROM appointments_appointment WHERE case_id = %(case)s::uuid AND state = 'booked'
UNION ALL SELECT FROM appointments_wait WHERE case_id = %(case)s::uuid AND state IN ('waiting', 'offered')
"""


def is_near(case: Case, hall: Hall) -> bool:
    """Tell whether a hall is one to which a case's visit can go: its county's own, one inside it, or one above it."""
    place = hall.organisation.region_id
    return place[:COUNTY_DIGITS] == case.region[:COUNTY_DIGITS] or place in regions.upwards(case.region)


def halls_for(case: Case, station: str) -> list[Hall]:
    """List the halls where a visit can be made, the nearest first."""
    near = Hall.objects.filter(serves__contains=[station]).select_related("organisation")
    above = regions.upwards(case.region)
    own = near.filter(organisation__region__code__startswith=case.region[:COUNTY_DIGITS])
    found = list(own | near.filter(organisation__region__in=above))
    return sorted(found, key=lambda hall: (_distance(hall.organisation.region_id, above), hall.organisation.code))


def _distance(place: str, above: Sequence[str]) -> int:
    return above.index(place) if place in above else -1  # inside the county: nearer than what is above it


def free_slots(hall: Hall, *, now: datetime) -> QuerySet[Slot]:
    """Find the times of a hall that can be booked now, the earliest first."""
    last = Slot.objects.filter(hall=hall, starts_at__gte=now + hours.SOONEST)
    return last.free().select_related("hall__organisation").order_by("starts_at")


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day with how many places are free on it."""

    on: date
    places: int


def free_days(hall: Hall, *, now: datetime) -> list[FreeDay]:
    """List the days of a hall that have places left, the nearest first. One query."""
    summed = free_slots(hall, now=now).order_by("day").values("day").annotate(left=Sum(F("capacity") - F("taken")))
    return [FreeDay(row["day"], row["left"]) for row in summed]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitBoard:
    """One visit of a case: where and what for, how its time stands, and the times offered at once."""

    case: Case
    station: str
    title: Mapping[str, str]
    address: Mapping[str, str] | None
    acts: Sequence[Mapping[str, Any]]
    is_made: bool
    appointment: Appointment | None
    has_passed: bool
    wait: Wait | None
    halls: Sequence[Hall]
    next_free: Sequence[Slot]
    last: Appointment | None


OFFERED_AT_ONCE = 3


def visits(case: Case, *, now: datetime) -> list[VisitBoard]:
    """Read the visits of a case with what is booked. The number of queries grows with the visits only: mostly one."""
    return [_visit_board(case, visit, now) for visit in case.plan["visits"]]


def visit_board(case: Case, station: str, *, now: datetime) -> VisitBoard:
    """Read one visit of a case. Refuses VisitNotInPlan."""
    return _visit_board(case, visit_of(case, station), now)


def _visit_board(case: Case, visit: Mapping[str, Any], now: datetime) -> VisitBoard:
    station = visit["station"]
    rows = Appointment.objects.filter(case=case, station=station).select_related("slot__hall__organisation")
    latest = rows.order_by("-booked_at").first()
    booked = latest if latest is not None and latest.is_open else None
    is_made = station in case.visited
    halls = [] if is_made else halls_for(case, station)
    is_free = case.is_open and not is_made and (booked is None or booked.slot.ends_at <= now)
    return VisitBoard(
        case=case,
        station=station,
        title=visit["title"],
        address=visit["address"],
        acts=visit["acts"],
        is_made=is_made,
        appointment=booked,
        has_passed=booked is not None and booked.slot.ends_at <= now,
        wait=None if is_made else Wait.objects.filter(case=case, station=station).open().select_related("slot").first(),
        halls=halls,
        next_free=_spread(list(free_slots(halls[0], now=now)[:40])) if halls and is_free else (),
        last=latest,
    )


def _spread(slots: Sequence[Slot]) -> list[Slot]:
    """Offer the earliest time of each of the next days, so that one of them suits."""
    first: dict[date, Slot] = {}
    for slot in slots:
        first.setdefault(slot.day, slot)
    chosen = list(first.values())[:OFFERED_AT_ONCE]
    rest = [slot for slot in slots if slot not in chosen]
    return sorted([*chosen, *rest[: OFFERED_AT_ONCE - len(chosen)]], key=lambda slot: slot.starts_at)


def appointment_for(actor: Actor, appointment_id: UUID) -> Appointment:
    """Find one appointment. Refuses AppointmentNotFound, also where it is not the actor's to see."""
    found: Appointment | None = Appointment.objects.visible_to(actor).filter(pk=appointment_id).first()
    if found is None:
        raise AppointmentNotFound
    return found


# a hall's day


def halls(actor: Actor) -> QuerySet[Hall]:
    """Find the halls that staff of a division run."""
    return Hall.objects.visible_to(actor).select_related("organisation").order_by("organisation__code")


def hall_for(actor: Actor, hall_id: UUID) -> Hall:
    """Find one hall. Refuses HallNotFound, also where it is not the actor's."""
    found = Hall.objects.visible_to(actor).select_related("organisation__region").filter(pk=hall_id).first()
    if found is None:
        raise HallNotFound
    return found


def stations_without_hall(actor: Actor) -> QuerySet[Organisation]:
    """Find the stations of a division that cannot be booked yet."""
    stations = Organisation.objects.filter(kind=Organisation.Kind.STATION, hall=None)
    return (stations.filter(in_region(actor)) if actor.door is not Door.SYSTEM else stations).order_by("code")


def booked_on(actor: Actor, hall: Hall, day: date) -> QuerySet[Appointment]:
    """Find the appointments of a hall's day that were not given up, in the order of their times."""
    given_up = (Appointment.State.CANCELLED, Appointment.State.DROPPED)
    seen: QuerySet[Appointment] = Appointment.objects.visible_to(actor).filter(slot__hall=hall, slot__day=day)
    light = seen.exclude(state__in=given_up).select_related("slot", "case", "ticket")
    return light.defer("case__plan", "case__answers").order_by("slot__starts_at", "pk")


def days_around(hall: Hall, *, now: datetime) -> list[tuple[date, int, int]]:
    """List the days from today that have times: day, places booked, places in all. One query."""
    coming = Slot.objects.filter(hall=hall, day__gte=clock.day_of(now)).order_by("day").values("day")
    summed = coming.annotate(booked=Sum("taken"), places=Sum("capacity"))
    return [(row["day"], row["booked"], row["places"]) for row in summed]


def unrecorded(actor: Actor, hall: Hall, *, today: date) -> QuerySet[Appointment]:
    """Find the appointments of days gone by of which nobody has said whether the person came."""
    seen: QuerySet[Appointment] = Appointment.objects.visible_to(actor).filter(slot__hall=hall, slot__day__lt=today)
    light = seen.filter(state=Appointment.State.BOOKED).select_related("slot", "case")
    return light.defer("case__plan", "case__answers").order_by("slot__starts_at", "pk")


def ticket_by_code(code: str, *, today: date) -> Ticket:
    """Find a ticket of today by its code. Refuses TicketNotFound."""
    found = Ticket.objects.select_related("hall__organisation", "appointment__slot")
    ticket = found.filter(code=code.strip().upper(), day=today).first()
    if ticket is None:
        raise TicketNotFound
    return ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBoard:
    """The line of a hall's day: who waits, in the order of calling; who is called where; how long it takes."""

    hall: Hall
    waiting: Sequence[Ticket]
    called: Sequence[Ticket]
    missed: Sequence[Ticket]
    served: int
    counters: int
    waited: int | None  # minutes, of those called last

    def ahead_of(self, ticket: Ticket) -> int:
        """Count who will be called before a ticket."""
        return next((place for place, one in enumerate(self.waiting) if one.pk == ticket.pk), 0)

    @property
    def new_waits(self) -> int:
        """Foresee, in minutes, how long somebody waits who draws a ticket now."""
        return self.minutes_for(len(self.waiting))

    def minutes_for(self, ahead: int) -> int:
        """Foresee, in minutes, how long somebody waits who has so many before them: counters finish one by one."""
        busy = len(self.called)
        before = max(0, ahead + busy + 1 - max(self.counters, 1))
        return -(-before * self.hall.slot_minutes // max(self.counters, 1))


def line_of(hall: Hall, *, now: datetime) -> LineBoard:
    """Read the line of a hall's day. Five queries, however long it is."""
    day = clock.day_of(now)
    rows = Ticket.objects.of_day(hall.pk, day).select_related("appointment__slot").order_by("number")
    live = list(rows.exclude(state=Ticket.State.SERVED))
    waiting = [ticket for ticket in live if ticket.state == Ticket.State.WAITING]
    ranked = line.ranked(
        ((in_line(ticket), ticket) for ticket in waiting), counter=0, now=now, elders_first=hall.elders_first
    )
    sent_on = [ticket for ticket in waiting if ticket.for_counter]
    called = [ticket for ticket in live if ticket.state == Ticket.State.CALLED]
    return LineBoard(
        hall=hall,
        waiting=[*sent_on, *ranked],
        called=sorted(called, key=lambda ticket: ticket.called_at or now, reverse=True),
        missed=[ticket for ticket in live if ticket.state == Ticket.State.MISSED],
        served=rows.filter(state=Ticket.State.SERVED).count(),
        counters=counters_now(hall, now=now),
        waited=_waited(hall, day),
    )


def in_line(ticket: Ticket) -> line.InLine:
    """Tell where a ticket stands, as `line.ranked` takes it."""
    return line.InLine(
        since=ticket.since,
        for_counter=ticket.for_counter,
        goes_first=ticket.goes_first,
        booked_for=ticket.appointment.slot.starts_at if ticket.appointment else None,
    )


def _waited(hall: Hall, day: date) -> int | None:
    called = Ticket.objects.of_day(hall.pk, day).filter(called_at__isnull=False, appointment=None)
    last = called.order_by("-called_at").values_list("taken_at", "called_at")[:LOOK_BACK]
    minutes = [(called_at - taken_at).total_seconds() / 60 for taken_at, called_at in last if called_at]
    return round(median(minutes)) if minutes else None


def counters_now(hall: Hall, *, now: datetime) -> int:
    """Tell how many counters are staffed now by the hall's hours; 0 outside of them."""
    local = now.astimezone(clock.BEIJING)
    extra = dict(Extra.objects.filter(hall=hall, day=local.date()).values_list("day", "counters"))
    return hours.counters_at(hall.hours, local.time(), extra, local.date())


def closures(hall: Hall, *, today: date) -> QuerySet[Closure]:
    """Find the days to come on which a hall is closed."""
    return Closure.objects.filter(hall=hall, day__gte=today).order_by("day")


# 潮汐窗口


def tides(actor: Actor, hall: Hall, season: Season, *, now: datetime) -> list[Tide]:
    """
    Foresee the days that can be booked: who is booked, who was discharged and has not come, and ordinary walk-ins.

    Five queries. People who are booked are not expected a second time. Source: S0, 潮汐窗口.
    """
    today = clock.day_of(now)
    calendar, open_hours = planning.calendar(), hall.hours
    days = list(hours.working_days(calendar, today, hall.days_ahead))
    extra = dict(Extra.objects.filter(hall=hall, day__gte=today).values_list("day", "counters"))
    closed = set(Closure.objects.filter(hall=hall, day__gte=today).values_list("day", flat=True))
    coming = spread(_listed(actor, hall), season, calendar, days)
    booked, ordinary = _booked(hall, today), _ordinary_day(hall, season, today)
    most = max((one.counters for one in open_hours), default=1)
    found = []
    for day in (day for day in days if day not in closed):
        visits = round(booked.get(day, 0) + coming[day] + ordinary)
        rates = rates_of(visits, open_hours, season)
        found.append(
            tide(
                day, visits=visits, booked=booked.get(day, 0), staffed=most + extra.get(day, 0), rates=rates,
                minutes=hall.slot_minutes,
            )
        )  # fmt: skip
    return found


def _listed(actor: Actor, hall: Hall) -> dict[date, int]:
    """Count who is expected in the hall's county and has booked nothing, by the day their list came in."""
    place = hall.organisation.region_id[:COUNTY_DIGITS]
    expected = Arrival.objects.visible_to(actor).filter(person__region__code__startswith=place)
    unbooked = expected.exclude(state=Arrival.State.ARRIVED).exclude(
        person_id__in=Appointment.objects.filter(slot__hall=hall).values("person_id")
    )
    counted = unbooked.annotate(came=TruncDate("expected_at", tzinfo=clock.BEIJING)).values("came")
    return {row["came"]: row["people"] for row in counted.annotate(people=Count("pk"))}


def _booked(hall: Hall, today: date) -> dict[date, int]:
    taken = Slot.objects.filter(hall=hall, day__gte=today).values("day").annotate(booked=Sum("taken"))
    return {row["day"]: row["booked"] for row in taken}


ENOUGH_DAYS = 20


def _ordinary_day(hall: Hall, season: Season, today: date) -> float:
    """Take the mean of the walk-ins of the last days on which there were any; assumed until there are enough."""
    walk_ins = Ticket.objects.filter(hall=hall, day__lt=today, appointment=None)
    days = walk_ins.values("day").annotate(people=Count("pk")).order_by("-day")[:ENOUGH_DAYS]
    counts = [row["people"] for row in days]
    return sum(counts) / len(counts) if len(counts) >= ENOUGH_DAYS else season.ordinary_day


def to_open(hall: Hall, days: Sequence[Tide]) -> dict[date, int]:
    """Tell on which days windows are short, and how many counters above the ordinary number they then have."""
    most = max((one.counters for one in hall.hours), default=1)
    return {
        day.on: min(day.needed, hall.counters) - most for day in days if min(day.needed, hall.counters) > day.staffed
    }
