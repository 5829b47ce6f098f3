"""Files by their content: the key of a file is the sha256 of its bytes.

A file is written under a draft name, brought to the disk, and renamed; so a key that exists is a whole file, whatever
happened to the machine. Equal bytes are one file. Who keeps personal papers seals them first: here lie only bytes.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

from onething.kernel.errors import NotFound, Unavailable
from onething.plumbing import places

_PIECE = 1 << 20
_KEY = re.compile(r"[0-9a-f]{64}")
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StorageFull(Unavailable):
    """There is no room left to keep this file."""

    remedy = "Nothing was kept and nothing is lost. Please try again later, or tell the office that runs this service."


class FileMissing(NotFound):
    """This file is not in the store."""

    remedy = "Ask the office that runs this service to bring it back from the backup."


class FileDamaged(Unavailable):
    """This file is no longer what was stored."""

    remedy = "Ask the office that runs this service to bring it back from the backup."


@dataclass(frozen=True, slots=True)
class Stored:
    """One file in the store: its key (hex sha256), its size in bytes, and the sha256 itself."""

    key: str
    size: int
    digest: bytes


def put(content: bytes | BinaryIO) -> Stored:
    """
    Keep a file and give its key. Equal content has an equal key and is kept once.

    Refuses StorageFull, leaving nothing behind.
    """
    source = BytesIO(content) if isinstance(content, bytes) else content
    draft = None
    try:
        with tempfile.NamedTemporaryFile(dir=_folder("drafts"), delete=False) as target:  # made 0600
            draft = Path(target.name)
            size, digest = _copy(source, target)
            target.flush()
            os.fsync(target.fileno())
        return _keep(draft, Stored(digest.hex(), size, digest))
    except OSError as trouble:
        if trouble.errno in _NO_ROOM:
            raise StorageFull from trouble
        raise
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def open(key: str) -> BinaryIO:
    """Open a file for reading. Refuses FileMissing."""
    try:
        return _path(key).open("rb")
    except FileNotFoundError as missing:
        raise FileMissing from missing


def read(key: str) -> bytes:
    """Give a file's bytes, after comparing them with its key. Refuses FileMissing, FileDamaged."""
    with open(key) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != key:
        raise FileDamaged
    return content


def exists(key: str) -> bool:
    """Tell whether the store holds a file."""
    return _path(key).exists()


def delete(key: str) -> None:
    """Remove a file; one that is gone already stays gone. The caller knows that nobody else refers to it."""
    path = _path(key)
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        _bring_to_disk(path.parent)


def _copy(source: BinaryIO, target: IO[bytes]) -> tuple[int, bytes]:
    seen, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        target.write(piece)
        seen.update(piece)
        size += len(piece)
    return size, seen.digest()


def _keep(draft: Path, stored: Stored) -> Stored:
    target = _path(stored.key)
    new = not target.parent.exists()
    target.parent.mkdir(mode=0o700, exist_ok=True)
    draft.rename(target)  # over an equal file: the same bytes
    _bring_to_disk(target.parent)
    if new:
        _bring_to_disk(target.parent.parent)
    return stored


def _path(key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise FileMissing
    return _folder() / key[:2] / key


def _folder(*parts: str) -> Path:
    return places.private("files", *parts)


def _bring_to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
