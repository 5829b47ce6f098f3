"""Who carries messages out of the house, chosen by environment.

ONETHING_SMTP_URL   smtp://user:password@host:587?tls=starttls&from=office@example.org   (or smtps://…)
ONETHING_SMS_URL    https://provider.example/messages, with ONETHING_SMS_TOKEN as bearer token
Without them: the local outbox.
"""

from __future__ import annotations

import os
from typing import ClassVar, Protocol
from uuid import UUID

from onething.plumbing.messages.letters import Letter


class Sender(Protocol):
    """Carries one message. `reference` is the same at every attempt, so that a provider can tell a repeat."""

    name: ClassVar[str]

    def send(self, letter: Letter, *, reference: UUID) -> None:
        """Hand a letter over. Refuses NotNow (try again) and Never (with the reason's code)."""
        ...


class NotNow(Exception):
    """The provider could not take the message at the moment; `reason` is a short code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Never(Exception):
    """The provider will not take this message; `reason` is a short code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LocalOutbox:
    """Sends nothing: the row itself is the outbox, and `queries.outbox` reads it."""

    name: ClassVar[str] = "local"

    def send(self, letter: Letter, *, reference: UUID) -> None:
        """Leave the letter where it lies."""


def sender_for(channel: str) -> Sender:
    """Find who carries messages of a channel in this installation."""
    from onething.plumbing.messages.senders.http import HttpSms
    from onething.plumbing.messages.senders.smtp import Smtp

    if channel == "email" and "ONETHING_SMTP_URL" in os.environ:
        return Smtp.from_url(os.environ["ONETHING_SMTP_URL"])
    if channel == "sms" and "ONETHING_SMS_URL" in os.environ:
        return HttpSms(os.environ["ONETHING_SMS_URL"], os.environ.get("ONETHING_SMS_TOKEN", ""))
    return LocalOutbox()
