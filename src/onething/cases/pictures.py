"""
Photographs as they come from a phone: what is in them besides the picture is dropped, which way is up is kept. Pure.

Only the file's segments are read, never its pixels: nothing is lost, and a picture that would unpack to gigabytes
costs nothing. Source: JPEG (ITU-T T.81 B.1), Exif 2.32 (orientation), PNG (W3C, chunks).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from onething.cases.errors import PictureBroken, PictureTooManyDots

JPEG, PNG = "image/jpeg", "image/png"
MOST_DOTS = 64_000_000
"""Dots of a picture; phones take fifty million at most in a file that we take."""

UPRIGHT = 1
TURNED = {1: 6, 6: 3, 3: 8, 8: 1, 2: 7, 7: 4, 4: 5, 5: 2}
"""Which way is up after a quarter turn to the right, by Exif's number of which way it was."""

_EXIF = b"Exif\0\0"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END, _ADOBE, _JFIF, _APP1 = 0xDA, 0xD9, 0xEE, 0xE0, 0xE1
_DROPPED = frozenset({*range(0xE1, 0xF0), 0xFE}) - {_ADOBE}
_NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"IDAT", b"IEND")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a JPEG: its marker, and everything from there to the next one."""

    marker: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Shape:
    """Dots as they are stored, and Exif's number of which way is up."""

    width: int
    height: int
    up: int = UPRIGHT

    @property
    def seen(self) -> tuple[int, int]:
        """Width and height as somebody sees it."""
        return (self.height, self.width) if self.up >= 5 else (self.width, self.height)


def cleaned(content: bytes, kind: str) -> bytes:
    """
    Drop place, time, phone and whatever else a picture carries; which way is up stays.

    Other kinds come back as they are. Refuses PictureBroken, PictureTooManyDots.
    """
    if kind == JPEG:
        shape = _require(shape_of(content, kind))
        return _joined(_kept(content), shape.up)
    if kind == PNG:
        _require(shape_of(content, kind))
        return _PNG_HEAD + b"".join(raw for name, raw in _chunks(content) if name in _PNG_KEPT)
    return content


def turned(content: bytes) -> bytes:
    """Turn a cleaned JPEG a quarter to the right, without touching a dot. Refuses PictureBroken."""
    up = TURNED[shape_of(content, JPEG).up]
    return _joined(_kept(content), up)


def without_note(content: bytes) -> bytes:
    """Give a JPEG as it is stored, with no word about which way is up."""
    return _joined(_kept(content), UPRIGHT)


def shape_of(content: bytes, kind: str) -> Shape:
    """Read how large a picture is and which way is up. Refuses PictureBroken."""
    try:
        return _jpeg_shape(content) if kind == JPEG else _png_shape(content)
    except (struct.error, IndexError) as broken:
        raise PictureBroken from broken


def _require(shape: Shape) -> Shape:
    if shape.width * shape.height > MOST_DOTS:
        raise PictureTooManyDots(limit=MOST_DOTS // 1_000_000)
    return shape


def _jpeg_shape(content: bytes) -> Shape:
    parts = list(_segments(content))
    frame = next((part.content for part in parts if part.marker in _FRAMES), b"")
    height, width = struct.unpack(">HH", frame[5:9])
    if not width or not height or not any(part.marker == _SCAN for part in parts):
        raise PictureBroken
    exif = next((part.content[10:] for part in parts if part.marker == _APP1 and part.content[4:10] == _EXIF), b"")
    return Shape(width, height, _up(exif))


def _png_shape(content: bytes) -> Shape:
    chunks = dict(_chunks(content))
    if b"IHDR" not in chunks or b"IDAT" not in chunks:
        raise PictureBroken
    width, height = struct.unpack(">II", chunks[b"IHDR"][8:16])
    if not width or not height:
        raise PictureBroken
    return Shape(width, height)


def _segments(content: bytes) -> Iterator[Segment]:
    """Go from marker to marker; what stands behind the end, such as a film or a second picture, is not there."""
    at = 2 if content[:2] == b"\xff\xd8" else len(content)
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise PictureBroken
        marker = content[at + 1]
        if marker == _END:
            return
        if marker == 0xFF:  # fill bytes may stand before a marker
            at += 1
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN:
            behind = _NEXT.search(content, end)
            end = behind.start() if behind else len(content)
        yield Segment(marker, content[at:end])
        at = end


def _kept(content: bytes) -> list[Segment]:
    """Read what a JPEG needs to be seen, and nothing that the phone wrote beside it."""
    return [part for part in _segments(content) if part.marker not in _DROPPED]


def _joined(parts: list[Segment], up: int) -> bytes:
    kept = [part.content for part in parts]
    if up != UPRIGHT:
        first_is_jfif = bool(parts) and parts[0].marker == _JFIF  # JFIF says it must come first
        kept.insert(1 if first_is_jfif else 0, _orientation(up))
    return b"\xff\xd8" + b"".join(kept) + b"\xff\xd9"


def _orientation(up: int) -> bytes:
    """Write the smallest Exif segment: one entry, which way is up."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, up, 0)
    tiff = b"MM\0\x2a" + struct.pack(">I", 8) + struct.pack(">H", 1) + entry + struct.pack(">I", 0)
    return struct.pack(">BBH", 0xFF, _APP1, 2 + len(_EXIF) + len(tiff)) + _EXIF + tiff


def _up(exif: bytes) -> int:
    """Find which way is up in the first directory of an Exif segment; upright if it does not say so readably."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return UPRIGHT
    (start,) = struct.unpack(order + "I", exif[4:8])
    (count,) = struct.unpack(order + "H", exif[start : start + 2].ljust(2, b"\0"))
    for number in range(count):
        entry = exif[start + 2 + 12 * number :][:12]
        if len(entry) == 12 and struct.unpack(order + "HH", entry[:4]) == (0x0112, 3):
            (up,) = struct.unpack(order + "H", entry[8:10])
            return up if up in TURNED else UPRIGHT
    return UPRIGHT


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG_HEAD)
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        if at + 12 + length > len(content):
            raise PictureBroken
        yield content[at + 4 : at + 8], content[at : at + 12 + length]
        at += 12 + length
