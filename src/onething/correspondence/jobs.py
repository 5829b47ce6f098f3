"""What happens without a person: letters are handed to their sender, and what became of them is recorded."""

from __future__ import annotations

from onething.correspondence import services
from onething.correspondence.events import NoticeWritten
from onething.plumbing import clock
from onething.plumbing.journal import on
from onething.plumbing.messages.events import MessageFailed, MessageSent


@on(NoticeWritten)
def hand_over_notice(written: NoticeWritten) -> None:
    """Send what must travel; a letter in the inbox has arrived."""
    if written.channel != "in_app":
        services.hand_over(notice_id=written.notice_id, now=clock.now())


@on(MessageSent)
def record_delivery(sent: MessageSent) -> None:
    """A provider took a message: if it was a letter's, the letter has gone out."""
    services.record_delivery(message_id=sent.message_id, now=clock.now())


@on(MessageFailed)
def record_failure(failed: MessageFailed) -> None:
    """A message will not arrive: the letter failed in this channel."""
    services.record_failure(message_id=failed.message_id, reason=failed.reason, now=clock.now())
