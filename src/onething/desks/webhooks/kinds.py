"""What a program can be told, and what exactly is said: the number of a case and how it stands. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from onething.kernel.envelopes import Envelope

SOURCE: Final = "urn:onething:house"
PREFIX: Final = "cn.onething.case."
KINDS: Final = {
    "submitted": "A case was submitted.",
    "moved": "A matter of the case was settled, or its outcome was corrected.",
    "correction_asked": "An office asks the person to mend something.",
    "settled": "The case has ended; its result slip can be fetched.",
    "withdrawn": "The person took the case back.",
}
"""Every kind, as it stands behind PREFIX, and what it means."""

PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
"""How long to wait after each failure. Source: standardwebhooks.com, specification 1.0, “delivery”."""
OFF_AFTER: Final = timedelta(days=3)
"""A receiver that took nothing for so long is not called any more until somebody switches it on."""
GONE: Final = 410
"""With this a receiver says that it wants no more. Source: as above."""


def type_of(kind: str) -> str:
    """Name a kind as the event's type."""
    return PREFIX + kind


def envelope(*, event_id: UUID, kind: str, number: str, state: str, at: datetime) -> Envelope:
    """Make the event: it names a case by its number and says how it stands, and nothing else."""
    return Envelope(
        id=str(event_id), source=SOURCE, type=type_of(kind), subject=number, time=at,
        data={"number": number, "state": state},
    )  # fmt: skip


def pause_after(tries: int) -> timedelta | None:
    """Say how long to wait after so many tries; None when it was the last one."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def described() -> dict[str, Any]:
    """Describe the calls for OpenAPI 3.1 (`webhooks`)."""
    return {type_of(kind): {"post": _operation(kind, words)} for kind, words in KINDS.items()}


def _operation(kind: str, words: str) -> dict[str, Any]:
    text = {"type": "string"}
    data = {"type": "object", "required": ["number", "state"], "properties": {"number": text, "state": text}}
    event: dict[str, Any] = {
        "specversion": {"const": "1.0"},
        "type": {"const": type_of(kind)},
        "source": {"const": SOURCE},
    }
    event |= {"id": text, "subject": text, "time": {"type": "string", "format": "date-time"}, "data": data}
    schema = {
        "type": "object",
        "required": ["specversion", "id", "source", "type", "time", "data"],
        "properties": event,
    }
    signed = [
        {"name": name, "in": "header", "required": True, "schema": text}
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    ]
    return {
        "summary": words,
        "description": "Signed as standardwebhooks.com says, with the secret shown at subscription. Events may come "
        "twice (same id) and out of order (see `time`): ask GET /api/v1/cases/{number} for how it stands now.",
        "parameters": signed,
        "requestBody": {"required": True, "content": {"application/cloudevents+json": {"schema": schema}}},
        "responses": {"2XX": {"description": "Taken."}, "410": {"description": "Wants no more: is switched off."}},
    }
