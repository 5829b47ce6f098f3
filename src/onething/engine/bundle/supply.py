"""
The smallest set of materials the applicant must hand in, exactly.

Each demand (a matter needs one of some materials) that no share and no form settles is met in one of two ways:
one of its materials is handed in (then it serves every matter that accepts it), or another matter in the plan makes it
(then the demanding matter waits for that one, which must not close a cycle of waiting). We look for the fewest
hand-ins; among those for the shortest critical path; among those for the first in order of number. That contains
minimum hitting set, so the search is branch and bound; three observations keep it short on real catalogues:

- a maker that no choice can put on a circle of waiting never costs a hand-in;
- who is waited for anyway supplies for nothing;
- every circle of waiting must be broken by handing in one of the papers on it, so circles that share no paper, and
  demands without a maker, tell how many hand-ins there must be at least, and where to branch.

First the size of the set is proven, then the shortest path among sets of that size is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onething.engine.bundle.errors import TooEntangled
from onething.engine.bundle.schedule import Edge, Finish, Order, longest

MOST_STEPS = 200_000  # of the search; beyond this a catalogue is refused rather than answered inexactly


@dataclass(frozen=True, slots=True)
class Demand:
    """`matter` needs one of: a material of `hand` handed in, or a (maker, material) of `made`."""

    matter: int
    hand: tuple[int, ...] = ()
    made: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """How one demand is met. `maker` is None when the material is handed in."""

    material: int
    maker: int | None = None


@dataclass(frozen=True, slots=True)
class Supplied:
    """What is handed in, and for each demand, in the order given, how it is met."""

    hand_in: frozenset[int]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """What is decided on one branch: handed in, never handed in, and the maker of demands that have several."""

    hand: frozenset[int] = frozenset()
    banned: frozenset[int] = frozenset()
    made: Mapping[int, tuple[int, int]] = field(default_factory=dict)


def fewest_hand_ins(
    count: int, waits: Sequence[Edge], demands: Sequence[Demand], finish: Finish, *, most_steps: int = MOST_STEPS
) -> Supplied | tuple[int, ...]:
    """
    Find the smallest set of hand-ins for `count` matters with the given waits.

    Gives the numbers of demands that can never be met instead, if there are any. Refuses TooEntangled when the size of
    the set cannot be proven in `most_steps`; only the choice between sets of that size is left unproven beyond them.
    """
    search = _Search(count, waits, demands, finish)
    stuck = search.hopeless()
    return stuck or search.best(most_steps)


class _Search:
    def __init__(self, count: int, waits: Sequence[Edge], demands: Sequence[Demand], finish: Finish) -> None:
        self.count, self.waits, self.finish = count, list(waits), finish
        base = Order.of(count, waits)
        self.demands = [_possible(demand, base) for demand in demands]
        widest = self._widest(base)
        self.safe = [self._without_risk(demand, widest) for demand in self.demands]
        self.inner = [(first, then) for first, then in self.waits if widest.precedes(then, first)]
        self.hard = _without_wider(frozenset(demand.hand) for demand in self.demands if not demand.made)
        self.several = [number for number, demand in enumerate(self.demands) if len(demand.made) > 1]
        self.risky = [number for number, demand in enumerate(self.demands) if len(self.safe[number]) < len(demand.made)]
        self.steps = 0
        self.found: _State | None = None
        self.fewest, self.shortest = len(demands) + 1, 0

    def _widest(self, base: Order) -> Order:
        """Every wait that any choice could bring about, all at once."""
        widest = base.copy()
        for demand in self.demands:
            for maker, _material in demand.made:
                widest.add(maker, demand.matter)
        return widest

    def _without_risk(self, demand: Demand, widest: Order) -> tuple[tuple[int, int], ...]:
        """The makers of a demand that no choice of others can put on a cycle."""
        return tuple(way for way in demand.made if widest.admits(way[0], demand.matter))

    def hopeless(self) -> tuple[int, ...]:
        return tuple(number for number, demand in enumerate(self.demands) if not (demand.hand or demand.made))

    def best(self, most_steps: int) -> Supplied | tuple[int, ...]:
        self.steps = most_steps
        if not self._descend(_State(), self._fewer):
            raise TooEntangled
        if self.found is None:
            return tuple(number for number, demand in enumerate(self.demands) if not demand.hand)
        self.steps = most_steps
        self.shortest = self._length(self.found)
        self._descend(_State(), self._shorter)
        return self._supplied(self.found)

    def _descend(self, state: _State, promising: Callable[[_State, int], bool]) -> bool:
        """Search below a state; False when the steps ran out."""
        self.steps -= 1
        if self.steps < 0:
            return False
        costs = self._costs(state)
        if costs is None or not promising(state, len(state.hand) + len(costs)):
            return True
        branches = self._branches(state, costs, promising)
        if branches is None:
            self._keep(state)
            return True
        return all(self._descend(branch, promising) for branch in branches)

    def _fewer(self, state: _State, least: int) -> bool:
        return least < self.fewest

    def _shorter(self, state: _State, least: int) -> bool:
        return least <= self.fewest and self._length(state) < self.shortest

    def _keep(self, state: _State) -> None:
        self.found, self.fewest, self.shortest = state, len(state.hand), self._length(state)

    def _branches(
        self, state: _State, costs: list[frozenset[int]], promising: Callable[[_State, int], bool]
    ) -> Iterator[_State] | None:
        """The ways on from a state: which paper to hand in, else which maker to wait for; None when all is decided."""
        if costs:
            return _handing_in(state, costs)
        undecided = next((one for one in self.several if one not in state.made and self._is_open(one, state)), None)
        if undecided is None:
            return None
        makers = self.demands[undecided].made
        if self.safe[undecided] and promising == self._fewer:
            makers = self.safe[undecided][:1]  # any maker without risk costs no hand-in
        return (_State(state.hand, state.banned, {**state.made, undecided: maker}) for maker in makers)

    def _is_open(self, number: int, state: _State) -> bool:
        return state.hand.isdisjoint(self.demands[number].hand)

    def _left(self, number: int, state: _State) -> frozenset[int]:
        """The papers that could still be handed in for a demand."""
        return frozenset(self.demands[number].hand) - state.banned

    def _costs(self, state: _State) -> list[frozenset[int]] | None:
        """
        Find sets of papers, none in two of them, of each of which at least one must still be handed in.

        A demand without a maker is such a set, and so is a circle of waiting: all papers that would break it. Their
        number is what this branch costs at least. None when one of them is empty: nothing can help any more.
        """
        found: list[frozenset[int]] = []
        used: set[int] = set()
        for papers in self.hard:
            if state.hand.isdisjoint(papers) and used.isdisjoint(papers - state.banned):
                found.append(papers - state.banned)
                used |= found[-1]
        found += self._circles(state, used)
        return found if all(found) else None

    def _circles(self, state: _State, used: set[int]) -> Iterator[frozenset[int]]:
        while True:
            waits = [(*self._edge(one, state), one) for one in self.risky if self._counts(one, state, used)]
            circle = _circle([*((first, then, None) for first, then in self.inner), *waits])
            if circle is None:
                return
            breaking = frozenset().union(*(self._left(number, state) for number in circle))
            yield breaking
            if not breaking:
                return
            used |= breaking

    def _counts(self, number: int, state: _State, used: set[int]) -> bool:
        return (
            self._is_open(number, state)
            and self._maker(number, state) is not None
            and used.isdisjoint(self._left(number, state))
        )

    def _maker(self, number: int, state: _State) -> tuple[int, int] | None:
        made = self.demands[number].made
        return made[0] if len(made) == 1 else state.made.get(number)

    def _edge(self, number: int, state: _State) -> Edge:
        maker = self._maker(number, state)
        return (maker[0] if maker else -1, self.demands[number].matter)

    def _length(self, state: _State) -> int:
        """The critical path, counting only the waits that no hand-in to come can make superfluous."""
        coming = frozenset() if len(state.hand) >= self.fewest else self._coming(state)
        made = (
            self._edge(number, state)
            for number in range(len(self.demands))
            if self._maker(number, state) is not None
            and self._is_open(number, state)
            and coming.isdisjoint(self._left(number, state))
        )
        return longest(self.count, [*self.waits, *made], self.finish)

    def _coming(self, state: _State) -> frozenset[int]:
        wanted = (papers - state.banned for papers in self.hard if state.hand.isdisjoint(papers))
        breaking = (self._left(one, state) for one in self.risky if self._is_open(one, state))
        return frozenset().union(*wanted, *breaking)

    def _supplied(self, state: _State) -> Supplied:
        return Supplied(state.hand, tuple(self._choice(number, state) for number in range(len(self.demands))))

    def _choice(self, number: int, state: _State) -> Choice:
        handed = state.hand.intersection(self.demands[number].hand)
        if handed:
            return Choice(min(handed))
        maker, material = self._maker(number, state) or self.demands[number].made[0]
        return Choice(material, maker)


def _possible(demand: Demand, base: Order) -> Demand:
    """Leave out makers that wait for the demanding matter; who is waited for anyway is the only one needed."""
    made = tuple(way for way in demand.made if base.admits(way[0], demand.matter))
    free = tuple(way for way in made if base.precedes(way[0], demand.matter))
    return Demand(demand.matter, demand.hand, free[:1] or made)


def _without_wider(sets: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Each set once, without those that hold a paper which must be handed in anyway."""
    distinct = list(dict.fromkeys(sets))
    forced = frozenset().union(*(some for some in distinct if len(some) == 1))
    return [some for some in distinct if len(some) == 1 or forced.isdisjoint(some)]


def _by_size(papers: frozenset[int]) -> tuple[int, list[int]]:
    return len(papers), sorted(papers)


def _handing_in(state: _State, costs: list[frozenset[int]]) -> Iterator[_State]:
    """All papers that have no alternative at once; else one branch for each paper of the smallest set."""
    forced = frozenset().union(*(some for some in costs if len(some) == 1))
    if forced:
        yield _State(state.hand | forced, state.banned, state.made)
        return
    banned = state.banned
    smallest = min(costs, key=_by_size)
    for paper in sorted(smallest):
        yield _State(state.hand | {paper}, banned, state.made)
        banned |= {paper}


def _circle(waits: Sequence[tuple[int, int, int | None]]) -> frozenset[int] | None:
    """Find a circle of waiting with few demands on it; gives their numbers."""
    after: dict[int, list[tuple[int, int | None]]] = {}
    for first, then, number in waits:
        after.setdefault(first, []).append((then, number))
    circles = (_path(after, then, first, frozenset({number})) for first, then, number in waits if number is not None)
    return min((one for one in circles if one is not None), key=_by_size, default=None)


def _path(
    after: Mapping[int, Sequence[tuple[int, int | None]]], start: int, goal: int, numbers: frozenset[int]
) -> frozenset[int] | None:
    """The demands on a shortest way from `start` to `goal`, added to `numbers`."""
    ways = [(start, numbers)]
    seen = {start}
    for here, passed in ways:  # grows while it is walked: breadth first
        if here == goal:
            return passed
        for then, number in after.get(here, ()):
            if then not in seen:
                seen.add(then)
                ways.append((then, passed if number is None else passed | {number}))
    return None
