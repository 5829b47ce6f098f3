"""How everything a person's matters ask for is met: each paper its way, each matter its time, each act its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onething.engine.bundle.compiled import Compiled, When
from onething.engine.bundle.completions import Completions
from onething.engine.bundle.durations import Durations
from onething.engine.bundle.errors import MaterialOutOfReach
from onething.engine.bundle.model import Act, MaterialNeed, Need, Supply, SupplyBy, Words
from onething.engine.bundle.schedule import Edge, Schedule, earliest
from onething.engine.bundle.selection import Selection, select
from onething.engine.bundle.supply import Choice, Demand, Supplied, fewest_hand_ins
from onething.engine.bundle.visits import fewest_visits
from onething.engine.rules import Unknown

UNSETTLED = Words(
    "是否需要自备取决于尚未回答的问题，暂按自备计",
    "Whether you must bring it depends on a question still open; until then it is counted as brought",
)
PREFERENCE = {SupplyBy.FORM: 0, SupplyBy.SHARE: 1}
"""The ways that cost neither a paper nor a wait, the first before the second."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the way before: `matter` asks for one of the materials of `need`."""

    matter: str
    need: MaterialNeed


@dataclass(frozen=True, slots=True)
class Way:
    """One way to have a material; `place` is where it stands among the ways of its paper."""

    material: str
    supply: Supply
    place: int = 0


@dataclass(frozen=True, slots=True)
class Wait:
    """`then` waits for `first`, because of a need or of a paper that `first` makes."""

    first: str
    then: str
    material: str | None
    because: Words
    source: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Everything decided about one person's plan, before it is put into words."""

    selection: Selection
    papers: tuple[Paper, ...]
    ways: tuple[Way, ...]  # one for each paper
    waits: tuple[Wait, ...]
    schedule: Schedule
    stations: tuple[str, ...]
    place_of: Mapping[str, str]  # capability → chosen station


def arrange(compiled: Compiled, completions: Completions, durations: Durations) -> Arrangement:
    """Arrange all that applies in this situation. Refuses MaterialOutOfReach, TooEntangled."""
    selection = select(compiled, completions)
    names = tuple(selection.asked)
    waits = tuple(_waits(selection))
    supplies = _Supplies(compiled, completions, selection, waits, durations)
    ways = supplies.chosen()
    waits += tuple(_made_waits(supplies.papers, ways))
    schedule = earliest(len(names), _edges(names, waits), durations.finish(names))
    stations, place_of = _places(compiled, selection)
    return Arrangement(selection, supplies.papers, ways, waits, schedule, stations, place_of)


def ways_of(compiled: Compiled, completions: Completions, durations: Durations) -> tuple[tuple[Paper, int], ...]:
    """Give every paper asked for with the place of the way that is chosen among its ways."""
    selection = select(compiled, completions)
    supplies = _Supplies(compiled, completions, selection, tuple(_waits(selection)), durations)
    return tuple((paper, way.place) for paper, way in zip(supplies.papers, supplies.chosen(), strict=True))


def _waits(selection: Selection) -> Iterator[Wait]:
    for name, asked in selection.asked.items():
        for need in asked.needs:
            if need.matter in selection.asked:
                yield _needed(name, need)


def _needed(name: str, need: Need) -> Wait:
    return Wait(need.matter or "", name, None, need.because, need.source)


def _made_waits(papers: tuple[Paper, ...], ways: tuple[Way, ...]) -> Iterator[Wait]:
    for paper, way in zip(papers, ways, strict=True):
        if way.supply.matter is not None and way.supply.by is SupplyBy.MATTER:
            yield Wait(way.supply.matter, paper.matter, way.material, way.supply.because, way.supply.source)


def _edges(names: tuple[str, ...], waits: tuple[Wait, ...]) -> list[Edge]:
    place = {name: number for number, name in enumerate(names)}
    return [(place[wait.first], place[wait.then]) for wait in waits]


def _places(compiled: Compiled, selection: Selection) -> tuple[tuple[str, ...], Mapping[str, str]]:
    wanted = frozenset(act.capability for act in acts_at_stations(selection) if act.capability)
    stations = fewest_visits(wanted, compiled.abilities) or ()
    place_of = {
        ability: next(station for station in stations if ability in compiled.abilities[station]) for ability in wanted
    }
    return stations, place_of


def acts_at_stations(selection: Selection) -> Iterator[Act]:
    """Walk the acts that need presence, matter by matter."""
    for asked in selection.asked.values():
        yield from (act for act in asked.acts if act.presence == "station")


class _Supplies:
    """Finds the ways of every paper and chooses among them."""

    def __init__(
        self,
        compiled: Compiled,
        completions: Completions,
        selection: Selection,
        waits: tuple[Wait, ...],
        durations: Durations,
    ) -> None:
        self.compiled, self.completions, self.selection = compiled, completions, selection
        self.names = tuple(selection.asked)
        self.place = {name: number for number, name in enumerate(self.names)}
        self.edges = _edges(self.names, waits)
        self.finish = durations.finish(self.names)
        self.papers = tuple(Paper(name, need) for name, asked in selection.asked.items() for need in asked.materials)
        self.open = [self._open(paper) for paper in self.papers]

    def _open(self, paper: Paper) -> list[Way]:
        """The ways open to this person; with none but ways in doubt the paper is counted as handed in."""
        every_way = [(name, way) for name in paper.need.any_of for way in self.compiled.materials[name].ways]
        verdicts = [self._is_open(way) for _name, way in every_way]
        ways = [
            Way(name, one.part, place)
            for place, ((name, one), verdict) in enumerate(zip(every_way, verdicts, strict=True))
            if verdict is True
        ]
        if ways or not any(isinstance(verdict, Unknown) for verdict in verdicts):
            return ways
        return [Way(paper.need.any_of[0], Supply(SupplyBy.APPLICANT, UNSETTLED, paper.need.source))]

    def _is_open(self, way: When[Supply]) -> object:
        """True, False, or Unknown."""
        maker = way.part.matter
        if maker is None or maker in self.selection.asked:
            return self.completions.holds(way)
        if maker in self.selection.undecided:
            return self.completions.settled(self.completions.every((way, *self.compiled.matters[maker].applies)))
        return False

    def chosen(self) -> tuple[Way, ...]:
        """Choose a way for every paper, with the smallest set of hand-ins."""
        free = [_free(ways) for ways in self.open]
        waiting = [number for number, way in enumerate(free) if way is None]
        supplied = self._supplied(waiting)
        for number, choice in zip(waiting, supplied.choices, strict=True):
            free[number] = self._way(self.open[number], choice)
        return tuple(way for way in free if way is not None)

    def _supplied(self, waiting: list[int]) -> Supplied:
        materials = sorted({way.material for number in waiting for way in self.open[number]})
        self.numbered = {material: number for number, material in enumerate(materials)}
        demands = [self._demand(number, self.open[number]) for number in waiting]
        found = fewest_hand_ins(len(self.names), self.edges, demands, self.finish)
        if isinstance(found, tuple):
            raise self._out_of_reach(self.papers[waiting[found[0]]])
        return found

    def _demand(self, number: int, ways: list[Way]) -> Demand:
        hand = [self.numbered[way.material] for way in ways if way.supply.by is SupplyBy.APPLICANT]
        made = [
            (self.place[way.supply.matter or ""], self.numbered[way.material])
            for way in ways
            if way.supply.by is SupplyBy.MATTER
        ]
        matter = self.place[self.papers[number].matter]
        return Demand(matter, tuple(sorted(set(hand))), tuple(sorted(set(made))))

    def _way(self, ways: list[Way], choice: Choice) -> Way:
        by = SupplyBy.APPLICANT if choice.maker is None else SupplyBy.MATTER
        maker = None if choice.maker is None else self.names[choice.maker]
        return next(
            way
            for way in ways
            if self.numbered[way.material] == choice.material and way.supply.by is by and way.supply.matter == maker
        )

    def _out_of_reach(self, paper: Paper) -> MaterialOutOfReach:
        material = paper.need.any_of[0]
        ways = [way.part for name in paper.need.any_of for way in self.compiled.materials[name].ways]
        tried = [f"{way.by} {way.matter or way.share or ''}".strip() for way in ways]
        chain = Words(
            f"“{paper.matter}”要“{material}”，它的来路这里都不通（{'、'.join(tried)}）",
            f"{paper.matter} needs {material}; none of its ways is open here ({', '.join(tried)})",
        )
        return MaterialOutOfReach(material=material, matter=paper.matter, chain=chain)


def _free(ways: list[Way]) -> Way | None:
    """
    A way that costs neither a paper nor a wait: from the form before a share, in the order of the need.

    One without a condition comes first, so that no question is asked that would only exchange two such ways.
    """
    free = [way for way in ways if way.supply.by in PREFERENCE]
    return min(free, key=lambda way: (PREFERENCE[way.supply.by], way.supply.when is not None), default=None)
