"""Reading the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from onething.plumbing.messages.models import Message, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message in clear, for the operator of an installation whose outbox is local."""

    id: UUID
    channel: str
    to: str
    subject: str
    body: str
    state: str
    sender: str
    queued_at: datetime


def outbox(*, channel: str = "", to: str = "", limit: int = 20) -> list[Outgoing]:
    """
    Read the newest messages, newest first, at most `limit`; of one channel, to one address where given.

    Looks through the last thousand only: addresses are sealed, so each row is opened to compare.
    """
    rows = Message.objects.order_by("-queued_at")
    if channel:
        rows = rows.filter(channel=channel)
    found: list[Outgoing] = []
    for row in rows[:1000].iterator():
        read = _in_clear(row)
        if not to or read.to == to:
            found.append(read)
        if len(found) == limit:
            break
    return found


def failures(*, since: datetime) -> list[tuple[str, str, int]]:
    """Count what has failed since a moment, by channel and reason, the most first. Neither address nor text."""
    failed = Message.objects.filter(state=State.FAILED, settled_at__gte=since)
    rows = failed.values_list("channel", "reason").annotate(found=Count("id")).order_by("-found", "channel", "reason")
    return list(rows)


def due_messages(now: datetime, *, limit: int = 200) -> list[UUID]:
    """Find messages that may be tried now, the longest waiting first."""
    due = Message.objects.due(now).order_by("next_attempt_at")
    return list(due.values_list("id", flat=True)[:limit])


def _in_clear(row: Message) -> Outgoing:
    letter = row.letter
    return Outgoing(
        id=row.id,
        channel=row.channel,
        to=letter.to,
        subject=letter.subject,
        body=letter.body,
        state=row.state,
        sender=row.sender,
        queued_at=row.queued_at,
    )
