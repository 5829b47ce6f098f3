"""When what can start: order, longest path and parallel layers over matters numbered 0 … n-1. Pure integers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Edge = tuple[int, int]
Finish = Callable[[int, int], int]
"""(matter, working days after the start at which it begins) → working days after the start at which it ends."""


class Order:
    """
    What comes after what, as bit masks: `after[i]` holds every matter that starts only when `i` is settled.

    Edges may be added in any number; a cycle shows as a matter that comes after itself.
    """

    __slots__ = ("after",)

    def __init__(self, after: Sequence[int]) -> None:
        self.after = list(after)

    @classmethod
    def of(cls, count: int, edges: Iterable[Edge]) -> Order:
        """Build the order of `count` matters from its edges (first, then)."""
        order = cls([0] * count)
        for first, then in edges:
            order.add(first, then)
        return order

    def copy(self) -> Order:
        """Give an order that can be extended without changing this one."""
        return Order(self.after)

    def precedes(self, first: int, then: int) -> bool:
        """Tell whether `then` already waits for `first`."""
        return bool(self.after[first] >> then & 1)

    def admits(self, first: int, then: int) -> bool:
        """Tell whether `then` could wait for `first` without closing a cycle."""
        return first != then and not self.precedes(then, first)

    def add(self, first: int, then: int) -> None:
        """Let `then` wait for `first`."""
        if self.precedes(first, then):
            return
        gained = self.after[then] | 1 << then
        for one, later in enumerate(self.after):
            if one == first or later >> first & 1:
                self.after[one] = later | gained


@dataclass(frozen=True, slots=True)
class Schedule:
    """Earliest start and end of each matter, in working days after the day of submission."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    critical: tuple[int, ...]  # one longest chain, first matter first; of equal ones the lowest numbers
    layers: tuple[tuple[int, ...], ...]  # what may run side by side

    @property
    def days(self) -> int:
        """Length of the critical path."""
        return max(self.ends, default=0)


def earliest(count: int, edges: Iterable[Edge], finish: Finish) -> Schedule:
    """Schedule every matter as early as its predecessors allow. The edges must be free of cycles."""
    before: list[list[int]] = [[] for _ in range(count)]
    for first, then in set(edges):
        before[then].append(first)
    starts, ends, depth = [0] * count, [0] * count, [0] * count
    for one in in_order(count, before):
        starts[one] = max((ends[other] for other in before[one]), default=0)
        ends[one] = finish(one, starts[one])
        depth[one] = max((depth[other] + 1 for other in before[one]), default=0)
    layers = tuple(tuple(i for i in range(count) if depth[i] == level) for level in range(max(depth, default=-1) + 1))
    return Schedule(tuple(starts), tuple(ends), _critical(starts, ends, before), layers)


def longest(count: int, edges: Iterable[Edge], finish: Finish) -> int:
    """Length of the critical path alone, for comparing alternatives."""
    return earliest(count, edges, finish).days


def in_order(count: int, before: Sequence[Sequence[int]]) -> list[int]:
    """Number the matters so that each stands behind all of `before` that it waits for; without those in a circle."""
    waiting = [len(one) for one in before]
    then: list[list[int]] = [[] for _ in range(count)]
    for one, firsts in enumerate(before):
        for first in firsts:
            then[first].append(one)
    ready = [one for one in range(count) if waiting[one] == 0]
    for one in ready:  # grows while it is walked
        for later in then[one]:
            waiting[later] -= 1
            if waiting[later] == 0:
                ready.append(later)
    return ready


def _critical(starts: Sequence[int], ends: Sequence[int], before: Sequence[Sequence[int]]) -> tuple[int, ...]:
    if not ends:
        return ()
    chain = [min(range(len(ends)), key=lambda one: (-ends[one], one))]
    while starts[chain[-1]] > 0:
        chain.append(min(one for one in before[chain[-1]] if ends[one] == starts[chain[-1]]))
    return tuple(reversed(chain))


def find_cycle(count: int, edges: Iterable[Edge]) -> tuple[int, ...]:
    """Find a chain of matters that wait for each other, closed by its first; empty when there is none."""
    known = list(edges)
    order = Order.of(count, known)
    caught = [one for one in range(count) if order.precedes(one, one)]
    if not caught:
        return ()
    return _walk_back(caught[0], known, order)


def _walk_back(start: int, edges: Sequence[Edge], order: Order) -> tuple[int, ...]:
    """Follow, from `start`, edges that still lead back to it, by the shortest way."""
    paths: list[tuple[int, ...]] = [(start,)]
    seen = {start}
    for path in paths:  # grows while it is walked: breadth first
        for first, then in edges:
            if first == path[-1] and then == start:
                return (*path, start)
            if first == path[-1] and then not in seen and order.precedes(then, start):
                seen.add(then)
                paths.append((*path, then))
    return ()
