"""Lists of divisions, their history, and what moves with them."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from onething.kernel import codes
from onething.kernel.access import SYSTEM
from onething.plumbing import places
from onething.plumbing.journal.models import Entry
from onething.registry import commands, division_lists, queries, regions, services
from onething.registry.errors import ChangeImpossible, ListUnreadable, RegionCodeTaken, RegionEnded
from onething.registry.models import Organisation, Person, Region, RegionChange
from onething.registry.regions import ChangeRow, RegionRow
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
    person,
    staff,
)

SHIPPED = places.PROJECT / "packs" / "national" / "divisions"
DAY = date(2026, 9, 1)


def shipped() -> list[RegionRow]:
    with (SHIPPED / "divisions.csv").open(encoding="utf-8", newline="") as file:
        return list(division_lists.read_divisions(file))


def change(**given: object) -> ChangeRow:
    return ChangeRow(**{"kind": "recoded", "year": 2026, "day": DAY} | given)  # type: ignore[arg-type]


def enter(*rows: ChangeRow) -> tuple[int, int]:
    return services.enter_changes(rows=rows, source="notice", actor=SYSTEM, now=NOW)


def test_the_shipped_list_is_the_country_down_to_townships() -> None:
    rows = shipped()
    found = {row.code: row for row in rows}
    levels = [codes.region_level(code).name for code in found]
    assert len(rows) == len(found) == 41_963
    assert {name: levels.count(name) for name in set(levels)} == {
        "PROVINCE": 34, "CITY": 333, "COUNTY": 2847, "TOWNSHIP": 38_749,
    }  # fmt: skip
    assert all(row.parent == "000000000000" or row.parent in found for row in rows)
    assert found["110101000000"].parent == "110000000000"


@pytest.mark.django_db
@pytest.mark.slow
def test_the_shipped_list_loads_with_its_history_and_loads_again() -> None:
    for _ in range(2):
        answer = CliRunner().invoke(commands.registry, ["divisions", "load"], catch_exceptions=False)
        assert answer.exit_code == 0, answer.output
    assert Region.objects.count() == 41_964
    assert RegionChange.objects.count() == 263
    assert not RegionChange.objects.filter(applied_at__isnull=False).exists()  # what only has a year moves nothing
    assert queries.present_code("230181000000") == "230112000000"  # 阿城市, a district of Harbin since 2006
    assert [c.new_name for c in queries.history_of("230181000000")] == ["阿城区"]


@pytest.mark.django_db
def test_a_village_list_in_the_statistical_shape_is_counted_first_then_loaded(tmp_path: Path) -> None:
    load_regions()
    file = tmp_path / "villages.csv"
    file.write_text('code,name,streetCode\n990110101204,"东柳村",990110101\n990110101203,"柳湾村",990110101\n')
    run = ["divisions", "import", str(file), "--source", "nbs-2023", "--valid-from", "2023-06-30"]
    dry = CliRunner().invoke(commands.registry, [*run, "--dry-run"], catch_exceptions=False)
    assert dry.output == "+1  ~0  =2  -0\n"  # the nation stands in every list
    assert not Region.objects.filter(name="东柳村").exists()
    CliRunner().invoke(commands.registry, run, catch_exceptions=False)
    row = queries.region("990110101204")
    assert (row.level, row.parent_id, row.source, row.valid_from) == (5, TOWN, "nbs-2023", date(2023, 6, 30))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("code,title\n1,a\n", 1),
        ("code,name\n990110101204,东柳村\n99011,短\n", 3),
        ("code,name\n990110101204,东柳村\n990110101205", 3),
        ("code,name,valid_from\n990110101204,东柳村,2026.1\n", 2),
        ("code,name\n990110101204,\n", 2),
    ],
)
def test_a_list_that_cannot_be_read_names_the_line(text: str, line: int) -> None:
    with pytest.raises(ListUnreadable) as refused:
        list(division_lists.read_divisions(io.StringIO(text)))
    assert refused.value.facts["line"] == line


@pytest.mark.django_db
def test_a_complete_list_ends_what_it_leaves_out() -> None:
    load_regions()
    kept = [RegionRow(code=PROVINCE, name="云川省"), RegionRow(code=CITY, name="清和市")]
    assert services.count_list(kept, source="invented", is_complete=True).ended == 4
    services.load_regions(rows=kept, source="invented", actor=SYSTEM, now=NOW, is_complete=True)
    assert queries.region(COUNTY).valid_to == date(2026, 9, 17)
    with pytest.raises(RegionEnded):
        person()


@pytest.mark.django_db
def test_a_recoded_county_takes_its_towns_its_people_and_its_offices_along() -> None:
    load_regions()
    someone, villager, office = person(), person(region=VILLAGE), organisation()
    assert enter(change(old_code=COUNTY, new_code="990182000000", new_name="望山市")) == (1, 3)
    someone.refresh_from_db(), villager.refresh_from_db(), office.refresh_from_db()
    assert (someone.region_id, villager.region_id) == ("990182000000", "990182101203")
    assert office.region_id == "990182000000"
    assert queries.region(VILLAGE).valid_to == DAY
    assert queries.region("990182101203").name == "柳湾村"
    assert queries.region("990182101000").parent_id == "990182000000"
    assert queries.present_code(TOWN) == "990182101000"
    fact = Entry.objects.get(kind="registry.RegionChanged")
    assert queries.moves_of(fact.payload["change_id"]) == {
        COUNTY: "990182000000", TOWN: "990182101000", VILLAGE: "990182101203",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_change_told_twice_moves_once() -> None:
    load_regions()
    told = change(old_code=COUNTY, new_code="990182000000", new_name="望山市")
    assert enter(told) == (1, 3)
    assert enter(told) == (0, 0)


@pytest.mark.django_db
def test_a_merger_leaves_the_office_that_has_a_counterpart() -> None:
    load_regions()
    mine, theirs = organisation("wangshan-police"), organisation("linshui-police", NEIGHBOUR)
    someone = person()
    enter(change(old_code=COUNTY, new_code=NEIGHBOUR, new_name="临水县"))
    someone.refresh_from_db()
    assert someone.region_id == NEIGHBOUR
    assert Organisation.objects.get(pk=mine.pk).region_id == COUNTY
    assert queries.organisation_for("police", NEIGHBOUR) == theirs
    assert queries.region("990111101203").name == "柳湾村"


@pytest.mark.django_db
def test_a_merger_that_gives_two_towns_one_code_is_refused_and_moves_nothing() -> None:
    load_regions()
    services.load_regions(
        rows=[RegionRow(code="990111101000", name="渡口镇")], source="invented", actor=SYSTEM, now=NOW
    )
    with pytest.raises(RegionCodeTaken):
        enter(change(old_code=COUNTY, new_code=NEIGHBOUR, new_name="临水县"))
    assert not RegionChange.objects.exists()
    named = change(old_code=TOWN, new_code="990111102000", new_name="石桥镇")
    assert enter(named, change(old_code=COUNTY, new_code=NEIGHBOUR, new_name="临水县"))[0] == 2
    assert queries.present_code(VILLAGE) == "990111102203"


@pytest.mark.django_db
def test_of_a_split_only_a_clerk_knows_where_each_person_belongs() -> None:
    load_regions()
    someone = person()
    enter(
        change(old_code=COUNTY, new_code="990183000000", new_name="上望县"),
        change(old_code=COUNTY, new_code="990184000000", new_name="下望县"),
        change(old_code=TOWN, new_code="990184101000", new_name="石桥镇"),
    )
    assert queries.present_code(COUNTY) is None
    assert queries.present_code(VILLAGE) == "990184101203"
    assert queries.region("990184101000").parent_id == "990184000000"
    assert list(queries.persons_to_place(staff(CITY))) == [someone]


@pytest.mark.django_db
def test_what_is_decided_for_later_waits_for_its_day() -> None:
    load_regions()
    later = change(old_code=COUNTY, new_code="990182000000", new_name="望山市", day=DAY + timedelta(days=90))
    assert enter(later) == (1, 0)
    assert queries.present_code(COUNTY) == COUNTY
    assert services.apply_due_changes(actor=SYSTEM, now=NOW + timedelta(days=90)) == 3
    assert services.apply_due_changes(actor=SYSTEM, now=NOW + timedelta(days=91)) == 0
    assert queries.present_code(COUNTY) == "990182000000"


@pytest.mark.django_db
def test_a_renamed_division_keeps_its_code_and_an_abolished_one_its_people() -> None:
    load_regions()
    person(region=NEIGHBOUR)
    enter(
        change(kind="renamed", old_code=COUNTY, new_code=COUNTY, new_name="望山新县"),
        change(kind="abolished", old_code=NEIGHBOUR),
        change(kind="founded", new_code="990185000000", new_name="新立县"),
    )
    assert queries.region(COUNTY).name == "望山新县"
    assert queries.present_code(NEIGHBOUR) is None
    assert queries.region("990185000000").parent_id == CITY
    assert Person.objects.get().region_id == NEIGHBOUR


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"kind": "dreamt", "old_code": COUNTY}, {"old_code": COUNTY, "new_code": "990182001000"}]
)
def test_a_change_that_is_none_is_refused(wrong: dict[str, str]) -> None:
    load_regions()
    with pytest.raises(ChangeImpossible):
        enter(change(**wrong))


@pytest.mark.django_db
def test_a_province_leads_a_county_itself_in_its_own_tree() -> None:
    load_regions()
    zone = RegionRow(code="990171000000", name="河口开发区", above=CITY)
    led = RegionRow(code=NEIGHBOUR, name="临水（省管）", above=PROVINCE)
    services.load_regions(rows=[zone, led], source="yunchuan", actor=SYSTEM, now=NOW, is_own=True)
    organisation("city-police", CITY), organisation("province-police", PROVINCE)
    assert queries.organisation_for("police", NEIGHBOUR).code == "province-police"
    assert queries.organisation_for("police", "990171000000").code == "city-police"
    assert [r.code for r in queries.regions_below(CITY)] == [COUNTY, "990171000000"]
    assert queries.region(NEIGHBOUR).name == "临水县"
    load_regions()  # the national list again
    assert queries.organisation_for("police", NEIGHBOUR).code == "province-police"
    assert regions.upwards(NEIGHBOUR)[1] == CITY


def test_the_shipped_history_names_a_document_or_an_address_on_every_line() -> None:
    with (SHIPPED / "history.csv").open(encoding="utf-8", newline="") as file:
        assert all(row["document"] or row["address"] for row in csv.DictReader(file))
