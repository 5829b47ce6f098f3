"""E-mail through an SMTP server."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from onething.plumbing.messages.letters import Letter
from onething.plumbing.messages.senders import Never, NotNow

_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Smtp:
    """One SMTP server and the address that messages come from."""

    name: ClassVar[str] = "smtp"
    host: str
    port: int
    user: str
    password: str
    tls: str  # "implicit", "starttls" or "none"
    sender: str

    @classmethod
    def from_url(cls, url: str) -> Smtp:
        """Read smtp://user:password@host:port?tls=starttls|none&from=address; smtps:// is TLS from the first byte."""
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        implicit = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or (465 if implicit else 587),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls="implicit" if implicit else options.get("tls", "starttls"),
            sender=options.get("from", f"onething@{parts.hostname or 'localhost'}"),
        )

    def send(self, letter: Letter, *, reference: UUID) -> None:
        """Hand a letter to the server. A code 4xx, or no answer, is NotNow; a code 5xx is Never."""
        try:
            server = self._connect()
        except smtplib.SMTPResponseException as refused:
            raise _judged(refused.smtp_code) from refused
        except (OSError, smtplib.SMTPException) as away:
            raise NotNow("smtp_silent") from away
        try:
            with server:
                server.send_message(self._written(letter, reference))
        except smtplib.SMTPRecipientsRefused as refused:
            raise _judged(next(iter(refused.recipients.values()))[0]) from refused
        except smtplib.SMTPResponseException as refused:
            raise _judged(refused.smtp_code) from refused
        except (OSError, smtplib.SMTPException) as silent:
            raise NotNow("smtp_silent", may_have_gone=True) from silent

    def _connect(self) -> smtplib.SMTP:
        if self.tls == "implicit":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, local_hostname="onething", timeout=_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self.host, self.port, local_hostname="onething", timeout=_SECONDS)
        if self.tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)
        return server

    def _written(self, letter: Letter, reference: UUID) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self.sender, letter.to
        message["Subject"] = " ".join(letter.subject.split())
        message["Message-ID"] = f"<{reference}@{self.sender.partition('@')[2]}>"
        message.set_content(letter.body, cte="base64")  # not every server takes eight bits
        return message


def _judged(code: int) -> NotNow | Never:
    return Never(f"smtp_{code}") if 500 <= code < 600 else NotNow(f"smtp_{code}")
