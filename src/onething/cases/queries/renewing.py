"""A draft whose release was published anew: which one counts now, and how the draft would stand under it."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from onething.cases.models import Draft
from onething.cases.queries import drafts
from onething.catalogue import planning
from onething.catalogue import queries as catalogue
from onething.catalogue.errors import PackNotPublished
from onething.catalogue.models import Release
from onething.engine.bundle.errors import AnswersNotUsable
from onething.registry import sealing


@dataclass(frozen=True, slots=True)
class Renewed:
    """A draft under another release, not saved; `unfit` are answers that this release cannot read any more."""

    draft: Draft
    unfit: dict[str, Any]


def newer_release(draft: Draft, *, on: date) -> Release | None:
    """Find the release that new forms use on a day, if it is another than the draft's; None where nothing counts."""
    try:
        current = catalogue.current_release(draft.release.pack, on=on)
    except PackNotPublished:
        return None
    return current if current.pk != draft.release_id else None


def renewed(draft: Draft, release: Release, *, on: date) -> Renewed:
    """Give a draft as it would stand under another release: what was said is kept wherever it can still be read."""
    ahead = copy(draft)
    ahead.release = release
    said = drafts.answers_of(draft)
    kept = _usable(ahead, said, on=on)
    ahead.answers = sealing.seal(draft.person_id, kept)
    return Renewed(ahead, {name: value for name, value in said.items() if name not in kept})


def _usable(ahead: Draft, said: dict[str, Any], *, on: date) -> dict[str, Any]:
    """Keep the answers that a draft's release can read beside the registers' facts; one that cannot be is left out."""
    known, kept = drafts.known_to_the_house(ahead), dict(said)
    while True:
        day = planning.first_day(ahead.release, {**known, **kept}, on)
        try:
            planning.check_answers(ahead.release, {**known, **kept}, day)
        except AnswersNotUsable as refused:
            wrong = {name for problem in refused.problems for name in (problem.field, problem.beside)} & kept.keys()
            if not wrong:
                return kept
            kept = {name: value for name, value in kept.items() if name not in wrong}
        else:
            return kept
