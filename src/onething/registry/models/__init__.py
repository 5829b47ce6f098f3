"""Regions, organisations, persons, and what is known about a person from which source."""

from onething.registry.models.divisions import Organisation, Region, RegionChange, RegionMove
from onething.registry.models.persons import KnownFact, Person, PersonKey

__all__ = ["KnownFact", "Organisation", "Person", "PersonKey", "Region", "RegionChange", "RegionMove"]
