"""Regions, organisations, persons, what is known about a person from which source, rosters, and the ledgers."""

from onething.registry.models.divisions import Organisation, Region, RegionChange, RegionMove
from onething.registry.models.exports import DataExport
from onething.registry.models.files import ArchiveMove, Arrival, CorrectionRequest, Said, Statement, statement_name
from onething.registry.models.persons import KnownFact, Person, PersonKey, known_name
from onething.registry.models.rosters import Roster, RosterLine
from onething.registry.models.settings import HouseSetting
from onething.registry.models.sharing import Sharing

__all__ = [
    "ArchiveMove",
    "Arrival",
    "CorrectionRequest",
    "DataExport",
    "HouseSetting",
    "KnownFact",
    "Organisation",
    "Person",
    "PersonKey",
    "Region",
    "RegionChange",
    "RegionMove",
    "Roster",
    "RosterLine",
    "Said",
    "Sharing",
    "Statement",
    "known_name",
    "statement_name",
]
