"""The first filling of the calendar files, from the library `chinesecalendar`. Afterwards people keep them by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from onething.kernel.workdays import DECEMBER_TAIL
from onething.plumbing.calendars import errors

_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
_ENGLISH = {
    "Tomb-sweeping Day": "Qingming Festival",
    "Mid-autumn Festival": "Mid-Autumn Festival",
    "Anti-Fascist 70th Day": "70th Anniversary of Victory",
}


@dataclass(slots=True)
class _Span:
    """A run of days off with one name."""

    name: str
    first: date
    last: date
    make_up: list[date] = field(default_factory=list)

    def distance(self, on: date) -> int:
        return min(abs((self.first - on).days), abs((self.last - on).days))


def seed(folder: Path) -> list[Path]:
    """Write one file per year that the library knows. Refuses SeedLibraryMissing, FolderNotEmpty."""
    if folder.is_dir() and any(folder.glob("*.yaml")):
        raise errors.FolderNotEmpty(place=folder)
    off, worked, version = _library()
    spans = _spans(off)
    for on, name in worked.items():
        _nearest(spans, on, name).make_up.append(on)
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder, year, of_year, version) for year, of_year in _by_year(spans).items()]


def _library() -> tuple[Mapping[date, str], Mapping[date, str], str]:
    try:
        from importlib.metadata import version

        from chinese_calendar import constants
    except ImportError:
        raise errors.SeedLibraryMissing from None
    return constants.holidays, constants.workdays, version("chinesecalendar")


def _spans(off: Mapping[date, str]) -> list[_Span]:
    spans: list[_Span] = []
    for on in sorted(off):
        if spans and spans[-1].name == off[on] and spans[-1].last == on - timedelta(days=1):
            spans[-1].last = on
        else:
            spans.append(_Span(off[on], on, on))
    return spans


def _nearest(spans: list[_Span], on: date, name: str) -> _Span:
    """Find the holiday that a worked weekend day makes up for: the nearest one of its name."""
    return min((span for span in spans if span.name == name), key=lambda span: span.distance(on))


def _by_year(spans: list[_Span]) -> dict[int, list[_Span]]:
    years: dict[int, list[_Span]] = {}
    for span in spans:
        years.setdefault(_notice_year(span.first), []).append(span)
    return years


def _notice_year(first: date) -> int:
    """A holiday that begins in the last days of December stands in the notice of the new year."""
    return first.year + (first.month == 12 and first.day >= DECEMBER_TAIL)


def _write(folder: Path, year: int, spans: list[_Span], version: str) -> Path:
    file = folder / f"{year}.yaml"
    file.write_text("\n".join(_lines(year, spans, version)) + "\n", encoding="utf-8")
    return file


def _lines(year: int, spans: list[_Span], version: str) -> Iterator[str]:
    yield f"year: {year}"
    yield f"source: chinesecalendar {version} (MIT)"
    yield "holidays:"
    for span in spans:
        name_en = _ENGLISH.get(span.name, span.name)
        make_up = ", ".join(map(str, sorted(span.make_up)))
        days = f"first: {span.first}, last: {span.last}" + (f", make_up: [{make_up}]" if make_up else "")
        yield f'  - {{name: {_NAMES[span.name]}, name_en: "{name_en}", {days}}}'
