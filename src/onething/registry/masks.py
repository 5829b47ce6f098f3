"""What lists and slips show of a personal datum: enough to recognise one's own, too little to use."""

from __future__ import annotations

from collections.abc import Callable

Mask = Callable[[str], str]


def name(text: str) -> str:
    """Mask a name: the first character and, from three on, the last one (贺*平, 贺*)."""
    plain = text.strip()
    if len(plain) < 3:
        return plain[:1] + "*" * bool(plain)
    return f"{plain[0]}{'*' * min(len(plain) - 2, 2)}{plain[-1]}"


def id_number(text: str) -> str:
    """Mask an ID number: two places, eight stars, four places (99********0014)."""
    return f"{text[:2]}{'*' * 8}{text[-4:]}"


def phone(text: str) -> str:
    """Mask a mobile number: three places, four stars, four places (138****0014)."""
    return f"{text[:3]}****{text[-4:]}" if text else ""


def number(text: str) -> str:
    """Mask a card's or a document's number: stars and the last four places, of a short one the last two."""
    return f"****{text[-4:]}" if len(text) > 8 else f"****{text[-2:]}"


def address(text: str) -> str:
    """Mask an address: the first six characters (云川省清和市****)."""
    return f"{text[:6]}****"
