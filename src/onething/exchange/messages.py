"""What a department's message must look like, and how it is read into the words of a reply. Pure."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from onething.exchange.errors import MessageMalformed, MessageTooLarge
from onething.exchange.states import ReplyKind
from onething.kernel.envelopes import Envelope

REPLY_TYPE = "org.onething.reply.v1"
PAPER_TYPE = "org.onething.paper.v1"
LARGEST = 256 * 1024  # bytes of one message, its result document not counted
LARGEST_WITH_FILE = LARGEST + 2 * 1024 * 1024 * 4 // 3 + 4  # the document is at most 2 MB, in base64
PDF = "application/pdf"
_LONGEST_TEXT = 4000
_MOST_NAMES = 200
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyMessage:
    """One reply as a department's system writes it. `file` is the result document (PDF), taken out of `result`."""

    order_id: UUID
    message_id: str
    source: str
    kind: ReplyKind
    round: int | None
    reason: str
    remedy: str
    message: str
    result: Mapping[str, Any] = field(default_factory=dict)
    correction: Mapping[str, list[str]] = field(default_factory=dict)
    file: bytes | None = field(default=None, repr=False)


def read_reply(envelope: Envelope) -> ReplyMessage:
    """Read a reply out of its envelope. Refuses MessageMalformed, naming what is wrong."""
    if envelope.type != REPLY_TYPE:
        raise MessageMalformed(problem=f"type is not {REPLY_TYPE}")
    if len(envelope.id) > 120:
        raise MessageMalformed(problem="id is longer than 120 characters")
    said = envelope.data
    result = _object(said, "result")
    return ReplyMessage(
        order_id=_order(envelope.subject),
        message_id=envelope.id,
        source=envelope.source,
        kind=_kind(said),
        round=_round(said),
        reason=_text(said, "reason"),
        remedy=_text(said, "remedy"),
        message=_text(said, "message"),
        result={name: value for name, value in result.items() if name != "file"},
        correction={name: _names(_object(said, "correction"), name) for name in ("fields", "materials")},
        file=_file(said, result),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsked:
    """Which file of which order a department asks for; `digest` is its SHA-256 in hex, as the order named it."""

    order_id: UUID
    digest: str


def read_paper_asked(envelope: Envelope) -> PaperAsked:
    """Read which file a department asks for. Refuses MessageMalformed."""
    if envelope.type != PAPER_TYPE:
        raise MessageMalformed(problem=f"type is not {PAPER_TYPE}")
    digest = envelope.data.get("digest")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise MessageMalformed(problem="data.digest is not a SHA-256 in 64 hex digits")
    return PaperAsked(order_id=_order(envelope.subject), digest=digest)


def require_size(body: bytes, message: ReplyMessage) -> None:
    """Refuse (MessageTooLarge) a message that is too large without its result document."""
    if len(body) - (len(message.file or b"") + 2) // 3 * 4 > LARGEST:
        raise MessageTooLarge(limit=LARGEST)


def _order(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as broken:
        raise MessageMalformed(problem="subject is not the id of an order") from broken


def _kind(said: Mapping[str, Any]) -> ReplyKind:
    try:
        return ReplyKind(str(said.get("kind")))
    except ValueError as broken:
        raise MessageMalformed(problem=f"data.kind is none of {', '.join(ReplyKind)}") from broken


def _round(said: Mapping[str, Any]) -> int | None:
    number = said.get("round")
    if number is None or (type(number) is int and 1 <= number <= 1000):
        return number
    raise MessageMalformed(problem="data.round is not a number from 1 on")


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name, "")
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise MessageMalformed(problem=f"data.{name} is not a text of at most {_LONGEST_TEXT} characters")
    return value


def _object(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = said.get(name) or {}
    if not isinstance(value, dict):
        raise MessageMalformed(problem=f"data.{name} is not a JSON object")
    return value


def _file(said: Mapping[str, Any], result: Mapping[str, Any]) -> bytes | None:
    """Take the result document out of {"type": "application/pdf", "content": base64}, if there is one."""
    given = result.get("file")
    if given is None:
        return None
    if not isinstance(given, dict) or given.get("type") != PDF or not isinstance(given.get("content"), str):
        raise MessageMalformed(problem=f"data.result.file is not an object with type {PDF} and content in base64")
    if said.get("kind") != ReplyKind.APPROVED:
        raise MessageMalformed(problem="data.result.file comes with approved only")
    try:
        return base64.b64decode(given["content"], validate=True)
    except ValueError as broken:
        raise MessageMalformed(problem="data.result.file.content is not base64") from broken


def _names(correction: Mapping[str, Any], name: str) -> list[str]:
    value = correction.get(name) or []
    if not isinstance(value, list) or len(value) > _MOST_NAMES or not all(isinstance(item, str) for item in value):
        raise MessageMalformed(problem=f"data.correction.{name} is not a list of names")
    return value
