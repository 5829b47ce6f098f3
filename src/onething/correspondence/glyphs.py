"""Which characters our font can draw. An archive file must not hold a box in place of a character, so what cannot be
drawn (an emoji in a department's reason) is written as its code point, and the paper is still issued.

The font's table of characters is read as the OpenType specification describes it ("cmap", format 12).
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

import manimgx_fonts_cjk

FONT = Path(manimgx_fonts_cjk.__file__).parent / "NotoSansCJK-VF.otf.ttc"
_PLAIN_SPACE = {"\n", " ", "\u3000", "\u00a0"}


def drawable(text: str) -> str:
    """Write a text so that every character can be drawn: 〔U+1F600〕 stands for one that cannot."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if _is_drawn(character) else _named(character) for character in text)


def _is_drawn(character: str) -> bool:
    return character in _PLAIN_SPACE or ord(character) in characters() or _is_variation(character)


def _is_variation(character: str) -> bool:
    """A variation selector chooses a form of the character before it, and is itself never drawn."""
    return 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF


def _named(character: str) -> str:
    if character == "\t":
        return " "
    return "" if unicodedata.category(character) in ("Cc", "Cf") else f"〔U+{ord(character):04X}〕"


@cache
def characters() -> frozenset[int]:
    """Read the code points that every face of the font collection holds."""
    content = FONT.read_bytes()
    (count,) = struct.unpack_from(">I", content, 8)
    faces = [_characters_of(content, start) for start in struct.unpack_from(f">{count}I", content, 12)]
    return frozenset.intersection(*faces)


def _characters_of(content: bytes, face: int) -> frozenset[int]:
    (tables,) = struct.unpack_from(">H", content, face + 4)
    records = (struct.unpack_from(">4sIII", content, face + 12 + 16 * i) for i in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", content, cmap + 2)
    found = (struct.unpack_from(">HHI", content, cmap + 4 + 8 * i) for i in range(subtables))
    full = next(cmap + offset for _, _, offset in found if struct.unpack_from(">H", content, cmap + offset) == (12,))
    (groups,) = struct.unpack_from(">I", content, full + 12)
    spans = (struct.unpack_from(">III", content, full + 16 + 12 * i) for i in range(groups))
    return frozenset(point for first, last, glyph in spans if glyph for point in range(first, last + 1))
