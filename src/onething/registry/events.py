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
