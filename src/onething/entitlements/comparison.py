"""What a comparison found, as the desk reads it: small counts are not told, for they could name somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onething.catalogue.models import PackDraft
from onething.catalogue.policies.comparison_page import KINDS
from onething.engine.bundle.model import Words
from onething.entitlements import queries
from onething.entitlements.models import FRESH, Comparison

FEWEST = 10
"""Fewer people than this are told as "fewer than 10", and their money not at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happens to people by one policy; `persons` None: fewer than FEWEST."""

    kind: Words
    persons: int | None
    fen: int
    without_amount: int


@dataclass(frozen=True, slots=True)
class Change:
    """One policy."""

    title: Words
    before: int
    after: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A comparison, running or finished."""

    comparison: Comparison
    changes: tuple[Change, ...]


def of_draft(draft: PackDraft, digest: str, *, now: datetime) -> Told | None:
    """Read what was worked out for a draft as it stands; None if nobody asked yet, or it is too long ago."""
    found = Comparison.objects.filter(draft=draft, digest=digest).first()
    if found is None or (found.finished_at is not None and found.finished_at < now - FRESH):
        return None
    titles = queries.titles([draft.based_on_id]).get(draft.based_on_id, {}) if draft.based_on_id else {}
    changes = (_change(titles.get(name, Words(name, name)), found, name) for name in found.moved)
    return Told(found, tuple(changes))


def _change(title: Words, found: Comparison, name: str) -> Change:
    before, after = found.entitled.get(name, (0, 0))
    lines = tuple(
        Line(words, None if persons < FEWEST else persons, fen, without)
        for kind, words in KINDS.items()
        for persons, fen, without in [found.moved[name].get(kind, (0, 0, 0))]
        if persons
    )
    return Change(title, before, after, lines)
