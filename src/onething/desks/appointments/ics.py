"""One appointment as a calendar file (iCalendar, RFC 5545). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

WIDTH = 75
"""Octets of a line before it is folded. Source: RFC 5545, 3.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a calendar is told. The same `uid` with a higher `sequence` takes the place of what it knew."""

    uid: str
    sequence: int
    stamp: datetime
    begins: datetime
    ends: datetime
    summary: str
    place: str
    description: str
    address: str
    status: Literal["CONFIRMED", "CANCELLED"] = "CONFIRMED"


def written(entry: Entry) -> bytes:
    """Write the file: times in UTC, lines folded and ended as the standard says, one reminder a day before."""
    return b"".join(_folded(line) for line in _lines(entry))


def _lines(entry: Entry) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//One Thing//Appointments//ZH", "METHOD:PUBLISH")
    yield from ("BEGIN:VEVENT", f"UID:{_text(entry.uid)}", f"SEQUENCE:{entry.sequence}")
    yield from (f"DTSTAMP:{_utc(entry.stamp)}", f"DTSTART:{_utc(entry.begins)}", f"DTEND:{_utc(entry.ends)}")
    yield from (f"SUMMARY:{_text(entry.summary)}", f"LOCATION:{_text(entry.place)}")
    yield from (f"DESCRIPTION:{_text(entry.description)}", f"URL:{entry.address}", f"STATUS:{entry.status}")
    if entry.status == "CONFIRMED":
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D", f"DESCRIPTION:{_text(entry.summary)}")
        yield "END:VALARM"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Escape a text value. Source: RFC 5545, 3.3.11."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Fold a line: no piece is longer than 75 octets, and no character is torn apart."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > WIDTH:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
