"""A slip that turned out wrong: one asks, a colleague agrees, and it is replaced by another one or revoked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onething.cases import policy
from onething.cases.errors import NoSuchReply, SlipChanged, SlipNotYet
from onething.cases.events import SlipCorrected
from onething.cases.models import Case, Concern
from onething.cases.services import outcomes
from onething.cases.services.steps import case_in_turn
from onething.cases.states import ConcernKind
from onething.correspondence import queries as documents
from onething.correspondence import services as correspondence
from onething.correspondence.models import Document
from onething.exchange import queries as order_book
from onething.exchange.queries import ReplyWords
from onething.identity import services as identity
from onething.identity.four_eyes import Proposed, deed
from onething.identity.models import Proposal
from onething.kernel.access import SYSTEM, Actor
from onething.plumbing.journal import publish, writes

REPLACE, REVOKE, COUNT = "cases.replace_slip", "cases.revoke_slip", "cases.count_later_answer"


@writes
def ask_for_slip(
    *, case: Case, kind: str, reason: str, actor: Actor, now: datetime, reply_id: UUID | None = None
) -> Proposal:
    """
    Ask that a case's slip is replaced or revoked; it happens when a colleague agrees.

    `kind` is REPLACE or REVOKE. `reply_id`: what a department said afterwards takes effect with the new slip; without
    it the slip is written again from what is known now. Refuses Denied, SlipNotYet, SlipChanged, NoSuchReply, and what
    `identity.propose` refuses (ReasonMissing, ProposedAlready, OutsideRegion).
    """
    actor.must(policy.CORRECT_SLIP)
    slip = documents.newest_slip(actor, case.pk)
    if slip is None or case.is_open:
        raise SlipNotYet
    if kind == REVOKE and slip.is_void:
        raise SlipChanged(number=slip.number)
    if reply_id is not None:
        _require_said(case, reply_id)
    values = {"slip": str(slip.pk), "reply": str(reply_id or "")}
    return identity.propose(
        kind=kind, subject=case.pk, title=case.number, region=case.region, reason=reason, values=values,
        actor=actor, now=now,
    )  # fmt: skip


@writes
def ask_for_outcome(*, case: Case, reply_id: UUID, reason: str, actor: Actor, now: datetime) -> Proposal:
    """
    Ask that a department's later answer counts, in a case that has no slip yet; it happens when a colleague agrees.

    Refuses Denied, NoSuchReply, and what `identity.propose` refuses.
    """
    actor.must(policy.CORRECT_SLIP)
    _require_said(case, reply_id)
    return identity.propose(
        kind=COUNT, subject=case.pk, title=case.number, region=case.region, reason=reason,
        values={"reply": str(reply_id)}, actor=actor, now=now,
    )  # fmt: skip


def contradictions(case: Case) -> list[ReplyWords]:
    """Find what departments said about matters of a case after their answer, and what can still count; newest first."""
    tasks = {task.pk: task for task in case.tasks.all()}
    raised = Concern.objects.filter(case=case, kind=ConcernKind.CONTRADICTED).order_by("-since")
    said = [order_book.reply(UUID(about)) for about in raised.values_list("about", flat=True)]
    return [reply for reply in said if outcomes.may_count(tasks[reply.task_id], reply)]


def _require_said(case: Case, reply_id: UUID) -> None:
    if reply_id not in {reply.reply_id for reply in contradictions(case)}:
        raise NoSuchReply


@deed(COUNT, title=_("Let an office's later answer count"), ask=policy.CORRECT_SLIP, approve=policy.APPROVE_SLIP)
def count_later_answer(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Let a department's later answer count; if there is a slip by now, it is wrong."""
    case = case_in_turn(proposal.subject)
    _let_count(case, UUID(proposal.values["reply"]), documents.newest_slip(SYSTEM, case.pk), actor, now)
    return ""


@deed(REPLACE, title=_("Replace a wrong result slip"), ask=policy.CORRECT_SLIP, approve=policy.APPROVE_SLIP)
def replace_slip(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Let a department's later answer take effect, if it is what was wrong; a job writes the new slip."""
    case = case_in_turn(proposal.subject)
    slip = _unchanged(case, proposal)
    if proposal.values["reply"]:
        _let_count(case, UUID(proposal.values["reply"]), slip, actor, now)
    else:
        publish(SlipCorrected(case_id=case.pk, document_id=slip.pk), actor=actor, at=now)
    return ""


def _let_count(case: Case, reply_id: UUID, slip: Document | None, actor: Actor, now: datetime) -> None:
    """
    Correct the outcome, and with it the slip: another one is written at once.

    If the case runs again, the old one no longer holds, and the other one is written when the case ends.
    """
    reply = order_book.reply(reply_id)
    reopened = outcomes.correct_outcome(case, reply, actor=actor, now=now)
    if slip is None:
        return
    if not reopened:
        matter = case.tasks.get(pk=reply.task_id).matter
        publish(SlipCorrected(case_id=case.pk, document_id=slip.pk, matter=matter), actor=actor, at=now)
    elif not slip.is_void:
        correspondence.revoke_document(document_id=slip.pk, actor=actor, now=now)


@deed(REVOKE, title=_("Revoke a wrong result slip"), ask=policy.CORRECT_SLIP, approve=policy.APPROVE_SLIP)
def revoke_slip(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Take the slip out of force; nothing stands in its place until a new one is asked for."""
    slip = _unchanged(case_in_turn(proposal.subject), proposal)
    if slip.is_void:
        raise SlipChanged(number=slip.number)
    correspondence.revoke_document(document_id=slip.pk, actor=actor, now=now)
    return ""


def _unchanged(case: Case, proposal: Proposed) -> Document:
    """Give the slip that was spoken of, if it is still the newest one. Refuses SlipChanged."""
    slip = documents.newest_slip(SYSTEM, case.pk)
    if slip is None or str(slip.pk) != proposal.values["slip"]:
        raise SlipChanged(number=case.number)
    return slip
