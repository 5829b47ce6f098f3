"""Reading an uploaded file without keeping it: each piece is digested and dropped."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MEGABYTES = 12


class DigestingHandler(FileUploadHandler):
    """Takes the first file of a request, at most MEGABYTES, and keeps nothing of it but its sha256."""

    def __init__(self) -> None:
        super().__init__()
        self._seen = hashlib.sha256()
        self.size = 0
        self.too_big = False

    @property
    def digest(self) -> bytes | None:
        """The sha256 of what was sent; none if no byte was."""
        return self._seen.digest() if self.size else None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Digest one piece."""
        self.size += len(raw_data)
        if self.size > MEGABYTES * 1024 * 1024:
            self.too_big = True
            raise StopUpload(connection_reset=True)
        self._seen.update(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """Keep no file."""
        return None
