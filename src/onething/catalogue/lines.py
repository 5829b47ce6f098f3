"""Texts in the terminal that break as Chinese does: between any two characters, never before a mark that closes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.text import Text

_PIECE = re.compile(r"(?:[A-Za-z0-9_.:/+−→%'’-]+|.)\s*")
_CLOSING = frozenset("，。、；：？！）》」』”…·,;?!)]}×")
_OPENING = frozenset("（《「『“([{")


class Sentence(Text):
    """
    A text whose lines break between Chinese characters too.

    Rich breaks only at blanks, so that one number in a Chinese sentence sends all that follows to the next line.
    Source: GB/T 15834-2011, 5.1.
    """

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        """Break into lines of at most `width` columns, keeping the breaks it has."""
        lines = Lines()
        for line in self.split(allow_blank=True):
            parts = line.divide(breaks(line.plain, max(width, 2)))
            for part in parts:
                part.rstrip()
            lines.extend(parts)
        return lines


def breaks(text: str, width: int) -> list[int]:
    """Give the places before which a line of at most `width` columns begins."""
    found, line, place = [], "", 0
    for piece in _pieces(text):
        for part in _fitting(piece, width):
            if line and cell_len(line + part.rstrip()) > width:
                found.append(place)
                line = ""
            line += part
            place += len(part)
    return found


def _fitting(piece: str, width: int) -> Iterator[str]:
    """What must stay together, unless it is longer than a line."""
    while cell_len(piece.rstrip()) > width:
        end = next(n for n in range(len(piece), 0, -1) if n == 1 or cell_len(piece[:n]) <= width)
        yield piece[:end]
        piece = piece[end:]
    yield piece


def _pieces(text: str) -> Iterator[str]:
    """The parts that stay together: words and numbers, a mark with the character that it belongs to."""
    held = ""
    for piece in _PIECE.findall(text):
        if held and not (piece[0] in _CLOSING or held[-1] in _OPENING):
            yield held
            held = ""
        held += piece
    yield held
