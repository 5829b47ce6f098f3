"""YAML in, plain values out, each with the place where it is written. Nothing in a file can run or explode.

PyYAML's safe event stream is used and nothing of its object construction: tags are refused, texts that look
like `yes` or `on` stay texts, dates stay texts. Aliases are counted at their expanded size before they are followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from onething.plumbing.packs.broken import said_by_the_reader
from onething.plumbing.packs.problems import Place, Problem

MAX_BYTES = 1_000_000
MAX_NODES = 50_000
MAX_DEPTH = 24
MAX_ALIASES = 200

Scalar = str | int | float | bool | None
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"[-+]?[0-9]+\.[0-9]+")
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters and marks of direction: with them a terminal or a page may show what is not written."""
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_WORDS |= {word.capitalize(): value for word, value in _WORDS.items() if word.isalpha()}


@dataclass(slots=True)
class Node:
    """A value and where it is written: a mapping of nodes, a list of nodes, or a plain value."""

    value: dict[str, Node] | list[Node] | Scalar
    place: Place

    def plain(self) -> Any:
        """Give the value without its places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, *path: str | int) -> Place:
        """Find the place of what lies at `path`, or of the nearest thing around it that is written."""
        node = self
        for step in path:
            inner = node.child(step)
            if inner is None:
                break
            node = inner
        return node.place

    def child(self, step: str | int) -> Node | None:
        """Find the node one step down, if there is one."""
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None

    @property
    def items(self) -> dict[str, Node]:
        """The entries of a mapping; nothing for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def elements(self) -> list[Node]:
        """The elements of a list; nothing for anything else."""
        return self.value if isinstance(self.value, list) else []


class Broken(Exception):
    """The file cannot be read further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_file(path: Path, problems: list[Problem]) -> Node | None:
    """Read one YAML file; None, with the problem noted, if it cannot be read."""
    text = read_text(path, problems)
    return None if text is None else read_yaml(text, path, problems)


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """Read a text file of at most MAX_BYTES in UTF-8; None, with the problem noted, if that fails."""
    place = Place(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        problems.append(Problem("unreadable", place, {"reason": error.strerror or "?"}))
        return None
    if len(raw) > MAX_BYTES:
        problems.append(Problem("file_too_big", place, {"size": path.stat().st_size, "limit": MAX_BYTES}))
        return None
    return decode(raw, path, problems)


def decode(raw: bytes, path: Path, problems: list[Problem]) -> str | None:
    """Decode UTF-8 (with or without its mark); None, with the line noted, if it is something else."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(Problem("not_utf8", Place(path, line), {"byte": error.start}))
        return None


def read_yaml(text: str, path: Path, problems: list[Problem]) -> Node | None:
    """Build the nodes of one YAML text; None, with the problem noted, if it is broken, empty or a bomb."""
    try:
        root = _Builder(path, problems).build(text)
    except Broken as broken:
        problems.append(broken.problem)
        return None
    if root is None or root.value is None:
        problems.append(Problem("empty_file", Place(path)))
        return None
    return root


def _events(text: str, path: Path) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or ""
        place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        raise Broken(Problem("broken_yaml", place, {"reason": partial(said_by_the_reader, reason)})) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise Broken(
            Problem("broken_yaml", Place(path, line), {"reason": partial(said_by_the_reader, error.reason)})
        ) from error


@dataclass(slots=True)
class _Open:
    """A mapping or list still being read, with its expanded size and height."""

    node: Node
    anchor: str | None
    key: tuple[str, Place] | None = None
    size: int = 1
    height: int = 1


@dataclass(slots=True)
class _Builder:
    path: Path
    problems: list[Problem]
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int, int]] = field(default_factory=dict)
    aliases: int = 0
    root: Node | None = None
    documents: int = 0

    def build(self, text: str) -> Node | None:
        for event in _events(text, self.path):
            self._take(event)
        return self.root

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start({}, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start([], event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise Broken(Problem("several_documents", self._place(event)))

    def _scalar(self, event: Any) -> None:
        place = self._place(event)
        self._refuse_invisible(str(event.value), place)
        if self._awaits_key():
            self.stack[-1].key = (str(event.value), place)
            return
        self._refuse_tag(event, place)
        value = _resolve(event.value) if event.implicit[0] else str(event.value)
        node = Node(value, place)
        if event.anchor:
            self.anchors[event.anchor] = (node, 1, 1)
        self._put(node, 1, 1)

    def _start(self, empty: dict[str, Node] | list[Node], event: Any) -> None:
        place = self._place(event)
        self._refuse_tag(event, place)
        if self._awaits_key():
            raise Broken(Problem("key_not_text", place))
        if len(self.stack) >= MAX_DEPTH:
            raise Broken(Problem("too_deep", place, {"limit": MAX_DEPTH}))
        self.stack.append(_Open(Node(empty, place), event.anchor))

    def _end(self) -> None:
        done = self.stack.pop()
        if done.anchor:
            self.anchors[done.anchor] = (done.node, done.size, done.height)
        self._put(done.node, done.size, done.height)

    def _alias(self, event: Any) -> None:
        place = self._place(event)
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            raise Broken(Problem("too_many_aliases", place, {"limit": MAX_ALIASES}))
        if self._awaits_key():
            raise Broken(Problem("key_not_text", place))
        if event.anchor not in self.anchors:
            raise Broken(Problem("unknown_alias", place, {"name": event.anchor}))
        node, size, height = self.anchors[event.anchor]
        if len(self.stack) + height > MAX_DEPTH:
            raise Broken(Problem("too_deep", place, {"limit": MAX_DEPTH}))
        self._put(Node(node.value, place), size, height)

    def _put(self, node: Node, size: int, height: int) -> None:
        if not self.stack:
            self.root = node
            return
        around = self.stack[-1]
        around.size += size
        around.height = max(around.height, height + 1)
        if around.size > MAX_NODES:
            raise Broken(Problem("yaml_bomb", node.place, {"limit": MAX_NODES}))
        if isinstance(around.node.value, list):
            around.node.value.append(node)
        elif isinstance(around.node.value, dict) and around.key is not None:
            self._put_key(around.node.value, around.key, node)
            around.key = None

    def _put_key(self, mapping: dict[str, Node], key: tuple[str, Place], node: Node) -> None:
        name, place = key
        if name in mapping:
            facts = {"key": name, "first": mapping[name].place.line}
            self.problems.append(Problem("duplicate_key", place, facts))
            return
        mapping[name] = Node(node.value, place)

    def _awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].node.value, dict) and self.stack[-1].key is None

    def _refuse_tag(self, event: Any, place: Place) -> None:
        if event.tag is not None:
            self.problems.append(Problem("tag", place, {"tag": event.tag}))

    def _refuse_invisible(self, text: str, place: Place) -> None:
        found = INVISIBLE.search(text)
        if found:
            self.problems.append(Problem("control_character", place, {"character": f"U+{ord(found[0]):04X}"}))

    def _place(self, event: Any) -> Place:
        return Place(self.path, event.start_mark.line + 1, event.start_mark.column + 1)


def _resolve(text: str) -> Scalar:
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text
