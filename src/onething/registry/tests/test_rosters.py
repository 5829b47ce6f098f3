"""Rosters: every kind of bad file, named by line and reason; all of a file or nothing; mended, undone."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onething.kernel import codes
from onething.kernel.access import SYSTEM
from onething.plumbing import storage
from onething.plumbing.journal.models import Entry as Fact
from onething.registry import cells, queries, services
from onething.registry.errors import (
    ColumnMissing,
    ColumnTwice,
    DayUnreadable,
    EncodingUnknown,
    NoSuchRoster,
    RosterCutOff,
    RosterDamaged,
    RosterEmpty,
    RosterHasFaults,
    RosterIsOldExcel,
    RosterNotNow,
    RosterTooLarge,
    RosterWithoutTitles,
    UndoTooLate,
)
from onething.registry.models import Arrival, Person, PersonKey, Roster, Statement
from onething.registry.tests import rosters
from onething.registry.tests.factories import CITY, COUNTY, NEIGHBOUR, NOW, TOWN, id_number, load_regions, person, staff
from onething.registry.tests.rosters import TITLES, apply, check, faults, row, table, take, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county() -> None:
    load_regions()


def nothing_entered() -> bool:
    return not (Person.objects.exists() or Statement.objects.exists() or Arrival.objects.exists())


# --- what is read ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_file_is_read_in_the_encoding_it_has(encoding: str) -> None:
    roster = check(take(text(row("贺长平"), row("欧阳青松")).encode(encoding)))
    assert (roster.lines, roster.faulty, roster.new_persons) == (2, 0, 2)
    apply(roster)
    assert sorted(p.name for p in Person.objects.with_keys()) == ["欧阳青松", "贺长平"]


@pytest.mark.parametrize("name", ["欧阳𬎆", "𠮷野", "㼆䶮", "阿卜杜拉·买买提", "古丽•阿依", "黄𰀀"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_rare_characters_and_middle_dots_come_through(name: str, encoding: str) -> None:
    apply(take(text(row(name)).encode(encoding)))
    assert Person.objects.with_keys().get().name == name.replace("•", "·")


def test_an_id_number_of_15_places_becomes_one_of_18() -> None:
    old = id_number()
    assert old[6:8] == "20"
    short = "990110870315123"
    apply(take(text(row(身份证号=short))))
    found = queries.person_by_id_number(short)
    assert found is not None
    assert found.id_number == codes.read_id_number(short).value


def test_a_month_stands_for_a_day_where_the_archive_knows_no_more() -> None:
    roster = apply(take(text(row(入伍时间="1987.3"), row(入伍时间="1987.10"))))
    stated = Statement.objects.filter(source=roster.source, section="service").select_related("person__key")
    assert sorted(s.said(s.person.data_key)["enlisted_on"].value for s in stated) == ["1987-03", "1987-10"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
def test_the_separator_is_found(delimiter: str) -> None:
    assert check(take(text(row()).replace(",", delimiter))).new_persons == 1


def test_a_table_is_read_with_a_merged_heading_above_and_a_total_below() -> None:
    content = table(row(), row(), ["合计", "2人"], heading="秋季退役士兵花名册", merged="A1:G1")
    roster = check(take(content))
    assert (roster.lines, roster.faulty) == (2, 0)
    assert roster.columns[:3] == ["name", "id_number", "phone"]


def test_days_of_a_table_are_days() -> None:
    cells_ = row()
    cells_[4], cells_[5] = datetime(2024, 9, 1), 46266  # type: ignore[call-overload]
    roster = apply(take(table(cells_)))
    (stated,) = Statement.objects.filter(source=roster.source).select_related("person__key")
    said = stated.said(stated.person.data_key)
    assert (said["enlisted_on"].value, said["discharged_on"].value) == ("2024-09-01", "2026-09-01")


def test_a_division_is_named_by_code_or_by_name() -> None:
    apply(take(text(row("甲乙", 安置地=TOWN), row("丙丁", 安置地="石桥镇"), row("戊己", 安置地="990110"), row("庚辛"))))
    homes = {p.name: p.region_id for p in Person.objects.with_keys()}
    assert homes == {"甲乙": TOWN, "丙丁": TOWN, "戊己": COUNTY, "庚辛": COUNTY}


# --- what is wrong, by line and reason ------------------------------------------------------------------------------

WRONG_CELLS = [
    ("身份证号", "99011020040305001", "id_number_length_wrong"),
    ("身份证号", "990110200403050010", "check_digit_wrong"),
    ("身份证号", "99011020041305001X", "id_number_date_impossible"),
    ("身份证号", "", "cell_missing"),
    ("姓名", "", "cell_missing"),
    ("姓名", "李?", "character_lost"),
    ("姓名", "李\ufffd", "character_lost"),
    ("姓名", "李\ue123", "character_lost"),
    ("姓名", "李3", "name_impossible"),
    ("姓名", "=cmd|'/c calc'!A1", "formula_in_cell"),
    ("姓名", "@SUM(1)", "formula_in_cell"),
    ("手机号", "=1+1", "phone_wrong"),
    ("手机号", "1380000001", "phone_wrong"),
    ("安置地", NEIGHBOUR, "region_not_below"),
    ("安置地", "=HYPERLINK(1)", "formula_in_cell"),
    ("入伍时间", "87.3", "day_unreadable"),
    ("入伍时间", "2024.13", "day_unreadable"),
    ("退役时间", "2026-02-30", "day_unreadable"),
    ("安置方式", "随便", "choice_unknown"),
    ("安置方式", "=自主就业", "formula_in_cell"),
]


@pytest.mark.parametrize(("title", "value", "code"), WRONG_CELLS)
def test_a_wrong_cell_is_named_by_line_and_reason_and_nothing_enters(title: str, value: str, code: str) -> None:
    roster = check(take(text(row("甲乙"), row(**({"name": value} if title == "姓名" else {title: value})))))
    assert faults(roster) == [(3, title, code)]
    with pytest.raises(RosterHasFaults):
        apply(roster)
    assert nothing_entered()


def test_all_faults_of_a_line_are_told_at_once() -> None:
    roster = check(take(text(row("李?", 手机号="1", 退役时间="x"))))
    assert {code for _, _, code in faults(roster)} == {"character_lost", "phone_wrong", "day_unreadable"}


def test_the_same_number_twice_names_the_other_line() -> None:
    number = id_number()
    roster = check(take(text(row(身份证号=number), row("别人"), row(身份证号=number))))
    assert faults(roster) == [(4, "身份证号", "number_twice")]
    assert roster.marked.get().fault_rows[0][2] == {"line": 2}


def test_a_file_cut_in_half_is_named_at_its_last_line() -> None:
    whole = text(*[row(f"贺{c}") for c in "甲乙丙丁"]).encode()
    for cut in (whole[: len(whole) - 40], whole[: len(whole) - 30]):
        roster = check(take(cut))
        assert [(line, code) for line, _, code in faults(roster)] == [(5, "line_cut_off")]


def test_a_file_cut_within_a_character_is_still_read_to_there() -> None:
    whole = text(row("贺甲"), row("贺乙")).encode()
    cut = whole[: whole.rindex("贺乙".encode()) + 4]
    assert faults(check(take(cut))) == [(3, "", "line_cut_off")]


def test_a_file_cut_within_quotation_marks_is_named_where_they_open() -> None:
    roster = check(take(text(row("贺甲")) + '"贺乙,990110'))
    assert faults(roster) == [(3, "", "quote_broken")]


def test_a_foot_that_tells_another_number_says_that_lines_are_missing() -> None:
    with pytest.raises(RosterCutOff) as refused:
        check(take(text(row(), row(), ["合计：3人", "", "", "", "", "", ""])))
    assert refused.value.facts == {"told": 3, "found": 2}


def test_a_comma_too_many_and_one_too_few() -> None:
    roster = check(take(text([*row(), "x"], row()[:-1], row())))
    assert [(n, code) for n, _, code in faults(roster)] == [(2, "line_too_long"), (3, "line_too_short")]


def test_merged_cells_within_the_persons_are_named_on_every_line() -> None:
    roster = check(take(table(row(), row(), row(), merged="D3:D4")))
    assert faults(roster) == [(3, "", "merged_cells"), (4, "", "merged_cells")]
    assert roster.marked.first().fault_rows[0][2] == {"cells": "D3:D4"}  # type: ignore[union-attr]


def test_what_a_table_program_lost_is_named() -> None:
    figure, formula, october = row(), row(), row()
    figure[1], formula[2], october[4] = 990110200403050010, "=A1", 1987.1  # type: ignore[call-overload]
    roster = check(take(table(figure, formula, october)))
    assert faults(roster) == [
        (2, "身份证号", "digits_lost"), (3, "手机号", "phone_wrong"), (4, "入伍时间", "month_uncertain"),
    ]  # fmt: skip


def test_what_stands_twice_must_agree() -> None:
    titles = (*TITLES, "出生日期", "性别")
    number = id_number(1)  # 2004-03-05, odd: a man
    roster = check(take(text([*row(身份证号=number), "2004.3", "男"], [*row(), "2004-04-05", "女"], titles=titles)))
    assert {code for _, _, code in faults(roster)} >= {"birth_date_differs"}
    assert all(line == 3 for line, _, _ in faults(roster))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", RosterEmpty),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, RosterIsOldExcel),
        (b"PK\x03\x04" + b"\x00" * 600, RosterDamaged),
        ("姓名,身份证号\n贺".encode() + b"\xff\xff\n", EncodingUnknown),
        ("只有一列\n贺\n".encode(), RosterWithoutTitles),
    ],
)
def test_a_file_that_is_none_is_refused_and_not_kept(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        take(content)
    assert not Roster.objects.exists()


def test_a_table_cut_in_half_is_damaged() -> None:
    content = table(*[row() for _ in range(50)])
    with pytest.raises(RosterDamaged):
        take(content[: len(content) // 2])


class Endless(io.RawIOBase):
    """A file of 200 MB that is nowhere."""

    def __init__(self) -> None:
        self.left = 200 << 20

    def read(self, size: int = -1) -> bytes:
        given = b"1" * min(size, self.left)
        self.left -= len(given)
        return given


def test_200_mb_are_refused_before_they_are_read_to_the_end() -> None:
    file = Endless()
    with pytest.raises(RosterTooLarge) as refused:
        services.take_roster(
            file=file,
            title="x",
            kind="extract",
            authority="army",
            region=COUNTY,
            actor=SYSTEM,
            now=NOW,  # type: ignore[arg-type]
        )
    assert refused.value.facts == {"most": 50}
    assert file.left > 140 << 20


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    from onething.kernel.errors import Refusal
    from onething.registry.rosters import tables

    try:
        shape, titles = tables.look_at(io.BytesIO(content), len(content))
    except Refusal:
        return
    for line in tables.lines_of(io.BytesIO(content), shape, titles):
        assert len(line.cells) == len(titles) or line.faults or "计" in "".join(line.cells) or "共" in line.cells[0]


@given(st.dates(date(1850, 1, 1), date(2199, 12, 31)))
def test_a_day_is_the_same_in_every_way_of_writing(day: date) -> None:
    ways = [f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}",
            f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month:02}/{day.day}"]  # fmt: skip
    assert {cells.day(way) for way in ways} == {day.isoformat()}


@given(st.text(max_size=12))
def test_a_date_is_read_or_refused(given_: str) -> None:
    try:
        read = cells.day_or_month(given_)
    except DayUnreadable:
        return
    assert date.fromisoformat(read if len(read) == 10 else f"{read}-01")


# --- mapping, mending, leaving out ----------------------------------------------------------------------------------


def test_the_columns_are_guessed_and_can_be_changed() -> None:
    roster = take(text(["贺长平", id_number(), "13800000014"], titles=("何人", "身份证号码（18位）", "联系电话*")))
    assert roster.columns == ["", "id_number", "phone"]
    with pytest.raises(ColumnMissing):
        check(roster)
    with pytest.raises(ColumnTwice):
        services.map_roster(roster_id=roster.pk, targets=["name", "id_number", "name"], actor=SYSTEM, now=NOW)
    services.map_roster(roster_id=roster.pk, targets=["name", "id_number", "phone"], actor=SYSTEM, now=NOW)
    assert check(roster).new_persons == 1


def test_a_mended_line_is_checked_again_and_then_all_enter() -> None:
    wrong = row("李?")
    roster = check(take(text(row("甲乙"), wrong, row("丙丁", 手机号="1"))))
    assert roster.faulty == 2
    line = roster.marked.get(number=3)
    assert list(line.cells(roster.data_key)) == wrong
    roster = services.mend_line(roster_id=roster.pk, number=3, cells=["李四", *wrong[1:]], actor=SYSTEM, now=NOW)
    assert faults(roster) == [(4, "手机号", "phone_wrong")]
    roster = services.leave_out_line(roster_id=roster.pk, number=4, actor=SYSTEM, now=NOW)
    assert (roster.faulty, roster.left_out) == (0, 1)
    apply(roster)
    assert sorted(p.name for p in Person.objects.with_keys()) == ["李四", "甲乙"]


def test_a_line_mended_badly_stays_faulty_and_a_left_out_one_can_come_back() -> None:
    wrong = row("李?")
    roster = check(take(text(wrong)))
    roster = services.mend_line(roster_id=roster.pk, number=2, cells=["李4", *wrong[1:]], actor=SYSTEM, now=NOW)
    assert faults(roster) == [(2, "姓名", "name_impossible")]
    services.leave_out_line(roster_id=roster.pk, number=2, actor=SYSTEM, now=NOW)
    roster = services.leave_out_line(roster_id=roster.pk, number=2, is_left_out=False, actor=SYSTEM, now=NOW)
    assert faults(roster) == [(2, "姓名", "name_impossible")]


# --- entering and undoing -------------------------------------------------------------------------------------------


def test_a_roster_enters_once_with_one_fact_for_all() -> None:
    roster = apply(take(text(*[row() for _ in range(7)])))
    assert (roster.state, roster.new_persons, roster.known_persons) == ("applied", 7, 0)
    fact = Fact.objects.get(kind="registry.RosterApplied")
    assert fact.payload == {
        "roster_id": str(roster.pk), "region": COUNTY, "source": roster.source, "new": 7, "known": 0,
    }  # fmt: skip
    with pytest.raises(RosterNotNow):
        apply(roster)
    assert Person.objects.count() == PersonKey.objects.count() == Arrival.objects.count() == 7


def test_what_entered_is_as_if_registered_by_hand() -> None:
    number = id_number(7)
    apply(take(text(row("贺长平", 身份证号=number))))
    found = queries.person_by_id_number(number)
    assert found is not None
    assert (found.name, found.id_number, found.phone, found.masked_name) == ("贺长平", number, "13800000014", "贺*平")
    assert queries.persons_by_phone("13800000014") == [found]
    assert queries.known_facts(found.pk)["birth_date"].value == "2004-03-05"


def test_a_known_person_gets_a_statement_more_and_stays_who_they_were() -> None:
    known = person(name="贺长平", phone="13900000000")
    roster = apply(take(text(row("贺长平", 身份证号=known.id_number), row("别人"))))
    assert (roster.new_persons, roster.known_persons) == (1, 1)
    again = queries.person_by_id_number(known.id_number)
    assert again is not None
    assert (again.pk, again.phone) == (known.pk, "13900000000")
    sections = set(Statement.objects.filter(person=known).values_list("section", flat=True))
    assert sections == {"service", "contact"}


def test_another_name_and_another_division_are_faults() -> None:
    known, far = person(name="贺长平"), person(name="沈远", region=NEIGHBOUR)
    roster = check(take(text(row("贺长乐", 身份证号=known.id_number), row("沈远", 身份证号=far.id_number))))
    assert [(n, code) for n, _, code in faults(roster)] == [(2, "other_name"), (3, "person_elsewhere")]


def test_an_import_is_undone_as_if_it_had_not_been() -> None:
    known = person(name="贺长平")
    roster = apply(take(text(row("贺长平", 身份证号=known.id_number), row("甲乙"), row("丙丁"))))
    assert services.undo_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW + timedelta(days=1)) == (2, 0)
    assert list(Person.objects.all()) == [known]
    assert PersonKey.objects.count() == 1
    assert not Statement.objects.exists()
    with pytest.raises(RosterNotNow):
        services.undo_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW)


def test_a_person_with_whom_somebody_has_worked_stays() -> None:
    number = id_number()
    roster = apply(take(text(row("甲乙", 身份证号=number), row("丙丁"))))
    met = queries.person_by_id_number(number)
    assert met is not None
    services.correct_person(person_id=met.pk, phone="13900000001", source="desk", actor=SYSTEM, now=NOW + timedelta(1))
    services.note_look(next(p.pk for p in Person.objects.exclude(pk=met.pk)), "check", SYSTEM, NOW + timedelta(1))
    services.learn_facts(
        person_id=met.pk, known={"a": 1}, source="x", grade=2, checked_at=NOW, actor=SYSTEM, now=NOW + timedelta(1)
    )
    assert services.undo_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW + timedelta(2))[0] == 1
    assert list(Person.objects.all()) == [met]


def test_undo_has_a_term() -> None:
    roster = apply(take(text(row())))
    with pytest.raises(UndoTooLate):
        services.undo_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW + timedelta(days=31))


def test_a_discarded_roster_leaves_no_key_and_no_line() -> None:
    roster = check(take(text(row("李?"))))
    file_key = roster.file_key
    services.discard_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW)
    roster.refresh_from_db()
    assert (roster.state, roster.wrapped_key, roster.file_key) == ("discarded", None, "")
    assert not roster.marked.exists()
    assert "李".encode() not in storage.read(file_key)


def test_another_county_sees_no_roster_of_ours() -> None:
    roster = take(text(row()))
    assert Roster.objects.visible_to(staff(CITY)).get() == roster
    assert not Roster.objects.visible_to(staff(NEIGHBOUR)).exists()
    with pytest.raises(NoSuchRoster):
        services.check_roster(roster_id=roster.pk, actor=staff(NEIGHBOUR), now=NOW)


def test_who_is_expected_lacks_what_the_roster_did_not_tell() -> None:
    apply(take(text(row(安置方式=""), row(手机号=""))))
    lacking = {tuple(a.lacking) for a in Arrival.objects.all()}
    assert lacking == {("service.placement", "bank_card.number"), ("contact.phone", "bank_card.number")}


def test_an_extract_expects_nobody() -> None:
    apply(take(rosters.text(row()), kind="extract", authority="police"))
    assert not Arrival.objects.exists()
