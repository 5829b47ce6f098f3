"""What happens to looks."""

from __future__ import annotations

from dataclasses import dataclass

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class LooksSealed(Fact):
    """The looks of the transactions `since` to `until` (not included) were counted; `root` is over their digests."""

    since: int
    until: int
    rows: int
    root: str
