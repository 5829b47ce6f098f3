"""What happened in the registry."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Fact):
    """A person was entered for the first time; `source` is the code of the list or system."""

    person_id: UUID
    region: str
    source: str


@dataclass(frozen=True, kw_only=True)
class PersonCorrected(Fact):
    """Fields of a person were corrected; only their names are told."""

    person_id: UUID
    fields: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class FactsLearned(Fact):
    """A source told something about a person; only the names of the fields are told."""

    person_id: UUID
    fields: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Fact):
    """A person's key was destroyed: nothing sealed with it can be read again."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonLookedAt(Fact):
    """Somebody looked into a personal file; `purpose` is a code, e.g. "cases.answer_order"."""

    person_id: UUID
    purpose: str


@dataclass(frozen=True, kw_only=True)
class RegionsLoaded(Fact):
    """A list of divisions was loaded."""

    source: str
    count: int


@dataclass(frozen=True, kw_only=True)
class RegionChanged(Fact):
    """
    A division was founded, renamed, recoded or abolished, as of today.

    Whoever keeps open work by region moves it now: the pairs stand in `queries.moves_of(change_id)`. What is closed
    keeps the code of its time.
    """

    change_id: int
    change: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class OrganisationOpened(Fact):
    """A department's office or a station was entered."""

    organisation_id: UUID
    code: str
    region: str


@dataclass(frozen=True, kw_only=True)
class RosterTaken(Fact):
    """A file of persons was handed in; nothing of it is in the registry yet."""

    roster_id: UUID
    kind_of: str
    region: str
    size: int


@dataclass(frozen=True, kw_only=True)
class RosterChecked(Fact):
    """A roster was read line by line, without importing it."""

    roster_id: UUID
    lines: int
    faulty: int


@dataclass(frozen=True, kw_only=True)
class RosterApplied(Fact):
    """A roster was imported as a whole. One fact for all its persons; they stand under its `source`."""

    roster_id: UUID
    region: str
    source: str
    new: int
    known: int


@dataclass(frozen=True, kw_only=True)
class RosterUndone(Fact):
    """An import was taken back; persons with whom somebody has worked meanwhile stayed."""

    roster_id: UUID
    gone: int
    stayed: int


@dataclass(frozen=True, kw_only=True)
class RosterDiscarded(Fact):
    """A roster was thrown away without having been imported."""

    roster_id: UUID
