"""Reading an uploaded file without keeping it: each piece is digested and dropped."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MEGABYTES = 40
"""More than any slip of ours: twenty result documents of 2 MB."""


class DigestingHandler(FileUploadHandler):
    """
    Takes the first file of a request, at most MEGABYTES, and keeps nothing of it but two sha256.

    One is of the whole file, one of its `first` bytes: a PDF can be changed by adding to its end.
    """

    def __init__(self, *, first: int) -> None:
        super().__init__()
        self._seen = hashlib.sha256()
        self._seen_first = hashlib.sha256()
        self._first = first
        self.size = 0
        self.too_big = False

    @property
    def digest(self) -> bytes | None:
        """The sha256 of what was sent; none if no byte was."""
        return self._seen.digest() if self.size else None

    @property
    def digest_of_first(self) -> bytes | None:
        """The sha256 of the first bytes; none if the file is not longer than they are."""
        return self._seen_first.digest() if self.size > self._first else None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Digest one piece."""
        self._seen_first.update(raw_data[: max(0, self._first - self.size)])
        self.size += len(raw_data)
        if self.size > MEGABYTES * 1024 * 1024:
            self.too_big = True
            raise StopUpload(connection_reset=True)
        self._seen.update(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """Keep no file."""
        return None
