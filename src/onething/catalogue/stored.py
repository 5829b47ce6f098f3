"""A resolved pack as plain JSON and back: what a release keeps. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onething.plumbing.packs import Pack, schema
from onething.plumbing.packs.nodes import Node
from onething.plumbing.packs.problems import Place
from onething.plumbing.packs.sections import sections_of

SITUATIONS = "situations"


def content_of(pack: Pack) -> dict[str, Any]:
    """
    Write a pack out: its header, and the entries of every section by id.

    Examples are tests and stay outside; the situations of entitlements are shown to people, and come along.
    """
    sections = {
        section.name: {
            name: entry.model_dump(mode="json", by_alias=True, exclude_none=True)
            for name, entry in pack.entries[section.name].items()
        }
        for section in sections_of(pack.header.kind)
        if section.inherited or section.name == SITUATIONS
    }
    return {"header": pack.header.model_dump(mode="json", by_alias=True), "bases": list(pack.bases), **sections}


def pack_from(content: Mapping[str, Any]) -> Pack:
    """Read a stored pack back. It has no folder any more: places of its entries cannot be named."""
    header = schema.Header.model_validate(content["header"])
    entries = {
        section.name: {
            name: section.entry.model_validate(entry) for name, entry in content.get(section.name, {}).items()
        }
        for section in sections_of(header.kind)
    }
    return Pack(
        folder=Path(),
        header=header,
        bases=tuple(content["bases"]),
        entries=entries,
        known={name: tuple(found) for name, found in entries.items()},
        tree=_NOWHERE,
    )


_NOWHERE = Node({}, Place(Path()))
