"""Sending messages in three steps: claim (transaction), call the provider, record (transaction)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from onething.kernel.access import SYSTEM, Actor
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages import addresses
from onething.plumbing.messages.events import MessageFailed, MessageQueued, MessageSent
from onething.plumbing.messages.letters import Letter
from onething.plumbing.messages.models import CLAIM, Message, State
from onething.plumbing.messages.senders import Never, NotNow, hand_over, senders_for

ATTEMPTS = 12
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=2)


@writes
def queue_message(*, channel: str, to: str, subject: str, body: str, now: datetime) -> Message:
    """
    Queue one message; it is sent by a job after the caller's transaction.

    `channel` is "sms" or "email". Refuses addresses.ChannelUnknown, addresses.AddressWrong.
    """
    letter = Letter(to=addresses.checked(channel, to), subject=subject, body=body)
    message = Message.waiting(letter, channel=channel, at=now)
    message.save(force_insert=True)
    publish(MessageQueued(message_id=message.id, channel=channel), actor=SYSTEM, at=now)
    return message


def send_message(*, message_id: UUID, now: datetime) -> None:
    """Try to send one message, if it is due and nobody else holds it. Safe to run twice."""
    message = claim_message(message_id=message_id, now=now)
    if message is None:
        return
    try:
        carrier = hand_over(senders_for(message.channel), message.letter, reference=message.id)
    except NotNow as silent:
        record_pause(message=message, reason=silent.reason, now=now)
    except Never as refused:
        record_failure(message=message, reason=refused.reason, now=now)
    else:
        record_sent(message=message, sender=carrier, now=now)


@writes
def claim_message(*, message_id: UUID, now: datetime) -> Message | None:
    """Take a due message for one attempt, for as long as CLAIM; none if it is not due or somebody holds it."""
    message = Message.objects.select_for_update().filter(pk=message_id).due(now).first()
    if message is None:
        return None
    message.attempts += 1
    message.next_attempt_at = now + CLAIM
    message.save(update_fields=["attempts", "next_attempt_at"])
    return message


@writes
def record_sent(*, message: Message, sender: str, now: datetime) -> None:
    """Record that the provider took the message."""
    _settle(message, State.SENT, sender=sender, now=now)
    publish(MessageSent(message_id=message.id, sender=sender), actor=SYSTEM, at=now)


@writes
def record_failure(*, message: Message, reason: str, now: datetime) -> None:
    """Record that the message will not be tried again."""
    _settle(message, State.FAILED, reason=reason, now=now)
    publish(MessageFailed(message_id=message.id, reason=reason), actor=SYSTEM, at=now)


@writes
def record_pause(*, message: Message, reason: str, now: datetime) -> None:
    """Record a failed attempt and when the next one comes; after ATTEMPTS of them the message has failed."""
    if message.attempts >= ATTEMPTS:
        record_failure(message=message, reason=reason, now=now)
        return
    message.next_attempt_at = now + pause_after(message.attempts)
    message.reason = reason
    message.save(update_fields=["next_attempt_at", "reason"])


@writes
def send_failed_again(
    *, since: datetime, now: datetime, channel: str = "", reason: str = "", actor: Actor = SYSTEM
) -> int:
    """
    Queue again what has failed since a moment, all attempts anew; of one channel, for one reason where given.

    Each keeps its id, so that a provider which has it already can tell. Gives how many.
    """
    failed = Message.objects.select_for_update().filter(state=State.FAILED, settled_at__gte=since)
    failed = failed.filter(channel=channel) if channel else failed
    failed = failed.filter(reason=reason) if reason else failed
    for message in failed:
        message.state, message.attempts, message.next_attempt_at = State.WAITING, 0, now
        message.reason, message.settled_at = "", None
        message.save(update_fields=["state", "attempts", "next_attempt_at", "reason", "settled_at"])
        publish(MessageQueued(message_id=message.id, channel=message.channel), actor=actor, at=now)
    return len(failed)


def pause_after(attempts: int) -> timedelta:
    """Tell how long to wait after so many attempts: 30 s, doubling, at most two hours."""
    doubled = FIRST_PAUSE * int(2 ** (attempts - 1))
    return min(doubled, LONGEST_PAUSE)


def _settle(message: Message, state: State, *, now: datetime, sender: str = "", reason: str = "") -> None:
    message.state, message.sender, message.reason, message.settled_at = state, sender, reason, now
    message.save(update_fields=["state", "sender", "reason", "settled_at"])
