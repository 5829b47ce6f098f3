"""A slip that turned out wrong: one asks, a colleague agrees, and it is replaced by another one or revoked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onething.cases import policy
from onething.cases.errors import NoSuchReply, SlipChanged, SlipNotYet
from onething.cases.events import SlipCorrected
from onething.cases.models import Case, Concern, Task
from onething.cases.services.steps import case_in_turn
from onething.cases.states import ConcernKind, TaskState
from onething.correspondence import queries as documents
from onething.correspondence import services as correspondence
from onething.correspondence.models import Document
from onething.exchange import queries as order_book
from onething.exchange.queries import ReplyWords
from onething.exchange.states import ReplyKind
from onething.identity import services as identity
from onething.identity.four_eyes import Proposed, deed
from onething.identity.models import Proposal
from onething.kernel.access import SYSTEM, Actor
from onething.plumbing.journal import publish, writes
from onething.registry import sealing

REPLACE, REVOKE = "cases.replace_slip", "cases.revoke_slip"

_OUTCOME = {ReplyKind.APPROVED: TaskState.DONE, ReplyKind.REFUSED: TaskState.REFUSED}


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
    if slip is None:
        raise SlipNotYet
    if kind == REVOKE and slip.is_void:
        raise SlipChanged(number=slip.number)
    if reply_id is not None and reply_id not in {reply.reply_id for reply in contradictions(case)}:
        raise NoSuchReply
    values = {"slip": str(slip.pk), "reply": str(reply_id or "")}
    return identity.propose(
        kind=kind, subject=case.pk, title=case.number, region=case.region, reason=reason, values=values,
        actor=actor, now=now,
    )  # fmt: skip


def contradictions(case: Case) -> list[ReplyWords]:
    """Find what departments said about matters of a case after their answer had counted, newest first."""
    raised = Concern.objects.filter(case=case, kind=ConcernKind.CONTRADICTED).order_by("-since")
    return [order_book.reply(UUID(about)) for about in raised.values_list("about", flat=True)]


@deed(REPLACE, title=_("Replace a wrong result slip"), ask=policy.CORRECT_SLIP, approve=policy.APPROVE_SLIP)
def replace_slip(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Let a department's later answer take effect, if it is what was wrong; a job writes the new slip."""
    case = case_in_turn(proposal.subject)
    slip = _unchanged(case, proposal)
    matter = _correct(case, UUID(proposal.values["reply"]), now) if proposal.values["reply"] else ""
    publish(SlipCorrected(case_id=case.pk, document_id=slip.pk, matter=matter), actor=actor, at=now)
    return ""


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


def _correct(case: Case, reply_id: UUID, now: datetime) -> str:
    """Give a matter the outcome that its department named later; its term to object begins anew. Gives the matter."""
    reply = order_book.reply(reply_id)
    task = Task.objects.select_for_update().select_related("case").get(pk=reply.task_id, case=case)
    task.state, task.ended_at = _OUTCOME[reply.kind], now
    task.seen.append(reply.reply_id)
    task.result = sealing.seal(case.person_id, reply.result or {}) if task.state == TaskState.DONE else None
    task.said = None
    if task.state == TaskState.REFUSED:
        task.refuse(reason=reply.reason, remedy=reply.remedy)
    task.save(update_fields=["state", "ended_at", "seen", "result", "said"])
    return task.matter
