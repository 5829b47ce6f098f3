"""From a folder to a pack: every file read, the base merged in, every entry of the right shape, every place known.

Nothing outside the folder and its bases is read: links are refused, and a base is found by its id under a packs root.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from onething.plumbing import places
from onething.plumbing.packs import schema, shapes
from onething.plumbing.packs.merge import merged, without
from onething.plumbing.packs.nodes import Node, read_file
from onething.plumbing.packs.problems import PackInvalid, Place, Problem, nearest, suggestion
from onething.plumbing.packs.sections import BY_NAME, FILES, FOLDERS, HEADER, SECTIONS, Section

MAX_FILES = 2_000
_CONTENT = (".yaml", ".yml", ".json")
Entry = TypeVar("Entry", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Pack:
    """
    One pack with its bases merged in.

    `entries[section][id]` has the right shape; `known[section]` names also those that do not; `tree` keeps where
    everything stands. `bases` are the ids of the packs it extends, nearest first.
    """

    folder: Path
    header: schema.Header
    bases: tuple[str, ...]
    entries: Mapping[str, Mapping[str, BaseModel]]
    known: Mapping[str, tuple[str, ...]]
    tree: Node

    @property
    def id(self) -> str:
        """The pack's id, e.g. hlj/retirement."""
        return self.header.id

    def of(self, kind: type[Entry]) -> Mapping[str, Entry]:
        """Give the entries of one shape by id, e.g. `pack.of(schema.Matter)`."""
        section = next(section for section in SECTIONS if section.entry is kind)
        return cast("Mapping[str, Entry]", self.entries[section.name])

    def place(self, *path: str | int) -> Place:
        """Find where something stands, e.g. `place("matters", "reporting", "applies", 0)`."""
        return self.tree.at(*path)


def read_pack(where: str | Path) -> Pack:
    """
    Read a pack from its folder, or by its id under the packs root.

    Refuses PackInvalid with every problem found.
    """
    pack, problems = look_at(where)
    if problems or pack is None:
        raise PackInvalid(problems)
    return pack


def look_at(where: str | Path) -> tuple[Pack | None, list[Problem]]:
    """Read a pack as far as it can be read, and list every problem with it. None if there is no readable pack.yaml."""
    problems: list[Problem] = []
    folder = find_folder(where, problems)
    if folder is None:
        return None, problems
    root = _root_of(folder)
    assembled = _assemble(folder, (), root, problems)
    if assembled is None:
        return None, problems
    return _shaped(folder, *assembled, problems), problems


def folders_of(pack: Pack) -> dict[str, Path]:
    """Find the folder of a pack that was read, and those of the packs it extends, by their ids."""
    roots = (_root_of(pack.folder), places.packs_root())
    bases = {
        base: next((root / base for root in roots if (root / base / HEADER).is_file()), None) for base in pack.bases
    }
    return {pack.id: pack.folder, **{base: folder for base, folder in bases.items() if folder is not None}}


def _nothing_at(folder: Path, name: str) -> Problem:
    root = places.packs_root()
    known = [file.parent.relative_to(root).as_posix() for file in root.glob(f"*/*/{HEADER}")]
    near = get_close_matches(name, sorted(known), n=3)
    facts = {"name": name, "near": ", ".join(near)}
    return Problem("no_pack_but_near" if near else "no_pack", Place(folder), facts)


def find_folder(where: str | Path, problems: list[Problem]) -> Path | None:
    """Find the folder of a pack: a path, or else an id under the packs root."""
    for folder in (Path(where), places.packs_root() / where):
        if (folder / HEADER).is_file() and (folder == Path(where) or _is_below(folder, places.packs_root())):
            return folder.resolve()
    folder = Path(where).absolute()
    if folder.is_dir():
        problems.append(Problem("file_missing", Place(folder / HEADER), {"name": HEADER}))
    else:
        problems.append(_nothing_at(folder, os.fspath(where)))
    return None


def _assemble(
    folder: Path, chain: tuple[str, ...], root: Path, problems: list[Problem]
) -> tuple[schema.Header, tuple[str, ...], Node] | None:
    tree = _gather(folder, problems)
    if tree is None:
        return None
    header = shapes.header(tree, problems)
    if header is None:
        return None
    _check_id(header, folder, tree, problems)
    bases: tuple[str, ...] = ()
    if header.extends:
        base = _base(header, (*chain, header.id), root, tree, problems)
        if base is not None:
            bases = (base[0].id, *base[1])
            tree = merged(_without_removed(header, base[2], tree, problems), tree)
            header = shapes.header(tree, []) or header
    elif header.remove != schema.Remove():
        problems.append(Problem("remove_without_base", tree.at("pack", "remove")))
    return header, bases, tree


def _base(
    header: schema.Header, chain: tuple[str, ...], root: Path, tree: Node, problems: list[Problem]
) -> tuple[schema.Header, tuple[str, ...], Node] | None:
    name = str(header.extends)
    place = tree.at("pack", "extends")
    if name in chain:
        problems.append(Problem("base_circle", place, {"chain": " → ".join((*chain, name))}))
        return None
    roots = list(dict.fromkeys((root, places.packs_root())))
    for candidate in roots:
        folder = candidate / name
        if (folder / HEADER).is_file() and _is_below(folder, candidate):
            return _assemble(folder.resolve(), chain, candidate, problems)
    where = ", ".join(str(candidate) for candidate in roots)
    problems.append(Problem("base_missing", place, {"base": name, "where": where}))
    return None


def _without_removed(header: schema.Header, base: Node, tree: Node, problems: list[Problem]) -> Node:
    gone: dict[str, list[str]] = header.remove.model_dump()
    for section, ids in gone.items():
        known = base.items[section].items if section in base.items else {}
        for index, name in enumerate(ids):
            if name not in known:
                facts = {"id": name, "base": header.extends, "section": section, **suggestion(name, known)}
                problems.append(Problem("nothing_to_remove", tree.at("pack", "remove", section, index), facts))
    return without(base, gone)


def _check_id(header: schema.Header, folder: Path, tree: Node, problems: list[Problem]) -> None:
    root = places.packs_root()
    if _is_below(folder, root) and header.id != folder.relative_to(root).as_posix():
        facts: dict[str, object] = {"id": header.id, "folder": folder.relative_to(root).as_posix()}
        problems.append(Problem("id_differs", tree.at("pack", "id"), facts))


def _root_of(folder: Path) -> Path:
    """Find the packs root a folder lies under: the shipped one, else two levels up (level/name)."""
    return places.packs_root() if _is_below(folder, places.packs_root()) else folder.parent.parent


def _is_below(folder: Path, root: Path) -> bool:
    return folder.resolve().is_relative_to(root.resolve())


# files


def _gather(folder: Path, problems: list[Problem]) -> Node | None:
    """Read every file of one folder into one tree: section → id → entry. None without a readable pack.yaml."""
    start = Place(folder / HEADER)
    tree: dict[str, Node] = {section.name: Node({}, Place(folder / section.file)) for section in SECTIONS}
    for file in files_in(folder, problems):
        relative = file.relative_to(folder)
        section = _section_of(relative, problems, file)
        if section is None and relative.as_posix() != HEADER:
            continue
        node = read_file(file, problems)
        if node is None:
            continue
        if section is None:
            tree["pack"] = node
        else:
            _add(tree[section.name], section, node, file, problems)
    if "pack" not in tree:
        return None
    return Node(tree, start)


def files_in(folder: Path, problems: list[Problem]) -> list[Path]:
    """List the plain files of a folder and its folders, in order of name. Links and odd files are refused."""
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        for entry in sorted(os.scandir(waiting.pop()), key=lambda entry: entry.name):
            path = Path(entry.path)
            if entry.is_symlink():
                problems.append(Problem("leaves_folder", Place(path), {"name": path.relative_to(folder)}))
            elif entry.name.startswith("."):
                continue
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
                found.append(path)
            elif path.suffix in _CONTENT:
                problems.append(Problem("not_a_file", Place(path), {"name": path.relative_to(folder)}))
            if len(found) + len(waiting) > MAX_FILES:
                problems.append(Problem("too_many_files", Place(folder), {"limit": MAX_FILES}))
                return []
    return sorted(found)


def _section_of(relative: Path, problems: list[Problem], file: Path) -> Section | None:
    if relative.suffix not in _CONTENT:
        return None
    name = relative.as_posix()
    if len(relative.parts) == 2 and relative.suffix == ".yaml" and relative.parts[0] in FOLDERS:
        return FOLDERS[relative.parts[0]]
    if name in FILES:
        return FILES[name]
    if name != HEADER:
        problems.append(Problem("file_unknown", Place(file), {"name": name, "hint": _file_hint(relative)}))
    return None


def _file_hint(relative: Path) -> object:
    folder, name = relative.parent.as_posix(), relative.with_suffix(".yaml").name
    if folder == ".":
        close = nearest(name, [HEADER, *FILES])
    else:
        near = nearest(folder, FOLDERS)
        close = f"{near}/{name}" if near else ""
    zh = f"是否应为“{close}”？" if close else ""
    en = f"Should it be “{close}”?" if close else ""
    return lambda language: zh if language == "zh" else en


def _add(into: Node, section: Section, node: Node, file: Path, problems: list[Problem]) -> None:
    for name, entry in _entries(section, node, file, problems):
        there = into.items.get(name)
        if there is not None:
            problems.append(Problem("id_twice", entry.place, {"id": name, "first": there.place}))
        else:
            into.items[name] = entry


def _entries(section: Section, node: Node, file: Path, problems: list[Problem]) -> Iterable[tuple[str, Node]]:
    if section.name in ("examples", "situations"):
        return [(file.stem, node)]
    if section.name == "matters":
        return _matters(node, problems)
    if section.inside is not None:
        _refuse_other_keys(node, section.inside, file, problems)
        node = node.items.get(section.inside, Node({}, node.place))
    if not isinstance(node.value, dict):
        reason = "`id: …`"
        facts: dict[str, object] = {"key": file.name, "value": type(node.value).__name__, "reason": reason, "hint": ""}
        problems.append(Problem("wrong_value", node.place, facts))
    return list(node.items.items())


def _matters(node: Node, problems: list[Problem]) -> list[tuple[str, Node]]:
    listed = node.items.get("matters")
    if listed is not None:
        _refuse_other_keys(node, "matters", node.place.file, problems)
    found = []
    for matter in listed.elements if listed is not None else [node]:
        name = matter.items.get("id")
        if name is None or not isinstance(name.value, str):
            hint = "`id: …`"
            facts: dict[str, object] = {"owner": matter.place.file.name, "key": "id", "hint": hint}
            problems.append(Problem("missing_key", matter.place, facts))
        else:
            found.append((name.value, matter))
    return found


def _refuse_other_keys(node: Node, allowed: str, file: Path, problems: list[Problem]) -> None:
    for key, entry in node.items.items():
        if key != allowed:
            facts = {"owner": file.name, "key": key, **suggestion(key, [allowed])}
            problems.append(Problem("unknown_key", entry.place, facts))


# shapes


def _shaped(folder: Path, header: schema.Header, bases: tuple[str, ...], tree: Node, problems: list[Problem]) -> Pack:
    entries: dict[str, dict[str, Any]] = {}
    for section in SECTIONS:
        found = tree.items[section.name].items
        if not section.belongs_to(header.kind):
            problems.extend(_strangers(section, found.values(), header))
        elif section.required and not found:
            place = Place(folder / section.file)
            if not any(problem.place.file.is_relative_to(place.file) for problem in problems):
                problems.append(Problem("file_missing", place, {"name": section.file}))
        shaped = {name: shapes.fit(section.entry, tree, (section.name, name), problems) for name in found}
        _check_names(section, tree, problems)
        entries[section.name] = {name: entry for name, entry in shaped.items() if entry is not None}
    known = {section.name: tuple(tree.items[section.name].items) for section in SECTIONS}
    return Pack(folder, header, bases, entries, known, tree)


def _strangers(section: Section, found: Iterable[Node], header: schema.Header) -> Iterable[Problem]:
    """Name every file of a section that packs of the other kind have."""
    for file in dict.fromkeys(node.place.file for node in found):
        facts = {"name": file.name, "section": section.file, "kind": header.kind}
        yield Problem("other_kind", Place(file), facts)


def _check_names(section: Section, tree: Node, problems: list[Problem]) -> None:
    if section.name in ("sources", "examples", "matters", "situations"):
        return
    for name, node in tree.items[section.name].items.items():
        if not name.isidentifier() or not name.isascii() or name != name.lower():
            reason = "a-z, 0-9, _"
            facts: dict[str, object] = {"key": "id", "value": repr(name), "reason": reason, "hint": ""}
            problems.append(Problem("wrong_value", node.place, facts))


__all__ = ["BY_NAME", "Pack", "files_in", "find_folder", "folders_of", "look_at", "read_pack"]
