"""The JSON Schemas and the reader must agree: jsonschema is the oracle, on the shipped packs and on bent ones."""

from __future__ import annotations

import copy
import functools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import TypeAdapter, ValidationError

from onething.plumbing.packs import schema
from onething.plumbing.packs.nodes import read_file
from onething.plumbing.packs.schemas import as_text, json_schemas, schema_name
from onething.plumbing.packs.sections import FILES, FOLDERS, HEADER, Section
from onething.plumbing.places import PROJECT

PACKS = PROJECT / "packs"
BASES = [header.parent for header in sorted(PACKS.glob("*/*/pack.yaml")) if "\nextends:" not in header.read_text()]
EXTENDING = [header.parent for header in sorted(PACKS.glob("*/*/pack.yaml")) if header.parent not in BASES]
_SCHEMAS = {
    name: Draft202012Validator(content, format_checker=FormatChecker()) for name, content in json_schemas().items()
}


def files_of(folders: list[Path]) -> list[Path]:
    return [file for folder in folders for file in sorted(folder.rglob("*.yaml"))]


def section_of(file: Path) -> Section | None:
    if file.name == HEADER:
        return None
    return FILES.get(file.name) or FOLDERS[file.parent.name]


@functools.cache
def content_of(file: Path) -> Any:
    node = read_file(file, [])
    assert node is not None
    return node.plain()


def accepted_by_json_schema(section: Section | None, content: Any, suffix: str = "") -> bool:
    name = "pack" if section is None else schema_name(section)
    return _SCHEMAS[f"{name}{suffix}.schema.json"].is_valid(content)


def accepted_by_pydantic(section: Section | None, content: Any) -> bool:
    if section is None:
        kind: Any = schema.Header
    elif section.name in ("examples", "situations"):
        kind = section.entry
    elif section.name == "matters":
        return fits(schema.Matter, content) or (
            isinstance(content, dict) and set(content) == {"matters"} and fits(list[schema.Matter], content["matters"])
        )
    elif section.inside:
        if not isinstance(content, dict) or set(content) != {section.inside}:
            return False
        kind, content = dict[schema.Id, section.entry], content[section.inside]  # type: ignore[name-defined]
    else:
        key = schema.SourceId if section.name == "sources" else schema.Id
        kind = dict[key, section.entry]  # type: ignore[valid-type,name-defined]
    return fits(kind, content)


@functools.cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def fits(kind: Any, content: Any) -> bool:
    try:
        adapter(kind).validate_python(content)
    except ValidationError:
        return False
    return True


def test_the_written_schemas_are_current() -> None:
    written = {file.name: file.read_text(encoding="utf-8") for file in (PACKS / "schema").glob("*.json")}
    assert written == {name: as_text(content) for name, content in json_schemas().items()}, "run: onething pack schema"


def test_the_schemas_are_schemas() -> None:
    for content in json_schemas().values():
        Draft202012Validator.check_schema(content)


@pytest.mark.parametrize("file", files_of(BASES), ids=lambda file: str(file.relative_to(PACKS)))
def test_both_accept_the_shipped_packs(file: Path) -> None:
    assert accepted_by_json_schema(section_of(file), content_of(file))
    assert accepted_by_pydantic(section_of(file), content_of(file))


@pytest.mark.parametrize("file", files_of(EXTENDING), ids=lambda file: str(file.relative_to(PACKS)))
def test_the_difference_schemas_accept_the_packs_that_extend(file: Path) -> None:
    section = section_of(file)
    suffix = "-difference" if section is not None and section.inherited else ""
    assert accepted_by_json_schema(section, content_of(file), suffix)


SPOILS: tuple[Any, ...] = (
    "", "x", "Ünfit", "yes", "2026-02-30", "2026-02-03", "L1:", "L1:5", 0, -1, 7, 20_000, 2.5, True, None,
    [], {}, ["x"], {"zh": "字"}, {"zh": "字", "en": "word"},
)  # fmt: skip


def places_in(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [path, *(deep for key, value in inner for deep in places_in(value, (*path, key)))]


def spoiled(content: Any, data: st.DataObject) -> Any:
    """Bend one place: another value, a key gone, a key renamed, a key too many."""
    content = copy.deepcopy(content)
    path = data.draw(st.sampled_from([path for path in places_in(content) if path]))
    around = content
    for step in path[:-1]:
        around = around[step]
    how = data.draw(st.sampled_from(["other", "gone", "renamed", "more"]))
    if how == "other" or isinstance(around, list):
        around[path[-1]] = data.draw(st.sampled_from(SPOILS))
    elif how == "gone":
        del around[path[-1]]
    elif how == "renamed":
        around["renamed"] = around.pop(path[-1])
    else:
        around["more"] = data.draw(st.sampled_from(SPOILS))
    return content


@settings(max_examples=400)
@given(st.data())
def test_both_agree_on_bent_packs(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(files_of(BASES)))
    bent = spoiled(content_of(file), data)
    by_schema = accepted_by_json_schema(section_of(file), bent)
    assert by_schema == accepted_by_pydantic(section_of(file), bent), (file, bent)
