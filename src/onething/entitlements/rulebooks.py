"""A release on a day as a sweep uses it: what it reads, what it decides, and a digest of its terms at a place. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from onething.engine.policies.checking import figures_used
from onething.engine.policies.deciding import CompiledPolicy, Decision, Outcome, Program, compile_program, month_of
from onething.engine.policies.facts import plain_fact, readable_fact
from onething.engine.policies.figures import prefix_of
from onething.engine.policies.model import NATION, PolicyDef, StandardDef, TableDef
from onething.engine.policies.parsing import BENEFITS, ParsedPack
from onething.engine.policies.turning import Turns, is_today, turns_on
from onething.engine.rules.nodes import fields_of
from onething.registry.batches import Told
from onething.registry.cipher import DataKey

Facts = Mapping[str, Any]
FACTS = "entitlements.facts"
"""The field name to which the facts of a decision are bound when they are sealed."""
MOST_SHARED = 50_000


class Written(NamedTuple):
    """One value of a fact, read once for all who share it: typed, and as it stands among the sealed facts."""

    value: Any
    piece: str


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of one person: typed facts, the grade of each, and the pieces of the same as JSON."""

    facts: Facts
    grades: Mapping[str, int]
    pieces: Sequence[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A decision that is no: its terms, the grade of the weakest fact it rests on, and whether it leads to somebody."""

    decision: Decision
    terms: str
    grade: int | None
    is_lead: bool


def sealed_facts(key: DataKey, pieces: Iterable[str]) -> tuple[bytes, bytes]:
    """
    Seal the facts of a decision under a person's key, with a digest that is keyed by it too.

    The same facts give the same digest, and nobody can try them out.
    """
    text = f"{{{', '.join(sorted(pieces))}}}".encode()
    return key.seal_text(FACTS, text), hmac.digest(key.secret, b'["%s", %s]' % (FACTS.encode(), text), "sha256")


@dataclass(frozen=True)
class Rulebook:
    """A release on a day, compiled."""

    parsed: ParsedPack
    program: Program
    reads: Mapping[str, frozenset[str]]
    _terms: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    _places: dict[str, list[str]] = field(default_factory=dict)
    _written: dict[str, dict[bytes, Written | None]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, parsed: ParsedPack, day: date) -> Rulebook:
        """Compile a release for a day. Refuses PolicyCircle."""
        program = compile_program(parsed, day)
        return cls(parsed, program, {one.id: _reads(one) for one in program.policies})

    def written(self, name: str, text: bytes) -> Written | None:
        """Read one value of a fact as the registry has it (JSON); None where the pack cannot read it."""
        shared = self._written[name]
        try:
            return shared[text]
        except KeyError:
            pass
        if len(shared) >= MOST_SHARED:
            shared.clear()
        found = shared[text] = self._read(name, text)
        return found

    def _read(self, name: str, text: bytes) -> Written | None:
        fact, plain = self.parsed.pack.facts.get(name), json.loads(text)
        value = readable_fact(fact, plain) if fact is not None else None
        return None if value is None else Written(value, f'"{name}": {_as_json(value)}')

    def read(self, told: Mapping[str, Told]) -> Person:
        """Read what the registry knows, as far as the pack asks for it and can read it."""
        read = {name: self.written(name, text) for name, (text, _grade) in told.items()}
        there = {name: one for name, one in read.items() if one is not None}
        return Person(
            {name: one.value for name, one in there.items()},
            {name: told[name][1] for name in there},
            [one.piece for one in there.values()],
        )

    def lines(self, decisions: Iterable[Decision], person: Person) -> list[Line]:
        """Keep what is not a no."""
        return [self._line(one, person) for one in decisions if one.outcome is not Outcome.NOT_ELIGIBLE]

    def _line(self, decision: Decision, person: Person) -> Line:
        name = decision.policy.id
        used = [person.grades[fact] for fact in self.reads[name] if fact in person.grades]
        payer = person.facts.get(decision.policy.dated.policy.payer, NATION)
        is_lead = _leads(decision) and name not in person.facts.get(BENEFITS, ())
        return Line(decision, self.terms(name, str(payer)), min(used, default=None), is_lead)

    @cached_property
    def turns(self) -> Turns:
        """What turns by the calendar alone."""
        return turns_on(self.parsed, self.program.day)

    @cached_property
    def starts_today(self) -> Mapping[str, date]:
        """The month from which those policies are paid that begin on the day of the decision."""
        found = [one.dated for one in self.program.policies if is_today(one.dated.start)]
        months = {one.policy.id: month_of(self.program.day, one.policy.starts_next) for one in found}
        return {name: month for name, month in months.items() if month is not None}

    @property
    def payers(self) -> Mapping[str, str]:
        """Give the fact that says where each policy is paid."""
        return {one.id: one.dated.policy.payer for one in self.program.policies}

    def terms(self, policy: str, place: str) -> str:
        """Give a digest of all that a policy says and pays at a place on the day (32 hex digits)."""
        above = tuple(one for one in self._divisions(policy) if place.startswith(one))
        known = self._terms.get((policy, above))
        if known is None:
            parsed = self.parsed.policies[policy]
            figures = [f"{name}={_figure_at(found, place, self.program.day)}" for name, found in self._figures(policy)]
            text = json.dumps([*_said(parsed.policy), figures], ensure_ascii=False)
            known = self._terms[policy, above] = hashlib.sha256(text.encode()).hexdigest()[:32]
        return known

    def _figures(self, policy: str) -> list[tuple[str, StandardDef | TableDef]]:
        used = dict.fromkeys(figures_used(self.parsed.policies[policy]))
        return [(name, getattr(self.parsed.pack, kind)[name]) for kind, name in used]

    def _divisions(self, policy: str) -> list[str]:
        """Give the divisions that have figures of their own for a policy: places that lie in the same pay the same."""
        known = self._places.get(policy)
        if known is None:
            figures = [found for _name, found in self._figures(policy)]
            standards = [one.region for found in figures if isinstance(found, StandardDef) for one in found.figures]
            tables = [one.region for found in figures if isinstance(found, TableDef) for one in found.editions]
            known = self._places[policy] = sorted({prefix_of(region) for region in (*standards, *tables)})
        return known


def _as_json(value: Any) -> str:
    return str(value) if type(value) is int else json.dumps(plain_fact(value), ensure_ascii=False)


def _reads(policy: CompiledPolicy) -> frozenset[str]:
    amounts = policy.dated.amount_written
    return fields_of(policy.dated.holds_written) | (fields_of(amounts) if amounts is not None else frozenset())


def _leads(decision: Decision) -> bool:
    """Tell whether somebody should be asked: entitled, or one thing short of knowing it; never by impossible facts."""
    if decision.outcome is Outcome.UNKNOWN:
        return bool(decision.trace) and len(decision.missing) == 1
    return True


def _said(policy: PolicyDef) -> list[Any]:
    """List what a policy promises and asks: words are left out, so that a better sentence is no new offer."""
    lines = [*policy.when, *policy.excluding, *policy.stops, *(line for way in policy.rules for line in way.when)]
    amounts = [policy.amount, *(way.amount for way in policy.rules)]
    paid = [[one.value, one.per, one.coin, one.how] for one in amounts if one is not None]
    kind = policy.in_kind.zh if policy.in_kind else ""
    return [policy.id, [line.when for line in lines], paid, kind, policy.start_day, policy.starts_next]


def _figure_at(found: StandardDef | TableDef, place: str, day: date) -> str:
    """Write the figures that hold at a place: those of the nearest division above it that has some."""
    if isinstance(found, StandardDef):
        values = [(one.region, str(one.value)) for one in found.figures if one.period.contains(day)]
    else:
        values = [
            (one.region, repr(sorted(map(repr, one.rows.items()))))
            for one in found.editions
            if one.period.contains(day)
        ]
    here = [(len(prefix_of(region)), value) for region, value in values if place.startswith(prefix_of(region))]
    return max(here)[1] if here else "-"
