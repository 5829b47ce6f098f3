"""
The occasions on which a pack has words for a person, and the placeholders that are filled in each.

Whoever writes a letter gives exactly these facts (`cases.letters`); a pack that uses another name is refused, because
its place in the letter would stay empty.
"""

from __future__ import annotations

from collections.abc import Mapping

_OF_A_CASE = frozenset({"case_number", "link"})
_OF_A_PAPER = _OF_A_CASE | {"what", "matter", "due"}

OCCASIONS: Mapping[str, frozenset[str]] = {
    "submitted": _OF_A_CASE | {"due"},
    "correction_needed": _OF_A_CASE | {"matter", "what", "due"},
    "task_refused": _OF_A_CASE | {"matter", "what", "remedy", "objection", "due"},
    "paper_due_soon": _OF_A_PAPER,
    "paper_overdue": _OF_A_PAPER,
    "paper_missed": _OF_A_PAPER,
    "settled": _OF_A_CASE,
    "withdrawn": _OF_A_CASE,
    "slip_replaced": _OF_A_CASE | {"what"},
    "day_to_keep": frozenset({"what", "due", "only_if", "consequence", "link"}),
}
