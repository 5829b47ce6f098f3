"""Working-day calendars as data: read from files that a civil servant keeps, or computed where nothing is announced.

calendar = calendars.national_calendar()
deadline = calendars.reaching(calendar, lambda calendar: add_working_days(calendar, start, 15))
"""

from onething.plumbing.calendars.computing import computed_year, extended, reaching
from onething.plumbing.calendars.files import CalendarFile, check_calendar, national_calendar, read_calendar

__all__ = [
    "CalendarFile",
    "check_calendar",
    "computed_year",
    "extended",
    "national_calendar",
    "reaching",
    "read_calendar",
]
