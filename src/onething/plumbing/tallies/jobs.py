"""The worker's door: changes are added up every few seconds."""

from __future__ import annotations

from onething.plumbing.journal import every
from onething.plumbing.tallies import merging

MOST_PORTIONS = 50


@every("* * * * * */5")
def add_up_tallies() -> None:
    """Add up what has changed, portion by portion."""
    for _ in range(MOST_PORTIONS):
        if merging.add_up() < merging.PORTION:
            return
