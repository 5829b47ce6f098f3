"""
Whose key was destroyed, written down outside the database: a backup from before would bring the key back.

One id a line; an id tells nothing of who it was. The file lies with the seals, and with the backups.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from uuid import UUID

NAME: Final = "forgotten.txt"


def read(folder: Path) -> set[UUID]:
    """Read the list of a folder; empty where there is none. A last line that broke off is left out."""
    try:
        lines = (folder / NAME).read_text(encoding="ascii").splitlines(keepends=True)
    except FileNotFoundError:
        return set()
    return {UUID(line.strip()) for line in lines if line.endswith("\n")}


def write(folder: Path, persons: Iterable[UUID]) -> None:
    """Add persons to the list of a folder, each once, so that it is there whole or as it was before."""
    known = read(folder)
    if known.issuperset(wanted := set(persons)):
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{NAME}"
    with draft.open("w", encoding="ascii") as file:
        file.writelines(f"{person}\n" for person in sorted(known | wanted))
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(0o600)
    draft.rename(folder / NAME)
