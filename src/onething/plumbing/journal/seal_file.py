"""The seals outside the database: one line each, appended and synced.

Whoever copies the file elsewhere may hold it with flock(1) meanwhile, so as not to copy half a line.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from onething.plumbing.journal.statements import Signed

_LONGEST_LINE = 4096


class SealFile:
    """`seals.jsonl` in a folder that only the owner of the installation reads."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "seals.jsonl"

    def size(self) -> int:
        """Give its size in bytes; 0 when there is none."""
        return self.path.stat().st_size if self.path.exists() else 0

    def lines(self, size: int) -> Iterator[bytes]:
        """Read the lines that stood there when the file had this size, the last one perhaps torn."""
        if not size:
            return
        with self.path.open("rb") as file:
            while file.tell() < size and (line := file.readline(_LONGEST_LINE)):
                yield line

    def last_line(self) -> bytes | None:
        """Read the last whole line. What a crash tore off behind it does not count; the next append cuts it."""
        if not self.size():
            return None
        with self.path.open("rb") as file:
            file.seek(max(0, self.size() - 2 * _LONGEST_LINE))
            whole = [line for line in file.readlines() if line.endswith(b"\n")]
        return whole[-1] if whole else None

    def append(self, seals: Iterable[Signed]) -> None:
        """Append seals so that they outlast a power failure: the call returns when the disk has them."""
        with self._held() as descriptor:
            _cut_torn_line(descriptor)
            for seal in seals:
                _write_whole(descriptor, seal.line)
            os.fsync(descriptor)

    @contextmanager
    def _held(self) -> Iterator[int]:
        is_new = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)
        if is_new:
            _sync_folder(self.path.parent)


def _cut_torn_line(descriptor: int) -> None:
    size = os.fstat(descriptor).st_size
    start = max(0, size - _LONGEST_LINE)
    tail = os.pread(descriptor, size - start, start)
    if not tail.endswith(b"\n"):
        os.ftruncate(descriptor, start + tail.rfind(b"\n") + 1)


def _write_whole(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
