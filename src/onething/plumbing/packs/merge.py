"""How one pack changes another: mappings are merged key by key, at every depth; lists and plain values are replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onething.plumbing.packs.nodes import Node
from onething.plumbing.packs.sections import SECTIONS

_FROM_BASE = ("calendar", "granted_by")


def merged(base: Node, over: Node) -> Node:
    """
    Merge the tree of a pack over the tree of its base.

    Of pack.yaml only the calendar, the granting pack and the marks are inherited; examples are not. Places follow the
    values.
    """
    tree = {"pack": _header(base.items["pack"], over.items["pack"])}
    for section in SECTIONS:
        mine = over.items[section.name]
        tree[section.name] = overlaid(base.items[section.name], mine) if section.inherited else mine
    return Node(tree, over.place)


def overlaid(base: Node, over: Node) -> Node:
    """Lay one node over another: mappings key by key, everything else whole."""
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    keys = dict.fromkeys([*base.value, *over.value])
    return Node({key: _either(base.value.get(key), over.value.get(key)) for key in keys}, over.place)


def without(tree: Node, gone: Mapping[str, Iterable[str]]) -> Node:
    """Take entries away, by section and id."""
    kept = dict(tree.items)
    for section, ids in gone.items():
        away = set(ids)
        node = kept[section]
        kept[section] = Node({name: entry for name, entry in node.items.items() if name not in away}, node.place)
    return Node(kept, tree.place)


def _either(base: Node | None, over: Node | None) -> Node:
    if base is None or over is None:
        found = over if base is None else base
        assert found is not None  # noqa: S101 the key came from one of the two
        return found
    return overlaid(base, over)


def _header(base: Node, over: Node) -> Node:
    keys = dict(over.items)
    for key in _FROM_BASE:
        if key not in keys and key in base.items:
            keys[key] = base.items[key]
    marks = _marks(base.items.get("marks"), over.items.get("marks"))
    return Node({**keys, **({"marks": marks} if marks else {})}, over.place)


def _marks(base: Node | None, over: Node | None) -> Node | None:
    if base is None or over is None:
        return over or base
    said = [mark.plain() for mark in base.elements]
    return Node([*base.elements, *(mark for mark in over.elements if mark.plain() not in said)], over.place)
