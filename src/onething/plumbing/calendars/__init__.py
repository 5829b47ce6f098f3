"""Working-day calendars as data: read from files that a civil servant keeps, or computed where nothing is announced.

calendar = calendars.national_calendar()
deadline = calendars.reaching(calendar, lambda calendar: add_working_days(calendar, start, 15))
"""

from onething.plumbing.calendars.computing import computed_year, extended, reaching
from onething.plumbing.calendars.files import (
    CalendarFile,
    check_calendar,
    entered_folder,
    national_calendar,
    national_texts,
    read_calendar,
)

__all__ = [
    "CalendarFile",
    "check_calendar",
    "computed_year",
    "entered_folder",
    "extended",
    "national_calendar",
    "national_texts",
    "reaching",
    "read_calendar",
]
