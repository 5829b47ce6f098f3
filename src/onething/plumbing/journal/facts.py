"""What a fact is: a frozen, keyword-only dataclass of ids and plain values, in the past tense.

Facts carry ids, codes and digests; never names, numbers, phones or secrets. A house test reads the field types.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Self, Union, get_args, get_origin, get_type_hints
from uuid import UUID

PLAIN = (UUID, str, int, bool, date, datetime)


class Fact:
    """Base of every fact. The name of the class is the kind that is stored; `subject` is what the fact is about."""

    @property
    def kind(self) -> str:
        """Give the stored name, "<module>.<ClassName>"."""
        return kind_of(type(self))

    @property
    def subject(self) -> UUID | None:
        """Give the id that timelines are read by: the case, else the person, else nothing."""
        for name in ("case_id", "person_id"):
            value = getattr(self, name, None)
            if isinstance(value, UUID):
                return value
        return None

    def to_json(self) -> dict[str, Any]:
        """Write the fields as plain JSON values."""
        return {name: _plain(getattr(self, name)) for name in _names(type(self))}  # type: ignore[arg-type]

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Read a fact back; fields that an older writer did not know take their defaults."""
        own: type = cls
        kinds = _hints(own)
        return cls(**{name: _read(kinds[name], value) for name, value in values.items() if name in kinds})


def kind_of(fact: type[Fact]) -> str:
    """Name a fact's class in the journal, e.g. "cases.CaseSubmitted"."""
    module = fact.__module__.removeprefix("onething.").split(".events")[0]
    return f"{module}.{fact.__name__}"


def digest(*, kind: str, subject: UUID | None, actor: str, region: str, at: datetime, payload: dict[str, Any]) -> bytes:
    """
    Compute the sha256 of one entry's content (32 bytes).

    The same for what was written and for what is read back: `at` is taken in UTC to the microsecond, as PostgreSQL
    keeps it, whatever zone it came in.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [kind, str(subject) if subject else None, actor, region, moment, payload]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, (UUID, datetime, date)):
        return str(value) if isinstance(value, UUID) else value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@cache
def _names(cls: type[object]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls))  # type: ignore[arg-type]


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], item) for item in value)
    if isinstance(kind, UnionType) or get_origin(kind) is Union:
        kind = next(arm for arm in get_args(kind) if arm is not NoneType)
    if kind is UUID:
        return UUID(value)
    return kind.fromisoformat(value) if kind in (date, datetime) else value
