"""Every way this module says no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Denied, Gone, Invalid, NotFound


class HallNotFound(NotFound):
    """There is no such hall, or it is not yours to run."""

    remedy = "Go back to the list of halls."


class HallExists(Conflict):
    """This station has its hall already."""

    remedy = "Open it in the list of halls."


class VisitNotInPlan(NotFound):
    """This case needs no visit there."""

    remedy = "Look at your case: the visit that is left stands there."


class VisitAlreadyMade(Conflict):
    """This visit has been made; you need not come again."""

    remedy = "Open your case to see how it goes on."


class AlreadyBooked(Conflict):
    """This visit has its time already: {when}."""

    remedy = "Move it to another time instead of booking a second one."


class NothingBooked(NotFound):
    """Nothing is booked for this visit."""

    remedy = "Choose a time first."


class SlotNotFound(NotFound):
    """There is no such time."""

    remedy = "Choose one of the times on the page."


class SlotFull(Conflict):
    """Somebody was faster: this time has just been taken."""

    remedy = "Choose another time; the page shows what is still free."


class SlotPast(Gone):
    """This time has passed, or is too near to be booked."""

    remedy = "Choose a later time, or come without one and draw a ticket in the hall."


class OtherPlace(Invalid):
    """This hall is not for your visit: it lies in another county, or does other things."""

    remedy = "Choose one of the halls on the page."


class AppointmentNotFound(NotFound):
    """There is no such appointment, or it is not yours to see."""

    remedy = "Look at the list of the day."


class AppointmentOver(Gone):
    """This appointment is over."""

    remedy = "Book another time if the visit is still to be made."


class NotYetTime(Conflict):
    """The time of this appointment has not come; nobody has missed it yet."""

    remedy = "Record it when its time has passed."


class NothingEarlier(Conflict):
    """No earlier day can become free before your appointment."""

    remedy = "Keep your appointment, or move it to another time."


class OfferNotFound(NotFound):
    """There is no such offer, or it is not yours."""

    remedy = "Open your case to see what is booked."


class OfferLapsed(Gone):
    """The offer has lapsed; the place went to the next in line."""

    remedy = "Your own appointment stands as before. You can wait for another place."


class HoursWrong(Invalid):
    """The hours from {opens} to {closes} end before they begin, or run into others."""

    remedy = "Give hours that follow each other, each with its end after its beginning."


class MoreThanThereIs(Invalid):
    """There are only {counters} counters in this hall."""

    remedy = "Give at most that many, or change the number of counters first."


class DayPast(Invalid):
    """This day has passed."""

    remedy = "Choose today or a later day."


class DayAlreadyClosed(Conflict):
    """The hall is closed on this day already."""

    remedy = "Nothing is left to do."


class DayNotClosed(Conflict):
    """The hall is not closed on this day."""

    remedy = "Look at the list of closed days."


class DisplayKeyWrong(Denied):
    """This address does not belong to a display of the hall."""

    remedy = "Take the address from the settings of the hall; it changes when the old one is withdrawn."


class HallClosedNow(Conflict):
    """The hall is closed today; no tickets are given out."""

    remedy = "Come on a working day, or book a time."


class CodeUnknown(NotFound):
    """No appointment of today has this code."""

    remedy = "Compare it with the message you got, or draw a ticket without an appointment."


class TicketNotFound(NotFound):
    """There is no such ticket today."""

    remedy = "Draw a new one at the entrance."


class TicketOver(Gone):
    """This ticket is over."""

    remedy = "Draw a new one at the entrance if you still wait."


class NobodyWaits(Conflict):
    """Nobody waits."""

    remedy = "The page shows it as soon as somebody draws a ticket."


class CounterUnknown(Invalid):
    """There is no counter with this number in the hall."""

    remedy = "Choose one of the hall's counters."
