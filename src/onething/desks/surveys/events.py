"""Facts of surveys. Ids, codes and days only; never what somebody answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class SurveyWritten(Fact):
    """A survey was written, or changed before it was sent."""

    survey_id: UUID


@dataclass(frozen=True, kw_only=True)
class SurveyOpened(Fact):
    """A survey goes out to its group."""

    survey_id: UUID
    last_day: date


@dataclass(frozen=True, kw_only=True)
class SurveyClosed(Fact):
    """A survey takes no more answers; its results can be read."""

    survey_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonAsked(Fact):
    """A person was invited, by phone or on paper."""

    survey_id: UUID
    invitation_id: UUID
    way: str


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(Fact):
    """A person answered; whether they ask for somebody, not what they said."""

    survey_id: UUID
    invitation_id: UUID
    way: str
    wants_contact: bool


@dataclass(frozen=True, kw_only=True)
class FollowUpBegun(Fact):
    """An answer became work: a visit or a case, with an owner and a day."""

    survey_id: UUID
    followup_id: UUID
    person_id: UUID
    work: str
    owner_id: UUID
    due: date


@dataclass(frozen=True, kw_only=True)
class FollowUpDone(Fact):
    """The visit was made, or the case was submitted (`case_id`)."""

    survey_id: UUID
    followup_id: UUID
    person_id: UUID
    case_id: UUID | None
