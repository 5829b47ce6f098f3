"""Deadlines and years as plain text that lines up, in Chinese and in English."""

from __future__ import annotations

import calendar as gregorian
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import count, groupby, zip_longest

from onething.kernel.language import Language
from onething.kernel.workdays import Calendar, Day, Deadline, Kind, Notice, SpecialDay, Status, Year
from onething.plumbing import sentences

Say = Callable[[str], str]

_WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MARKS = {Kind.HOLIDAY: "*", Kind.MAKE_UP: "+"}
_MONTH_WIDTH = 28


class Picture:
    """Draws for one reader: language and words are fixed once."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.say: Say = sentences.speaking(language, __package__ or "")

    def deadline(self, deadline: Deadline, calendar: Calendar) -> str:
        """Draw a deadline: the answer, a line for every day, and what it rests on."""
        return "\n".join([self._answer(deadline), "", *self._proof(deadline), "", *self._grounds(deadline, calendar)])

    def _answer(self, deadline: Deadline) -> str:
        days, start = deadline.days, self._day(deadline.start)
        if deadline.due is not None:
            sentence = self.say("{days} working days from {start}: due on {due}.")
            return sentence.format(days=days, start=start, due=self._day(deadline.due))
        since = min(stop.since for stop in deadline.stops if stop.until is None)
        sentence = self.say("{days} working days from {start}: not due while the clock stands still; {left} days left.")
        left = days - deadline.counted
        return (
            f"{sentence.format(days=days, start=start, left=left)}\n{self.say('Stopped on {day}.').format(day=since)}"
        )

    def _proof(self, deadline: Deadline) -> Iterator[str]:
        yield f"  {self._day(deadline.start)}   {self.say('start, not counted')}"
        numbers = count(1)
        for day in deadline.proof:
            number = str(next(numbers)) if day.counts else "-"
            yield f"  {self._day(day.on)} {number:>3}  {self._why(day)}".rstrip()

    def _why(self, day: Day) -> str:
        name = self._name(day.name, day.name_en)
        words = {
            Kind.WORKING: "",
            Kind.WEEKEND: "weekend",
            Kind.HOLIDAY: "{name}",
            Kind.MAKE_UP: "worked to make up for {name}",
            Kind.STOPPED: "clock stopped: {name}" if name else "clock stopped",
        }[day.kind]
        return self.say(words).format(name=name)

    def _grounds(self, deadline: Deadline, calendar: Calendar) -> Iterator[str]:
        yield self.say("Calendar {id}, version {version}.").format(id=deadline.calendar, version=deadline.version)
        if deadline.provisional:
            yield self.say("Provisional: the State Council's next notice may still move these days.")
        last = deadline.proof[-1].on if deadline.proof else deadline.start
        for number in range(deadline.start.year, last.year + 1):
            yield from self._sources(calendar.year(number))

    def _sources(self, year: Year) -> Iterator[str]:
        if not year.notices:
            yield f"{year.year}: {year.source}"
        for notice in year.notices:
            yield f"{year.year}: {_cite(notice)}"

    def year(self, year: Year) -> str:
        """Draw a year: three months side by side, then the holidays in words, then what it rests on."""
        status = "announced" if year.status is Status.ANNOUNCED else "computed, provisional until the notice comes"
        title = self.say("{year}: {days} working days, {status}").format(
            year=year.year, days=sum(day.counts for day in year.days), status=self.say(status)
        )
        legend = self.say("* day off for a holiday   + weekend day worked")
        return "\n".join([title, "", *self._months(year), legend, "", *self._holidays(year), "", *self._sources(year)])

    def _months(self, year: Year) -> Iterator[str]:
        for first in (1, 4, 7, 10):
            blocks = [self._month(year, month) for month in range(first, first + 3)]
            for row in zip_longest(*blocks, fillvalue=" " * _MONTH_WIDTH):
                yield "   ".join(row).rstrip()
            yield ""

    def _month(self, year: Year, month: int) -> list[str]:
        name = f"{month}月" if self.language == "zh" else _MONTHS[month - 1]
        heads = "".join(f" {_padded(head, 3)}" for head in _WEEKDAYS[self.language])
        weeks = gregorian.Calendar().monthdatescalendar(year.year, month)
        rows = ("".join(_cell(year, on) if on.month == month else " " * 4 for on in week) for week in weeks)
        return [_padded(f" {name}", _MONTH_WIDTH), heads, *rows]

    def _holidays(self, year: Year) -> Iterator[str]:
        grouped = [list(days) for _, days in groupby(_by_holiday(year), key=lambda day: day.name)]
        names = [self._name(days[0].name, days[0].name_en) for days in grouped]
        width = max((_width(name) for name in names), default=0)
        for name, days in zip(names, grouped, strict=True):
            yield f"  {_padded(name, width)}  {self._moved(days)}"

    def _moved(self, days: list[SpecialDay]) -> str:
        off = [day.on for day in days if day.kind is Kind.HOLIDAY]
        worked = [day.on for day in days if day.kind is Kind.MAKE_UP]
        parts = [self.say("off {days}").format(days=self._runs(off))] if off else []
        parts += [self.say("worked {days}").format(days=self._runs(worked))] if worked else []
        return self.say("; ").join(parts)

    def _name(self, chinese: str, english: str) -> str:
        return english if self.language == "en" and english else chinese

    def _runs(self, days: list[date]) -> str:
        """Write days with runs pulled together."""
        runs: list[list[date]] = []
        for on in days:
            if runs and on.toordinal() - runs[-1][-1].toordinal() == 1:
                runs[-1].append(on)
            else:
                runs.append([on])
        return self.say(", ").join(self._run(run) for run in runs)

    def _run(self, run: list[date]) -> str:
        ends = [run[0]] if len(run) == 1 else [run[0], run[-1]]
        return self.say(" to ").join(f"{on:%m-%d} {self._weekday(on)}" for on in ends)

    def _day(self, on: date) -> str:
        return f"{on.isoformat()} {self._weekday(on)}"

    def _weekday(self, on: date) -> str:
        head = _WEEKDAYS[self.language][on.weekday()]
        return f"周{head}" if self.language == "zh" else head


def _by_holiday(year: Year) -> Iterable[SpecialDay]:
    """Bring the days of one holiday together, holidays in the order of their first day off."""
    first: dict[str, date] = {}
    for day in sorted(year.special, key=lambda day: (day.kind is Kind.MAKE_UP, day.on)):
        first.setdefault(day.name, day.on)
    return sorted(year.special, key=lambda day: (first[day.name], day.on))


def _cell(year: Year, on: date) -> str:
    kind = year.days[on.timetuple().tm_yday - 1].kind
    return f"{on.day:>3}{_MARKS.get(kind, ' ')}"


def _cite(notice: Notice) -> str:
    return f"{notice.title}（{notice.number}）" if notice.number else notice.title


def _width(text: str) -> int:
    """Measure a text on the terminal, where a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - _width(text))
