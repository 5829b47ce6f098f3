"""Halls with their hours and times, appointments and who waits for one, and the tickets of a day."""

from onething.desks.appointments.models.bookings import Appointment, Wait
from onething.desks.appointments.models.halls import Closure, Extra, Hall, Period, Slot
from onething.desks.appointments.models.tickets import Ticket

__all__ = ["Appointment", "Closure", "Extra", "Hall", "Period", "Slot", "Ticket", "Wait"]
