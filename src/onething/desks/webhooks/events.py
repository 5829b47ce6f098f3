"""Facts of what programs are told. Ids and codes only; never an address, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class WebhookSubscribed(Fact):
    """A program asked to be told how cases go."""

    subscription_id: UUID
    key_id: UUID


@dataclass(frozen=True, kw_only=True)
class WebhookRemoved(Fact):
    """A program's subscription was removed."""

    subscription_id: UUID


@dataclass(frozen=True, kw_only=True)
class WebhookSwitched(Fact):
    """A subscription was switched on or off by a person or its program."""

    subscription_id: UUID
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class WebhookGivenUp(Fact):
    """A receiver took nothing for days, or wants no more: it is not called any more."""

    subscription_id: UUID
    why: str


@dataclass(frozen=True, kw_only=True)
class WebhookDue(Fact):
    """A program is to be told something now."""

    subscription_id: UUID
    delivery_id: UUID
