"""Facts of this module. Ids, codes and days only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class SweepFinished(Fact):
    """Everybody was decided for a day: so many persons, so many rows kept."""

    sweep_id: UUID
    as_of: date
    persons: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class SweepKeptUp(Fact):
    """Those who changed, or whose time came, were decided again for a day."""

    sweep_id: UUID
    as_of: date
    persons: int


@dataclass(frozen=True, kw_only=True)
class OfferMade(Fact):
    """An official offered a person what seems due to them."""

    offer_id: UUID
    person_id: UUID
    policy: str


@dataclass(frozen=True, kw_only=True)
class OfferAccepted(Fact):
    """A person said yes: it is to be applied for, with what is known filled in."""

    offer_id: UUID
    person_id: UUID
    policy: str


@dataclass(frozen=True, kw_only=True)
class OfferDeclined(Fact):
    """A person said no: they are not asked again until what is offered changes."""

    offer_id: UUID
    person_id: UUID
    policy: str


@dataclass(frozen=True, kw_only=True)
class HumanWanted(Fact):
    """A person wants to talk with somebody before they answer an offer."""

    offer_id: UUID
    person_id: UUID
    policy: str


@dataclass(frozen=True, kw_only=True)
class OfferTaken(Fact):
    """An official took upon themselves what an answer asks for."""

    offer_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class OfferSettled(Fact):
    """The office has done what an answer asked of it."""

    offer_id: UUID
    person_id: UUID
    policy: str


@dataclass(frozen=True, kw_only=True)
class OfferOvertaken(Fact):
    """A newer release says something else of what was offered and is still open."""

    offer_id: UUID
    person_id: UUID
    policy: str


@dataclass(frozen=True, kw_only=True)
class ComparisonAsked(Fact):
    """Somebody wants to know what a draft would change for everybody."""

    comparison_id: UUID
    draft_id: UUID
