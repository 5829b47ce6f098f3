"""JSON Schemas for editors, made from the shapes, one a kind of file: so that writing completes and underlines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from onething.plumbing.packs import schema
from onething.plumbing.packs.sections import SECTIONS, Section

DIALECT = "https://json-schema.org/draft/2020-12/schema"
STILL_REQUIRED = ("id", "by", "matters", "derived")
Schema = dict[str, Any]


def json_schemas() -> dict[str, Schema]:
    """
    Make every JSON Schema, by file name.

    For each kind of file there is one for packs that stand alone and one (`…-difference`) for packs that extend
    another: there nothing is required, because only the differences are written.
    """
    return dict(_all())


def write_schemas(folder: Path) -> list[Path]:
    """Write every JSON Schema into `folder`; give the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in json_schemas().items():
        path = folder / name
        path.write_text(as_text(content), encoding="utf-8")
        written.append(path)
    return written


def as_text(content: Schema) -> str:
    """Write a schema as it stands in its file."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def schema_name(section: Section) -> str:
    """Name the kind of file: matters → matter."""
    singular = {"matters": "matter", "examples": "example", "derived": "rules", "situations": "situation"}
    return singular.get(section.name, section.name)


def _all() -> Iterator[tuple[str, Schema]]:
    yield "pack.schema.json", _titled(_schema_of(schema.Header), "pack.yaml")
    for section in SECTIONS:
        content = _titled(_of_file(section), section.file + ("*.yaml" if section.is_folder else ""))
        yield f"{schema_name(section)}.schema.json", content
        if section.inherited:
            yield f"{schema_name(section)}-difference.schema.json", _without_required(content)


def _of_file(section: Section) -> Schema:
    one = _schema_of(section.entry)
    if section.name in ("examples", "situations"):
        return one
    if section.name == "matters":
        return _one_or_listed(one)
    many = _schema_of(dict[_id_of(section), section.entry])  # type: ignore[misc]
    return _inside(many, section.inside) if section.inside else many


def _id_of(section: Section) -> Any:
    return schema.SourceId if section.name == "sources" else schema.Id


def _schema_of(kind: Any) -> Schema:
    return TypeAdapter(kind).json_schema(by_alias=True, ref_template="#/$defs/{model}")


def _one_or_listed(one: Schema) -> Schema:
    """A file of matters holds one matter, or several in a list under `matters:`."""
    definitions = one.pop("$defs", {})
    listed = {
        "type": "object",
        "properties": {"matters": {"type": "array", "items": {"$ref": "#/$defs/Matter"}}},
        "required": ["matters"],
        "additionalProperties": False,
    }
    return {"$defs": {**definitions, "Matter": one}, "anyOf": [{"$ref": "#/$defs/Matter"}, listed]}


def _inside(many: Schema, key: str) -> Schema:
    definitions = many.pop("$defs", {})
    return {
        "$defs": definitions,
        "type": "object",
        "properties": {key: many},
        "required": [key],
        "additionalProperties": False,
    }


def _without_required(content: Any) -> Any:
    """Let every key be left out, except those without which an entry is nothing."""
    if isinstance(content, dict):
        return {
            key: _kept(value) if _is_keyword(key, value) else _without_required(value) for key, value in content.items()
        }
    if isinstance(content, list):
        return [_without_required(value) for value in content]
    return content


def _is_keyword(key: str, value: Any) -> bool:
    """Tell the keyword `required` from a property that happens to have that name."""
    return key == "required" and isinstance(value, list)


def _kept(required: list[str]) -> list[str]:
    return [key for key in required if key in STILL_REQUIRED]


def _titled(content: Schema, title: str) -> Schema:
    return {"$schema": DIALECT, **content, "title": title}
