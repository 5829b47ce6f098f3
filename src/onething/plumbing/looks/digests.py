"""The digest of a look. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


def digest(
    at: datetime, actor: str, account_id: UUID | None, role: str, organisation: str, region: str, way: str,
    purpose: str, person_ids: Sequence[UUID],
) -> bytes:  # fmt: skip
    """Compute the sha256 of one look's content (32 bytes), the same for what is written and what is read back."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    account = str(account_id) if account_id else None
    content: list[Any] = [
        moment,
        actor,
        account,
        role,
        organisation,
        region,
        way,
        purpose,
        [str(p) for p in person_ids],
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).digest()
