"""Money as whole fen (1/100 yuan): never a float, never a rounding that nobody asked for."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

from onething.kernel.errors import Invalid

Fen: TypeAlias = int
"""An amount in fen, 1/100 yuan; it may be negative (a recovery)."""

_AMOUNT = re.compile(r"(?P<sign>-?)[¥¥]?(?P<yuan>\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(?P<fen>\d*))?元?", re.ASCII)


class AmountUnreadable(Invalid):
    """This is not an amount of money."""

    remedy = "Write yuan in digits, for example 1234.56 or 1,234.56."


class AmountTooFine(Invalid):
    """The amount has {places} decimal places; money ends at the fen."""

    remedy = "Give at most two decimal places."


def format_yuan(amount: Fen) -> str:
    """Write an amount of fen as yuan with thousands, e.g. 123456 as "1,234.56"."""
    yuan, fen = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{yuan:,}.{fen:02d}"


def parse_yuan(text: str) -> Fen:
    """
    Read an amount written in yuan as fen.

    Takes "1234.5", "1,234.56", "-3", "¥ 12", "12元" and full-width digits. Refuses AmountUnreadable, AmountTooFine.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise AmountUnreadable
    fraction = found["fen"] or ""
    if len(fraction) > 2:
        raise AmountTooFine(places=len(fraction))
    amount = int(found["yuan"].replace(",", "")) * 100 + int(fraction.ljust(2, "0"))
    return -amount if found["sign"] else amount
