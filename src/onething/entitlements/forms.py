"""One answer as somebody types it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from onething.engine.policies.model import FactDef
from onething.registry import queries as registry
from onething.registry.models import Region

MOST_PLACES: Final = 12
_DAY = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*")


class NotUnderstood(Exception):
    """An answer that cannot be read; the first argument says to the person how to write it."""


class SeveralPlaces(NotUnderstood):
    """A name that several divisions have; `places` are they."""

    def __init__(self, places: list[Region]) -> None:
        super().__init__(_("Several places are called so. Choose yours."))
        self.places = places


def read_answer(fact: FactDef, typed: str) -> Any:
    """Read what somebody typed or chose, as the plain value that the pack knows. Raises NotUnderstood."""
    text = typed.strip()
    if not text:
        raise NotUnderstood(_("Answer, or leave it open and go on."))
    return _READERS[fact.type](fact, text)


def _day(fact: FactDef, text: str) -> str:
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else date.fromisoformat(text).isoformat()
    except ValueError as wrong:
        raise NotUnderstood(_("Write the day like 1966-10-01.")) from wrong


def _yes_or_no(fact: FactDef, text: str) -> bool:
    if text not in ("yes", "no"):
        raise NotUnderstood(_("Choose yes or no."))
    return text == "yes"


def _number(fact: FactDef, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:  # a million is no age and no grade
        raise NotUnderstood(_("Write a whole number, like 8."))
    return int(text)


def _money(fact: FactDef, text: str) -> int:
    try:
        fen = Decimal(text.replace(",", "").replace("，", "")) * 100
        if fen != fen.to_integral_value() or not 0 <= fen < 10**12:
            raise InvalidOperation
    except InvalidOperation as wrong:
        raise NotUnderstood(_("Write the amount in yuan, like 1860 or 1860.50.")) from wrong
    return int(fen)


def _choice(fact: FactDef, text: str) -> str:
    if text not in {option.value for option in fact.options}:
        raise NotUnderstood(_("Choose one of the answers."))
    return text


def _place(fact: FactDef, text: str) -> str:
    places = registry.places_called(text, most=MOST_PLACES)
    if not places:
        raise NotUnderstood(
            _("We know no place of this name. Write the county as on your ID card, without the province.")
        )
    exact = [place for place in places if place.name == text]
    if len(exact) == 1 or len(places) == 1:
        return (exact or places)[0].code
    raise SeveralPlaces(places)


_READERS: Mapping[str, Callable[[FactDef, str], Any]] = {
    "date": _day,
    "boolean": _yes_or_no,
    "integer": _number,
    "money": _money,
    "choice": _choice,
    "region": _place,
}
