"""The computed plan of a published release, and the calendar it is counted by. Compiled once a release."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from onething.catalogue import resolve, stored
from onething.catalogue.models import Release
from onething.engine import bundle
from onething.engine.bundle import facts
from onething.engine.rules import compile_rule
from onething.kernel.workdays import Calendar
from onething.plumbing import calendars
from onething.plumbing.journal import book

YEARS_AHEAD = 3
"""How far beyond the announced years a promise may reach; such days are provisional."""


def plan_for(release: Release | UUID, answers: Mapping[str, Any], on: date) -> bundle.Plan:
    """Compute the plan of one person. Refuses answers of the wrong type, all at once, each with its correction."""
    return bundle.compute_plan(compiled(release), answers, on, calendar())


def check_answers(release: Release, answers: Mapping[str, Any], on: date | None = None) -> None:
    """
    Refuse answers that are unknown to the release or of the wrong type; missing ones are no fault here.

    Without a day, what must hold on the day of submission is left for later.
    """
    facts.check_answers(compiled(release), answers, on)


def holds(release: Release | UUID, when: str | None, answers: Mapping[str, Any], on: date) -> bool:
    """Tell whether a condition of a release is true of these answers; one that cannot be told is not."""
    if when is None:
        return True
    one = compiled(release)
    return bool(compile_rule(when, one.catalogue.fields).evaluate(facts.read_situation(one, answers, on).facts) is True)


def first_day(release: Release | UUID, answers: Mapping[str, Any], on: date) -> date:
    """Find the first day from `on` that allows these answers: a discharge may be set for a day ahead. `on` if none."""
    known, faults = facts.read_answers(compiled(release), answers, on)
    if not faults:
        return on
    last = max(calendar().by_year)
    ahead = sorted(day for day in known.values() if isinstance(day, date) and on < day and day.year < last)
    return next((day for day in ahead if not facts.read_answers(compiled(release), answers, day)[1]), on)


def compiled(release: Release | UUID) -> bundle.Compiled:
    """Give the compiled catalogue of a release, by itself or its id; kept, because a release never changes."""
    return _compiled(release if isinstance(release, UUID) else release.pk)


@lru_cache(maxsize=64)
def _compiled(release_id: UUID) -> bundle.Compiled:
    content = Release.objects.values_list("content", flat=True).get(pk=release_id)
    return bundle.compile_catalogue(resolve.catalogue_of(stored.pack_from(content)))


@lru_cache(maxsize=64)
def cosigned(release_id: UUID) -> Mapping[str, Mapping[str, Any]]:
    """Give what a release asks of a second signer, by matter; kept, because a release never changes."""
    matters = Release.objects.values_list("content__matters", flat=True).get(pk=release_id)
    return {name: matter["cosign"] for name, matter in matters.items() if "cosign" in matter}


@lru_cache(maxsize=64)
def sources(release_id: UUID) -> Mapping[str, Mapping[str, Any]]:
    """Give what a release cites, by name; kept, because a release never changes."""
    found: Mapping[str, Mapping[str, Any]] | None = Release.objects.values_list("content__sources", flat=True).get(
        pk=release_id
    )
    return found or {}


def calendar() -> Calendar:
    """Give the national calendar, with the years that nobody has announced yet computed; one service counts by one."""
    return book.once("calendar", _calendar)


def _calendar() -> Calendar:
    national = calendars.national_calendar()
    if not _kept or _kept[-1][0] is not national:
        _kept[:] = [(national, calendars.extended(national, max(national.by_year) + YEARS_AHEAD))]
    return _kept[-1][1]


_kept: list[tuple[Calendar, Calendar]] = []  # the announced one and its extension, until the files change
