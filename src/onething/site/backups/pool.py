"""The pool: files by the sha256 of their bytes, each once, however many backups name it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from onething.site.backups.manifest import sha256_of


def keys_in(folder: Path) -> Iterator[str]:
    """Name the files of a store or a pool: <folder>/<two letters>/<key>."""
    return (file.name for file in folder.glob("[0-9a-f][0-9a-f]/" + "[0-9a-f]" * 64) if file.is_file())


def bring(keys: Iterable[str], *, source: Path, target: Path) -> list[str]:
    """
    Copy files that the target does not have, each compared with its key. Gives those that are not what was stored.

    One that vanished meanwhile is left out: nobody named it any more.
    """
    wanted = [key for key in keys if not _at(target, key).exists()]
    return [key for key in wanted if not _copy(_at(source, key), _at(target, key))]


def missing_from(folder: Path, keys: Iterable[str]) -> list[str]:
    """Name the files that a pool lacks."""
    return [key for key in keys if not _at(folder, key).exists()]


def _at(folder: Path, key: str) -> Path:
    return folder / key[:2] / key


def _copy(source: Path, target: Path) -> bool:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}")
    try:
        shutil.copyfile(source, draft)
    except FileNotFoundError:
        return True
    draft.chmod(0o600)
    if sha256_of(draft) != target.name:
        draft.unlink()
        return False
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.rename(target)
    return True
