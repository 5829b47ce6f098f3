"""
All that is kept about one person, put together from every module that keeps something.

A module's `exporting.py`, loaded when the house starts, hands its part over, and says of what it leaves out why:

    @part("cases", tables=("cases.Case", "cases.Message"))
    def mine(person_id: UUID) -> Part:
        return Part({"cases": rows(Case.objects.filter(person_id=person_id), answers=queries.answers_in)})

    left_out({"cases.Pause": "how long a department's clock stood still: told in the case's story"})

A house test finds tables that lead to a person and are named by neither. Source: PIPL (个人信息保护法) article 45.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, Model

from onething.plumbing.storage import FileDamaged, FileMissing

MOST_BYTES: Final = 200 * 1024 * 1024
"""Of files in one export; what does not fit is named in the table of contents."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of the person: its name in the export, its size (0: small, not counted), how its content is opened."""

    name: str
    size: int
    opened: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Part:
    """What one module keeps about a person: tables of plain rows, and files."""

    tables: Mapping[str, Any]
    files: tuple[Enclosed, ...] = ()


Maker = Callable[[UUID], Part]

_parts: dict[str, Maker] = {}
_told: set[str] = set()
_left_out: dict[str, str] = {}


def part(name: str, *, tables: Iterable[str]) -> Callable[[Maker], Maker]:
    """Make a function the part of a module: it gets the person's id and gives what `tables` hold about them."""

    def register(maker: Maker) -> Maker:
        _parts[name] = maker
        _told.update(tables)
        return maker

    return register


def left_out(reasons: Mapping[str, str]) -> None:
    """Say of tables why nothing of them is handed out."""
    _left_out.update(reasons)


def told() -> frozenset[str]:
    """Name the tables that are handed out."""
    return frozenset(_told)


def reasons() -> Mapping[str, str]:
    """Give the tables that are not handed out, and why."""
    return dict(_left_out)


def rows(
    found: Iterable[Model], *, without: Iterable[str] = (), **opened: Callable[[Any], Any]
) -> list[dict[str, Any]]:
    """Write rows out: every column that is not sealed, and by name what is opened of those that are."""
    hidden = frozenset(without)
    return [
        {name: getattr(row, name) for name in _columns(row) if name not in hidden}
        | {name: open_it(row) for name, open_it in opened.items()}
        for row in found
    ]


def _columns(row: Model) -> Iterator[str]:
    return (field.attname for field in row._meta.concrete_fields if not isinstance(field, BinaryField))


def packed(person_id: UUID, *, readme: str, now: datetime) -> bytes:
    """
    Make the ZIP: README.txt, one JSON file per module, the files, and contents.json, which names them all.

    Refuses PersonErased.
    """
    made = {name: maker(person_id) for name, maker in sorted(_parts.items())}
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", readme)
        for name, one in made.items():
            archive.writestr(f"data/{name}.json", _json(one.tables))
        contents = [_enclose(archive, name, file, room) for name, file, room in _with_room(made)]
        archive.writestr("contents.json", _json({"made_at": now, "person": person_id, "files": contents}))
    return target.getvalue()


def _with_room(made: Mapping[str, Part]) -> Iterator[tuple[str, Enclosed, int]]:
    left = MOST_BYTES
    for name, one in made.items():
        for file in one.files:
            yield name, file, left
            left -= file.size if file.size <= left else 0


def _enclose(archive: zipfile.ZipFile, name: str, file: Enclosed, room: int) -> dict[str, Any]:
    path = f"files/{name}/{file.name}"
    content = _content(file) if file.size <= room else None
    if content is not None:
        archive.writestr(path, content)
    return {"path": path, "bytes": file.size if content is None else len(content), "is_in": content is not None}


def _content(file: Enclosed) -> bytes | None:
    """Open a file; one that the store has lost keeps nobody from the rest."""
    try:
        return file.opened()
    except (FileMissing, FileDamaged):
        return None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
