"""A calendar counts for everybody: two of one county cannot change it for the counties beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from onething.catalogue.models import CalendarYear
from onething.catalogue.tests.test_workbench import decide, sitting
from onething.catalogue.tests.test_years import enter_notice
from onething.identity.models import Proposal
from onething.kernel import codes
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry import queries, regions, services
from onething.registry.regions import RegionRow
from onething.registry.tests.factories import load_regions

pytestmark = pytest.mark.django_db
CITY, BESIDE = "990100000000", "990177000000"


@pytest.fixture(autouse=True)
def two_counties(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ONETHING_HOME", str(tmp_path))
    load_regions()
    row = RegionRow(code=BESIDE, name="临水县", name_en="Linshui")
    services.load_regions(rows=[row], source="invented", actor=SYSTEM, now=clock.now())


def office_beside() -> None:
    services.open_organisation(
        code="beside", name="临水县服务中心", kind="station", region=BESIDE, actor=SYSTEM, now=clock.now()
    )


def test_a_county_enters_nothing_for_the_county_beside_it() -> None:
    one = sitting("admin.one")
    office_beside()
    answer = enter_notice(one)
    assert answer.status_code == 403 and "part of it" in answer.content.decode()
    assert not CalendarYear.objects.exists() and not Proposal.objects.exists()
    assert 'name="reason"' not in one.get("/packs/years/2026/").content.decode()


def test_what_a_county_entered_alone_takes_no_effect_once_there_are_two() -> None:
    one, two = sitting("admin.one"), sitting("admin.two")
    assert enter_notice(one).status_code == 302
    office_beside()
    assert decide(two).status_code == 403
    assert CalendarYear.objects.get().state != "in_force"


def test_two_of_the_city_do_it_for_both_counties() -> None:
    office_beside()
    one, two = (sitting(name, region=CITY) for name in ("city.one", "city.two"))
    assert enter_notice(one).status_code == 302
    assert CalendarYear.objects.get().region == CITY
    assert decide(two).status_code == 302


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("990123001002", "990123001003", "990123001000"),
        ("990123000000", "990177000000", "990100000000"),
        ("990123001002", "990123000000", "990123000000"),
        ("990123000000", "880123000000", codes.NATION),
    ],
)
def test_the_smallest_division_that_holds_both(one: str, other: str, both: str) -> None:
    assert regions.above_both(one, other) == regions.above_both(other, one) == both


def test_without_any_office_nobody_but_the_country_holds_all() -> None:
    assert queries.reach() == codes.NATION
