"""Messages between systems: CloudEvents 1.0 in JSON structured mode, written and read strictly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onething.kernel.errors import Invalid

MEDIA_TYPE = "application/cloudevents+json"
BATCH_MEDIA_TYPE = "application/cloudevents-batch+json"
_LONGEST = 300  # characters in id, source, type, subject
_DEEPEST = 24


class EnvelopeMalformed(Invalid):
    """This is not a CloudEvent 1.0 in JSON: {problem}."""

    remedy = "Send one JSON object with specversion, id, source, type, time and data."


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One event: who says what kind of thing about what, when; and the thing itself."""

    id: str
    source: str
    type: str
    time: datetime
    subject: str
    data: Mapping[str, Any]

    def to_bytes(self) -> bytes:
        """Write the event; the same event gives the same bytes."""
        values = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "subject": self.subject,
            "time": self.time.isoformat().replace("+00:00", "Z"),
            "datacontenttype": "application/json",
            "data": dict(self.data),
        }
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def read_envelope(body: bytes) -> Envelope:
    """
    Read an event; attributes and extensions it does not know are left aside.

    Refuses EnvelopeMalformed. The size of `body` is bounded by who reads it from the network.
    """
    values = _object(body)
    if values.get("specversion") != "1.0":
        raise EnvelopeMalformed(problem="specversion is not 1.0")
    data = values.get("data")
    if not isinstance(data, dict):
        raise EnvelopeMalformed(problem="data is not a JSON object")
    return Envelope(
        id=_text(values, "id"),
        source=_text(values, "source"),
        type=_text(values, "type"),
        subject=_text(values, "subject"),
        time=_time(values),
        data=data,
    )


def _object(body: bytes) -> dict[str, Any]:
    values = _json(body)
    if not isinstance(values, dict):
        raise EnvelopeMalformed(problem="the body is not a JSON object")
    return values


def _json(body: bytes) -> Any:
    try:
        values = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as broken:
        raise EnvelopeMalformed(problem="the body is not JSON") from broken
    _require_plain(values, _DEEPEST)
    return values


def _no_number(name: str) -> None:
    raise ValueError(name)


def _require_plain(value: Any, room: int) -> None:
    """Refuse what JSON allows and no database keeps: towers of brackets, halves of characters."""
    if room == 0:
        raise EnvelopeMalformed(problem=f"it is nested more than {_DEEPEST} deep")
    if isinstance(value, str):
        _require_characters(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _require_characters(name)
            _require_plain(inner, room - 1)
    elif isinstance(value, list):
        for inner in value:
            _require_plain(inner, room - 1)


def _require_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as broken:
        raise EnvelopeMalformed(problem="a text holds half a character (a lone surrogate)") from broken


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST or "\x00" in value:
        raise EnvelopeMalformed(problem=f"{name} is missing, too long or not a text")
    return value


def _time(values: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(values, "time"))
    except ValueError as broken:
        raise EnvelopeMalformed(problem="time is not a moment as in RFC 3339") from broken
    if moment.tzinfo is None:
        raise EnvelopeMalformed(problem="time has no zone")
    return moment


def to_batch(envelopes: Iterable[Envelope]) -> bytes:
    """Write several events as one message, in JSON batch mode."""
    return b"[" + b",".join(envelope.to_bytes() for envelope in envelopes) + b"]"


def read_batch(body: bytes, *, most: int) -> list[bytes]:
    """
    Take a batch apart into its events, each to be read by itself: one that is wrong does not spoil the others.

    Refuses EnvelopeMalformed for what is no list, or one of more than `most` events.
    """
    values = _json(body)
    if not isinstance(values, list) or len(values) > most:
        raise EnvelopeMalformed(problem=f"the body is not a list of at most {most} events")
    return [json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() for value in values]
