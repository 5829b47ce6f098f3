"""What happened at the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Fact):
    """An account was opened; `person_id` if it is a citizen's."""

    account_id: UUID
    person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Fact):
    """An account was closed: nobody signs in with it any more."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccountReopened(Fact):
    """A closed account was opened again by two people; its authenticator is new."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class WorkEmailChanged(Fact):
    """Where the house writes to a member of staff was set, or taken away."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Fact):
    """A password was set; every session that was open with the old one ended."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class PostGiven(Fact):
    """An account was given a post."""

    account_id: UUID
    post_id: UUID
    role: str
    organisation: str
    region: str
    valid_from: datetime
    valid_to: datetime | None
    acting: bool


@dataclass(frozen=True, kw_only=True)
class PostEnded(Fact):
    """A post was ended before its time, or given its end."""

    account_id: UUID
    post_id: UUID
    valid_to: datetime


@dataclass(frozen=True, kw_only=True)
class HatChosen(Fact):
    """Somebody with several hats chose one; `post_id` is empty for their own affairs as a citizen."""

    account_id: UUID
    post_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ApiKeyIssued(Fact):
    """A key for programs was issued."""

    account_id: UUID
    key_id: UUID
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(Fact):
    """A key for programs was revoked."""

    account_id: UUID
    key_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignInCodeSent(Fact):
    """A sign-in code was sent to a person's registered phone."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignedIn(Fact):
    """
    Somebody signed in, by "password", "code", "factor" (password and app), "recovery" (password and its code),
    "provider" (OpenID, a citizen) or "provider_staff" (OpenID and a second factor).
    """

    account_id: UUID
    means: str


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Fact):
    """Somebody tried to sign in and failed; the account is empty if none was meant."""

    account_id: UUID | None
    means: str


@dataclass(frozen=True, kw_only=True)
class SignedOut(Fact):
    """Somebody signed out."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccountInvited(Fact):
    """A one-time link was made with which the holder of an account sets its password and second factor."""

    account_id: UUID
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class SecondFactorEnrolled(Fact):
    """An account was given an authenticator; the one before, its recovery codes and all sessions ended."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class SecondFactorRemoved(Fact):
    """An account lost its authenticator: nobody uses its posts until another one is enrolled."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecoveryCodeUsed(Fact):
    """A recovery code was used instead of the authenticator; so many are left."""

    account_id: UUID
    left: int


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Fact):
    """Every session of an account was ended, on all devices."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalMade(Fact):
    """Somebody asked for something that needs a second person's yes."""

    proposal_id: UUID
    deed: str
    about: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalApproved(Fact):
    """A second person said yes, and it was done."""

    proposal_id: UUID
    deed: str
    about: UUID
    asked_by: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalTurnedDown(Fact):
    """A second person said no, or the one who asked took it back."""

    proposal_id: UUID
    deed: str
    about: UUID
    asked_by: UUID


@dataclass(frozen=True, kw_only=True)
class MandateAsked(Fact):
    """Somebody asked to file a pack in a person's name; a code went to the person's phone."""

    person_id: UUID
    account_id: UUID
    pack: str


@dataclass(frozen=True, kw_only=True)
class MandateGiven(Fact):
    """A person allowed somebody to file a pack in their name, by a code or on paper."""

    mandate_id: UUID
    person_id: UUID
    account_id: UUID
    pack: str
    way: str
    valid_until: datetime


@dataclass(frozen=True, kw_only=True)
class MandateUsed(Fact):
    """A helper began to act in a person's name."""

    mandate_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class MandateRevoked(Fact):
    """A mandate ended before its day: the person took it back, or the helper laid it down."""

    mandate_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsentAsked(Fact):
    """A portal asked a person to let it in; a code went to the person's phone."""

    person_id: UUID
    key_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Fact):
    """A person let a portal in, by the code on their phone."""

    consent_id: UUID
    person_id: UUID
    key_id: UUID
    session_until: datetime
    valid_until: datetime


@dataclass(frozen=True, kw_only=True)
class ConsentEnded(Fact):
    """A person's consent to a portal ended before its day."""

    consent_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClosingCodeSent(Fact):
    """A code that closes a person's account went to their phone."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ErasureAsked(Fact):
    """A person closed their account; somebody has to decide whether their data may be destroyed."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ErasureAnswered(Fact):
    """It was decided about a person's data: destroyed, or kept because a duty stands against it."""

    person_id: UUID
    is_erased: bool
