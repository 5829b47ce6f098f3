"""Who waits for whom in a circle: strongly connected groups. Pure integers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onething.engine.bundle.schedule import Edge


def together(count: int, edges: Iterable[Edge]) -> list[int]:
    """Number the groups of matters that can reach each other: two are on a common circle if their numbers agree."""
    after, before = _neighbours(count, edges)
    group = [-1] * count
    for root in reversed(_finished(after)):
        if group[root] < 0:
            _spread(before, group, root)
    return group


def _neighbours(count: int, edges: Iterable[Edge]) -> tuple[list[list[int]], list[list[int]]]:
    after: list[list[int]] = [[] for _ in range(count)]
    before: list[list[int]] = [[] for _ in range(count)]
    for first, then in edges:
        after[first].append(then)
        before[then].append(first)
    return after, before


def _finished(after: Sequence[Sequence[int]]) -> list[int]:
    """The matters in the order in which a depth-first walk leaves them."""
    seen = [False] * len(after)
    left: list[int] = []
    for root in range(len(after)):
        walk = [(root, iter(after[root]))] if not seen[root] else []
        seen[root] = True
        while walk:
            here, others = walk[-1]
            then = next((one for one in others if not seen[one]), None)
            if then is None:
                left.append(here)
                walk.pop()
            else:
                seen[then] = True
                walk.append((then, iter(after[then])))
    return left


def _spread(before: Sequence[Sequence[int]], group: list[int], root: int) -> None:
    group[root] = root
    reached = [root]
    for here in reached:  # grows while it is walked
        for other in before[here]:
            if group[other] < 0:
                group[other] = root
                reached.append(other)
