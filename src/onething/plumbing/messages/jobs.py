"""The worker's door: send what is queued, and come back to what could not be sent."""

from __future__ import annotations

from onething.plumbing import clock
from onething.plumbing.journal import every, on
from onething.plumbing.messages import queries, services
from onething.plumbing.messages.events import MessageQueued


@on(MessageQueued)
def send_queued(queued: MessageQueued) -> None:
    """Make the first attempt."""
    services.send_message(message_id=queued.message_id, now=clock.now())


@every("* * * * * */20")
def send_due() -> None:
    """Try again what is due: after a pause, or because the worker that held it died."""
    for message_id in queries.due_messages(clock.now()):
        services.send_message(message_id=message_id, now=clock.now())
