"""
Changes one value in the files of a pack and leaves every other character, comment and line as it is. Pure.

A value that only the base has is written into the pack's own files as a difference: mappings are merged key by key,
lists replaced whole (plumbing.packs.merge).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path as File
from typing import Any

import yaml

from onething.catalogue.errors import FileWithAliases, PlaceNotEditable
from onething.plumbing.packs.nodes import read_yaml
from onething.plumbing.packs.sections import BY_NAME, HEADER, Section

Path = tuple[str | int, ...]
CHANGES = "changes.yaml"
"""The file of a folder that takes what is written for entries of the base."""


def with_value(own: Mapping[str, str], merged: Any, path: Path, value: Any) -> dict[str, str]:
    """
    Give the files that change when the value at `path` (section, id, keys …) becomes `value`.

    `merged` is the pack's plain content after merging; where a list of the base is touched it is written out whole.
    Refuses FileWithAliases, PlaceNotEditable.
    """
    if path[0] == "pack":
        return {HEADER: _changed(HEADER, own[HEADER], path[1:], value, merged.get("pack", {}))}
    section, name = BY_NAME[str(path[0])], str(path[1])
    entry = merged.get(section.name, {}).get(name)
    if entry is None:
        raise PlaceNotEditable(place=".".join(map(str, path)))
    for file, start in _where(own, section, name):
        return {file: _changed(file, own[file], (*start, *path[2:]), value, entry, len(start))}
    return _new_entry(own, section, name, _nested(path[2:], value, entry))


def _where(own: Mapping[str, str], section: Section, name: str) -> Iterator[tuple[str, Path]]:
    """Find the file that defines an entry, and the path to it inside the file."""
    for file in sorted(own):
        if not (file.startswith(section.file) if section.is_folder else file == section.file):
            continue
        root = _composed(own[file])
        if section.name == "examples":
            yield from [(file, ())] if file == f"{section.file}{name}.yaml" else []
        elif section.name == "matters":
            yield from ((file, start) for start, node in _matters(root) if _plain(_child(node, "id")) == name)
        else:
            start: Path = (section.inside,) if section.inside else ()
            if _child(_at(root, start), name) is not None:
                yield file, (*start, name)


def _matters(root: yaml.Node | None) -> Iterator[tuple[Path, yaml.Node]]:
    listed = _child(root, "matters")
    if isinstance(listed, yaml.SequenceNode):
        yield from ((("matters", index), node) for index, node in enumerate(listed.value))
    elif root is not None:
        yield (), root


# one file


def _changed(file: str, text: str, path: Path, value: Any, entry: Any, skip: int = 0) -> str:
    """Replace the value at a path of one file, or put it in where it is missing."""
    root = _composed(text)
    if root is not None and _has_aliases(text):
        raise FileWithAliases(file=file)
    node, depth = _deepest(root, path)
    rest = path[depth:]
    if node is not None and not rest:
        return _replaced(text, node, value)
    if not isinstance(node, yaml.MappingNode) or isinstance(rest[0], int):
        raise PlaceNotEditable(place=".".join(map(str, path[skip:])))
    base = _inner(entry, path[skip : depth + 1])
    return _inserted(text, node, str(rest[0]), _nested(rest[1:], value, base))


def _deepest(root: yaml.Node | None, path: Path) -> tuple[yaml.Node | None, int]:
    node = root
    for depth, step in enumerate(path):
        inner = _child(node, step)
        if inner is None:
            return node, depth
        node = inner
    return node, len(path)


def _nested(path: Path, value: Any, base: Any) -> Any:
    """Wrap a value in the keys that lead to it; a list on the way is written whole, as the base has it."""
    if not path:
        return value
    if isinstance(path[0], int):
        return _overlaid(base, path, value)
    return {path[0]: _nested(path[1:], value, _inner(base, path[:1]))}


def _overlaid(base: Any, path: Path, value: Any) -> Any:
    """Give a copy of a plain value with one part changed."""
    if not path:
        return value
    if isinstance(path[0], int):
        return [_overlaid(item, path[1:], value) if at == path[0] else item for at, item in enumerate(base)]
    return {**(base or {}), path[0]: _overlaid((base or {}).get(path[0]), path[1:], value)}


def _inner(base: Any, path: Path) -> Any:
    for step in path:
        if isinstance(base, Mapping):
            base = base.get(step)
        else:
            base = base[step] if isinstance(base, list) and isinstance(step, int) else None
    return base


def _replaced(text: str, node: yaml.Node, value: Any) -> str:
    start, lead = node.start_mark.index, ""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:  # it may begin on a line of its own
        start, lead = len(text[:start].rstrip()), " "
    return text[:start] + lead + _written(value) + text[_end(text, node) :]


def _inserted(text: str, mapping: yaml.MappingNode, key: str, value: Any) -> str:
    pair = f"{key}: {_written(value)}"
    if mapping.flow_style:
        at = mapping.end_mark.index - 1
        return text[:at].rstrip() + (", " if mapping.value else "") + pair + text[at:]
    at = _end(text, mapping)
    tail = text[at:].split("\n", 1)
    line_end = at + len(tail[0])
    return text[:line_end] + "\n" + " " * mapping.start_mark.column + pair + text[line_end:]


def _end(text: str, node: yaml.Node) -> int:
    """Find where a node's own text ends: a block's mark lies behind the comments that follow it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(text, node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(text, node.value[-1])
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def _new_entry(own: Mapping[str, str], section: Section, name: str, content: Any) -> dict[str, str]:
    """Begin an entry of the pack's own for one that only the base has."""
    if section.name == "matters":
        file = f"matters/{name}_{CHANGES}"
        return {file: _lines({"id": name, **content})}
    file = f"{section.file}{CHANGES}" if section.is_folder else section.file
    there = own.get(file, "")
    if section.inside and not there:
        return {file: f"{section.inside}:\n  {name}: {_written(content)}\n"}
    if section.inside:
        raise PlaceNotEditable(place=f"{section.name}.{name}")
    lead = there if not there or there.endswith("\n") else there + "\n"
    return {file: f"{lead}{name}: {_written(content)}\n"}


def _lines(content: Mapping[str, Any]) -> str:
    return "".join(f"{key}: {_written(value)}\n" for key, value in content.items())


def _written(value: Any) -> str:
    """Write a value as JSON, which is YAML as well, whatever stands in a text."""
    return json.dumps(value, ensure_ascii=False)


# YAML nodes


def _composed(text: str) -> yaml.Node | None:
    """Read the nodes with their places; nothing of a file that the reader refuses: its check names what is wrong."""
    if read_yaml(text, File(), []) is None:  # it bounds depth and size before anything recurses
        return None
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    return node


def _has_aliases(text: str) -> bool:
    return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.CSafeLoader))


def _at(node: yaml.Node | None, path: Path) -> yaml.Node | None:
    for step in path:
        node = _child(node, step)
    return node


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if _plain(key) == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _plain(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
