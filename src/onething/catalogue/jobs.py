"""Without a person: calendars that two agreed on reach the files that deadlines are counted from."""

from __future__ import annotations

from onething.catalogue import services
from onething.catalogue.drafts import years
from onething.catalogue.events import CalendarAgreed
from onething.kernel.access import SYSTEM
from onething.plumbing import calendars, clock
from onething.plumbing.journal import every, on


@on(CalendarAgreed, lock="calendar-files")
def take_up_calendar(fact: CalendarAgreed) -> None:
    """Write the year's file, and let open deadlines be counted again at once."""
    years.write_files()
    services.publish_calendar(calendar=calendars.national_calendar(), actor=SYSTEM, now=clock.now())


@every("*/10 * * * *")
def mend_calendar_files() -> None:
    """Write files that are missing, after a restore or on a second server."""
    if years.write_files():
        services.publish_calendar(calendar=calendars.national_calendar(), actor=SYSTEM, now=clock.now())
