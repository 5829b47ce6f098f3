"""An arrangement becomes the plan that people read: titles, reasons, sources, and the four figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from onething.engine.bundle.arranging import Arrangement
from onething.engine.bundle.compiled import Compiled
from onething.engine.bundle.completions import Completions, every
from onething.engine.bundle.durations import Durations
from onething.engine.bundle.facts import Situation
from onething.engine.bundle.model import Act, MatterDef, Need, PersonalTerm, SupplyBy, Words
from onething.engine.bundle.paperwork import form_of, materials_of, removed_of
from onething.engine.bundle.plan import (
    ActLine,
    Bound,
    Cost,
    DerivedLine,
    Edge,
    External,
    MatterLine,
    NotNeeded,
    OpenQuestion,
    Plan,
    Promise,
    Reason,
    Term,
    Undecided,
    Visit,
    Waiting,
)
from onething.engine.bundle.questions import open_questions
from onething.engine.bundle.selection import Asked
from onething.engine.bundle.spans import Span, span_of
from onething.kernel.workdays import add_calendar_days

FOR_EVERYBODY = Words("人人适用", "It applies to everybody")


def worded(compiled: Compiled, completions: Completions, arrangement: Arrangement, durations: Durations) -> Plan:
    """Put an arrangement into words."""
    return _Writer(compiled, completions, completions.situation, arrangement, durations).plan()


def joined(words: Iterable[Words]) -> Words:
    """Join sentences in each language."""
    listed = list(words)
    return Words("；".join(one.zh for one in listed), "; ".join(one.en for one in listed))


@dataclass(frozen=True, slots=True)
class _Writer:
    compiled: Compiled
    completions: Completions
    situation: Situation
    arrangement: Arrangement
    durations: Durations

    def plan(self) -> Plan:
        catalogue, arrangement = self.compiled.catalogue, self.arrangement
        names, selection = tuple(arrangement.selection.asked), arrangement.selection
        questions = open_questions(self.compiled, self.completions, self.durations)
        return Plan(
            pack=catalogue.pack,
            release=catalogue.release,
            title=catalogue.title,
            on=self.durations.on,
            basis=self.durations.basis,
            matters=tuple(self._matter(number, asked) for number, asked in enumerate(selection.asked.values())),
            not_needed=tuple(self._not_needed()),
            undecided=tuple(self._undecided()),
            open_questions=questions,
            derived=tuple(self._derived()),
            form=form_of(self.compiled, arrangement),
            materials=materials_of(self.compiled, arrangement),
            removed=removed_of(self.compiled, arrangement),
            edges=tuple(self._edges()),
            critical_path=tuple(names[one] for one in arrangement.schedule.critical),
            layers=tuple(tuple(names[one] for one in layer) for layer in arrangement.schedule.layers),
            external=tuple(self._external()),
            promise=self._promise(questions),
            visits=tuple(self._visits()),
            online=tuple(self._online()),
            before=self._before(),
            after=self._after(),
            terms=tuple(self._terms()),
            marks=catalogue.marks,
        )

    def _matter(self, number: int, asked: Asked) -> MatterLine:
        matter, schedule = asked.compiled.matter, self.arrangement.schedule
        figure = self.durations.figure(matter)
        reasons = self._reasons(asked)
        return MatterLine(
            id=matter.id,
            title=matter.title,
            department=matter.department,
            department_title=self.compiled.catalogue.departments[matter.department],
            result=matter.result,
            needs=self._needs(matter.id),
            waits_for=tuple(need.event for need in asked.needs if need.event),
            working_days=schedule.ends[number] - schedule.starts[number] if figure else None,
            basis=figure.basis if figure else None,
            visits=tuple(self._act(matter, act) for act in asked.acts),
            because=joined(reason.because for reason in reasons),
            source=reasons[0].source,
            reasons=reasons,
            starts=schedule.starts[number],
            ends=schedule.ends[number],
        )

    def _reasons(self, asked: Asked) -> tuple[Reason, ...]:
        clauses = [one.part for one in asked.compiled.applies]
        everybody = Reason(FOR_EVERYBODY, asked.compiled.matter.title_source or "")
        return tuple(Reason(clause.because, clause.source) for clause in clauses) or (everybody,)

    def _needs(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(wait.first for wait in self.arrangement.waits if wait.then == name))

    def _act(self, matter: MatterDef, act: Act) -> ActLine:
        station = self.arrangement.place_of.get(act.capability or "") if act.presence == "station" else None
        return ActLine(act.id, act.title, matter.id, act.presence, station, act.because, act.source)

    def _acts(self) -> Iterator[ActLine]:
        for asked in self.arrangement.selection.asked.values():
            yield from (self._act(asked.compiled.matter, act) for act in asked.acts)

    def _not_needed(self) -> Iterator[NotNeeded]:
        for name, clause in self.arrangement.selection.refused.items():
            yield NotNeeded(name, self.compiled.catalogue.matters[name].title, clause.otherwise, clause.source)

    def _undecided(self) -> Iterator[Undecided]:
        for name, missing in self.arrangement.selection.undecided.items():
            yield Undecided(name, self.compiled.catalogue.matters[name].title, missing)

    def _derived(self) -> Iterator[DerivedLine]:
        for one in self.situation.derived:
            label = self.compiled.catalogue.fields[one.field].label
            yield DerivedLine(one.field, label, one.case.value, one.case.because, one.case.source)

    def _edges(self) -> Iterator[Edge]:
        for wait in self.arrangement.waits:
            kind = "need" if wait.material is None else "produced"
            yield Edge(wait.first, wait.then, kind, wait.material, wait.because, wait.source)

    def _external(self) -> Iterator[External]:
        for event in self.compiled.catalogue.events.values():
            needed_by = tuple(self._waiting(event.id))
            if needed_by:
                yield External(event.id, event.title, event.actor, event.source, needed_by)

    def _waiting(self, event: str) -> Iterator[Waiting]:
        for name, need in self._all_needs():
            if need.event == event:
                yield Waiting(name, need.because, need.source)

    def _all_needs(self) -> Iterator[tuple[str, Need]]:
        for name, asked in self.arrangement.selection.asked.items():
            yield from ((name, need) for need in asked.needs)

    def _promise(self, questions: tuple[OpenQuestion, ...]) -> Promise:
        days = self.arrangement.schedule.days
        deadline = self.durations.deadline(days)
        certain = Span(days, days)
        span = span_of(self.compiled, self.completions, self.durations) if questions else certain
        return Promise(
            working_days=days,
            due=deadline.due,
            proof=deadline,
            lower_bound=tuple(self._without_figure()),
            partial=span != certain,
            at_least=self._bound(span.least),
            at_most=None if span.most is None else self._bound(span.most),
        )

    def _bound(self, days: int) -> Bound:
        return Bound(days, self.durations.deadline(days).due)

    def _without_figure(self) -> Iterator[str]:
        for matter in self._matters():
            if self.durations.figure(matter) is None:
                yield matter.id

    def _matters(self) -> Iterator[MatterDef]:
        return (asked.compiled.matter for asked in self.arrangement.selection.asked.values())

    def _visits(self) -> Iterator[Visit]:
        for name in self.arrangement.stations:
            station = self.compiled.catalogue.stations[name]
            yield Visit(name, station.title, station.address, tuple(act for act in self._acts() if act.station == name))

    def _online(self) -> Iterator[ActLine]:
        return (act for act in self._acts() if act.presence == "online")

    def _before(self) -> Cost:
        alone = [matter.alone for matter in self._matters()]
        return Cost(
            working_days=sum(self.durations.working_days(one.working_days) for one in alone),
            materials=len(self.arrangement.papers),
            steps=sum(one.steps.value for one in alone),
            trips=sum(one.trips.value for one in alone),
        )

    def _after(self) -> Cost:
        trips = len(self.arrangement.stations)
        submission = 1 if self.arrangement.selection.asked else 0
        handed = {way.material for way in self.arrangement.ways if way.supply.by is SupplyBy.APPLICANT}
        return Cost(
            working_days=self.arrangement.schedule.days,
            materials=len(handed),
            steps=submission + trips + sum(1 for _act in self._online()),
            trips=trips,
        )

    def _terms(self) -> Iterator[Term]:
        for one in self.compiled.terms:
            term, binds = one.part, self.completions.settled(every(self.compiled.whom(one)))
            if binds is not False:
                start = self.situation.facts.get(term.from_field)
                due = _last_day(start, term.days) if isinstance(start, date) else None
                only_if = None if binds is True else term.only_if or self._if_it_applies(term)
                yield Term(term.id, term.title, due, term.consequence, term.source, term.matter, only_if)

    def _if_it_applies(self, term: PersonalTerm) -> Words:
        """Say of a day without words for its condition that it goes with its matter."""
        title = self.compiled.catalogue.matters[term.matter].title if term.matter else term.title
        return Words(f"如果要办“{title.zh}”", f"if “{title.en}” applies to you")


def _last_day(start: date, days: int) -> date:
    """
    Tell a person the last day as counted, also where it is a day off.

    The law may add days then (Civil Code, art. 203), but nobody should build a right that can be lost on that.
    """
    return add_calendar_days(start, days)
