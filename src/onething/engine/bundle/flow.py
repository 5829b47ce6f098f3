"""
What follows once it is settled which demands wait for a maker: when each matter can run, and who never can.

A matter starts when all it waits for has ended: every matter it needs, and of each demand the first maker to end.
Run like this, earliest end first, every matter ends as early as it possibly can. Whoever never starts waits in a
circle. Pure integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from onething.engine.bundle.circles import together
from onething.engine.bundle.schedule import Edge, Finish


@dataclass(frozen=True, slots=True)
class Run:
    """
    One run of everything: the end of each matter that can end, and the maker of each demand that has one.

    `waiting` are the demands that needed a maker.
    """

    waiting: frozenset[int]
    starts: Sequence[int]
    ends: Mapping[int, int]
    makers: Mapping[int, int]

    @property
    def days(self) -> int:
        """When the last matter ends."""
        return max(self.ends.values(), default=0)


class Flow:
    """Matters 0 … n-1, what each needs, and demands with the makers that could meet them."""

    def __init__(
        self,
        count: int,
        waits: Iterable[Edge],
        matters: Sequence[int],
        makers: Sequence[tuple[int, ...]],
        finish: Finish,
    ) -> None:
        self.count, self.finish, self.matters, self.makers = count, finish, matters, makers
        self.needs: list[list[int]] = [[] for _ in range(count)]
        self.then: list[list[int]] = [[] for _ in range(count)]
        for first, then in set(waits):
            self.needs[then].append(first)
            self.then[first].append(then)
        self.asks: list[list[int]] = [[] for _ in range(count)]
        for number, matter in enumerate(matters):
            self.asks[matter].append(number)
        self.makes: list[list[int]] = [[] for _ in range(count)]
        for number, ways in enumerate(makers):
            for maker in ways:
                self.makes[maker].append(number)

    def run(self, waiting: Iterable[int]) -> Run:
        """Start everything as early as it can be, where these demands wait for a maker and the others for nothing."""
        waits_for = [len(needs) for needs in self.needs]
        open_ = set(waiting)
        for number in open_:
            waits_for[self.matters[number]] += 1
        starts, ends, made = [0] * self.count, {}, {}
        ready = [(self.finish(one, 0), one) for one in range(self.count) if waits_for[one] == 0]
        heapify(ready)
        while ready:
            end, one = heappop(ready)
            ends[one] = end
            met = [number for number in self.makes[one] if number in open_ and number not in made]
            made.update(dict.fromkeys(met, one))
            for later in (*self.then[one], *(self.matters[number] for number in met)):
                starts[later] = max(starts[later], end)
                waits_for[later] -= 1
                if waits_for[later] == 0:
                    heappush(ready, (self.finish(later, starts[later]), later))
        return Run(frozenset(open_), starts, ends, made)

    def circles(self, waiting: Iterable[int]) -> list[list[int]]:
        """Find circles of waiting: for each the demands on it, one of which must be met in another way."""
        run = self.run(waiting)
        if len(run.ends) == self.count:
            return []
        reasons = {one: self._stuck_because(one, run) for one in range(self.count) if one not in run.ends}
        edges = [(first, one) for one, (_demand, firsts) in reasons.items() for first in firsts]
        group = together(self.count, edges)
        fed = {group[then] for first, then in edges if group[first] != group[then]}
        closed: dict[int, list[int]] = {}
        for one, (demand, _firsts) in reasons.items():
            if group[one] not in fed:
                closed.setdefault(group[one], []).extend(demand)
        return list(closed.values())

    def _stuck_because(self, one: int, run: Run) -> tuple[list[int], Sequence[int]]:
        """Why a matter never starts: a demand (none if a matter it needs is the reason), and who else never starts."""
        needed = next((first for first in self.needs[one] if first not in run.ends), None)
        if needed is not None:
            return [], [needed]
        unmet = (number for number in self.asks[one] if number in run.waiting and number not in run.makers)
        number = min(unmet, key=lambda each: (len(self.makers[each]), each))
        return [number], self.makers[number]

    def proof(self, run: Run) -> list[int]:
        """
        Name demands that prove how long the run is: as long as all of them wait for a maker, nothing ends earlier.

        From the last matter back: each starts when it does because of a matter it needs, else because no maker of
        some demand ends sooner.
        """
        last = min(run.ends, key=lambda one: (-run.ends[one], one), default=None)
        found: list[int] = []
        reached = [] if last is None else [last]
        for one in reached:  # grows while it is walked
            demand, firsts = self._late_because(one, run)
            found += demand
            reached += [first for first in firsts if first not in reached]
        return found

    def _late_because(self, one: int, run: Run) -> tuple[list[int], list[int]]:
        start = run.starts[one]
        if start == 0:
            return [], []
        needed = next((first for first in sorted(self.needs[one]) if run.ends[first] == start), None)
        if needed is not None:
            return [], [needed]
        waiting = (each for each in self.asks[one] if each in run.waiting)
        number = next(each for each in waiting if run.ends[run.makers[each]] == start)
        return [number], [maker for maker in self.makers[number] if self.finish(maker, 0) < start]
