"""Facts of halls, appointments and tickets. Ids, codes and days only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class HallSet(Fact):
    """A hall was opened for booking, or its hours, counters or words were changed."""

    hall_id: UUID


@dataclass(frozen=True, kw_only=True)
class DayClosed(Fact):
    """A hall closes for a day; `dropped` appointments were on it."""

    hall_id: UUID
    day: date
    dropped: int


@dataclass(frozen=True, kw_only=True)
class DayReopened(Fact):
    """A day that had been closed is open again."""

    hall_id: UUID
    day: date


@dataclass(frozen=True, kw_only=True)
class WindowsOpened(Fact):
    """More counters are staffed on a day than on an ordinary one: `counters` more."""

    hall_id: UUID
    day: date
    counters: int


@dataclass(frozen=True, kw_only=True)
class AppointmentBooked(Fact):
    """The visit of a case has its time."""

    case_id: UUID
    appointment_id: UUID
    station: str
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentMoved(Fact):
    """The visit has another time, or another hall."""

    case_id: UUID
    appointment_id: UUID
    station: str
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(Fact):
    """The visit's time was given back; `needless` when the case ended before it."""

    case_id: UUID
    appointment_id: UUID
    station: str
    needless: bool = False


@dataclass(frozen=True, kw_only=True)
class AppointmentDropped(Fact):
    """The hall closed the day of an appointment: the person is told and offered other times."""

    case_id: UUID
    appointment_id: UUID
    station: str


@dataclass(frozen=True, kw_only=True)
class AppointmentNear(Fact):
    """The appointment is tomorrow: the person is reminded, once."""

    case_id: UUID
    appointment_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppointmentKept(Fact):
    """The person came."""

    case_id: UUID
    appointment_id: UUID
    station: str


@dataclass(frozen=True, kw_only=True)
class AppointmentMissed(Fact):
    """The person did not come; another time can be booked at once."""

    case_id: UUID
    appointment_id: UUID
    station: str


@dataclass(frozen=True, kw_only=True)
class PlacesFreed(Fact):
    """A hall has free places again since `at`: whoever waits for one is offered it, in order."""

    hall_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WaitBegun(Fact):
    """A person waits for an earlier place at a hall."""

    case_id: UUID
    wait_id: UUID
    before: date


@dataclass(frozen=True, kw_only=True)
class PlaceOffered(Fact):
    """A place that became free is held for the next who waits, for a while."""

    case_id: UUID
    wait_id: UUID
    slot_id: int
    accept_by: datetime


@dataclass(frozen=True, kw_only=True)
class WaitEnded(Fact):
    """The waiting is over: accepted, declined, lapsed or given up."""

    case_id: UUID
    wait_id: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class TicketTaken(Fact):
    """Somebody in the hall drew a ticket."""

    hall_id: UUID
    ticket_id: UUID


@dataclass(frozen=True, kw_only=True)
class TicketCalled(Fact):
    """A counter called a ticket, for the first time or again."""

    hall_id: UUID
    ticket_id: UUID
    counter: int


@dataclass(frozen=True, kw_only=True)
class TicketEnded(Fact):
    """A ticket is served, or its holder did not come when called."""

    hall_id: UUID
    ticket_id: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class TicketTransferred(Fact):
    """A ticket waits for another counter now."""

    hall_id: UUID
    ticket_id: UUID
    counter: int


@dataclass(frozen=True, kw_only=True)
class TicketBack(Fact):
    """Somebody who had missed the call is here after all and waits again."""

    hall_id: UUID
    ticket_id: UUID


@dataclass(frozen=True, kw_only=True)
class HallsMoved(Fact):
    """Open appointments followed their halls to the new code of a division."""

    change_id: int
    appointments: int
