"""The working days of a year: entered after the State Council's notice, checked, and in force once two agreed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from onething.catalogue import errors, events, policy
from onething.catalogue.models import CalendarYear
from onething.identity import policy as identity
from onething.identity import services as door
from onething.identity.four_eyes import Proposed, deed
from onething.kernel.access import Actor
from onething.kernel.errors import Refusal
from onething.kernel.workdays import Calendar, Kind
from onething.plumbing import calendars
from onething.plumbing.journal import publish, writes
from onething.registry import queries as registry

AGREE = "catalogue.publish_calendar"
"""The deed of two by which the calendar of a year takes effect."""
SOURCE = "国务院办公厅通知 State Council notice"


@dataclass(frozen=True, slots=True)
class DayMoved:
    """A day that counts otherwise by what was entered."""

    on: date
    old: Kind
    new: Kind


def written(year: int, notice: Mapping[str, Any], holidays: Sequence[Mapping[str, Any]]) -> str:
    """Write a calendar file of what was typed into the form."""
    said = {key: value for key, value in notice.items() if value}
    whole = {"year": year, "status": "announced", "source": SOURCE, "notices": [said], "holidays": list(holidays)}
    return str(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=110))


def checked(year: int, text: str) -> tuple[Calendar | None, list[Refusal]]:
    """Check a year's file among the other years; give the whole calendar as it would be, or all that is wrong."""
    with tempfile.TemporaryDirectory(prefix="onething-calendar-") as place:
        folder = Path(place) / "national" / "calendars"
        folder.mkdir(parents=True)
        for name, content in {**calendars.national_texts(), f"{year}.yaml": text}.items():
            (folder / name).write_text(content, encoding="utf-8")
        problems = calendars.check_calendar(folder)
        return (None, problems) if problems else (calendars.read_calendar(folder), [])


def moved(before: Calendar, after: Calendar, year: int) -> Iterator[DayMoved]:
    """List the days of a year that count otherwise; a year that was not announced is held against the computed one."""
    old = before.year(year) if before.covers(year) else calendars.computed_year(year)
    for was, now in zip(old.days, after.year(year).days, strict=True):
        if was.kind is not now.kind:
            yield DayMoved(now.on, was.kind, now.kind)


@writes
def enter_year(*, year: int, text: str, reason: str, actor: Actor, now: datetime) -> CalendarYear:
    """
    Keep a year that was checked, and ask a second person to agree. Nothing counts by it yet.

    A calendar holds for the whole installation, so both people work for all of it. Refuses CalendarForAll and what
    `identity.services.propose` refuses.
    """
    region = _whole_house(actor)
    entry = CalendarYear.objects.create(
        year=year, region=region, text=text, entered_by=actor.account_id, entered_at=now
    )
    publish(events.CalendarEntered(entry_id=entry.pk, year=year), actor=actor, at=now)
    door.propose(kind=AGREE, subject=entry.pk, title=str(year), region=region, reason=reason, actor=actor, now=now)
    return entry


def may_enter(actor: Actor) -> bool:
    """Tell whether somebody's division holds everybody whom a calendar would count for."""
    return identity.may_reach(actor, registry.reach())


def _whole_house(actor: Actor) -> str:
    if not may_enter(actor):
        raise errors.CalendarForAll
    return registry.reach()


@deed(
    AGREE,
    title=_("Put a calendar into force"),
    ask=policy.EDIT_CALENDAR,
    approve=policy.PUBLISH_CALENDAR,
    page="catalogue:entered_year",
)
def agree_on_year(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """
    Put the year into force; a job writes the file and counts again.

    Refuses CalendarForAll, CalendarNotFound, CalendarOvertaken.
    """
    _whole_house(actor)
    entry = CalendarYear.objects.visible_to(actor).select_for_update().filter(pk=proposal.subject).first()
    if entry is None:
        raise errors.CalendarNotFound
    if CalendarYear.objects.filter(year=entry.year, in_force_at__gt=entry.entered_at).exists():
        raise errors.CalendarOvertaken
    entry.state, entry.in_force_at = CalendarYear.State.IN_FORCE, now
    entry.save(update_fields=["state", "in_force_at"])
    publish(events.CalendarAgreed(entry_id=entry.pk, year=entry.year), actor=actor, at=now)
    return ""


def write_files() -> list[int]:
    """Write the years in force to where deadlines are counted from; give those whose file was missing or another."""
    folder = calendars.entered_folder()
    newest: dict[int, str] = {}
    for year, text in CalendarYear.objects.filter(state="in_force").order_by("in_force_at").values_list("year", "text"):
        newest[year] = text
    return [year for year, text in newest.items() if _write(folder / f"{year}.yaml", text)]


def _write(file: Path, text: str) -> bool:
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".new")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(file)
    return True
