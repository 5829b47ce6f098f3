"""Four eyes: one asks, another decides. The deeds of this module stand at the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onething.identity import events, policy
from onething.identity.errors import NoSuchProposal, OutsideRegion, ProposedAlready, ReasonMissing, SameEyes
from onething.identity.four_eyes import OPEN_FOR, Proposed, deed, deed_of
from onething.identity.models import Proposal, SecondFactor
from onething.identity.services import accounts, enrolling
from onething.kernel.access import Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing.journal import publish, writes

State = Proposal.State


@writes
def propose(
    *,
    kind: str,
    subject: UUID,
    title: str,
    region: str,
    reason: str,
    actor: Actor,
    now: datetime,
    values: Mapping[str, Any] | None = None,
) -> Proposal:
    """
    Ask for a deed of two; it waits fourteen days. `title` says what it is about, as colleagues call it.

    Refuses Denied, OutsideRegion, ReasonMissing, ProposedAlready.
    """
    wanted = deed_of(kind)
    if wanted is None or actor.door is not Door.STAFF or actor.account_id is None or not actor.may(wanted.ask):
        raise Denied
    if not policy.may_reach(actor, region):
        raise OutsideRegion
    if not reason.strip():
        raise ReasonMissing
    proposal = Proposal(
        kind=kind, subject=subject, title=title, region=region, values=dict(values or {}), reason=reason.strip(),
        asked_by=actor.account_id, asked_under=actor.post_id, asked_at=now, expires_at=now + OPEN_FOR,
    )  # fmt: skip
    _save_once(proposal, now)
    publish(events.ProposalMade(proposal_id=proposal.pk, deed=kind, about=subject), actor=actor, at=now)
    return proposal


@writes
def approve(*, proposal_id: UUID, actor: Actor, now: datetime) -> str:
    """
    Say yes to what a colleague asked for, and do it at once. Gives what the deed gives, to be shown this once.

    Refuses NoSuchProposal, SameEyes (the asker, somebody under the same post, or whom it concerns).
    """
    proposal = _waiting(proposal_id, actor, now)
    wanted = deed_of(proposal.kind)
    if wanted is None or not actor.may(wanted.approve):
        raise NoSuchProposal
    if {actor.account_id, actor.post_id} & {proposal.asked_by, proposal.asked_under, proposal.subject}:
        raise SameEyes
    _decide(proposal, State.APPROVED, actor, now)
    publish(_told(events.ProposalApproved, proposal), actor=actor, at=now)
    asked = Proposed(subject=proposal.subject, values=proposal.values, asked_by=proposal.asked_by)
    return wanted.do(asked, actor, now)


def gives(*, proposal_id: UUID, actor: Actor, now: datetime) -> str:
    """Name what a deed gives back, if it is no address of the house; "" otherwise."""
    waiting = Proposal.objects.visible_to(actor).waiting_at(now).filter(pk=proposal_id).first()
    wanted = deed_of(waiting.kind) if waiting else None
    return str(wanted.gives) if wanted else ""


@writes
def turn_down(*, proposal_id: UUID, actor: Actor, now: datetime) -> None:
    """Say no to what a colleague asked for, or take back what one asked for oneself. Refuses NoSuchProposal."""
    proposal = _waiting(proposal_id, actor, now)
    _decide(proposal, State.TURNED_DOWN, actor, now)
    publish(_told(events.ProposalTurnedDown, proposal), actor=actor, at=now)


def _waiting(proposal_id: UUID, actor: Actor, now: datetime) -> Proposal:
    waiting = Proposal.objects.visible_to(actor).waiting_at(now).select_for_update()
    proposal = waiting.filter(pk=proposal_id).first()
    if proposal is None:
        raise NoSuchProposal
    return proposal


def _decide(proposal: Proposal, state: str, actor: Actor, now: datetime) -> None:
    proposal.state, proposal.decided_at = state, now
    proposal.decided_by, proposal.decided_under = actor.account_id, actor.post_id
    proposal.save(update_fields=["state", "decided_at", "decided_by", "decided_under"])


def _told(kind: type[Any], proposal: Proposal) -> Any:
    return kind(proposal_id=proposal.pk, deed=proposal.kind, about=proposal.subject, asked_by=proposal.asked_by)


def _save_once(proposal: Proposal, now: datetime) -> None:
    same = Proposal.objects.filter(kind=proposal.kind, subject=proposal.subject, state=State.WAITING)
    same.filter(expires_at__lte=now).delete()  # ran out: it may be asked for anew; the journal keeps that it was
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError as clash:
        if getattr(clash.__cause__, "sqlstate", "") != "23505":
            raise
        raise ProposedAlready from clash


@deed(
    "identity.reset_second_factor",
    title=_("Reset a lost authenticator"),
    ask=policy.OPEN_ACCOUNT,
    approve=policy.APPROVE,
)
def reset_second_factor(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Take the lost authenticator away and make a new link, which the approver hands over."""
    enrolling.remove_factor(account_id=proposal.subject, actor=actor, now=now)
    token = enrolling.invite(account_id=proposal.subject, actor=actor, now=now)
    return reverse("identity:join", args=[token])


@deed("identity.close_account", title=_("Close an account"), ask=policy.OPEN_ACCOUNT, approve=policy.APPROVE)
def close_account(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Close the account; its sessions and keys end with it."""
    accounts.close_account(account_id=proposal.subject, actor=actor, now=now)
    return ""


@deed(
    "identity.reopen_account", title=_("Open a closed account again"), ask=policy.OPEN_ACCOUNT, approve=policy.APPROVE
)
def reopen_account(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Open the account again, with a new authenticator: the approver hands the link over."""
    accounts.reopen_account(account_id=proposal.subject, actor=actor, now=now)
    if SecondFactor.objects.filter(account_id=proposal.subject).exists():
        enrolling.remove_factor(account_id=proposal.subject, actor=actor, now=now)
    token = enrolling.invite(account_id=proposal.subject, actor=actor, now=now)
    return reverse("identity:join", args=[token])
