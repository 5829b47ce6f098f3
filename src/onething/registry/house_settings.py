"""What a province chooses for the whole installation: each setting with its kind and bounds. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from onething.registry.errors import SettingOutOfBounds, SettingTooLong, SettingUnknown
from onething.registry.retention import RULES

Value = str | int


@dataclass(frozen=True, slots=True)
class Words:
    """A text that everybody reads; "" shows nothing."""

    longest: int
    default: str = ""

    def read(self, name: str, given: Any) -> str:
        """Read what was typed. Refuses SettingTooLong."""
        text = " ".join(str(given).split())
        if len(text) > self.longest:
            raise SettingTooLong(name=name, most=self.longest)
        return text


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days between two bounds, both inclusive."""

    least: int
    most: int
    default: int

    def read(self, name: str, given: Any) -> int:
        """Read what was typed. Refuses SettingOutOfBounds."""
        text = str(given).strip()
        if not (text.isascii() and text.isdigit() and len(text) < 6 and self.least <= int(text) <= self.most):
            raise SettingOutOfBounds(name=name, least=self.least, most=self.most)
        return int(text)


REMIND_BEFORE: Final = "remind_before"
KEEP: Final = "keep_"
SETTINGS: Final[Mapping[str, Words | Days]] = {
    "name_zh": Words(40),
    "name_en": Words(80),
    "phone": Words(40),
    "hours_zh": Words(80),
    "hours_en": Words(120),
    "note_zh": Words(300),
    "note_en": Words(600),
    REMIND_BEFORE: Days(1, 14, 3),
    **{f"{KEEP}{rule.name}": Days(rule.least, rule.most, rule.days) for rule in RULES if rule.least < rule.most},
}


def read(given: Mapping[str, Any]) -> dict[str, Value]:
    """Read settings as they were typed. Refuses SettingUnknown, SettingTooLong, SettingOutOfBounds."""
    for name in given:
        if name not in SETTINGS:
            raise SettingUnknown(name=name)
    return {name: SETTINGS[name].read(name, value) for name, value in given.items()}


def defaults() -> dict[str, Value]:
    """Give every setting as it is where nobody chose."""
    return {name: one.default for name, one in SETTINGS.items()}
