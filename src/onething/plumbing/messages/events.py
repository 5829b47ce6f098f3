"""What happened to messages. Neither address nor text is ever in a fact."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class MessageQueued(Fact):
    """A message waits to be sent."""

    message_id: UUID
    channel: str


@dataclass(frozen=True, kw_only=True)
class MessageSent(Fact):
    """A message was taken by the provider (or laid into the local outbox)."""

    message_id: UUID
    sender: str


@dataclass(frozen=True, kw_only=True)
class MessageFailed(Fact):
    """A message will not be tried again."""

    message_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class MessageDelivered(Fact):
    """The provider says that a message has arrived."""

    message_id: UUID
