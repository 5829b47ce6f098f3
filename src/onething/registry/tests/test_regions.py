"""The tree of regions: levels that cannot be wrong, parents that cannot be missing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from onething.kernel.access import SYSTEM
from onething.kernel.errors import Refusal
from onething.registry import queries, regions, services
from onething.registry.errors import (
    NoOrganisation,
    NoSuchRegion,
    OrganisationAlreadyOpen,
    RegionTwice,
    RegionWithoutParent,
)
from onething.registry.models import Region
from onething.registry.regions import RegionRow
from onething.registry.tests.factories import (
    CITY,
    COUNTY,
    NEIGHBOUR,
    NOW,
    PROVINCE,
    TOWN,
    VILLAGE,
    load_regions,
    organisation,
    staff,
)

pytestmark = pytest.mark.django_db


def load(*rows: RegionRow) -> int:
    return services.load_regions(rows=rows, source="list", actor=SYSTEM, now=NOW)


def test_the_level_follows_from_the_code() -> None:
    load_regions()
    levels = dict(Region.objects.values_list("code", "level"))
    assert levels == {"0" * 12: 0, PROVINCE: 1, CITY: 2, COUNTY: 3, NEIGHBOUR: 3, TOWN: 4, VILLAGE: 5}


def test_the_tree_hangs_together() -> None:
    load_regions()
    parents = dict(Region.objects.values_list("code", "parent_id"))
    assert parents == {
        "0" * 12: None, PROVINCE: "0" * 12, CITY: PROVINCE, COUNTY: CITY, NEIGHBOUR: CITY, TOWN: COUNTY, VILLAGE: TOWN,
    }  # fmt: skip
    assert [region.code for region in queries.regions_below(CITY)] == [COUNTY, NEIGHBOUR]


def test_a_city_without_counties_has_towns_of_its_own() -> None:
    load(
        RegionRow(code="990000000000", name="省"),
        RegionRow(code="991900000000", name="莞市"),
        RegionRow(code="991900003000", name="镇"),
    )
    assert queries.region("991900003000").parent_id == "991900000000"


def test_loading_again_brings_names_up_to_date() -> None:
    load_regions()
    assert load(RegionRow(code=COUNTY, name="望山市")) == 2
    assert queries.region(COUNTY).name == "望山市"
    assert Region.objects.count() == 7


def test_a_region_without_anything_above_is_refused_and_nothing_is_loaded() -> None:
    with pytest.raises(RegionWithoutParent):
        load(RegionRow(code=PROVINCE, name="云川省"), RegionRow(code=COUNTY, name="望山县"))
    assert not Region.objects.exists()


def test_a_region_twice_in_a_list_is_refused() -> None:
    with pytest.raises(RegionTwice):
        load(RegionRow(code=PROVINCE, name="一"), RegionRow(code=PROVINCE, name="二"))


@pytest.mark.parametrize("code", ["99", "99000000000x", "000000000001", ""])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(Refusal):
        load(RegionRow(code=code, name="无"))


def test_the_database_refuses_a_wrong_level_and_a_wrong_code() -> None:
    load_regions()
    with pytest.raises(Exception, match="generated"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_region SET level = 1 WHERE code = %s", [COUNTY])
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(code="9901", name="短", source="list")


def test_a_missing_region_is_refused() -> None:
    with pytest.raises(NoSuchRegion):
        queries.region(COUNTY)


def test_upwards_ends_with_the_nation() -> None:
    assert regions.upwards(VILLAGE) == [VILLAGE, TOWN, COUNTY, CITY, PROVINCE, "0" * 12]


def test_the_nearest_office_upwards_is_responsible() -> None:
    load_regions()
    organisation("city-police", CITY)
    own = organisation("county-police", COUNTY)
    assert queries.organisation_for("police", VILLAGE) == own
    assert queries.organisation_for("police", NEIGHBOUR).code == "city-police"
    with pytest.raises(NoOrganisation):
        queries.organisation_for("tax", VILLAGE)
    with pytest.raises(NoOrganisation):
        queries.organisation_for("police", PROVINCE)


def test_a_department_has_one_office_per_region() -> None:
    load_regions()
    organisation("one")
    with pytest.raises(OrganisationAlreadyOpen):
        organisation("two")


def test_staff_work_with_their_region_and_below() -> None:
    load_regions()
    seen = set(Region.objects.visible_to(staff(COUNTY)).values_list("code", flat=True))
    assert seen == {COUNTY, TOWN, VILLAGE}
