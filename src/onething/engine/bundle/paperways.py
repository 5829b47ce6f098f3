"""
By which way a paper would come, as an outcome that hangs on the answers still missing.

Most papers can be seen by themselves: a share or the form if one is open, else the one matter that makes it (unless it
is handed in for another matter anyway), else the applicant. Where papers can be exchanged for each other, where several
matters could make one, or where waiting could go in a circle, the choice hangs on everything else: then all of it is
computed for each combination of answers tried, which is dear and counts one try for each paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from onething.engine.bundle.arranging import PREFERENCE, ways_of
from onething.engine.bundle.circles import together
from onething.engine.bundle.compiled import Compiled, CompiledMatter, When
from onething.engine.bundle.completions import Completions, Outcome, TooMany, every, where
from onething.engine.bundle.durations import Durations
from onething.engine.bundle.errors import MaterialOutOfReach, TooEntangled
from onething.engine.bundle.facts import Situation
from onething.engine.bundle.model import MaterialNeed, Supply, SupplyBy
from onething.engine.rules import Unknown
from onething.engine.rules.closures import Facts

NOBODY = -1


@dataclass(frozen=True, slots=True)
class InDoubt:
    """A paper whose way is in doubt: `way` as an outcome, and the missing answers that could decide it."""

    material: str
    matter: str
    way: Outcome
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Made:
    """
    A way by which `maker` makes a paper for `matter`: taken where `way` comes to `place`.

    `way` is None where the paper cannot be seen by itself.
    """

    maker: str
    matter: str
    place: int
    way: Outcome | None


@dataclass(frozen=True, slots=True)
class _Way:
    """One way that is not closed, with all conditions that open it; `place` among all ways of the paper."""

    place: int
    material: str
    supply: Supply
    is_open: Outcome


@dataclass(frozen=True, slots=True)
class _Asked:
    """A paper that a matter may ask for."""

    matter: CompiledMatter
    need: When[MaterialNeed]
    ways: tuple[_Way, ...]

    @property
    def conditions(self) -> tuple[When[object], ...]:
        return (*self.matter.applies, self.need)

    @property
    def hand(self) -> frozenset[str]:
        return frozenset(way.material for way in self.ways if way.supply.by is SupplyBy.APPLICANT)

    def by(self, *kinds: SupplyBy) -> list[_Way]:
        return [way for way in self.ways if way.supply.by in kinds]


def papers_in_doubt(compiled: Compiled, completions: Completions, durations: Durations) -> Iterator[InDoubt]:
    """Find the papers for which a missing answer could open or close a way."""
    return Papers(compiled, completions, durations).found()


class Papers:
    """The papers that may be asked for, with the ways that are not closed."""

    def __init__(self, compiled: Compiled, completions: Completions, durations: Durations) -> None:
        self.compiled, self.completions, self.durations = compiled, completions, durations
        self.facts = completions.situation.facts
        self.papers = [
            paper
            for matter in compiled.matters.values()
            for paper in (self._asked(matter, need) for need in matter.materials)
            if every(paper.conditions)(self.facts) is not False
        ]
        self.groups: dict[str, list[_Asked]] = {}
        self.handed: dict[str, list[_Asked]] = {}
        for paper in self.papers:
            for name in paper.hand:
                self.handed.setdefault(name, []).append(paper)
        self.group = self._circling()

    def _asked(self, matter: CompiledMatter, need: When[MaterialNeed]) -> _Asked:
        ways = [(name, way) for name in need.part.any_of for way in self.compiled.materials[name].ways]
        kept = (self._way(place, name, way) for place, (name, way) in enumerate(ways))
        return _Asked(matter, need, tuple(way for way in kept if way.is_open(self.facts) is not False))

    def _way(self, place: int, material: str, way: When[Supply]) -> _Way:
        maker = self.compiled.matters[way.part.matter].applies if way.part.matter else ()
        return _Way(place, material, way.part, every((way, *maker)))

    def _circling(self) -> dict[str, int]:
        """Number the groups of matters that could ever wait for each other in a circle."""
        names = list(self.compiled.matters)
        place = {name: number for number, name in enumerate(names)}
        edges = [
            (place[need.part.matter], place[one.matter.id])
            for one in self.compiled.matters.values()
            for need in one.needs
            if need.part.matter
        ]
        edges += [
            (place[way.supply.matter or ""], place[paper.matter.matter.id])
            for paper in self.papers
            for way in paper.by(SupplyBy.MATTER)
        ]
        return dict(zip(names, together(len(names), edges), strict=True))

    def found(self) -> Iterator[InDoubt]:
        for paper in self.papers:
            missing = self._missing(paper)
            if missing:
                way = self._plain(paper) or self._computed
                yield InDoubt(paper.need.part.any_of[0], paper.matter.matter.id, where(paper.conditions, way), missing)

    def made(self) -> Iterator[Made]:
        """Find every way by which a matter makes a paper for another."""
        for paper in self.papers:
            makers = paper.by(SupplyBy.MATTER)
            way = self._plain(paper) if makers else None
            chosen = where((paper.need,), way) if way else None
            for one in makers:
                yield Made(one.supply.matter or "", paper.matter.matter.id, one.place, chosen)

    def _plain(self, paper: _Asked) -> Outcome | None:
        """The place of the way of a paper, where that can be seen by itself."""
        group = self._beside(paper)
        if not all(self._is_plain(one) for one in group):
            return None
        return partial(_plain_way, paper, [one for one in group if one is not paper])

    def _missing(self, paper: _Asked) -> frozenset[str]:
        verdicts = (way.is_open(self.facts) for way in paper.ways)
        return frozenset().union(*(verdict for verdict in verdicts if isinstance(verdict, Unknown)))

    def _beside(self, paper: _Asked) -> list[_Asked]:
        """The papers for which the same material may be handed in, directly or over further ones, and the paper."""
        known = next((self.groups[name] for name in paper.hand if name in self.groups), None)
        if known is not None or not paper.hand:
            return known or [paper]
        names, found = list(paper.hand), {id(paper): paper}
        for name in names:  # grows while it is walked
            for one in self.handed[name]:
                found[id(one)] = one
                names += sorted(one.hand.difference(names))
        group = list(found.values())
        self.groups.update(dict.fromkeys(names, group))
        return group

    def _is_plain(self, paper: _Asked) -> bool:
        makers = [way.supply.matter or "" for way in paper.by(SupplyBy.MATTER)]
        is_circling = any(self.group[maker] == self.group[paper.matter.matter.id] for maker in makers)
        return len(paper.hand) <= 1 and len(makers) <= 1 and not is_circling

    def _computed(self, facts: Facts) -> object:
        """Every way of every paper, once everything that bears on it is answered."""
        self.completions.spend(len(self.papers))
        missing = self.open_conditions(facts)
        if missing:
            return Unknown(missing)
        try:
            return ways_of(self.compiled, Completions(self.compiled, Situation(facts, ())), self.durations)
        except MaterialOutOfReach:
            return NOBODY
        except TooEntangled:
            raise TooMany from None

    def open_conditions(self, facts: Facts) -> frozenset[str]:
        """Give the missing answers on which anything that bears on a paper or a wait still hangs."""
        found: set[str] = set()
        for one in self.compiled.matters.values():
            applies = every(one.applies)(facts)
            parts = () if applies is False else (*one.materials, *one.needs)
            for verdict in (applies, *(every((part,))(facts) for part in parts)):
                found |= verdict if isinstance(verdict, Unknown) else set()
        for paper in self.papers:
            for way in paper.ways if every(paper.conditions)(facts) is not False else ():
                verdict = way.is_open(facts)
                found |= verdict if isinstance(verdict, Unknown) else set()
        return frozenset(found)


def _plain_way(paper: _Asked, beside: Sequence[_Asked], facts: Facts) -> object:
    """The place of the way by which a paper comes that can be seen by itself."""
    free = sorted(paper.by(*PREFERENCE), key=lambda way: _preference(way.supply))
    made, handed = paper.by(SupplyBy.MATTER), paper.by(SupplyBy.APPLICANT)
    return _first([*((way.is_open, way.place) for way in free), *_makers(made, handed, beside), *_hands(handed)], facts)


def _preference(supply: Supply) -> tuple[int, bool]:
    return PREFERENCE[supply.by], supply.when is not None


def _hands(handed: Sequence[_Way]) -> list[tuple[Outcome, int]]:
    return [(way.is_open, way.place) for way in handed]


def _makers(made: Sequence[_Way], handed: Sequence[_Way], beside: Sequence[_Asked]) -> Iterator[tuple[Outcome, int]]:
    """A maker, unless the paper is handed in for another matter anyway."""
    for way in made:
        for hand in handed:
            yield partial(_anyway, way, hand, beside), hand.place
        yield way.is_open, way.place


def _anyway(way: _Way, hand: _Way, beside: Sequence[_Asked], facts: Facts) -> object:
    verdicts = [_is_handed_in(one, facts) for one in beside]
    if way.is_open(facts) is False or True not in verdicts:
        return _some(verdicts)
    return hand.is_open(facts)


def _some(verdicts: Sequence[object]) -> object:
    missing = frozenset().union(*(one for one in verdicts if isinstance(one, Unknown)))
    return Unknown(missing) if missing else True in verdicts


def _is_handed_in(paper: _Asked, facts: Facts) -> object:
    """Whether the paper must be handed in for its own matter: asked for, and no other way is open."""
    others = [way.is_open(facts) for way in paper.ways if way.supply.by is not SupplyBy.APPLICANT]
    asked = every(paper.conditions)(facts)
    if asked is False or True in others:
        return False
    missing = frozenset().union(*(one for one in (asked, *others) if isinstance(one, Unknown)))
    return Unknown(missing) if missing else True


def _first(ways: Sequence[tuple[Outcome, int]], facts: Facts) -> object:
    """The place of the first open way; Unknown while an earlier one is in doubt."""
    missing: frozenset[str] = frozenset()
    for is_open, place in ways:
        verdict = is_open(facts)
        if verdict is True:
            return Unknown(missing) if missing else place
        missing |= verdict if isinstance(verdict, Unknown) else frozenset()
    return Unknown(missing) if missing else NOBODY
