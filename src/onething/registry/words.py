"""What codes of the registry are called on screens. The words are translated where they are shown."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop as _

AUTHORITIES: Final = {
    "army": _("The army"),
    "police": _("Police"),
    "veterans": _("Veterans' affairs"),
    "civil_affairs": _("Civil affairs"),
    "social_security": _("Social security"),
    "bank": _("The bank"),
    "person": _("The person concerned"),
}
GRADES: Final = {1: _("stated"), 2: _("on record"), 3: _("document seen"), 4: _("responsible source")}
PURPOSES: Final = {
    "check_identity": _("To check who somebody is"),
    "answer_case": _("To work on their case"),
    "ring_up": _("To ring them up"),
    "correct": _("To correct their file"),
    "archive": _("To transfer their archive"),
    "complaint": _("To settle a complaint"),
}
"""Why somebody needs a file in full: a code in the journal, a choice on the page."""
ROSTER_KINDS: Final = {
    "discharge": _("Discharged soldiers, before they arrive"),
    "extract": _("A department's extract"),
}
ROSTER_STATES: Final = {
    "taken": _("Handed in"),
    "checked": _("Checked"),
    "applied": _("Imported"),
    "undone": _("Taken back"),
    "discarded": _("Thrown away"),
}
CORRECTION_STATES: Final = {
    "open": _("To be answered"),
    "passed_on": _("Passed on"),
    "accepted": _("Accepted"),
    "refused": _("Not accepted"),
}
ARRIVAL_STATES: Final = {
    "waiting": _("To be reviewed"),
    "asked": _("The unit was asked"),
    "ready": _("Ready"),
    "arrived": _("Arrived"),
}
ARCHIVE_MOVES: Final = {
    "held": _("Kept at"),
    "sent": _("Sent by"),
    "received": _("Received by"),
    "returned": _("Sent back by"),
}
TURNS: Final = {
    "birth": _("Born"),
    "registered": _("Entered in this registry"),
    "service.enlisted_on": _("Joined the army"),
    "service.discharged_on": _("Left the army"),
    "merit.awarded_on": _("Merit"),
    "disability.assessed_on": _("Disability assessed"),
    "household.registered_on": _("Household registered"),
    **{f"archive.{kind}": words for kind, words in ARCHIVE_MOVES.items()},
}
DIRECTIONS: Final = {"given": _("Given to"), "taken": _("Taken from")}


SPEAKERS: Final = {**AUTHORITIES, "veterans_affairs": AUTHORITIES["veterans"]}
"""Who may stand as a source: an authority, or the house itself by the code that it has as a department."""


def source_of(source: str) -> str:
    """Give the (untranslated) name of who speaks in a source; an unknown one as it stands."""
    return SPEAKERS.get(source.partition(":")[0], source)
