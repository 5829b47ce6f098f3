"""Which names in a pack must exist, as tables over paths; and the walk that holds a pack against them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from onething.catalogue.occasions import OCCASIONS
from onething.plumbing.packs import Pack, Problem
from onething.plumbing.packs.nodes import Node
from onething.plumbing.packs.problems import suggestion

Path = tuple[str | int, ...]

REGISTRY = "registry"
"""The house's own register of persons, which shares what it knows without being one of the departments."""

REFERENCES: tuple[tuple[str, str], ...] = (
    ("matters/*/department", "departments"),
    ("matters/*/consent", "fields"),
    ("matters/*/fields/*/field", "fields"),
    ("matters/*/materials/*/any_of/*", "materials"),
    ("matters/*/needs/*/matter", "matters"),
    ("matters/*/needs/*/event", "events"),
    ("matters/*/acts/*/capability", "capabilities"),
    ("matters/*/cosign/name", "fields"),
    ("matters/*/cosign/phone", "fields"),
    ("matters/*/cosign/shows/*", "fields"),
    ("materials/*/supplies/*/matter", "matters"),
    ("materials/*/supplies/*/department", "offices"),
    ("materials/*/supplies/*/fields/*", "fields"),
    ("fields/*/known_from/department", "offices"),
    ("fields/*/agrees_with/field", "fields"),
    ("terms/*/from_field", "fields"),
    ("terms/*/matter", "matters"),
    ("objections/*/matters/*", "matters"),
    ("objections/*/departments/*", "departments"),
    ("examples/*/expect/matters/*", "matters"),
    ("examples/*/expect/not_needed/*", "matters"),
    ("examples/*/expect/critical_path/*", "matters"),
    ("examples/*/expect/open_questions/*", "fields"),
    ("examples/*/expect/hand_in/*", "materials"),
    ("examples/*/expect/terms/*", "terms"),
    ("examples/*/expect/terms_in_doubt/*", "terms"),
)
"""Where a name stands, and among which names it must be found. `*` is any key or any element."""

KEYS: tuple[tuple[str, str], ...] = (
    ("derived/*", "fields"),
    ("examples/*/answers/*", "fields"),
    ("notices/*", "occasions"),
)
"""Where the key itself is a name."""

EXPRESSIONS = (
    "fields/*/check",
    "matters/*/applies/*/when",
    "matters/*/fields/*/when",
    "matters/*/materials/*/when",
    "matters/*/needs/*/when",
    "matters/*/acts/*/when",
    "matters/*/cosign/when",
    "materials/*/supplies/*/when",
    "derived/*/cases/*/when",
    "terms/*/when",
)

_KINDS: Mapping[str, tuple[str, str]] = {
    "departments": ("部门", "department"),
    "offices": ("部门", "department"),
    "fields": ("字段", "field"),
    "materials": ("材料", "material"),
    "matters": ("事项", "matter"),
    "events": ("外部事件", "event"),
    "terms": ("本人期限", "day to keep"),
    "capabilities": ("服务点能力", "capability of a station"),
    "occasions": ("通知场合", "occasion to write on"),
}


_SECTION_OF: Mapping[str, str] = {"capabilities": "stations", "offices": "departments"}
"""Where the names of a kind are defined, if the section is called otherwise."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something written in the pack: the path to it, and the node."""

    path: Path
    node: Node


def at(tree: Node, pattern: str) -> Iterator[Found]:
    """Walk to everything that `pattern` names, in the order it is written."""
    return _walk(Found((), tree), pattern.split("/"))


def _walk(found: Found, steps: list[str]) -> Iterator[Found]:
    if not steps:
        yield found
        return
    for key, node in _children(found.node, steps[0]):
        yield from _walk(Found((*found.path, key), node), steps[1:])


def _children(node: Node, step: str) -> Iterator[tuple[str | int, Node]]:
    if step != "*":
        inner = node.child(step)
        if inner is not None:
            yield step, inner
    elif isinstance(node.value, dict):
        yield from node.value.items()
    else:
        yield from enumerate(node.elements)


def unknown_names(pack: Pack, unread: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Find every name in the pack that refers to nothing, except into sections that were not wholly read."""
    names = {kind: known for kind, known in names_of(pack).items() if _SECTION_OF.get(kind, kind) not in unread}
    for pattern, kind in REFERENCES:
        if kind in names:
            yield from _unknown(at(pack.tree, pattern), kind, names[kind], lambda found: found.node.value)
    for pattern, kind in KEYS:
        if kind in names:
            yield from _unknown(at(pack.tree, pattern), kind, names[kind], lambda found: found.path[-1])


def unknown_sources(pack: Pack) -> Iterator[Problem]:
    """Find every source that sources.yaml does not have."""
    known = pack.known["sources"]
    for found in everything(pack.tree):
        if found.path[-1] in ("source", "title_source") and isinstance(found.node.value, str):
            name = found.node.value.split(":")[0]
            if name not in known:
                yield Problem("unknown_source", found.node.place, {"id": name, **suggestion(name, known)})


def everything(tree: Node) -> Iterator[Found]:
    """Walk over every node but the root."""
    for key, node in _children(tree, "*"):
        here = Found((key,), node)
        yield here
        for inner in everything(node):
            yield Found((key, *inner.path), inner.node)


def names_of(pack: Pack) -> dict[str, tuple[str, ...]]:
    """Give the names that exist, by kind."""
    can = [str(found.node.value) for found in at(pack.tree, "stations/*/can/*")]
    offices = (*pack.known["departments"], REGISTRY)
    return {
        **pack.known, "capabilities": tuple(dict.fromkeys(can)), "offices": offices, "occasions": tuple(OCCASIONS)
    }  # fmt: skip


def _unknown(
    places: Iterator[Found], kind: str, known: tuple[str, ...], name_of: Callable[[Found], object]
) -> Iterator[Problem]:
    for found in places:
        name = name_of(found)
        if isinstance(name, str) and name not in known:
            facts = {"id": name, "kind": _kind(kind), **suggestion(name, known)}
            yield Problem("unknown_name", found.node.place, facts)


def _kind(kind: str) -> Callable[[str], str]:
    zh, en = _KINDS[kind]
    return lambda language: zh if language == "zh" else en
