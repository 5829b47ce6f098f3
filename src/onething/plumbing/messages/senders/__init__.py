"""Who carries messages out of the house, chosen by environment.

ONETHING_SMTP_URL   smtp://user:password@host:587?tls=starttls&from=office@example.org   (or smtps://…)
ONETHING_SMS_URL    https://provider.example/messages, with ONETHING_SMS_TOKEN as bearer token
Without them: the local outbox. Each may name several providers, the best first, with blanks between (a token for each):
the next one is asked when one cannot be reached or will not take the message.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
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
    """
    The provider could not take the message at the moment; `reason` is a short code.

    `may_have_gone`: nothing was heard after it was handed over. Nobody else is asked then: it would come twice.
    """

    def __init__(self, reason: str, *, may_have_gone: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.may_have_gone = reason, may_have_gone


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


def senders_for(channel: str) -> tuple[Sender, ...]:
    """Find who carries messages of a channel in this installation, the best first."""
    from onething.plumbing.messages.senders.http import HttpSms
    from onething.plumbing.messages.senders.smtp import Smtp

    named = os.environ.get({"email": "ONETHING_SMTP_URL", "sms": "ONETHING_SMS_URL"}[channel], "").split()
    if not named:
        return (LocalOutbox(),)
    if channel == "email":
        return tuple(Smtp.from_url(url) for url in named)
    tokens = os.environ.get("ONETHING_SMS_TOKEN", "").split()
    return tuple(HttpSms(url, tokens[place] if place < len(tokens) else "") for place, url in enumerate(named))


def hand_over(senders: Sequence[Sender], letter: Letter, *, reference: UUID) -> str:
    """
    Let the first provider that will carry a letter; give its name, numbered from the second on.

    Refuses NotNow if one of them may take it later or may have it already, Never if none ever will.
    """
    noes: list[NotNow | Never] = []
    for place, sender in enumerate(senders, start=1):
        try:
            sender.send(letter, reference=reference)
        except (NotNow, Never) as refused:
            noes.append(refused)
            if isinstance(refused, NotNow) and refused.may_have_gone:
                raise
        else:
            return sender.name if place == 1 else f"{sender.name}-{place}"
    raise next((no for no in noes if isinstance(no, NotNow)), noes[0])
