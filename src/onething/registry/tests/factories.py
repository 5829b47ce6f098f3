"""An invented county and invented people. ID numbers begin with 99: no place has that code."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from onething.kernel import codes
from onething.kernel.access import SYSTEM, Actor, Door
from onething.registry import services
from onething.registry.models import Organisation, Person
from onething.registry.regions import RegionRow

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)

PROVINCE = "990000000000"
CITY = "990100000000"
COUNTY = "990110000000"  # ends in a zero that belongs to its name: a careless prefix would take 990111 as well
NEIGHBOUR = "990111000000"
TOWN = "990110101000"
VILLAGE = "990110101203"

_numbers = count(1)


def load_regions() -> None:
    """Load the invented province with two counties, a town and a village."""
    rows = [
        RegionRow(code=PROVINCE, name="云川省", name_en="Yunchuan"),
        RegionRow(code=CITY, name="清和市", name_en="Qinghe"),
        RegionRow(code=COUNTY, name="望山县", name_en="Wangshan"),
        RegionRow(code=NEIGHBOUR, name="临水县", name_en="Linshui"),
        RegionRow(code=TOWN, name="石桥镇", name_en="Shiqiao"),
        RegionRow(code=VILLAGE, name="柳湾村", name_en="Liuwan"),
    ]
    services.load_regions(rows=rows, source="invented", actor=SYSTEM, now=NOW)


def id_number(serial: int | None = None) -> str:
    """Make an ID number with a right check digit; the first thousand are born on 5 March 2004."""
    serial = next(_numbers) if serial is None else serial
    born = date(2004, 3, 5) + timedelta(days=serial // 1000)
    body = f"990110{born:%Y%m%d}{serial % 1000:03d}"
    return body + codes.id_check_digit(body)


def person(**wishes: Any) -> Person:
    """Register a person, 贺长平 of the county unless told otherwise."""
    given: dict[str, Any] = {
        "name": "贺长平", "id_number": id_number(), "phone": "13800000014", "region": COUNTY, "known": {},
        "source": "roster", "actor": SYSTEM, "now": NOW,
    }  # fmt: skip
    return services.register_person(**given | wishes)


def organisation(code: str = "wangshan-police", region: str = COUNTY, department: str = "police") -> Organisation:
    """Open a department's office."""
    return services.open_organisation(
        code=code, name=code, kind="department", department=department, region=region, actor=SYSTEM, now=NOW
    )


def staff(region: str) -> Actor:
    """A clerk for a region."""
    return Actor(door=Door.STAFF, region=region, role="clerk")
