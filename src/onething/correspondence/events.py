"""What happened to notices and documents. Ids, codes and digests only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class NoticeWritten(Fact):
    """A notice to a person was written, in one channel."""

    notice_id: UUID
    person_id: UUID
    case_id: UUID | None
    channel: str
    notice_kind: str


@dataclass(frozen=True, kw_only=True)
class NoticeDelivered(Fact):
    """A notice lies in the person's inbox, or the provider took it."""

    notice_id: UUID
    person_id: UUID
    case_id: UUID | None
    channel: str


@dataclass(frozen=True, kw_only=True)
class NoticeFailed(Fact):
    """A notice will not arrive in this channel; somebody must reach the person in another way."""

    notice_id: UUID
    person_id: UUID
    case_id: UUID | None
    channel: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReminderWayChosen(Fact):
    """A person said how they want to be reminded."""

    person_id: UUID
    way: str


@dataclass(frozen=True, kw_only=True)
class NoticeRead(Fact):
    """A person opened a notice in the inbox for the first time."""

    notice_id: UUID
    person_id: UUID
    case_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(Fact):
    """A signed document was issued; `digest` is the sha256 of its file in hex, `replaces` the one that it replaces."""

    document_id: UUID
    person_id: UUID
    case_id: UUID | None
    document_kind: str
    number: str
    digest: str
    replaces: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentRevoked(Fact):
    """A document was found wrong and no longer holds; its public page says so."""

    document_id: UUID
    person_id: UUID
    case_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class DocumentOpened(Fact):
    """Somebody downloaded a document."""

    document_id: UUID
    person_id: UUID
    case_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class EnclosureReceived(Fact):
    """A department sent a result document as a file; `digest` is the sha256 of the file in hex."""

    enclosure_id: UUID
    person_id: UUID
    case_id: UUID
    digest: str


@dataclass(frozen=True, kw_only=True)
class EnclosureOpened(Fact):
    """Somebody downloaded a result document."""

    enclosure_id: UUID
    person_id: UUID
    case_id: UUID
