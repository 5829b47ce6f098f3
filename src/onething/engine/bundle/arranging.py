"""How everything a person's matters ask for is met: each paper its way, each matter its time, each act its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from onething.engine.bundle.compiled import Compiled, When
from onething.engine.bundle.durations import Durations
from onething.engine.bundle.errors import MaterialOutOfReach
from onething.engine.bundle.facts import Situation
from onething.engine.bundle.model import Act, MaterialNeed, Need, Supply, SupplyBy, Words
from onething.engine.bundle.plan import Change
from onething.engine.bundle.schedule import Edge, Schedule, earliest
from onething.engine.bundle.selection import Selection, select
from onething.engine.bundle.supply import Choice, Demand, Supplied, fewest_hand_ins
from onething.engine.bundle.visits import fewest_visits

UNSETTLED = Words(
    "是否需要自备取决于尚未回答的问题，暂按自备计",
    "Whether you must bring it depends on a question still open; until then it is counted as brought",
)
_FREE = {SupplyBy.FORM: 0, SupplyBy.SHARE: 1}


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
class Doubtful:
    """A way that a missing answer would open or close."""

    paper: int
    way: Way
    missing: frozenset[str]


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


def arrange(compiled: Compiled, situation: Situation, durations: Durations) -> Arrangement:
    """Arrange all that applies in this situation. Refuses MaterialOutOfReach, TooEntangled."""
    selection = select(compiled, situation)
    names = tuple(selection.asked)
    waits = tuple(_waits(selection))
    supplies = _Supplies(compiled, situation, selection, waits, durations)
    ways = supplies.chosen()
    supplies.note_doubts(ways)
    waits += tuple(_made_waits(supplies.papers, ways))
    schedule = earliest(len(names), _edges(names, waits), durations.finish(names))
    stations, place_of = _places(compiled, selection)
    return Arrangement(selection, supplies.papers, ways, waits, schedule, stations, place_of)


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
        situation: Situation,
        selection: Selection,
        waits: tuple[Wait, ...],
        durations: Durations,
    ) -> None:
        self.compiled, self.facts, self.selection = compiled, situation.facts, selection
        self.names = tuple(selection.asked)
        self.place = {name: number for number, name in enumerate(self.names)}
        self.edges = _edges(self.names, waits)
        self.finish = durations.finish(self.names)
        self.papers = tuple(Paper(name, need) for name, asked in selection.asked.items() for need in asked.materials)
        self.doubtful: list[Doubtful] = []
        self.open = [self._open(number, paper) for number, paper in enumerate(self.papers)]

    def _open(self, number: int, paper: Paper) -> list[Way]:
        found = []
        every = [(name, way) for name in paper.need.any_of for way in self.compiled.materials[name].ways]
        for place, (name, one) in enumerate(every):
            missing, way = self._missing(one), Way(name, one.part, place)
            if missing:
                self.doubtful.append(Doubtful(number, way, missing))
            elif missing is not None:
                found.append(way)
        return found

    def _missing(self, way: When[Supply]) -> frozenset[str] | None:
        """The fields that leave a way in doubt: none when it is open; None when it is closed."""
        verdict = way.verdict(self.facts)
        if verdict.value is False:
            return None
        if way.part.by is not SupplyBy.MATTER or way.part.matter in self.selection.asked:
            return verdict.missing
        undecided = self.selection.undecided.get(way.part.matter or "")
        return None if undecided is None else verdict.missing | undecided

    def chosen(self, granted: Collection[Doubtful] = ()) -> tuple[Way, ...]:
        """
        Choose a way for every paper, with the smallest set of hand-ins.

        `granted` are doubtful ways taken as open. A paper with none but doubtful ways is counted as handed in.
        """
        ways = [self._with(number, granted) for number in range(len(self.papers))]
        free = [_free(one) for one in ways]
        waiting = [number for number, way in enumerate(free) if way is None]
        supplied = self._supplied(waiting, ways)
        for number, choice in zip(waiting, supplied.choices, strict=True):
            free[number] = self._way(ways[number], choice)
        return tuple(way for way in free if way is not None)

    def _with(self, number: int, granted: Collection[Doubtful]) -> list[Way]:
        ways = self.open[number] + [one.way for one in granted if one.paper == number]
        ways.sort(key=lambda way: way.place)
        if ways or not any(one.paper == number for one in self.doubtful):
            return ways
        need = self.papers[number].need
        return [Way(need.any_of[0], Supply(SupplyBy.APPLICANT, UNSETTLED, need.source))]

    def _supplied(self, waiting: list[int], ways: list[list[Way]]) -> Supplied:
        materials = sorted({way.material for number in waiting for way in ways[number]})
        self.numbered = {material: number for number, material in enumerate(materials)}
        demands = [self._demand(number, ways[number]) for number in waiting]
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
        chain = f"{paper.matter} needs {material}; none of its ways is open here ({', '.join(tried)})"
        return MaterialOutOfReach(material=material, matter=paper.matter, chain=chain)

    def note_doubts(self, ways: tuple[Way, ...]) -> None:
        """Note the missing answers that would really change how some paper is met."""
        groups = [(one.missing, [one]) for one in self.doubtful]
        for name in sorted({name for one in self.doubtful for name in one.missing}):
            groups.append((frozenset({name}), [one for one in self.doubtful if name in one.missing]))
        for missing, granted in groups:
            if self._changes(ways, granted):
                for one in granted:
                    title = self.compiled.catalogue.materials[one.way.material].title
                    change = Change("material", one.way.material, title, self.papers[one.paper].matter)
                    self.selection.doubts.note(missing, change)

    def _changes(self, ways: tuple[Way, ...], granted: list[Doubtful]) -> bool:
        unsettled = any(ways[one.paper].supply.because is UNSETTLED for one in granted)
        possible = [one for one in granted if one.way.supply.matter is None or one.way.supply.matter in self.place]
        return unsettled or (bool(possible) and self.chosen(possible) != ways)


def _free(ways: list[Way]) -> Way | None:
    """
    A way that costs neither a paper nor a wait: from the form before a share, in the order of the need.

    One without a condition comes first, so that no question is asked that would only exchange two such ways.
    """
    free = [way for way in ways if way.supply.by in _FREE]
    return min(free, key=lambda way: (_FREE[way.supply.by], way.supply.when is not None), default=None)
