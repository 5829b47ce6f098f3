"""Facts of this module."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class CalendarPublished(Fact):
    """The working-day calendar has changed: what is open is counted again by it."""

    calendar: str
    version: str


@dataclass(frozen=True, kw_only=True)
class PackPublished(Fact):
    """A pack's state became a release that new forms use."""

    release_id: UUID
    pack: str
    digest: str
