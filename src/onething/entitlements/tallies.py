"""One portion of a sweep: its persons read, decided and counted, and their rows as they are copied into the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from onething.engine.policies.deciding import Decision, Outcome
from onething.entitlements.rulebooks import Line, Person, Rulebook, sealed_facts
from onething.registry import regions
from onething.registry.batches import Read, Told
from onething.registry.cipher import DataKey, blind_index

if TYPE_CHECKING:
    from onething.entitlements import scanning

FEW = 2_000
"""Up to so many persons are decided one by one: a scan of them would be planned longer than it runs."""
TURNS = "entitlements.turns"
"""To what the keyed index of a month is bound."""
BASIS = {
    "id": "int8", "sweep_id": "uuid", "person_id": "uuid", "region": "varchar", "release_id": "uuid",
    "sealed": "bytea", "digest": "bytea", "impossible": "text[]", "turns": "bytea",
}  # fmt: skip
DECISION = (
    "sweep_id", "basis_id", "person_id", "region", "release_id", "policy", "outcome", "amount", "start", "missing",
    "grade", "terms", "is_lead",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Readable:
    """One person who can be decided: their key, and the release that holds for their division."""

    person_id: UUID
    region: str
    key: DataKey
    release: str


@dataclass(slots=True)
class Basis:
    """What a person was decided by: the facts, sealed, and those that cannot be true together."""

    person_id: UUID
    region: str
    release: str
    sealed: bytes
    digest: bytes
    turns: date | None
    impossible: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, one: Readable, pieces: Iterable[str], turns: date | None) -> Self:
        """Seal what a person is decided by, given as JSON in pieces; nothing else of them is kept in memory."""
        return cls(one.person_id, one.region, one.release, *sealed_facts(one.key, pieces), turns)


@dataclass(slots=True)
class Tally:
    """What a portion found, counted. `lines` are decisions as text that is copied; bases are numbered from `first`."""

    sweep_id: UUID
    books: Mapping[str, Rulebook]  # by division
    releases: Mapping[str, str]
    first: int = 0
    persons: int = 0
    unreadable: int = 0
    bases: list[Basis] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    _holding: dict[str, str | None] = field(default_factory=dict)  # division → release
    _alone: list[Person] = field(default_factory=list)
    _sheets: dict[str, tuple[scanning.Sheet, list[int]]] = field(default_factory=dict)

    @property
    def impossible(self) -> int:
        """How many have facts that cannot be true together."""
        return sum(bool(one.impossible) for one in self.bases)

    @property
    def rows(self) -> int:
        """How many decisions are kept."""
        return sum(count for outcome, count in self.counts.items() if outcome != Outcome.NOT_ELIGIBLE)

    def read(self, persons: Iterable[Read], *, most: int, few: int = FEW) -> None:
        """Take in these persons, at most so many: to be decided one by one if they are few, else by a scan."""
        source = self._readable(persons)
        begun = list(islice(source, few + 1))
        if len(begun) <= few:
            for one, told in begun:
                book = self._book(one.release)
                person = book.read(told)
                self._alone.append(person)
                self.bases.append(Basis.of(one, person.pieces, book.turns.next_for(person.facts)))
            return
        for one, told in chain(begun, source):
            pieces, days = self._on_sheet(one.release, told, most)
            self.bases.append(Basis.of(one, pieces, self._book(one.release).turns.next_for(days)))

    def decide(self, *, first: int) -> None:
        """Decide for all of them; their bases are numbered from `first`."""
        self.first = first
        for number, person in enumerate(self._alone):
            self._decide(number, person)
        for sheet, numbers in self._sheets.values():
            self._scan(sheet, numbers)

    def _readable(self, persons: Iterable[Read]) -> Iterator[tuple[Readable, Mapping[str, Told]]]:
        """Leave out, and count, those without a key and those for whose division no release holds."""
        for read in persons:
            self.persons += 1
            release = self._release_for(read.region)
            if read.key is None or release is None:
                self.unreadable += 1
            else:
                yield Readable(read.person_id, read.region, read.key, release), read.told

    def _release_for(self, region: str) -> str | None:
        if region not in self._holding:
            place = next((one for one in regions.upwards(region) if one in self.books), None)
            self._holding[region] = self.releases[place] if place else None
        return self._holding[region]

    def _book(self, release: str) -> Rulebook:
        return next(self.books[place] for place, one in self.releases.items() if one == release)

    def _on_sheet(self, release: str, told: Mapping[str, Told], most: int) -> tuple[list[str], dict[str, Any]]:
        from onething.entitlements import scanning  # brings DuckDB, which the web process does without

        if release not in self._sheets:
            self._sheets[release] = (scanning.Sheet(self._book(release), most), [])
        sheet, numbers = self._sheets[release]
        numbers.append(len(self.bases))
        return sheet.add(told)

    def _decide(self, number: int, person: Person) -> None:
        basis = self.bases[number]
        book = self._book(basis.release)
        decisions = book.program.decide(person.facts)
        if _are_impossible(decisions):
            basis.impossible += sorted(decisions[0].missing)
            return
        self.counts.update(str(one.outcome) for one in decisions)
        self.lines += [_line(self._head(number), line) for line in book.lines(decisions, person)]

    def _scan(self, sheet: scanning.Sheet, numbers: list[int]) -> None:
        from onething.entitlements import scanning

        found = scanning.scan(sheet, [self._head(number) for number in numbers])
        for person, names in found.impossible.items():
            self.bases[numbers[person]].impossible += names
        self.lines += found.lines
        self._count(found.counts, (sheet.size - len(found.impossible)) * len(sheet.passes.policies))

    def _count(self, kept: Counter[str], decided: int) -> None:
        self.counts += kept
        self.counts[str(Outcome.NOT_ELIGIBLE)] += decided - kept.total()

    def _head(self, number: int) -> str:
        """Write what the lines of a person begin with."""
        of = self.bases[number]
        return f"{self.sweep_id}\t{self.first + number}\t{of.person_id}\t{of.region}\t{of.release}"

    def rows_of_bases(self) -> Iterator[tuple[Any, ...]]:
        """Give the rows of the bases, in the order of BASIS."""
        months = dict[date, bytes]()
        for number, one in enumerate(self.bases, start=self.first):
            where = (self.sweep_id, one.person_id, one.region, UUID(one.release))
            turns = None if one.turns is None else month_index(one.turns, months)
            yield number, *where, one.sealed, one.digest, one.impossible, turns


def month_index(day: date, known: dict[date, bytes]) -> bytes:
    """Give the keyed index of a day's month; `known` keeps those that were asked for."""
    month = day.replace(day=1)
    if month not in known:
        known[month] = blind_index(TURNS, month.isoformat())
    return known[month]


def _are_impossible(decisions: tuple[Decision, ...]) -> bool:
    return bool(decisions) and not any(one.trace for one in decisions)


def _line(head: str, line: Line) -> str:
    one = line.decision
    missing = ",".join(sorted(one.missing))
    values = (head, one.policy.id, one.outcome, _text(one.amount), _text(one.start), f"{{{missing}}}")
    return "\t".join((*values, _text(line.grade), line.terms, str(line.is_lead).lower())) + "\n"


def _text(value: object) -> str:
    return "\\N" if value is None else str(value)
