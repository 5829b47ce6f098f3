"""Sentences that clerks write again and again, ready to choose; the person reads them in the language of the case."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ANSWERS: Mapping[str, Promise | str] = {
    "seen": _("We have seen your message and are looking into it. You hear from us within one working day."),
    "no_need": _("You need not come. Everything goes on by itself; a message comes when it is done."),
    "bring": _("Please bring the original when you come to the window; a photo is enough until then."),
    "waits_for_army": _("We are waiting for the army. We chase it; there is nothing for you to do."),
    "call": _("We will ring you today. If you cannot answer, ring the window back."),
    "thanks": _("Thank you, it is here. Nothing else is missing."),
}


def spoken(code: str, more: str, language: str) -> str:
    """Put a chosen sentence and free words together, in the language of the case's letters."""
    with translation.override("en" if language == "en" else "zh-hans"):
        chosen = str(ANSWERS[code]) if code in ANSWERS else ""
    return "\n".join(part for part in (chosen, more.strip()) if part)
