"""The worker's door: files that nobody names are removed at night."""

from __future__ import annotations

from onething.plumbing import clock
from onething.plumbing.journal import every
from onething.plumbing.storage import services


@every("40 3 * * *")
def sweep_files() -> None:
    """Remove what was written for a row that never came."""
    services.sweep_unclaimed(now=clock.now())
