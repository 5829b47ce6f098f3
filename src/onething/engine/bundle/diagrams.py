"""
Decision diagrams: an outcome as a graph of the answers it hangs on, in which what is alike stands only once.

A node asks one field and has a branch for every value worth trying; a leaf is an outcome. Fields are asked in one order
all over, so that two outcomes can be put together branch by branch. `Stuck` is a leaf that cannot be told, because what
is missing cannot be tried (calculated with, compared with another field); no two of them are taken to be alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """An outcome that is settled."""

    value: Any
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Stuck:
    """An outcome that hangs on answers which cannot be tried."""

    missing: frozenset[str]
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Asks `name`; the branches stand in the order of its values. `fields`: all that are asked from here on."""

    name: str
    branches: tuple[Diagram, ...]
    fields: frozenset[str]


Diagram = Leaf | Stuck | Node


@dataclass(slots=True)
class Diagrams:
    """Makes diagrams; `values` are the values worth trying, `last` the fields that are asked after all others."""

    values: dict[str, tuple[Any, ...]]
    last: frozenset[str] = frozenset()
    leaves: dict[Any, Leaf] = field(default_factory=dict)
    nodes: dict[tuple[Any, ...], Node] = field(default_factory=dict)
    ranks: dict[str, tuple[bool, int, str]] = field(default_factory=dict)

    def copy(self) -> Diagrams:
        """Give another one that begins with the diagrams made here."""
        return Diagrams(dict(self.values), self.last, dict(self.leaves), dict(self.nodes), dict(self.ranks))

    def leaf(self, value: Any) -> Leaf:
        """Give the one leaf with this outcome; yes is not taken for the number one."""
        return self.leaves.setdefault((type(value), value), Leaf(value))

    def node(self, name: str, branches: Sequence[Diagram]) -> Diagram:
        """Give the one node with these branches; none where they are all the same."""
        first = branches[0]
        if branches.count(first) == len(branches):
            return first
        key = (name, *branches)
        found = self.nodes.get(key)
        if found is None:
            below = frozenset((name,)).union(*(branch.fields for branch in branches))
            found = self.nodes[key] = Node(name, tuple(branches), below)
        return found

    def branches(self, diagram: Diagram, asked: str) -> Sequence[Diagram]:
        """Give what is left of a diagram after each answer to a field that it asks first or not at all."""
        if isinstance(diagram, Node) and diagram.name == asked:
            return diagram.branches
        return (diagram,) * len(self.values[asked])

    def next(self, missing: frozenset[str]) -> str | None:
        """The field to ask first; None when none of them can be tried."""
        return min((name for name in missing if self.values.get(name)), key=self.rank, default=None)

    def rank(self, name: str) -> tuple[bool, int, str]:
        """The order in which fields are asked: those with the fewest values first."""
        found = self.ranks.get(name)
        if found is None:
            found = self.ranks[name] = name in self.last, len(self.values[name]), name
        return found


@dataclass(slots=True)
class Replacing:
    """Puts the diagram of a field's own value (`values`) in the place of the field called `name`."""

    diagrams: Diagrams
    name: str
    values: Diagram
    done: dict[tuple[Diagram, Diagram], Diagram] = field(default_factory=dict)
    merged: dict[tuple[int, ...], Diagram] = field(default_factory=dict)

    def within(self, diagram: Diagram) -> Diagram:
        """Give the diagram without the field."""
        if not isinstance(diagram, Node) or self.name not in diagram.fields:
            return diagram
        return self._put(diagram, self._told_apart(diagram))

    def _told_apart(self, diagram: Diagram) -> Diagram:
        """The field's own value as far as the diagram tells it apart: mostly there is much less of it to go through."""
        asking = [one.branches for one in parts(diagram) if isinstance(one, Node) and one.name == self.name]
        first: dict[tuple[Diagram, ...], int] = {}
        alike = tuple(first.setdefault(ways, place) for place, ways in enumerate(zip(*asking, strict=True)))
        found = self.merged.get(alike)
        if found is None:
            found = self.merged[alike] = _Merging(self.diagrams, self.diagrams.values[self.name], alike).of(self.values)
        return found

    def _put(self, diagram: Diagram, values: Diagram) -> Diagram:
        if not isinstance(diagram, Node) or self.name not in diagram.fields:
            return diagram
        found = self.done.get((diagram, values))
        if found is None:
            made = self._chosen if diagram.name == self.name else self._beside
            found = self.done[diagram, values] = made(diagram, values)
        return found

    def _chosen(self, diagram: Node, values: Diagram) -> Diagram:
        """What becomes of a node that asks the field: its own value is asked for instead."""
        if isinstance(values, Node):
            return self.diagrams.node(values.name, [self._put(diagram, other) for other in values.branches])
        if isinstance(values, Stuck):
            return Stuck(values.missing)
        return diagram.branches[self.diagrams.values[self.name].index(values.value)]

    def _beside(self, diagram: Node, values: Diagram) -> Diagram:
        """What becomes of a node that asks another field: whichever of the two comes first is asked first."""
        rank, asked = self.diagrams.rank, diagram.name
        if not isinstance(values, Node) or rank(asked) < rank(values.name):
            return self.diagrams.node(asked, [self._put(one, values) for one in diagram.branches])
        if asked == values.name:
            pairs = zip(diagram.branches, values.branches, strict=True)
            return self.diagrams.node(asked, [self._put(one, other) for one, other in pairs])
        return self.diagrams.node(values.name, [self._put(diagram, other) for other in values.branches])


@dataclass(slots=True)
class _Merging:
    """Takes values for one: in the place of each stands the one at `alike`."""

    diagrams: Diagrams
    values: Sequence[Any]
    alike: Sequence[int]
    done: dict[Diagram, Diagram] = field(default_factory=dict)

    def of(self, diagram: Diagram) -> Diagram:
        found = self.done.get(diagram)
        if found is None:
            found = self.done[diagram] = self._made(diagram)
        return found

    def _made(self, diagram: Diagram) -> Diagram:
        if isinstance(diagram, Leaf):
            return self.diagrams.leaf(self.values[self.alike[self.values.index(diagram.value)]])
        if isinstance(diagram, Stuck):
            return diagram
        return self.diagrams.node(diagram.name, [self.of(branch) for branch in diagram.branches])


@dataclass(slots=True)
class Answering:
    """Takes the branches of answers that are given: `places` says at which of a field's values its answer stands."""

    diagrams: Diagrams
    places: Mapping[str, int]
    done: dict[Diagram, Diagram] = field(default_factory=dict)

    def within(self, diagram: Diagram) -> Diagram:
        """Give the diagram of what is left to ask."""
        if not isinstance(diagram, Node) or self.places.keys().isdisjoint(diagram.fields):
            return diagram
        found = self.done.get(diagram)
        if found is None:
            found = self.done[diagram] = self._made(diagram)
        return found

    def _made(self, diagram: Node) -> Diagram:
        place = self.places.get(diagram.name)
        if place is not None:
            return self.within(diagram.branches[place])
        return self.diagrams.node(diagram.name, [self.within(branch) for branch in diagram.branches])


@dataclass(slots=True)
class Joining:
    """Puts diagrams together: `of` gives, for one end of each, the outcome of the whole; `spend` counts the steps."""

    diagrams: Diagrams
    of: Callable[..., Any]
    spend: Callable[[int], None]
    done: dict[tuple[Diagram, ...], Diagram] = field(default_factory=dict)

    def joined(self, *some: Diagram) -> Diagram:
        """Give the diagram of the whole; answers that several of them ask are asked once."""
        found = self.done.get(some)
        if found is None:
            self.spend(1)
            found = self.done[some] = self._made(some)
        return found

    def _made(self, some: tuple[Diagram, ...]) -> Diagram:
        tops = {one.name for one in some if isinstance(one, Node)}
        if not tops:
            return self.diagrams.leaf(self.of(*some))
        asked = min(tops, key=self.diagrams.rank)
        columns = zip(*(self.diagrams.branches(one, asked) for one in some), strict=True)
        return self.diagrams.node(asked, [self.joined(*column) for column in columns])


def parts(diagram: Diagram) -> Iterator[Diagram]:
    """Walk over every node and leaf once."""
    found = dict.fromkeys([diagram])
    walked = list(found)
    for one in walked:  # grows while it is walked
        yield one
        if isinstance(one, Node):
            fresh = [branch for branch in dict.fromkeys(one.branches) if branch not in found]
            found.update(dict.fromkeys(fresh))
            walked += fresh


@dataclass(slots=True)
class Deciding:
    """
    Names the fields of which two values can lead to different outcomes, neither of them `beside` the matter.

    What is found out about a node holds for every diagram that it is a part of. Where nothing is beside the matter two
    branches that are not the same always lead to different outcomes.
    """

    beside: object
    clashing: dict[Diagram, bool] = field(default_factory=dict)
    known: dict[tuple[Diagram, Diagram], bool] = field(default_factory=dict)
    straying: dict[Diagram, bool] = field(default_factory=dict)

    def fields(self, diagram: Diagram) -> frozenset[str]:
        """Give the fields that decide; all that are missing where an outcome cannot be told."""
        every = list(parts(diagram))
        names = {one.name for one in every if isinstance(one, Node) and self._clashes(one)}
        return frozenset(names).union(*(one.missing for one in every if isinstance(one, Stuck)))

    def _clashes(self, node: Node) -> bool:
        found = self.clashing.get(node)
        if found is None:
            found = self.clashing[node] = not self._strays(node) or self._within(node)
        return found

    def _within(self, node: Node) -> bool:
        branches = list(dict.fromkeys(node.branches))
        return any(self._clash(one, other) for place, one in enumerate(branches) for other in branches[place + 1 :])

    def _strays(self, one: Diagram) -> bool:
        """Tell whether an outcome beside the matter can come of it."""
        if not isinstance(one, Node):
            return self._is_beside(one)
        found = self.straying.get(one)
        if found is None:
            found = self.straying[one] = any(map(self._strays, one.branches))
        return found

    def _is_beside(self, end: Diagram) -> bool:
        return isinstance(end, Leaf) and end.value is self.beside

    def _clash(self, one: Diagram, other: Diagram) -> bool:
        if one is other or self._is_beside(one) or self._is_beside(other):
            return False
        if not (self._strays(one) or self._strays(other)):
            return True
        found = self.known.get((one, other))
        if found is None:
            found = self.known[one, other] = any(self._clash(*pair) for pair in _side_by_side(one, other))
        return found


def _side_by_side(one: Diagram, other: Diagram) -> Iterator[tuple[Diagram, Diagram]]:
    """Pair the branches of two diagrams for the same answers."""
    if isinstance(one, Node) and isinstance(other, Node) and one.name == other.name:
        return zip(one.branches, other.branches, strict=True)
    if isinstance(one, Node) and not (isinstance(other, Node) and one.name in other.fields):
        return ((branch, other) for branch in one.branches)
    if isinstance(other, Node):
        return ((one, branch) for branch in other.branches)
    return iter(())


def outcomes(diagram: Diagram) -> list[Leaf | Stuck]:
    """List the outcomes that there can be."""
    return [one for one in parts(diagram) if not isinstance(one, Node)]
