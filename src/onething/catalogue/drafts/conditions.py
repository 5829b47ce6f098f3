"""What upper floors demand before a draft is published: each condition refuses in words of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from onething.catalogue.models import PackDraft

Condition = Callable[[PackDraft, datetime], None]
_CONDITIONS: list[Condition] = []


def before_publishing(condition: Condition) -> Condition:
    """Ask this of every draft, when a second person is asked to agree and again when they do."""
    _CONDITIONS.append(condition)
    return condition


def require_all(draft: PackDraft, now: datetime) -> None:
    """Refuse a draft that does not meet a condition."""
    for condition in _CONDITIONS:
        condition(draft, now)
