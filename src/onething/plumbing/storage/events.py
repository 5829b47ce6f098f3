"""What happened to files."""

from __future__ import annotations

from dataclasses import dataclass

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class FileSwept(Fact):
    """A file that no row named was removed; `file_key` is the sha256 of its sealed bytes."""

    file_key: str
