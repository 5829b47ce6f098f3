"""Files that belong to cases and documents, under the installation's home.

stored = storage.put(sealed)
storage.read(stored.key)
"""

from __future__ import annotations

from typing import BinaryIO

from onething.plumbing.storage.files import FileDamaged, FileMissing, StorageFull, Stored, delete, put


def read(key: str) -> bytes:
    """Give a file's bytes. Refuses FileStillHeld, FileCarriedMalware, FileMissing, FileDamaged."""
    from onething.plumbing.storage import holding  # its table is there only when Django is

    return holding.read(key)


def open(key: str) -> BinaryIO:
    """Open a file for reading. Refuses FileStillHeld, FileCarriedMalware, FileMissing."""
    from onething.plumbing.storage import holding

    return holding.open(key)


__all__ = ["FileDamaged", "FileMissing", "StorageFull", "Stored", "delete", "open", "put", "read"]
