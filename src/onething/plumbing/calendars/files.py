"""Calendar files: one a year, written like the State Council's notice so that anybody can copy and compare it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from onething.kernel import workdays
from onething.kernel.errors import Refusal
from onething.kernel.workdays import Calendar, Kind, SpecialDay, Status, Year
from onething.plumbing import places
from onething.plumbing.calendars import errors

NATIONAL = "national"
MOST_BYTES = 64 * 1024
Stamps = tuple[tuple[str, int, int], ...]
"""Files by path, time and size: whether anything has changed."""
_PROBLEMS: dict[str, type[Refusal]] = {"missing": errors.FieldMissing, "extra_forbidden": errors.FieldUnknown}


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NoticeEntry(_Entry):
    """One official text. Leave the number out unless it was read on the text itself."""

    title: str
    number: str | None = None
    issued: date | None = None
    address: str | None = None


class HolidayEntry(_Entry):
    """One holiday as the notice words it: first and last day off, both included, and the weekend days worked for it."""

    name: str
    name_en: str = ""
    first: date
    last: date
    make_up: tuple[date, ...] = ()
    notice: str | None = Field(None, description="number or title of the notice; the first one if left out")


class CalendarFile(_Entry):
    """The holidays of one year; those of its New Year may begin in the last days of the December before."""

    year: int = Field(ge=1950, le=2200)
    status: Status = Status.ANNOUNCED
    source: str
    notices: tuple[NoticeEntry, ...] = ()
    holidays: tuple[HolidayEntry, ...]


def national_calendar() -> Calendar:
    """
    Read the calendar of the whole country: the packs', with the years that were entered here in place of theirs.

    Refuses as `read_calendar`.
    """
    stamps = _stamps(national_folder())
    if not stamps:
        raise errors.CalendarMissing(place=national_folder())
    return _read(NATIONAL, _overlaid(stamps, _stamps(entered_folder())))


def _overlaid(stamps: Stamps, entered: Stamps) -> Stamps:
    """Let the files of one folder stand in place of those of another that have the same name."""
    if not entered:
        return stamps
    by_name = {os.path.basename(stamp[0]): stamp for stamp in (*stamps, *entered)}  # noqa: PTH119 – with every deadline
    return tuple(by_name[name] for name in sorted(by_name))


def entered_folder() -> Path:
    """Find the folder of the years that two people of this installation agreed on; there may be none."""
    return places.home() / "calendars"


def national_texts() -> dict[str, str]:
    """Read the files of the national calendar as they count now: name → text."""
    stamps = _overlaid(_stamps(national_folder()), _stamps(entered_folder()))
    return {Path(path).name: Path(path).read_text(encoding="utf-8") for path, _, _ in stamps}


def national_folder() -> Path:
    """Find the folder of the national calendar files."""
    return places.packs_root() / NATIONAL / "calendars"


def read_calendar(place: Path) -> Calendar:
    """
    Read a calendar file, or all of a folder; its id is the name of the folder above `calendars`.

    A file is read again only after it changed. Refuses CalendarMissing and what is wrong in a file.
    """
    stamps = _stamps(place)
    if not stamps:
        raise errors.CalendarMissing(place=place)
    return _read(_calendar_id(place), stamps)


def check_calendar(place: Path) -> list[Refusal]:
    """List everything that is wrong with a calendar: every bad file, days said twice, years left out."""
    problems: list[Refusal] = []
    for file in _files_at(place):
        try:
            list(_special_days(file.name, _read_file(file)))
        except Refusal as refusal:
            problems.append(refusal)
    if problems:
        return problems
    try:
        calendar = read_calendar(place)
    except Refusal as refusal:
        return [refusal]
    return _gaps(calendar)


def _gaps(calendar: Calendar) -> list[Refusal]:
    missing = [year for year in range(min(calendar.by_year), max(calendar.by_year)) if not calendar.covers(year)]
    return [errors.YearsMissing(years=", ".join(map(str, missing)))] if missing else []


def _stamps(place: Path) -> Stamps:
    """Tell by each file's name, time and size whether anything has changed. Asked with every deadline."""
    try:
        with os.scandir(place) as entries:
            return tuple(sorted(_stamp(one.path, one.stat()) for one in entries if one.name.endswith(".yaml")))
    except NotADirectoryError:
        return (_stamp(str(place), place.stat()),)
    except FileNotFoundError:
        return ()


def _stamp(path: str, found: os.stat_result) -> tuple[str, int, int]:
    return path, found.st_mtime_ns, found.st_size


def _files_at(place: Path) -> list[Path]:
    files = sorted(place.glob("*.yaml")) if place.is_dir() else [place] if place.is_file() else []
    if not files:
        raise errors.CalendarMissing(place=place)
    return files


def _calendar_id(place: Path) -> str:
    folder = place.resolve() if place.is_dir() else place.resolve().parent
    return folder.parent.name if folder.name == "calendars" else folder.name


@lru_cache(maxsize=8)
def _read(calendar: str, stamps: Stamps) -> Calendar:
    """Read the files and put each day into its own year, for New Year's notice reaches into the December before."""
    files = {Path(path).name: _read_file(Path(path)) for path, _, _ in stamps}
    days = [day for name, content in files.items() for day in _special_days(name, content)]
    return Calendar(calendar, tuple(_year(content, days) for content in files.values()))


def _year(content: CalendarFile, days: list[SpecialDay]) -> Year:
    own = sorted((day for day in days if day.on.year == content.year), key=lambda day: day.on)
    return Year(year=content.year, status=content.status, source=content.source, special=tuple(own))


def _read_file(file: Path) -> CalendarFile:
    size = file.stat().st_size
    if size > MOST_BYTES:
        raise errors.CalendarTooBig(file=file.name, size=size)
    try:
        content = CalendarFile.model_validate(_parse(file))
    except ValidationError as error:
        raise _refusal(file.name, error) from None
    if file.stem != str(content.year):
        raise errors.YearNotItsName(file=file.name, year=content.year)
    return content


def _parse(file: Path) -> Any:
    try:
        return yaml.load(file.read_bytes(), Loader=_Loader)  # noqa: S506 - a safe loader that also refuses doubled keys
    except yaml.MarkedYAMLError as error:
        raise errors.CalendarYamlBroken(file=file.name, line=_line(error)) from None
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: 2026-02-30 written as a plain date
        raise errors.CalendarYamlBroken(file=file.name, line="?") from None


def _line(error: yaml.MarkedYAMLError) -> int | str:
    return error.problem_mark.line + 1 if error.problem_mark else "?"


class _Loader(yaml.CSafeLoader):
    """Refuses a key that is written twice, where YAML would silently keep the second."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str) or key in seen:
                raise yaml.constructor.ConstructorError(None, None, "doubled key", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _refusal(name: str, error: ValidationError) -> Refusal:
    """Name the first thing that is wrong, in our words and at the place a person would look for."""
    first = error.errors()[0]
    field = ".".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"]) or name
    return _PROBLEMS.get(first["type"], errors.FieldWrong)(file=name, field=field)


def _special_days(name: str, content: CalendarFile) -> Iterator[SpecialDay]:
    """Unfold the holidays of a file into days: every day off, every weekend day worked."""
    for holiday in content.holidays:
        notice = _notice(name, content, holiday.notice)
        for on in _days_off(name, holiday):
            yield SpecialDay(_of_year(name, content, on), Kind.HOLIDAY, holiday.name, holiday.name_en, notice)
        for on in holiday.make_up:
            if on.weekday() < 5:
                raise errors.MakeUpOnWeekday(file=name, day=on)
            yield SpecialDay(_of_year(name, content, on), Kind.MAKE_UP, holiday.name, holiday.name_en, notice)


def _days_off(name: str, holiday: HolidayEntry) -> list[date]:
    if holiday.last < holiday.first:
        raise errors.HolidayBackwards(file=name, name=holiday.name, first=holiday.first, last=holiday.last)
    return [holiday.first + timedelta(days=number) for number in range((holiday.last - holiday.first).days + 1)]


def _of_year(name: str, content: CalendarFile, on: date) -> date:
    earliest = date(content.year - 1, 12, workdays.DECEMBER_TAIL)
    if not earliest <= on <= date(content.year, 12, 31):
        raise errors.DayOfOtherYear(file=name, day=on, year=content.year)
    return on


def _notice(name: str, content: CalendarFile, label: str | None) -> workdays.Notice | None:
    entries = [entry for entry in content.notices if label in (None, entry.number, entry.title)]
    if label is not None and not entries:
        raise errors.NoticeUnknown(file=name, notice=label)
    return _as_notice(entries[0]) if entries else None


def _as_notice(entry: NoticeEntry) -> workdays.Notice:
    return workdays.Notice(entry.title, entry.number, entry.issued, entry.address)
