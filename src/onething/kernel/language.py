"""Which of the two languages of the house somebody reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]


def language(environ: Mapping[str, str]) -> Language:
    """Tell the language of a terminal: ONETHING_LANG decides, else a LANG beginning with "en"; otherwise Chinese."""
    asked = environ.get("ONETHING_LANG") or environ.get("LANG", "")
    return "en" if asked.lower().startswith("en") else "zh"
