"""
The smallest set of materials the applicant must hand in, exactly.

Each demand (a matter needs one of some materials) that no share and no form settles is met in one of two ways:
one of its materials is handed in (then it serves every matter that accepts it), or another matter in the plan makes it
(then the demanding matter waits for that one, which must not close a cycle of waiting). We look for the fewest
hand-ins; among those for the shortest critical path; among those for the first in order of number. That contains
minimum hitting set, so the search is branch and bound; three observations keep it short on real catalogues:

- a demand with one way left is settled at once, and may settle others;
- who is waited for anyway supplies for nothing;
- a demand with a maker that cannot be on any cycle never costs a hand-in, so it is never branched on for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


@dataclass(slots=True)
class _State:
    """
    What is decided so far on one branch of the search.

    `order` holds every wait taken on, for refusing cycles; `sure` only those that no later hand-in makes superfluous.
    """

    order: Order
    sure: Order
    open: list[int]
    hand: set[int] = field(default_factory=set)
    made: dict[int, tuple[int, int]] = field(default_factory=dict)

    def copy(self) -> _State:
        return _State(self.order.copy(), self.sure.copy(), list(self.open), set(self.hand), dict(self.made))


def fewest_hand_ins(
    count: int, waits: Sequence[Edge], demands: Sequence[Demand], finish: Finish, *, most_steps: int = MOST_STEPS
) -> Supplied | tuple[int, ...]:
    """
    Find the smallest set of hand-ins for `count` matters with the given waits.

    Gives the numbers of demands that can never be met instead, if there are any. Refuses TooEntangled.
    """
    search = _Search(count, waits, demands, finish)
    search.steps_left = most_steps
    stuck = search.hopeless()
    return stuck or search.best()


class _Search:
    def __init__(self, count: int, waits: Sequence[Edge], demands: Sequence[Demand], finish: Finish) -> None:
        self.count, self.waits, self.finish = count, list(waits), finish
        self.base = Order.of(count, waits)
        self.demands = [self._possible(demand) for demand in demands]
        self.steps_left = MOST_STEPS
        self.found: _State | None = None
        self.score: tuple[int, int] = (len(demands) + 1, 0)
        self._keep_free_of_hand_ins()

    def _possible(self, demand: Demand) -> Demand:
        made = tuple(way for way in demand.made if self.base.admits(way[0], demand.matter))
        return Demand(demand.matter, demand.hand, made)

    def _keep_free_of_hand_ins(self) -> None:
        """Mark the demands with a maker that no choice of others can put on a cycle."""
        widest = self.base.copy()
        for demand in self.demands:
            for maker, _material in demand.made:
                widest.add(maker, demand.matter)
        self.safe = [any(widest.admits(maker, one.matter) for maker, _material in one.made) for one in self.demands]

    def hopeless(self) -> tuple[int, ...]:
        return tuple(number for number, demand in enumerate(self.demands) if not (demand.hand or demand.made))

    def best(self) -> Supplied | tuple[int, ...]:
        self._descend(_State(self.base.copy(), self.base.copy(), list(range(len(self.demands)))))
        if self.found is None:
            return tuple(number for number, demand in enumerate(self.demands) if not demand.hand)
        return self._supplied(self.found)

    def _supplied(self, state: _State) -> Supplied:
        return Supplied(
            frozenset(state.hand), tuple(self._choice(number, state) for number in range(len(self.demands)))
        )

    def _choice(self, number: int, state: _State) -> Choice:
        for material in self.demands[number].hand:
            if material in state.hand:
                return Choice(material)
        maker, material = state.made[number]
        return Choice(material, maker)

    def _descend(self, state: _State) -> None:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise TooEntangled
        if not self._settle(state) or not self._promising(state):
            return
        branching = self._next(state)
        if branching is None:
            self._keep(state)
            return
        for way in self._ways(branching, state):
            self._descend(self._taking(way, branching, state))

    def _settle(self, state: _State) -> bool:
        """Settle every demand with one way left, until none is; False when one has no way left."""
        moving = True
        while moving:
            moving = False
            for number in list(state.open):
                settled = self._settle_one(number, state)
                if settled is None:
                    return False
                moving = moving or settled
        return True

    def _settle_one(self, number: int, state: _State) -> bool | None:
        demand = self.demands[number]
        if not state.hand.isdisjoint(demand.hand):
            state.open.remove(number)
            return False
        made = self._makers(number, state)
        free = next((way for way in made if state.sure.precedes(way[0], demand.matter)), None)
        if free is not None:
            self._make(free, number, state)
            return False
        if self.safe[number] and len(made) == 1:
            self._make(made[0], number, state)
            return False  # on no cycle, so nobody else's ways have changed
        if len(made) + len(demand.hand) > 1:
            return False
        return self._take_only(made, number, state)

    def _take_only(self, made: Sequence[tuple[int, int]], number: int, state: _State) -> bool | None:
        demand = self.demands[number]
        if made:
            self._make(made[0], number, state)
        elif demand.hand:
            state.hand.add(demand.hand[0])
            state.open.remove(number)
        else:
            return None
        return True

    def _makers(self, number: int, state: _State) -> list[tuple[int, int]]:
        demand = self.demands[number]
        return [way for way in demand.made if state.order.admits(way[0], demand.matter)]

    def _make(self, way: tuple[int, int], number: int, state: _State) -> None:
        demand = self.demands[number]
        state.order.add(way[0], demand.matter)
        if not demand.hand:
            state.sure.add(way[0], demand.matter)
        state.made[number] = way
        state.open.remove(number)

    def _promising(self, state: _State) -> bool:
        """Tell whether this branch can still beat what was found: fewer hand-ins, or as many and a shorter path."""
        if self.found is None:
            return True
        least = len(state.hand) + self._disjoint(state)
        if least != self.score[0]:
            return least < self.score[0]
        return longest(self.count, self._edges(state), self.finish) < self.score[1]

    def _disjoint(self, state: _State) -> int:
        """Count open demands that only hand-ins can meet and that share no material: each costs one more."""
        taken: set[int] = set()
        least = 0
        for number in state.open:
            hand = self.demands[number].hand
            if taken.isdisjoint(hand) and not self._makers(number, state):
                taken.update(hand)
                least += 1
        return least

    def _edges(self, state: _State) -> Iterable[Edge]:
        """The waits that hold on this branch: what a later hand-in may still make superfluous does not count."""
        certain = self._cannot_be_handed_in(state)
        made = ((way[0], self.demands[number].matter) for number, way in state.made.items() if number in certain)
        return [*self.waits, *made]

    def _cannot_be_handed_in(self, state: _State) -> set[int]:
        coming = state.hand.union(*(self.demands[number].hand for number in state.open))
        return {number for number in state.made if coming.isdisjoint(self.demands[number].hand)}

    def _next(self, state: _State) -> int | None:
        """Choose the demand to branch on: those that cost a hand-in first, then the one with the fewest ways."""
        if not state.open:
            return None
        return min(state.open, key=lambda number: (self.safe[number], len(self._ways(number, state)), number))

    def _ways(self, number: int, state: _State) -> list[Choice]:
        made = [Choice(material, maker) for maker, material in self._makers(number, state)]
        if self.safe[number] and made:
            return made
        return made + [Choice(material) for material in self.demands[number].hand]

    def _taking(self, way: Choice, number: int, state: _State) -> _State:
        branch = state.copy()
        if way.maker is None:
            branch.hand.add(way.material)
            branch.open.remove(number)
        else:
            self._make((way.maker, way.material), number, branch)
        return branch

    def _keep(self, state: _State) -> None:
        length = longest(self.count, self._edges(state), self.finish)
        if (len(state.hand), length) < self.score:
            self.found, self.score = state, (len(state.hand), length)
