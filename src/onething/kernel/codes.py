"""Codes that carry their own proof: ID numbers (GB 11643), credit codes (GB 32100), region codes (12 digits).

None of the refusals here repeats the number: what is refused is often a true number with a slip of the finger.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from onething.kernel.errors import Invalid

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK_DIGITS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUES = {character: value for value, character in enumerate(_USCC_ALPHABET)}
_FIRST_BIRTH_YEAR = 1800


class IdNumberLengthWrong(Invalid):
    """An ID number has 18 characters (older ones 15); this one has {length}."""

    remedy = "Copy the number from the ID card again, without leaving out or doubling a digit."


class IdNumberCharacterWrong(Invalid):
    """An ID number is made of digits; only the last place may be an X."""

    remedy = "Copy the number from the ID card again; look for letters that resemble digits, such as O and 0."


class IdNumberDateImpossible(Invalid):
    """Places 7 to 14 of an ID number are the date of birth; here they are no possible date."""

    remedy = "Compare places 7 to 14 with the date of birth on the ID card."


class CheckDigitWrong(Invalid):
    """The last place does not fit the first {length}: at least one character is wrong."""

    remedy = "Compare every character with the document and correct the one that differs."


class CreditCodeLengthWrong(Invalid):
    """A unified social credit code has 18 characters; this one has {length}."""

    remedy = "Copy the code from the organisation's certificate again."


class CreditCodeCharacterWrong(Invalid):
    """A unified social credit code holds digits and capital letters without I, O, Z, S and V."""

    remedy = "Compare with the certificate: I is mostly a 1, O a 0, Z a 2, S a 5 and V a U."


class RegionCodeWrong(Invalid):
    """A region code has 12 digits: province, city, county, township and village, the rest zeros."""

    remedy = "Choose the region from the list instead of typing its code."


class Sex(StrEnum):
    """Sex as the ID number carries it."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True, repr=False)
class IdNumber:
    """
    A checked ID number in its form of 18 places. Made by `read_id_number`, printed only masked.

    The region is where the number was first given out; it may long be abolished and is checked against no list.
    """

    value: str

    def __repr__(self) -> str:
        return f"IdNumber({self.masked})"

    @property
    def region(self) -> str:
        """Give the county that first issued the number, as a 12-digit region code."""
        return self.value[:6] + "000000"

    @property
    def birth_date(self) -> date:
        """Give the date of birth in places 7 to 14."""
        return date(int(self.value[6:10]), int(self.value[10:12]), int(self.value[12:14]))

    @property
    def sex(self) -> Sex:
        """Give the sex: place 17 is odd for men."""
        return Sex.MALE if int(self.value[16]) % 2 else Sex.FEMALE

    @property
    def masked(self) -> str:
        """Write the number for screens and slips: three places, stars, two places."""
        return f"{self.value[:3]}{'*' * 13}{self.value[-2:]}"


def read_id_number(text: str, *, on: date | None = None) -> IdNumber:
    """
    Read an ID number of 18 or 15 places as one of 18.

    Takes spaces, a small x and full-width digits. With `on` a birth after that day is refused as well.
    Refuses IdNumberLengthWrong, IdNumberCharacterWrong, IdNumberDateImpossible, CheckDigitWrong. Source: GB 11643-1999.
    """
    plain = _typed(text)
    if len(plain) not in (15, 18):
        raise IdNumberLengthWrong(length=len(plain))
    body = plain[:17] if len(plain) == 18 else f"{plain[:6]}19{plain[6:]}"
    if not (_is_digits(body) and (_is_digits(plain[-1]) or plain[17:] == "X")):
        raise IdNumberCharacterWrong
    _require_birth_date(body[6:14], on)
    if len(plain) == 18 and plain[-1] != id_check_digit(body):
        raise CheckDigitWrong(length=17)
    return IdNumber(body + id_check_digit(body))


def id_check_digit(body: str) -> str:
    """Compute place 18 from the first 17 digits. Source: GB 11643-1999, ISO 7064 MOD 11-2."""
    return _ID_CHECK_DIGITS[sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, body, strict=True)) % 11]


def _require_birth_date(digits: str, on: date | None) -> None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise IdNumberDateImpossible from None
    if born.year < _FIRST_BIRTH_YEAR or (on is not None and born > on):
        raise IdNumberDateImpossible


def read_credit_code(text: str) -> str:
    """
    Read a unified social credit code in capitals.

    Refuses CreditCodeLengthWrong, CreditCodeCharacterWrong, CheckDigitWrong. Source: GB 32100-2015.
    """
    plain = _typed(text)
    if len(plain) != 18:
        raise CreditCodeLengthWrong(length=len(plain))
    if any(character not in _USCC_VALUES for character in plain) or not _is_digits(plain[2:8]):
        raise CreditCodeCharacterWrong
    if plain[-1] != credit_check_character(plain[:17]):
        raise CheckDigitWrong(length=17)
    return plain


def credit_check_character(body: str) -> str:
    """Compute place 18 from the first 17 characters. Source: GB 32100-2015, weights 3^(i-1) mod 31."""
    total = sum(_USCC_VALUES[character] * pow(3, place, 31) for place, character in enumerate(body))
    return _USCC_ALPHABET[-total % 31]


class RegionLevel(IntEnum):
    """How deep a division lies; its value is the number of digits that name it."""

    NATION = 0
    PROVINCE = 2
    CITY = 4
    COUNTY = 6
    TOWNSHIP = 9
    VILLAGE = 12


NATION = "0" * 12
_LEVELS = tuple(RegionLevel)


def read_region(text: str) -> str:
    """Read a 12-digit region code; six digits (a county as on ID cards) are filled up. Refuses RegionCodeWrong."""
    plain = _typed(text)
    code = plain + "000000" if len(plain) == 6 else plain
    region_level(code)
    return code


def region_level(code: str) -> RegionLevel:
    """
    Tell the level of a region from its zeros. Refuses RegionCodeWrong.

    A city without counties (Dongguan, 441900) has townships with the county's place empty: that is no error.
    """
    if len(code) != 12 or not _is_digits(code) or (code[:2] == "00" and code != NATION):
        raise RegionCodeWrong
    return next(level for level in _LEVELS if not code[level:].strip("0"))


def region_parent(code: str) -> str | None:
    """Give the next larger region that has a name of its own; the nation has none."""
    level = region_level(code)
    if level is RegionLevel.NATION:
        return None
    above = _LEVELS[_LEVELS.index(level) - 1]
    return code[:above].ljust(12, "0")


def is_within(code: str, region: str) -> bool:
    """Tell whether a region is, or lies in, another one."""
    region_level(code)
    return code.startswith(region[: region_level(region)])


def _typed(text: str) -> str:
    """Forgive how it was typed: spaces, full-width characters, small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
