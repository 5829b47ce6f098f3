"""What a provider says later about a message it took: it arrived, or it never will."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from onething.kernel.access import SYSTEM
from onething.kernel.errors import NotFound
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages.events import MessageDelivered, MessageFailed
from onething.plumbing.messages.models import Message, State

UNDELIVERED = "undelivered"


class MessageUnknown(NotFound):
    """No message with this reference went out from here."""

    remedy = "Give back the reference that came with the message."


@writes
def take_receipt(*, message_id: UUID, is_delivered: bool, reason: str = "", now: datetime) -> Message:
    """
    Record that a message arrived, or that it never will: then it has failed, and `messages again` sends it anew.

    The same receipt again changes nothing, nor does any after the first: what has arrived has arrived. Refuses
    MessageUnknown.
    """
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None:
        raise MessageUnknown
    if message.state != State.SENT or message.delivered_at is not None:
        return message
    if is_delivered:
        message.delivered_at = now
        message.save(update_fields=["delivered_at"])
        publish(MessageDelivered(message_id=message.id), actor=SYSTEM, at=now)
        return message
    message.state, message.reason = State.FAILED, f"{UNDELIVERED}_{reason}"[:40] if reason else UNDELIVERED
    message.settled_at = now
    message.save(update_fields=["state", "reason", "settled_at"])
    publish(MessageFailed(message_id=message.id, reason=message.reason), actor=SYSTEM, at=now)
    return message
