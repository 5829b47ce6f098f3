"""Invented halls, and cases enough to fill them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from onething.cases.models import Case
from onething.cases.tests import factories as cases
from onething.desks.appointments import queries, services
from onething.desks.appointments.hours import Hours
from onething.desks.appointments.models import Hall, Slot
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry import services as registry
from onething.registry.models import Organisation

NOW = cases.NOW
"""Wednesday 9 September 2026, ten o'clock in Beijing."""
TODAY = NOW.date()
STATION = "county_hall"
HOURS = (Hours(time(9), time(12), 2), Hours(time(13, 30), time(17), 2))


def office(code: str = "hall", region: str = cases.REGION) -> Organisation:
    """Open a station of the county."""
    return registry.open_organisation(
        code=code, name="望山县政务服务中心", name_en="Wangshan service hall", kind="station", region=region,
        actor=SYSTEM, now=NOW,
    )  # fmt: skip


def hall(code: str = "hall", region: str = cases.REGION, **wishes: Any) -> Hall:
    """Open a hall of six counters, two of them staffed on an ordinary day; one booking a counter each half hour."""
    given: dict[str, Any] = {"serves": [STATION], "counters": 6, "hours": HOURS, "slot_minutes": 30, "now": NOW}
    return services.open_hall(organisation=office(code, region), actor=SYSTEM, **{**given, **wishes})


def small_hall(**wishes: Any) -> Hall:
    """Open a hall with one single place a day, at nine."""
    hours = (Hours(time(9), time(9, 30), 1),)
    return hall(**{"hours": hours, "counters": 6, "days_ahead": 5, **wishes})


def case() -> Case:
    """Submit the published example: it needs one visit, to the county's hall."""
    return cases.case()


def copies(case: Case, count: int, first: str = "X") -> list[Case]:
    """Write more cases like one, of the same person: bookings ask for the case only."""
    rows = [
        Case(
            **{
                **{f.attname: getattr(case, f.attname) for f in Case._meta.fields},
                "id": uuid4(),
                "number": f"{first}{n}",
            }
        )
        for n in range(count)
    ]
    return Case.objects.bulk_create(rows)


def slot_on(hall: Hall, day: date, at: time = time(9)) -> Slot:
    """Find one of a hall's times."""
    return Slot.objects.get(hall=hall, starts_at=datetime.combine(day, at, clock.BEIJING))


def first_free(hall: Hall) -> Slot:
    """Find the earliest free time."""
    slot = queries.free_slots(hall, now=NOW).first()
    assert slot
    return slot


def book(case: Case, slot: Slot, **wishes: Any) -> Any:
    """Book as the house."""
    return services.book(case=case, station=STATION, slot_id=slot.pk, **{"actor": SYSTEM, "now": NOW, **wishes})


DAY = timedelta(days=1)
