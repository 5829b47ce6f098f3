"""
The fewest elements that hit every set, exactly. Sets are bit masks; nothing here knows what they stand for.

Used for the papers to hand in (`supply`) and for the stations to visit (`visits`: set cover is the same problem seen
from the other side). Minimum hitting set is NP-hard, so this is branch and bound; what keeps it short:

- a set with one element forces it; a set that contains another is hit with it;
- an element is never needed where another one hits all its sets and more;
- sets that share no element are problems of their own (looked for again after every decision), solved once each;
- a feasible solution of the dual linear programme says how many elements there must be at least.

Of equally few elements the search settles on the same ones every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from onething.engine.bundle.errors import TooEntangled

ROUNDING = 1e-6


@dataclass(slots=True)
class Hitting:
    """Finds smallest hitting sets and remembers those of parts; gives up when `work`, in sets looked at, is done."""

    work: int
    known: dict[frozenset[int], int] = field(default_factory=dict)

    def smallest(self, sets: Iterable[int]) -> int:
        """Find the fewest elements that hit all sets, none of which is empty. Refuses TooEntangled."""
        wanted = list(sets)
        found = self._fewer_than(wanted, len(wanted) + 1)
        return 0 if found is None else found

    def spend(self, work: int) -> None:
        """Count work done. Refuses TooEntangled when it was too much."""
        self.work -= work
        if self.work < 0:
            raise TooEntangled

    def _fewer_than(self, sets: Sequence[int], limit: int) -> int | None:
        """Hit all sets with fewer than `limit` elements, with the fewest; None when that cannot be."""
        forced, left = reduced(sets)
        parts = [(least(part), part) for part in apart(left)]
        total = forced.bit_count() + sum(bound for bound, _part in parts)
        for bound, part in sorted(parts, key=lambda one: len(one[1])):
            if total >= limit:
                return None
            found = self._part(part, limit - total + bound)
            if found is None:
                return None
            forced, total = forced | found, total - bound + found.bit_count()
        return forced if total < limit else None

    def _part(self, sets: list[int], limit: int) -> int | None:
        """The same for sets that hang together and cannot be reduced."""
        key = frozenset(sets)
        known = self.known.get(key)
        if known is None:
            known = self._branched(sets, limit)
            if known is not None:
                self.known[key] = known
        return known if known is not None and known.bit_count() < limit else None

    def _branched(self, sets: list[int], limit: int) -> int | None:
        """Take the element that hits most sets, or leave it."""
        self.spend(len(sets))
        one = _widest(sets)
        best = self._fewer_than([some for some in sets if not some & one], limit - 1)
        if best is not None:
            best |= one
            limit = best.bit_count()
        without = self._fewer_than([some & ~one for some in sets], limit)
        return best if without is None else without


def reduced(sets: Iterable[int]) -> tuple[int, list[int]]:
    """Take what must be taken and strike out what is never needed; gives the elements taken and the sets left."""
    forced, left = 0, list(dict.fromkeys(sets))
    while True:
        single = 0
        for some in left:
            single |= some if some & (some - 1) == 0 else 0
        forced |= single
        left = _without_wider([some for some in left if not some & single])
        needless = _needless(left)
        if not needless:
            return forced, left
        left = list(dict.fromkeys(some & ~needless for some in left))


def _without_wider(sets: list[int]) -> list[int]:
    """Leave out every set that contains another one."""
    holding = _holding(sets)
    wider: set[int] = set()
    for some in sets:
        rarest = min((holding[one] for one in bits(some)), key=len)
        wider.update(other for other in rarest if other != some and not some & ~other)
    return [some for some in sets if some not in wider]


def _needless(sets: Iterable[int]) -> int:
    """Elements in place of which another one can always be taken; of two that do the same the lower stays."""
    holding = _holding(sets)
    beside = {one: _in_all(of) & ~one for one, of in holding.items()}
    return sum(one for one, others in beside.items() if _is_replaced(one, others, beside))


def _is_replaced(one: int, others: int, beside: dict[int, int]) -> bool:
    return any(not beside[other] & one or other < one for other in bits(others))


def _in_all(sets: Iterable[int]) -> int:
    common = -1
    for some in sets:
        common &= some
    return common


def _holding(sets: Iterable[int]) -> dict[int, list[int]]:
    """The sets that hold each element."""
    found: dict[int, list[int]] = {}
    for some in sets:
        for one in bits(some):
            found.setdefault(one, []).append(some)
    return found


def apart(sets: Iterable[int]) -> list[list[int]]:
    """Part the sets into groups that share no element, in the order of their first set."""
    groups: list[tuple[int, list[int]]] = []
    for some in sets:
        reach, members = some, [some]
        others = []
        for group in groups:
            if group[0] & some:
                reach, members = reach | group[0], group[1] + members
            else:
                others.append(group)
        groups = [*others, (reach, members)]
    return [members for _reach, members in groups]


def least(sets: Sequence[int]) -> int:
    """
    Tell how many elements are needed at least.

    Every set asks a price; no element may cost more than 1 in all its sets. Then the sum of prices is a lower bound.
    """
    room = dict.fromkeys(bits(_union(sets)), 1.0)
    often = {one: len(of) for one, of in _holding(sets).items()}
    prices = [min(1 / often[one] for one in bits(some)) for some in sets]
    for some, price in zip(sets, prices, strict=True):
        for one in bits(some):
            room[one] -= price
    return ceil(sum(prices) + sum(_raised(sets, room)) - ROUNDING)


def _raised(sets: Sequence[int], room: dict[int, float]) -> Iterator[float]:
    """What the prices can still be raised by, one after the other."""
    for some in sorted(sets, key=int.bit_count):
        more = min(room[one] for one in bits(some))
        if more > 0:
            for one in bits(some):
                room[one] -= more
            yield more


def _union(sets: Iterable[int]) -> int:
    whole = 0
    for some in sets:
        whole |= some
    return whole


def _widest(sets: Iterable[int]) -> int:
    """The element that hits most sets; of equals the lowest."""
    often = _holding(sets)
    return min(often, key=lambda one: (-len(often[one]), one))


def bits(mask: int) -> Iterator[int]:
    """Give the single bits of a mask, lowest first."""
    while mask:
        one = mask & -mask
        yield one
        mask ^= one
