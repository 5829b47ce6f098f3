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


@dataclass(frozen=True, kw_only=True)
class PackDraftBegun(Fact):
    """Somebody began to prepare a release, from one that is published or from an uploaded archive."""

    draft_id: UUID
    pack: str
    is_upload: bool


@dataclass(frozen=True, kw_only=True)
class PackDraftChanged(Fact):
    """A draft reads otherwise now; `files` names what was touched."""

    draft_id: UUID
    revision: int
    files: tuple[str, ...]
    is_undo: bool


@dataclass(frozen=True, kw_only=True)
class PackDraftDiscarded(Fact):
    """A draft was thrown away."""

    draft_id: UUID


@dataclass(frozen=True, kw_only=True)
class CalendarEntered(Fact):
    """Somebody entered the calendar of a year; it has no effect yet."""

    entry_id: UUID
    year: int


@dataclass(frozen=True, kw_only=True)
class CalendarAgreed(Fact):
    """Two people agreed on the calendar of a year; it is written to where deadlines are counted from."""

    entry_id: UUID
    year: int
