"""
The smallest set of materials the applicant must hand in, exactly.

Each demand (a matter needs one of some materials) that no share and no form settles is met in one of two ways:
one of its materials is handed in (then it serves every matter that accepts it), or another matter in the plan makes it
(then the demanding matter waits for the first that does). We look for the fewest hand-ins; among those for the
shortest critical path.

What is easy: once the hand-ins are chosen, everything else follows (`flow`): each matter starts as soon as what it
waits for has ended, and whoever can never start waits in a circle. What is hard is the choice, and it is put into one
form: "one of these papers must be handed in", so that the answer is a smallest hitting set (`hitting`).

- A demand without a maker is such a set, and so are all papers that would break a circle of waiting. Circles are too
  many to list; each is added when a choice leaves it unbroken, until none is left.
- A plan of the same size that ends earlier must hand in a paper for one of the waits that prove the present length.
  That is one more set; when no choice of the same size meets it, the present plan is the shortest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onething.engine.bundle.errors import TooEntangled
from onething.engine.bundle.flow import Flow, Run
from onething.engine.bundle.hitting import Hitting, bits
from onething.engine.bundle.schedule import Edge, Finish

MOST_WORK = 100_000
"""Sets of papers looked at for the fewest; beyond this a catalogue is refused rather than answered inexactly."""

MOST_SHORTENING = 1_000
"""The same for shorter paths among sets of the smallest size; beyond this the best so far stands."""

MOST_RUNS = 20_000
"""And in how many runs these are compared, counted in matters and demands."""


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


def fewest_hand_ins(
    count: int, waits: Sequence[Edge], demands: Sequence[Demand], finish: Finish, *, most_work: int = MOST_WORK
) -> Supplied | tuple[int, ...]:
    """
    Find the smallest set of hand-ins for `count` matters with the given waits.

    Gives the numbers of demands that can never be met instead, if there are any. Refuses TooEntangled when the size of
    the set cannot be proven within `most_work`; only the choice between sets of that size may be left unproven.
    """
    return _Search(count, waits, demands, finish, Hitting(most_work)).best()


class _Search:
    def __init__(
        self, count: int, waits: Sequence[Edge], demands: Sequence[Demand], finish: Finish, hitting: Hitting
    ) -> None:
        self.demands, self.hitting = demands, hitting
        self.hand = [sum(1 << paper for paper in set(demand.hand)) for demand in demands]
        makers = [tuple(dict.fromkeys(maker for maker, _paper in demand.made)) for demand in demands]
        self.flow = Flow(count, waits, [demand.matter for demand in demands], makers, finish)
        self.sets = list(dict.fromkeys(mask for mask, made in zip(self.hand, makers, strict=True) if not made))
        self.runs = 1 + MOST_RUNS // (count + len(demands) + 1)

    def best(self) -> Supplied | tuple[int, ...]:
        stuck = [number for number, demand in enumerate(self.demands) if not (demand.hand or demand.made)]
        found = tuple(stuck) or self._workable()
        if isinstance(found, tuple):
            return found
        return self._shortest(found)

    def _workable(self) -> int | tuple[int, ...]:
        """The fewest papers, as a mask, with which nobody waits in a circle; or demands that no paper can serve."""
        while True:
            handed = self.hitting.smallest(self.sets)
            circles = list(self._circles(handed))
            if not circles:
                return handed
            for circle in circles:
                self.sets.append(self._papers(circle))
                if not self.sets[-1]:
                    return tuple(circle)

    def _circles(self, handed: int) -> Iterator[list[int]]:
        """Circles of waiting that these papers leave: the demands on each, no demand on two of them."""
        waiting = self._open(handed)
        while True:
            circles = self.flow.circles(waiting)
            if not circles:
                return
            for circle in circles:
                yield circle
                waiting = [number for number in waiting if number not in circle]

    def _open(self, handed: int) -> list[int]:
        """The demands that none of these papers serves."""
        return [number for number, mask in enumerate(self.hand) if not mask & handed]

    def _papers(self, numbers: Sequence[int]) -> int:
        mask = 0
        for number in numbers:
            mask |= self.hand[number]
        return mask

    def _shortest(self, handed: int) -> Supplied:
        best, run = handed, self.flow.run(self._open(handed))
        shortest, other = run, run
        self.hitting.work = MOST_SHORTENING
        for _run in range(self.runs):
            self.sets.append(self._papers(self.flow.proof(other)))
            found = self._of_size(best.bit_count()) if self.sets[-1] else None
            if found is None:
                break
            other = self.flow.run(self._open(found))
            if other.days < shortest.days:
                best, shortest = found, other
        return self._supplied(best, shortest)

    def _of_size(self, size: int) -> int | None:
        """Workable papers of that number that meet all sets; None when there are none, or they are not found."""
        try:
            found = self._workable()
        except TooEntangled:
            return None  # how few is proven; only whether others of that number end earlier is not
        return found if isinstance(found, int) and found.bit_count() == size else None

    def _supplied(self, handed: int, run: Run) -> Supplied:
        papers = frozenset(one.bit_length() - 1 for one in bits(handed))
        return Supplied(papers, tuple(self._choice(number, papers, run) for number in range(len(self.demands))))

    def _choice(self, number: int, papers: frozenset[int], run: Run) -> Choice:
        demand = self.demands[number]
        served = papers.intersection(demand.hand)
        if served:
            return Choice(min(served))
        maker = run.makers[number]
        return Choice(next(paper for one, paper in demand.made if one == maker), maker)
