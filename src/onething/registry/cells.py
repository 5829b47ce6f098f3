"""What one cell of a roster, or one box of a form, can hold: text in, a plain value out, or a refusal without it.

A reader gives what is kept: texts trimmed and in one form of Unicode, days as ISO text (`1987-03-15`; where a month is
enough `1987-03`), numbers as int.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from onething.kernel import codes
from onething.registry.errors import (
    BankCardWrong,
    CharacterLost,
    ChoiceUnknown,
    DayIncomplete,
    DayUnreadable,
    FigureOutOfRange,
    FormulaInCell,
    NameImpossible,
    PhoneWrong,
    TextTooLong,
)

Reader = Callable[[str], Any]

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_FIRST_YEAR, _LAST_YEAR = 1850, 2199
_MOBILE = re.compile(r"1\d{10}")
_DOTS = dict.fromkeys(map(ord, "•‧∙⋅・･．｡●"), "·")
_PLAIN_NAME = re.compile("[一-鿿]{2,4}")
_LOST = re.compile("[?？□�]")
_FORMULA = re.compile(r"^[=+@]|^-(?!\d*\.?\d*$)")
_EXCEL_ZERO = date(1899, 12, 30)


def plain(text: str) -> str:
    """Trim a text, and bring characters that look alike into one form. Refuses FormulaInCell, CharacterLost."""
    trimmed = " ".join(text.split())
    if _FORMULA.match(trimmed) and not _MOBILE.fullmatch(trimmed.removeprefix("+86")):
        raise FormulaInCell
    if any(_is_no_character(c) for c in trimmed):
        raise CharacterLost
    return unicodedata.normalize("NFC", trimmed)


def _is_no_character(character: str) -> bool:
    """Control characters, private use (a rare character of some other machine), halves and the replacement sign."""
    if character.isascii():
        return character < " " or character == "\x7f"
    return character == "\ufffd" or (
        unicodedata.category(character) in ("Cc", "Co", "Cs", "Cn") and not _is_rare_han(character)
    )


def _is_rare_han(character: str) -> bool:
    """Tell whether this is a place for Chinese characters that this Python may be too old to know."""
    return 0x20000 <= ord(character) <= 0x3FFFD


def full_name(text: str) -> str:
    """
    Read a name: rare characters stay as they are, every kind of middle dot becomes ·.

    Refuses CharacterLost, NameImpossible, FormulaInCell.
    """
    if _PLAIN_NAME.fullmatch(text):  # a million times
        return text
    name = plain(text).translate(_DOTS)
    if _LOST.search(name):
        raise CharacterLost
    if len(name) > 50 or not any(c.isalpha() for c in name) or any(not _is_of_a_name(c) for c in name):
        raise NameImpossible
    return name if name.isascii() else name.replace(" ", "")


def _is_of_a_name(character: str) -> bool:
    if character.isalpha() or character in " ·-'." or _is_rare_han(character):
        return True
    return unicodedata.category(character) in ("Mn", "Mc")


def id_number(text: str) -> str:
    """Read an ID number of 18 or 15 places as one of 18. Refuses what `codes.read_id_number` refuses."""
    return codes.read_id_number(text).value


def phone(text: str) -> str:
    """Read a mobile number. Refuses PhoneWrong."""
    if len(text) == 11 and text.isascii() and text.isdigit() and text[0] == "1":
        return text
    number = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).removeprefix("+86").removesuffix(".0")
    if not _MOBILE.fullmatch(number):
        raise PhoneWrong
    return number


def day(text: str) -> str:
    """Read a day in one of the usual ways of writing as ISO text. Refuses DayUnreadable, DayIncomplete."""
    read = day_or_month(text)
    if len(read) == 7:
        raise DayIncomplete
    return read


def day_or_month(text: str) -> str:
    """
    Read a day, or a month where the archive names no more: 1987.3 is 1987-03.

    Takes 1987-03-15, 1987/3/15, 1987.3.15, 1987年3月15日, 19870315, 198703, and the day numbers of Excel.
    Refuses DayUnreadable.
    """
    if len(text) == 10 and text[4] == text[7] == "-":
        return _iso(text[:4], text[5:7], text[8:])
    trimmed = unicodedata.normalize("NFKC", text).strip().removesuffix(" 00:00:00")
    if trimmed.isdigit() and len(trimmed) == 5 and 10_000 < int(trimmed) < 80_000:
        return (_EXCEL_ZERO + timedelta(days=int(trimmed))).isoformat()
    found = _DAY.fullmatch(trimmed) or _COMPACT.fullmatch(trimmed)
    if found is None:
        raise DayUnreadable
    return _iso(*found.groups())


def _iso(year: str, month: str, day_of_month: str | None) -> str:
    try:
        read = date(int(year), int(month), int(day_of_month or 1))
    except ValueError:
        raise DayUnreadable from None
    if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
        raise DayUnreadable
    return read.isoformat() if day_of_month else read.isoformat()[:7]


def bank_card(text: str) -> str:
    """Read a bank card's number: 12 to 19 digits whose last one fits (Luhn). Refuses BankCardWrong."""
    number = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))
    if not (number.isascii() and number.isdigit() and 12 <= len(number) <= 19 and _luhn(number) % 10 == 0):
        raise BankCardWrong
    return number


def _luhn(number: str) -> int:
    """Sum up as ISO/IEC 7812-1 says: every second digit from the right counts double, its digits added."""
    return sum(sum(divmod(int(c) * (1 + i % 2), 10)) for i, c in enumerate(reversed(number)))


def text(longest: int) -> Reader:
    """Make a reader of texts. It refuses TextTooLong, FormulaInCell, CharacterLost."""

    def read(given: str) -> str:
        trimmed = plain(given)
        if len(trimmed) > longest:
            raise TextTooLong(longest=longest)
        return trimmed

    return read


def integer(least: int, most: int) -> Reader:
    """Make a reader of whole numbers, also 一 to 十, with or without 级. It refuses FigureOutOfRange."""

    def read(given: str) -> int:
        trimmed = unicodedata.normalize("NFKC", given).strip().removesuffix("级").removesuffix(".0")
        number = "一二三四五六七八九十".find(trimmed) + 1 if len(trimmed) == 1 else 0
        if not number and trimmed.isascii() and trimmed.isdigit():
            number = int(trimmed)
        if not (least <= number <= most and trimmed):
            raise FigureOutOfRange(least=least, most=most)
        return number

    return read


def choice(*words: str) -> Reader:
    """Make a reader of one of some words. It refuses ChoiceUnknown."""

    def read(given: str) -> str:
        trimmed = plain(given)
        if trimmed not in words:
            raise ChoiceUnknown(words="、".join(words))
        return trimmed

    return read
