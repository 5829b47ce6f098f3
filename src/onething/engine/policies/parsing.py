"""From policies as written to policies with checked expressions, every problem found and placed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onething.engine.policies.model import Alternative, Amount, Condition, FactDef, PolicyDef, PolicyPack
from onething.engine.rules.errors import RuleRefused
from onething.engine.rules.language import KIND_OF_TYPE, parse, parse_value
from onething.engine.rules.nodes import FieldRef, Kind, Node, Not
from onething.engine.rules.vocabulary import PolicyVocabulary, TableShape

BENEFITS = "benefits_received"
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A refusal, and where in the pack the expression stands: ("policies", id, "when", 0, "when")."""

    path: Path
    refusal: RuleRefused


@dataclass(frozen=True, slots=True)
class Line:
    """One conjunct. `group` is when, except, stops or an alternative's id; `node` is true where it speaks for yes."""

    condition: Condition
    group: str
    node: Node
    path: Path


@dataclass(frozen=True, slots=True)
class Way:
    """One way to be entitled: its own conjuncts besides the common ones, and its amount in fen (None: in kind)."""

    id: str
    order: int | None
    lines: tuple[Line, ...]
    amount: Node | None
    paid: Amount | None


@dataclass(frozen=True, slots=True)
class ParsedPolicy:
    """A policy whose expressions are read. `ways` has at least one; the lowest order comes first."""

    policy: PolicyDef
    payer: FieldRef
    lines: tuple[Line, ...]
    ways: tuple[Way, ...]
    start: Node

    @property
    def every_line(self) -> tuple[Line, ...]:
        """The common conjuncts, then those of each way."""
        return (*self.lines, *(line for way in self.ways for line in way.lines))


@dataclass(frozen=True, slots=True)
class ParsedPack:
    """An entitlement pack whose expressions are read. `checks` are conditions that possible facts fulfil."""

    pack: PolicyPack
    policies: Mapping[str, ParsedPolicy]
    checks: Mapping[str, Node]
    vocabulary: PolicyVocabulary


def parse_pack(pack: PolicyPack) -> tuple[ParsedPack, list[Fault]]:
    """Read every expression of the pack; policies of which something cannot be read are left out, and said why."""
    reader = _Reader(pack, vocabulary_of(pack), [])
    checks = {
        fact.id: node
        for fact in pack.facts.values()
        if fact.check is not None
        for node in [reader.condition(fact.check, ("facts", fact.id, "check"))]
        if node is not None
    }
    policies = {name: found for name, policy in pack.policies.items() if (found := reader.policy(policy)) is not None}
    return ParsedPack(pack, policies, checks, reader.vocabulary), reader.faults


def vocabulary_of(pack: PolicyPack) -> PolicyVocabulary:
    """Say what conditions of the pack may name."""
    benefits = pack.facts.get(BENEFITS)
    tables = {
        name: TableShape(tuple(reference(pack.facts[key]) for key in table.keys), table.unit)
        for name, table in pack.tables.items()
        if all(key in pack.facts for key in table.keys)
    }
    return PolicyVocabulary(
        standards={name: standard.unit for name, standard in pack.standards.items()},
        tables=tables,
        policies=tuple(pack.policies),
        benefits=reference(benefits) if benefits is not None and benefits.type == "choices" else None,
    )


def reference(fact: FactDef) -> FieldRef:
    """Make the node that reads a fact."""
    unit = "fen" if fact.type == "money" else fact.unit
    options = frozenset(option.value for option in fact.options)
    return FieldRef(KIND_OF_TYPE[fact.type], 1, fact.id, fact.type, fact.absent, options, unit)


@dataclass(frozen=True, slots=True)
class _Reader:
    pack: PolicyPack
    vocabulary: PolicyVocabulary
    faults: list[Fault]

    def policy(self, policy: PolicyDef) -> ParsedPolicy | None:
        before, at = len(self.faults), ("policies", policy.id)
        groups = (("when", policy.when), ("except", policy.excluding), ("stops", policy.stops))
        lines = tuple(line for group, listed in groups for line in self.lines(listed, group, (*at, group)))
        ways = tuple(self.ways(policy, at))
        start = self.value(policy.start_day, (*at, "start", "day"), Kind.DATE)
        payer = self.pack.facts.get(policy.payer)
        if len(self.faults) > before or start is None or payer is None:
            return None
        return ParsedPolicy(policy, reference(payer), lines, ways, start)

    def lines(self, conditions: tuple[Condition, ...], group: str, at: Path) -> Iterator[Line]:
        for index, condition in enumerate(conditions):
            path = (*at, index, "when")
            node = self.condition(condition.when, path)
            if node is not None:
                negated = group in ("except", "stops")
                yield Line(condition, group, Not(Kind.BOOLEAN, 1, node) if negated else node, path)

    def ways(self, policy: PolicyDef, at: Path) -> Iterator[Way]:
        if not policy.rules:
            amount = self.amount(policy.amount, (*at, "amount"))
            yield Way("", None, (), amount, policy.amount)
        order = {rule.id: index for index, rule in enumerate(policy.rules)}
        for rule in sorted(policy.rules, key=lambda rule: (rule.order or 0, order[rule.id])):
            yield self.way(policy, rule, (*at, "rules", order[rule.id]), at)

    def way(self, policy: PolicyDef, rule: Alternative, at: Path, top: Path) -> Way:
        paid = rule.amount or policy.amount
        where = (*at, "amount") if rule.amount else (*top, "amount")
        return Way(
            rule.id, rule.order, tuple(self.lines(rule.when, rule.id, (*at, "when"))), self.amount(paid, where), paid
        )

    def amount(self, amount: Amount | None, at: Path) -> Node | None:
        return None if amount is None else self.value(amount.value, (*at, "value"), Kind.NUMBER)

    def condition(self, text: str, path: Path) -> Node | None:
        try:
            return parse(text, self.pack.facts, self.vocabulary)
        except RuleRefused as refusal:
            self.faults.append(Fault(path, refusal))
            return None

    def value(self, text: str, path: Path, kind: Kind) -> Node | None:
        try:
            node = parse_value(text, self.pack.facts, self.vocabulary)
        except RuleRefused as refusal:
            self.faults.append(Fault(path, refusal))
            return None
        if node.kind is not kind:
            wrong = f"the whole yields a {node.kind.value}, not a {kind.value}"
            hint = "An amount is a number of fen; a start is a day."
            self.faults.append(Fault(path, RuleRefused(expression=text, position=1, problem=wrong, correction=hint)))
            return None
        return node


__all__ = ["Fault", "Line", "ParsedPack", "ParsedPolicy", "Path", "Way", "parse_pack", "reference"]
