"""Which of the two languages of the house somebody reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]


LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables of a terminal's locale, the strongest first. Source: POSIX.1-2017, 8.2."""


def language(environ: Mapping[str, str]) -> Language:
    """Tell the language of a terminal: ONETHING_LANG decides, else its locale; whatever is not English is Chinese."""
    asked = next((environ[name] for name in ("ONETHING_LANG", *LOCALE) if environ.get(name)), "")
    return "en" if asked.lower().startswith("en") else "zh"
