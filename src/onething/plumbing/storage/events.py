"""What happened to files."""

from __future__ import annotations

from dataclasses import dataclass

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class FileSwept(Fact):
    """A file that no row named was removed; `file_key` is the sha256 of its sealed bytes."""

    file_key: str


@dataclass(frozen=True, kw_only=True)
class FileHeld(Fact):
    """A file was taken while the scanner was silent; nobody opens it before it was scanned."""

    file_key: str


@dataclass(frozen=True, kw_only=True)
class FileReleased(Fact):
    """A held file was scanned, and nothing was found."""

    file_key: str


@dataclass(frozen=True, kw_only=True)
class MalwareRemoved(Fact):
    """Malware was found in a held file, which was removed; `finding` is the scanner's name for it."""

    file_key: str
    finding: str
