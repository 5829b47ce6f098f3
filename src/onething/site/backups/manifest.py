"""What belongs to one backup, written last: a folder without it is no backup."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from onething.site.backups.errors import BackupDamaged, NotABackup

NAME: Final = "manifest.json"
FORMAT: Final = 1
PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """
    One backup: `parts` are its files with their sha256, `rows` the rows of each table, `files` keys in the pool.

    `migrations` are those that the database had ("module.0001_name"); `last_seal` is the journal's, 0 without one;
    `keys` has a mark of each key ("field.1") by which the right one is known, and which does not tell it. With a base
    copy of the server, `based_at` is when it was whole and `wal_from` the first segment of the archive that it needs.
    """

    format: int = FORMAT
    taken_at: str
    version: str
    server: str
    last_seal: int
    migrations: list[str]
    keys: dict[str, str]
    rows: dict[str, int]
    parts: dict[str, str]
    files: list[str]
    based_at: str = ""
    wal_from: str = ""

    @property
    def taken(self) -> datetime:
        """Tell the moment of the backup."""
        return datetime.fromisoformat(self.taken_at)

    def write(self, folder: Path) -> None:
        """Put it into its folder so that it is there whole, or not at all."""
        draft = folder / f"{NAME}.new"
        with draft.open("w", encoding="utf-8") as target:
            json.dump(asdict(self), target, ensure_ascii=False, indent=1)
            target.flush()
            os.fsync(target.fileno())
        draft.rename(folder / NAME)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read it back and compare each part with its digest. Refuses NotABackup, BackupDamaged."""
        manifest = cls._told(folder)
        for part, digest in manifest.parts.items():
            if not (folder / part).exists():
                raise NotABackup(folder=folder, reason=f"no {part}")
            if sha256_of(folder / part) != digest:
                raise BackupDamaged(part=part)
        return manifest

    @classmethod
    def _told(cls, folder: Path) -> Self:
        try:
            return cls(**json.loads((folder / NAME).read_text(encoding="utf-8")))
        except FileNotFoundError as missing:
            raise NotABackup(folder=folder, reason=f"no {NAME}") from missing
        except (ValueError, TypeError) as broken:
            raise NotABackup(folder=folder, reason=f"{NAME}: {broken}") from broken


def sha256_of(path: Path) -> str:
    """Give the hex sha256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
