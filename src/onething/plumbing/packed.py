"""A column for large JSON that is written once and read as a whole: compressed by us, opaque to the database.

A plan of 50 kB becomes 7 kB; PostgreSQL neither parses nor compresses it, which takes longer than everything else
that a submission writes. What is searched in SQL belongs in columns of its own.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.db import models

_LEVEL = 1  # two thirds of the time of the next level, a tenth more bytes


def pack(value: Any) -> bytes:
    """Write a JSON value as compressed bytes."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


def unpack(packed: bytes) -> Any:
    """Read a value that `pack` wrote."""
    return json.loads(zlib.decompress(packed))


class PackedJSONField(models.BinaryField):  # type: ignore[type-arg]  # generic for the stubs only
    """JSON kept as compressed bytes. Not editable, not searchable, read and written as a whole."""

    def from_db_value(self, value: bytes | None, *_: Any) -> Any:
        """Unpack what the database gave."""
        return None if value is None else unpack(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Pack what goes to the database."""
        return super().get_db_prep_value(None if value is None else pack(value), connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        """Give plain JSON to serializers."""
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)

    def to_python(self, value: Any) -> Any:
        """Read what a serializer wrote."""
        return json.loads(value) if isinstance(value, str) else value
