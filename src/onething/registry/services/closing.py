"""Closing the file of a roster for good."""

from __future__ import annotations

from datetime import datetime

from onething.plumbing.storage import services as store
from onething.registry.models import Roster


def close_file(roster: Roster, now: datetime) -> None:
    """Destroy a roster's key, its lines and its file: what it brought stays, but can no longer be undone."""
    if roster.file_key:
        store.let_go(key=roster.file_key, now=now)
    roster.marked.all().delete()
    roster.file_key, roster.key_version, roster.wrapped_key = "", None, None
    roster.save(update_fields=["file_key", "key_version", "wrapped_key"])
