"""What happened in the registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, kw_only=True)
class KeyRotated(Fact):
    """Every row was brought to the newest version of a key; `count` of them had an older one."""

    purpose: str
    version: int
    count: int


@dataclass(frozen=True, kw_only=True)
class KeyRetired(Fact):
    """An old version of a key is destroyed; nothing needed it any more."""

    purpose: str
    version: int


@dataclass(frozen=True, kw_only=True)
class RetentionSwept(Fact):
    """A rule of retention removed what was over its time."""

    rule: str
    count: int


@dataclass(frozen=True, kw_only=True)
class DataShared(Fact):
    """Personal data were given to somebody, or taken from them; the line is in the ledger of sharing."""

    sharing_id: int
    person_id: UUID | None
    direction: str
    partner: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class CorrectionRequested(Fact):
    """Somebody said that a field of a file is wrong; what they say is sealed elsewhere."""

    correction_id: int
    person_id: UUID
    field: str


@dataclass(frozen=True, kw_only=True)
class CorrectionPassedOn(Fact):
    """A correction was passed on to the authority that is responsible for the field."""

    correction_id: int
    person_id: UUID
    authority: str


@dataclass(frozen=True, kw_only=True)
class CorrectionSettled(Fact):
    """A correction was accepted or refused."""

    correction_id: int
    person_id: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ArchiveMoved(Fact):
    """A line was added to the ledger of a person's paper archive."""

    archive_move_id: int
    person_id: UUID
    move: str
    day: date


@dataclass(frozen=True, kw_only=True)
class ArrivalReviewed(Fact):
    """The data of an expected person were reviewed; `lacking` names fields."""

    person_id: UUID
    state: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ExportAsked(Fact):
    """A person asked for all that is kept about them."""

    export_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ExportMade(Fact):
    """All that is kept about a person lies ready for them as one file."""

    export_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ExportFetched(Fact):
    """A person fetched the file with all that is kept about them."""

    export_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class MalwareRefused(Fact):
    """A file with malware was handed in for a person, and not taken; `finding` is the scanner's name for it."""

    person_id: UUID
    file_digest: str
    finding: str


@dataclass(frozen=True, kw_only=True)
class InfectedRosterRefused(Fact):
    """A roster for a division carried malware and was not kept."""

    region: str
    finding: str


@dataclass(frozen=True, kw_only=True)
class HouseSettingsChanged(Fact):
    """Settings of the whole installation were changed by two people; their names, not their values."""

    names: tuple[str, ...]
