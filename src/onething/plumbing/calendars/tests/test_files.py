"""The calendar files, day by day against two independent libraries, and every mistake a person may make in them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from onething.kernel.errors import Refusal
from onething.kernel.workdays import DayTwice, Status, YearNotCovered, add_working_days
from onething.plumbing.calendars import computing, errors, files, seeding
from onething.plumbing.calendars.files import check_calendar, national_calendar, national_folder, read_calendar

YEARS = range(2004, 2027)

MISSING_IN_CHINESE_CALENDAR = {date(2005, 12, 31)}
"""“12月31日（星期六）上班”, says 国办发明电〔2005〕35号; chinesecalendar 1.11.0 leaves it out, holidays has it."""

GOOD = """\
year: 2026
source: invented
notices:
  - {title: 通知甲, number: 甲1号}
  - {title: 通知乙}
holidays:
  - {name: 元旦, first: 2025-12-31, last: 2026-01-03, make_up: [2026-01-04]}
  - {name: 国庆节, first: 2026-10-01, last: 2026-10-07, notice: 通知乙}
"""


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=number) for number in range(366 if year % 4 == 0 else 365)]


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_chinese_calendar(year: int) -> None:
    ours = national_calendar()
    different = {on for on in days_of(year) if ours.is_working_day(on) != chinese_calendar.is_workday(on)}
    assert different == {on for on in MISSING_IN_CHINESE_CALENDAR if on.year == year}


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_holidays(year: int) -> None:
    """A neighbouring year is loaded too, because holidays files New Year's worked weekends under the year before."""
    ours, theirs = national_calendar(), holidays.country_holidays("CN", years=[year, year + 1], language="zh_CN")
    assert [on for on in days_of(year) if ours.is_working_day(on) != theirs.is_working_day(on)] == []


def test_every_year_is_announced_and_rests_on_a_notice() -> None:
    calendar = national_calendar()
    assert sorted(calendar.by_year) == list(YEARS)
    for year in calendar.years:
        assert year.status is Status.ANNOUNCED
        assert year.notices
        assert all(day.notice and day.name_en for day in year.special)


def test_the_days_that_were_moved_later_cite_the_notice_that_moved_them() -> None:
    cited = {day.on: day.notice.label for year in national_calendar().years for day in year.special if day.notice}
    assert cited[date(2015, 9, 3)] == "国发明电〔2015〕1号"
    assert cited[date(2019, 5, 2)] == "国办发明电〔2019〕3号"
    assert cited[date(2020, 1, 31)] == "国办发明电〔2020〕1号"
    assert cited[date(2018, 12, 31)] == "国办发明电〔2018〕15号"


def test_the_committed_files_pass_their_check() -> None:
    assert check_calendar(national_folder()) == []


def test_seeding_gives_the_days_of_the_committed_files(tmp_path: Path) -> None:
    folder = tmp_path / "national" / "calendars"
    seeding.seed(folder)
    seeded, ours = read_calendar(folder), national_calendar()
    for year in YEARS:
        pairs = zip(seeded.year(year).days, ours.year(year).days, strict=True)
        assert {a.on for a, b in pairs if a.counts != b.counts} <= MISSING_IN_CHINESE_CALENDAR


def test_seeding_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "2026.yaml").write_text(GOOD)
    with pytest.raises(errors.FolderNotEmpty):
        seeding.seed(tmp_path)


# Reading.


def calendar_file(folder: Path, text: str, name: str = "2026.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_of_one_year_is_a_calendar(tmp_path: Path) -> None:
    calendar = read_calendar(calendar_file(tmp_path, GOOD))
    assert sorted(calendar.by_year) == [2026]
    assert not calendar.is_working_day(date(2026, 1, 2))
    assert calendar.is_working_day(date(2026, 1, 4))
    assert [notice.label for notice in calendar.year(2026).notices] == ["甲1号", "通知乙"]


def test_new_years_days_in_december_go_to_the_year_they_lie_in(tmp_path: Path) -> None:
    calendar_file(tmp_path, GOOD)
    calendar_file(tmp_path, "year: 2025\nsource: invented\nholidays: []\n", "2025.yaml")
    assert not read_calendar(tmp_path).is_working_day(date(2025, 12, 31))


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    file = calendar_file(tmp_path, GOOD)
    before = read_calendar(file)
    assert read_calendar(file) is before
    calendar_file(tmp_path, GOOD.replace("last: 2026-10-07", "last: 2026-10-08"))
    assert before.is_working_day(date(2026, 10, 8))
    assert not read_calendar(file).is_working_day(date(2026, 10, 8))


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("source: invented\n", "", errors.FieldMissing),
        ("year: 2026", "year: twenty", errors.FieldWrong),
        ("source:", "sorce:", errors.FieldMissing),
        ("source: invented", "source: invented\nremark: x", errors.FieldUnknown),
        ("last: 2026-10-07", "last: 2026-09-30", errors.HolidayBackwards),
        ("last: 2026-10-07", "last: 2027-10-07", errors.DayOfOtherYear),
        ("first: 2025-12-31", "first: 2025-12-27", errors.DayOfOtherYear),
        ("last: 2026-10-07", "last: 2026-02-30", errors.CalendarYamlBroken),
        ("last: 2026-10-07", "last: 7 October", errors.FieldWrong),
        ("make_up: [2026-01-04]", "make_up: [2026-01-05]", errors.MakeUpOnWeekday),
        ("make_up: [2026-01-04]", "make_up: [2026-01-03]", DayTwice),
        ("make_up: [2026-01-04]", "make_up: 2026-01-04", errors.FieldWrong),
        ("notice: 通知乙", "notice: 通知丙", errors.NoticeUnknown),
        ("first: 2026-10-01,", "first: 2026-10-01, first: 2026-10-02,", errors.CalendarYamlBroken),
        ("holidays:", "holidays: [", errors.CalendarYamlBroken),
        ("year: 2026", "\tyear: 2026", errors.CalendarYamlBroken),
        ("year: 2026", "? [a, b]\n: c\nyear: 2026", errors.CalendarYamlBroken),
        ("source: invented", "source: !!python/object/apply:os.getcwd []", errors.CalendarYamlBroken),
        (GOOD, "", errors.FieldWrong),
        (GOOD, "- 1\n- 2\n", errors.FieldWrong),
        ("year: 2026", "year: 2025", errors.YearNotItsName),
        (GOOD, "x" * (files.MOST_BYTES + 1), errors.CalendarTooBig),
    ],
)
def test_each_mistake_in_a_file_has_its_own_refusal(tmp_path: Path, old: str, new: str, refusal: type[Refusal]) -> None:
    assert old in GOOD
    file = calendar_file(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(refusal):
        read_calendar(file)
    assert [type(problem) for problem in check_calendar(file)] == [refusal]


def test_a_yaml_bomb_is_refused_quickly(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    with pytest.raises(errors.FieldMissing):
        read_calendar(calendar_file(tmp_path, bomb + "holidays: *a59\n"))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "2026.yaml"
    file.write_bytes(b"\xff\xfe\x00year")
    with pytest.raises(errors.CalendarYamlBroken):
        read_calendar(file)


def test_nothing_there_is_refused(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere.yaml"):
        with pytest.raises(errors.CalendarMissing):
            read_calendar(place)


def test_check_names_every_bad_file_and_every_gap(tmp_path: Path) -> None:
    for year in (2024, 2026):
        calendar_file(tmp_path, f"year: {year}\nsource: invented\nholidays: []\n", f"{year}.yaml")
    assert [str(problem) for problem in check_calendar(tmp_path)] == ["The calendar leaves out the years 2025."]
    calendar_file(tmp_path, "year: 2023\n", "2023.yaml")
    calendar_file(tmp_path, "year: 2022\n", "2022.yaml")
    assert [type(problem) for problem in check_calendar(tmp_path)] == [errors.FieldMissing, errors.FieldMissing]


# Years that nobody has announced.


def test_an_unannounced_year_is_computed_and_marked_provisional() -> None:
    year = computing.computed_year(2027)
    assert year.status is Status.PROVISIONAL
    assert [day.name for day in year.special if day.on == date(2027, 10, 1)] == ["国庆节"]
    assert sum(day.counts for day in year.days) == 248


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_computed_year_is_provisional_even_if_the_library_knows_it(year: int) -> None:
    computed = computing.computed_year(year)
    assert computed.status is Status.PROVISIONAL
    assert sum(day.counts for day in computed.days) == sum(day.counts for day in national_calendar().year(year).days)


def test_moving_days_does_not_change_how_many_a_year_has() -> None:
    """The law of 2024 gives 13 holidays, each with a day in lieu unless it falls together with another one."""
    for number in range(2027, 2041):
        year = computing.computed_year(number)
        weekdays = sum(day.on.weekday() < 5 for day in year.days)
        assert weekdays - sum(day.counts for day in year.days) in (12, 13)


def test_a_count_reaches_into_years_that_are_computed_on_demand() -> None:
    deadline = computing.reaching(national_calendar(), lambda it: add_working_days(it, date(2026, 12, 20), 500))
    assert deadline.due is not None and deadline.due.year == 2028
    assert deadline.provisional


def test_years_before_the_calendar_are_never_computed() -> None:
    with pytest.raises(YearNotCovered, match="2003"):
        computing.reaching(national_calendar(), lambda it: add_working_days(it, date(2003, 12, 20), 5))


def test_a_year_beyond_the_lunar_tables_is_refused() -> None:
    with pytest.raises(errors.YearNotComputable, match="2100"):
        computing.computed_year(2100)
    with pytest.raises(errors.YearNotComputable):
        computing.reaching(national_calendar(), lambda it: it.year(2200))
