"""Replies that the house fetches, from departments that cannot call it: claim, take each, say how far it got."""

from __future__ import annotations

import random
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from onething.exchange import connectors, queries
from onething.exchange.collecting import PAUSE, Batch, Item, Port, Told
from onething.exchange.delivery import LEASE, next_wait
from onething.exchange.events import MessageBuried, RepliesDue
from onething.exchange.models import DeadLetter, Department, Inbox
from onething.exchange.services.replies import receive_reply
from onething.exchange.services.results import with_file
from onething.kernel import access
from onething.kernel.access import Actor
from onething.kernel.errors import Refusal
from onething.plumbing.journal import publish, writes


@writes
def call_for_replies(*, actor: Actor, now: datetime) -> int:
    """Set the fetching of replies going where it is due; gives how many departments."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - LEASE)
    due = Inbox.objects.select_for_update(skip_locked=True).filter(free, next_at__lte=now, port__is_open=True)
    ports = [inbox.port_id for inbox in due.order_by("next_at")[:200]]
    Inbox.objects.filter(pk__in=ports).update(next_at=now + LEASE)
    for port_id in ports:
        publish(RepliesDue(department_id=port_id), actor=actor, at=now)
    return len(ports)


@writes
def claim_inbox(*, port_id: UUID, actor: Actor, now: datetime) -> tuple[Port, str] | None:
    """Claim the fetching of one department's replies; None while another worker does it. Gives port and cursor."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - LEASE)
    if not Inbox.objects.filter(free, pk=port_id).update(claimed_at=now):
        return None
    department = Department.objects.get(pk=port_id)
    port = Port(
        port_id=port_id, code=department.code, source=department.source, connector=department.connector,
        address=department.address, host_key=department.host_key,
        is_held=department.is_held or bool(department.public_key), keyring=queries.keyring_of(department),
        verifiers=queries.verifiers_of(department),
    )  # fmt: skip
    return port, Inbox.objects.get(pk=port_id).cursor


def take_batch(*, port: Port, batch: Batch, now: datetime) -> list[Told]:
    """
    Take each reply of a batch by itself: one that cannot be taken becomes a dead letter and spoils no other.

    Safe to repeat: what was taken before is known by its id, a dead letter by its content.
    """
    return [_take(port, item, now) for item in batch.items]


def _take(port: Port, item: Item, now: datetime) -> Told:
    actor = access.department(port.code)
    if item.message is None:
        bury_message(port_id=port.port_id, item=item, problem=item.problem, actor=actor, now=now)
        return Told(item=item, problem=item.problem)
    message = item.message
    try:
        result = with_file(message, port_id=port.port_id, actor=actor, now=now)
        reply = receive_reply(
            order_id=message.order_id, message_id=message.message_id, kind=message.kind, round=message.round,
            reason=message.reason, remedy=message.remedy, message=message.message, result=result,
            correction=message.correction, port_id=port.port_id, actor=actor, now=now,
        )  # fmt: skip
    except Refusal as refusal:
        bury_message(port_id=port.port_id, item=item, problem=str(refusal), actor=actor, now=now)
        return Told(item=item, problem=str(refusal))
    return Told(item=item, disposition=reply.disposition)


@writes
def bury_message(*, port_id: UUID, item: Item, problem: str, actor: Actor, now: datetime) -> DeadLetter:
    """Note a message that cannot be taken, and tell the department's owner, once however often it lies there."""
    port = Department.objects.get(pk=port_id)
    given = {"place": item.place[:300], "problem": problem[:400], "owner": port.owner, "told_at": now}
    letter, is_new = DeadLetter.objects.get_or_create(port=port, digest=item.digest, defaults=given)
    if is_new:
        fact = MessageBuried(dead_letter_id=letter.pk, department=port.code, owner=port.owner)
        publish(fact, actor=actor, at=now)
    else:
        DeadLetter.objects.filter(pk=letter.pk).update(times=F("times") + 1)
    return letter


@writes
def record_collection(
    *, port_id: UUID, cursor: str, has_more: bool, actor: Actor, now: datetime, problem: str = ""
) -> None:
    """Record how far the replies were read; or why they could not be, and when the next look is taken."""
    inbox = Inbox.objects.select_for_update().get(pk=port_id)
    inbox.claimed_at, inbox.problem = None, problem[:200]
    if problem:
        inbox.failures += 1
        inbox.next_at = now + max(next_wait(inbox.failures, random.random()), PAUSE)  # noqa: S311  # spreads load
    else:
        inbox.failures, inbox.cursor, inbox.collected_at = 0, cursor[:300], now
        inbox.next_at = now if has_more else now + PAUSE
    inbox.save()


def open_inbox(department: Department, now: datetime) -> None:
    """Begin to fetch a department's replies, if its connector says so; else stop."""
    if connectors.named(department.connector).COLLECTS:
        Inbox.objects.get_or_create(port=department, defaults={"next_at": now})
    else:
        Inbox.objects.filter(port=department).delete()
