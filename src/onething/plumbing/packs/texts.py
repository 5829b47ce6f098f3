"""The files of a pack as texts, and back into a folder: how a release keeps what it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from onething.plumbing.packs import reader
from onething.plumbing.packs.nodes import read_text

KEPT = (".yaml", ".yml", ".json", ".md")


def texts_of(pack: reader.Pack) -> dict[str, str]:
    """Read the files of a pack and of all it extends: "level/name/file" → text."""
    return {
        f"{name}/{file}": text
        for name, folder in reader.folders_of(pack).items()
        for file, text in texts_in(folder).items()
    }


def texts_in(folder: Path) -> dict[str, str]:
    """Read the files of one folder: path inside it → text. What cannot be read is left out; a check names it."""
    found = {}
    for file in reader.files_in(folder, []):
        text = read_text(file, []) if file.suffix in KEPT else None
        if text is not None:
            found[file.relative_to(folder).as_posix()] = text
    return found


def lay_out(files: Mapping[str, str], root: Path) -> None:
    """Write texts below an empty folder. Their names were checked before (catalogue.drafts.archives)."""
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
