"""Text messages through a provider that takes JSON over HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

import httpx

from onething.plumbing.messages.letters import Letter
from onething.plumbing.messages.senders import Never, NotNow

_SECONDS = 15.0
_LATER = {408, 425, 429}
_SURELY_NOT = {*_LATER, 503}


@dataclass(frozen=True, slots=True)
class HttpSms:
    """
    One provider: POST {"to", "text", "reference"} with the header Idempotency-Key.

    The key is the message's id: after a lost answer the same message is offered again and must not be sent twice.
    """

    name: ClassVar[str] = "http"
    url: str
    token: str = field(default="", repr=False)

    def send(self, letter: Letter, *, reference: UUID) -> None:
        """Hand a letter over. 2xx is taken; 408, 425, 429, 5xx and silence are NotNow; everything else is Never."""
        headers = {"Idempotency-Key": str(reference)}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        message = {"to": letter.to, "text": letter.body, "reference": str(reference)}
        try:
            answer = httpx.post(self.url, json=message, headers=headers, timeout=_SECONDS)
        except (httpx.ConnectError, httpx.ConnectTimeout) as away:
            raise NotNow("http_silent") from away
        except httpx.TransportError as silent:
            raise NotNow("http_silent", may_have_gone=True) from silent
        if answer.is_success:
            return
        code = answer.status_code
        if code in _LATER or code >= 500:
            raise NotNow(f"http_{code}", may_have_gone=code not in _SURELY_NOT)
        raise Never(f"http_{code}")
