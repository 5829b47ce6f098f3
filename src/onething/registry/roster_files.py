"""The file of a roster in the store: sealed in pieces with the roster's key; a large one needs little memory."""

from __future__ import annotations

import io
import tempfile
from typing import BinaryIO, cast

from onething.plumbing import storage
from onething.registry.cipher import DataKey
from onething.registry.errors import RosterTooLarge

PIECE = 1 << 20
_LENGTH = 4


def keep(file: BinaryIO, key: DataKey, *, most: int) -> tuple[str, int]:
    """
    Seal a file into the store; give its key there and its size in bytes.

    Refuses RosterTooLarge above `most` bytes, and StorageFull; then nothing is kept.
    """
    size = number = 0
    with tempfile.TemporaryFile() as sealed:
        while piece := file.read(PIECE):
            size += len(piece)
            if size > most:
                raise RosterTooLarge(most=most >> 20)
            locked = key.seal_bytes(_name(number), piece)
            sealed.write(len(locked).to_bytes(_LENGTH) + locked)
            number += 1
        sealed.seek(0)
        return storage.put(sealed).key, size


class Opened(io.RawIOBase):
    """A sealed file as a stream of its bytes. It goes forward; `seek(0)` begins again."""

    def __init__(self, file_key: str, key: DataKey) -> None:
        self._file_key, self._key = file_key, key
        self._begin()

    def _begin(self) -> None:
        self._file, self._number, self._rest = storage.open(self._file_key), 0, b""
        self._position = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can begin again."""
        return True

    def readinto(self, target: bytearray) -> int:  # type: ignore[override]
        """Open as much as asked for."""
        if not self._rest:
            self._rest = self._piece()
        part, self._rest = self._rest[: len(target)], self._rest[len(target) :]
        target[: len(part)] = part
        self._position += len(part)
        return len(part)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Begin again (only to 0), or tell the position."""
        if whence == io.SEEK_CUR and not offset:
            return self._position
        if offset or whence:
            raise io.UnsupportedOperation("a sealed file begins again or goes on")
        self._file.close()
        self._begin()
        return 0

    def close(self) -> None:
        """Close the file in the store too."""
        self._file.close()
        super().close()

    def _piece(self) -> bytes:
        length = int.from_bytes(self._file.read(_LENGTH))
        if not length:
            return b""
        self._number += 1
        return self._key.unseal_bytes(_name(self._number - 1), self._file.read(length))


def open_file(file_key: str, key: DataKey) -> BinaryIO:
    """Open a sealed file as a stream. Refuses FileMissing, and SealBroken while it is read."""
    return io.BufferedReader(cast(io.RawIOBase, Opened(file_key, key)), PIECE)


def _name(number: int) -> str:
    return f"roster:{number}"
