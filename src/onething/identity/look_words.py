"""How a look is told to the person: in which way, and what for. A purpose carries a finer one behind a colon."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onething.registry import words as registry_words

WAYS = {
    "page": _("on a page"),
    "list": _("in a list"),
    "api": _("by a program"),
    "file": _("as a file"),
    "export": _("in an export"),
    "search": _("in a search"),
    "command": _("on the server"),
}
PURPOSES = {
    "work_list": _("to see what is to be done"),
    "case": _("to follow your case"),
    "case_search": _("to find your case"),
    "case_person": _("to ring you about your case"),
    "order": _("to work on a matter of yours"),
    "trail": _("to see where a matter of yours is stuck"),
    "document": _("to open a document of yours"),
    "letter": _("to read a letter to you"),
    "rating": _("to ring you up about your rating"),
    "errand": _("to file in your name"),
    "consent": _("in your session at a portal that you let in"),
    "entitlements": _("to see what is due to you"),
    "operator": _("to find a fault"),
    "survey": _("to do what you asked for in a survey"),
    "appointments": _("to receive you at the hall"),
    "registry.search": _("to find your file"),
    "registry.file": _("to look into your file"),
    "registry.full": _("to read your file in full"),
}


def way(code: str) -> str:
    """Say in which way somebody looked."""
    return str(WAYS.get(code, code))


def purpose(code: str) -> str:
    """Say what somebody looked for; a finer purpose behind the colon is added in the registry's own words."""
    kind, _colon, finer = code.partition(":")
    words = str(PURPOSES.get(kind, kind))
    return f"{words} ({registry_words.PURPOSES.get(finer, finer)})" if finer else words
