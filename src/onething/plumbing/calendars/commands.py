"""`onething workdays`: the working-day clock on the command line, without database and without Django."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from onething.kernel.errors import Refusal
from onething.kernel.language import Language, language
from onething.kernel.workdays import (
    Calendar,
    Deadline,
    Stop,
    add_working_days,
    verify,
    working_days_between,
)
from onething.plumbing import sentences
from onething.plumbing.calendars import errors, seeding
from onething.plumbing.calendars.computing import reaching
from onething.plumbing.calendars.files import check_calendar, national_calendar, national_folder, read_calendar
from onething.plumbing.calendars.pictures import Picture

_LANGUAGE = "onething.language"


class Workdays(click.Group):
    """Says a refusal in the reader's language and leaves with 1."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; a refusal ends it with its sentence and its remedy."""
        try:
            return super().invoke(context)
        except Refusal as refusal:
            sentence, remedy = sentences.refusal_in(context.meta.get(_LANGUAGE, language(os.environ)), refusal)
            click.echo(sentence, err=True)
            click.echo(f"  → {remedy}", err=True)
            context.exit(1)


def _(sentence: str) -> str:
    return sentences.speaking(language(os.environ), __package__ or "")(sentence)


class DayParameter(click.ParamType[date]):
    """A day such as 2026-09-28."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or say how one is written."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(_("“{given}” is not a day; write it as 2026-09-28.").format(given=value), param, ctx)


class StopParameter(click.ParamType[Stop]):
    """A stop such as 2026-10-12..2026-10-14=补正; without the second day it is still going on."""

    name = "from..until[=why]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Stop:
        """Read the stop, or say how one is written."""
        if isinstance(value, Stop):
            return value
        days, _equals, why = value.partition("=")
        since, dots, until = days.partition("..")
        try:
            return Stop(date.fromisoformat(since), date.fromisoformat(until) if until or not dots else None, why)
        except ValueError:
            words = _("“{given}” is no stop; write it as 2026-10-12..2026-10-14, or 2026-10-12.. while it lasts.")
            self.fail(words.format(given=value), param, ctx)


def _remember_language(context: click.Context, _: click.Parameter, chosen: str | None) -> Language:
    spoken: Language = language({"ONETHING_LANG": chosen} if chosen else os.environ)
    context.meta[_LANGUAGE] = spoken
    return spoken


DAY, STOP = DayParameter(), StopParameter()
IN_LANGUAGE = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    is_eager=True,
    callback=_remember_language,
    help="zh or en; otherwise as the terminal.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Plain JSON for programs.")
CALENDAR = click.option(
    "--calendar",
    "place",
    type=click.Path(path_type=Path),
    help="Calendar file or folder; otherwise the national one.",
)
STOPS = click.option("--stop", "stops", type=STOP, multiple=True, help="Days on which the clock stands still.")


@click.group(cls=Workdays)
def workdays() -> None:
    """Count working days and prove every one of them."""


class DaysParameter(click.ParamType[int]):
    """A number of working days: 0 or more."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number; days are counted forward only, as every term of the law is."""
        try:
            days = int(value)
        except ValueError:
            self.fail(_("“{given}” is not a number of days.").format(given=value), param, ctx)
        if days < 0:
            said = _("terms are counted forward only; to count back, try earlier days with: onething workdays between")
            self.fail(said, param, ctx)
        return days


@workdays.command(context_settings={"ignore_unknown_options": True})
@click.argument("start", type=DAY)
@click.argument("days", type=DaysParameter())
@STOPS
@CALENDAR
@AS_JSON
@IN_LANGUAGE
def add(start: date, days: int, stops: tuple[Stop, ...], place: Path | None, as_json: bool, lang: Language) -> None:
    """Find the day that lies DAYS working days after START."""
    calendar, deadline = _count(place, lambda calendar: add_working_days(calendar, start, days, stops))
    if as_json:
        _print_json({**deadline.to_json(), "sources": _sources(deadline, calendar)})
    else:
        click.echo(Picture(lang).deadline(deadline, calendar))


@workdays.command()
@click.argument("start", type=DAY)
@click.argument("end", type=DAY)
@STOPS
@CALENDAR
@AS_JSON
@IN_LANGUAGE
def between(start: date, end: date, stops: tuple[Stop, ...], place: Path | None, as_json: bool, lang: Language) -> None:
    """Count the working days after START up to and including END."""
    calendar, days = _count(place, lambda calendar: working_days_between(calendar, start, end, stops))
    if as_json:
        plain = {"start": start.isoformat(), "end": end.isoformat(), "working_days": days}
        version = calendar.version_of(start.year, end.year)
        settled = calendar.is_settled(start, end)
        _print_json({**plain, "provisional": not settled, "calendar": {"id": calendar.id, "version": version}})
    else:
        say = sentences.speaking(lang, __package__ or "")
        click.echo(say("{days} working days from {start} to {end}.").format(days=days, start=start, end=end))


@workdays.command()
@click.argument("number", metavar="YEAR", type=click.IntRange(1900, 2200))
@CALENDAR
@IN_LANGUAGE
def year(number: int, place: Path | None, lang: Language) -> None:
    """Draw a year with its holidays and worked weekend days."""
    _, found = _count(place, lambda calendar: calendar.year(number))
    click.echo(Picture(lang).year(found))


@workdays.command("verify")
@click.argument("file", type=click.File("rb"))
@CALENDAR
@IN_LANGUAGE
def verify_deadline(file: Any, place: Path | None, lang: Language) -> None:
    """Count the deadline in FILE (JSON as `add` prints it) again."""
    deadline = _read_deadline(file.name, file.read())
    _, holds = _count(place, lambda calendar: verify(deadline, calendar))
    if not holds:
        raise errors.DeadlineUnproven
    say = sentences.speaking(lang, __package__ or "")
    if deadline.is_stopped:
        click.echo(say("The proof holds: the clock stands still."))
    else:
        click.echo(say("The proof holds: due on {due}.").format(due=deadline.due))


@workdays.command()
@CALENDAR
@AS_JSON
@IN_LANGUAGE
def check(place: Path | None, as_json: bool, lang: Language) -> None:
    """Check the calendar files."""
    folder = place or national_folder()
    problems = check_calendar(folder)
    if as_json:
        _print_json(_checked(folder, problems))
    elif problems:
        _tell(problems, lang)
    else:
        click.echo(_all_right(read_calendar(folder), lang))
    if problems:
        raise SystemExit(1)


def _checked(folder: Path, problems: Sequence[Refusal]) -> dict[str, Any]:
    """What a program wants to know: whether all is right, which years there are, every problem in both languages."""
    calendar = None if problems else read_calendar(folder)
    return {
        "good": calendar is not None,
        "version": calendar.version if calendar else None,
        "years": sorted(calendar.by_year) if calendar else [],
        "problems": [_problem(problem) for problem in problems],
    }


def _problem(problem: Refusal) -> dict[str, str]:
    what, remedy = sentences.refusal_in("en", problem)
    what_zh, remedy_zh = sentences.refusal_in("zh", problem)
    return {"code": problem.code, "what": what, "remedy": remedy, "what_zh": what_zh, "remedy_zh": remedy_zh}


def _tell(problems: Sequence[Refusal], lang: Language) -> None:
    for problem in problems:
        click.echo("{}\n  → {}".format(*sentences.refusal_in(lang, problem)), err=True)


def _all_right(calendar: Calendar, lang: Language) -> str:
    years = sorted(calendar.by_year)
    words = sentences.speaking(lang, __package__ or "")(
        "{count} years, {first} to {last}: all right. Version {version}."
    )
    return words.format(count=len(years), first=years[0], last=years[-1], version=calendar.version)


@workdays.command()
@click.argument("folder", type=click.Path(path_type=Path))
@IN_LANGUAGE
def seed(folder: Path, lang: Language) -> None:
    """Write calendar files from chinesecalendar into an empty FOLDER."""
    for file in seeding.seed(folder):
        click.echo(file)


def _count(place: Path | None, count: Callable[[Calendar], Any]) -> tuple[Calendar, Any]:
    """Count with the calendar at a place, with computed years behind its last one; give the calendar used as well."""
    calendar = read_calendar(place) if place else national_calendar()
    return reaching(calendar, lambda calendar: (calendar, count(calendar)))


def _sources(deadline: Deadline, calendar: Calendar) -> list[dict[str, Any]]:
    last = deadline.proof[-1].on if deadline.proof else deadline.start
    years = (calendar.year(number) for number in range(deadline.start.year, last.year + 1))
    return [
        {
            "year": year.year,
            "status": year.status.value,
            "source": year.source,
            "notices": [{"title": it.title, "number": it.number, "address": it.address} for it in year.notices],
        }
        for year in years
    ]


def _read_deadline(name: str, text: bytes) -> Deadline:
    try:
        plain = json.loads(text)
    except ValueError:
        raise errors.DeadlineFileUnreadable(file=name) from None
    if not isinstance(plain, dict):
        raise errors.DeadlineFileUnreadable(file=name)
    return Deadline.from_json({key: value for key, value in plain.items() if key != "sources"})


def _print_json(plain: dict[str, Any]) -> None:
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
