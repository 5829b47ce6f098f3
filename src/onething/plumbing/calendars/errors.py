"""Every way the calendars say no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Invalid, NotFound


class CalendarMissing(NotFound):
    """There is no working-day calendar at {place}."""

    remedy = "Name a calendar file such as 2026.yaml, or the folder that holds such files."


class CalendarTooBig(Invalid):
    """{file}: a calendar of one year has a few kilobytes; this file has {size} bytes."""

    remedy = "Check that this is the right file."


class CalendarYamlBroken(Invalid):
    """{file}, line {line}: this is not readable YAML."""

    remedy = "Look at the line and the one before it: a colon without a space, a missing bracket, a tab, a key twice."


class FieldMissing(Invalid):
    """{file}: “{field}” is missing."""

    remedy = "Add it; the calendar of another year shows how."


class FieldUnknown(Invalid):
    """{file}: “{field}” is not a known entry."""

    remedy = "Correct its spelling; the calendar of another year shows every entry there is."


class FieldWrong(Invalid):
    """{file}: what stands at “{field}” cannot be used."""

    remedy = "Write days as 2026-10-01, and holidays and notices as lists; the calendar of another year shows how."


class YearNotItsName(Invalid):
    """{file}: the file is about the year {year}."""

    remedy = "Name the file after its year, for example 2026.yaml."


class HolidayBackwards(Invalid):
    """{file}: the holiday “{name}” ends on {last}, before it begins on {first}."""

    remedy = "Compare the two days with the State Council's notice."


class DayOfOtherYear(Invalid):
    """{file}: {day} belongs neither to the year {year} nor to the last days of the December before."""

    remedy = "Correct the day, or move it to the file of its year."


class MakeUpOnWeekday(Invalid):
    """{file}: {day} is no Saturday or Sunday, so it cannot be worked to make up for a holiday."""

    remedy = "Compare the day with the State Council's notice."


class NoticeUnknown(Invalid):
    """{file}: the notice “{notice}” is not listed under notices."""

    remedy = "Write the number or the title exactly as under notices."


class YearsMissing(Invalid):
    """The calendar leaves out the years {years}."""

    remedy = "Add a file for each of them; deadlines cannot be counted across a gap."


class YearNotComputable(Invalid):
    """The year {year} cannot be computed provisionally; that is possible for 2027 to 2099."""

    remedy = "Check the date: it lies far in the future or in the past."


class FolderNotEmpty(Invalid):
    """{place} already holds calendar files, and they may have been corrected by hand."""

    remedy = "Seed into an empty folder and compare."


class SeedLibraryMissing(Invalid):
    """Seeding needs the Python package chinesecalendar, which is not installed."""

    remedy = "Install what development needs: pip install -r requirements/dev.txt"


class DeadlineUnproven(Conflict):
    """The proof does not hold: this calendar does not give these days."""

    remedy = "Count the days again with: onething workdays add START DAYS"


class DeadlineFileUnreadable(Invalid):
    """{file} holds no deadline."""

    remedy = "Give the file as it was written by: onething workdays add START DAYS --json"
