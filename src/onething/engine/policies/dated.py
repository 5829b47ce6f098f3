"""Policies on one day: figures put in, other policies written out, absence made plain. All engines start from here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from onething.engine.policies.errors import PolicyCircle
from onething.engine.policies.figures import standard_on, table_on
from onething.engine.policies.model import LeapDay, PolicyDef
from onething.engine.policies.parsing import Line, ParsedPack, ParsedPolicy, Way
from onething.engine.rules.nodes import (
    All,
    Arithmetic,
    Call,
    Case,
    Either,
    FieldRef,
    Kind,
    Literal,
    Node,
    rebuilt,
)
from onething.engine.rules.settling import settled

ROUNDING = {"half_up": "div_round", "up": "div_up", "down": "div_down"}


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One conjunct on a day: `written` with its figures, `settled` with its absence made plain."""

    line: Line
    written: Node
    settled: Node


@dataclass(frozen=True, slots=True)
class DatedWay:
    """One way to be entitled on a day. `amount` and `amount_settled` are fen, rounded; None in kind."""

    way: Way
    lines: tuple[DatedLine, ...]
    amount: Node | None
    amount_settled: Node | None


@dataclass(frozen=True)
class DatedPolicy:
    """A policy on a day."""

    policy: PolicyDef
    day: date
    lines: tuple[DatedLine, ...]
    ways: tuple[DatedWay, ...]
    start: Node
    start_settled: Node

    @cached_property
    def every_line(self) -> tuple[DatedLine, ...]:
        """The common conjuncts, then those of each way."""
        return (*self.lines, *(line for way in self.ways for line in way.lines))

    @cached_property
    def holds(self) -> Node:
        """The whole condition, settled."""
        return self._whole("settled")

    @cached_property
    def holds_written(self) -> Node:
        """The whole condition as written, with the figures of the day."""
        return self._whole("written")

    def _whole(self, form: str) -> Node:
        common = [getattr(line, form) for line in self.lines]
        ways = [_all([getattr(line, form) for line in way.lines]) for way in self.ways]
        return _all([*common, Either(Kind.BOOLEAN, 1, tuple(ways)) if len(ways) > 1 else ways[0]])

    @cached_property
    def amount(self) -> Node | None:
        """What is paid, in fen, settled: by the first way that holds. None in kind."""
        return self._paid("settled", [way.amount_settled for way in self.ways])

    @cached_property
    def amount_written(self) -> Node | None:
        """What is paid, as written, with the figures of the day."""
        return self._paid("written", [way.amount for way in self.ways])

    def _paid(self, form: str, amounts: list[Node | None]) -> Node | None:
        found = [amount for amount in amounts if amount is not None]
        if len(found) < len(amounts):
            return None
        if len(found) == 1:
            return found[0]
        conditions = [_all([getattr(line, form) for line in way.lines]) for way in self.ways]
        branches = tuple(zip(conditions[:-1], found[:-1], strict=True))
        return Case(Kind.NUMBER, 1, branches, found[-1])


def _all(parts: list[Node]) -> Node:
    flat = [piece for part in parts for piece in (part.parts if isinstance(part, All) else (part,))]
    plain = [part for part in flat if not (isinstance(part, Literal) and part.value is True)]
    if len(plain) == 1:
        return plain[0]
    return All(Kind.BOOLEAN, 1, tuple(plain)) if plain else Literal(Kind.BOOLEAN, 1, True)


def on_day(parsed: ParsedPack, day: date) -> tuple[DatedPolicy, ...]:
    """Give every policy that is in force on the day. Refuses PolicyCircle."""
    dating = _Dating(parsed, day)
    return tuple(dating.policy(one, ()) for one in parsed.policies.values() if one.policy.effective.contains(day))


def checks_on_day(parsed: ParsedPack, day: date) -> dict[str, Node]:
    """Give the checks of facts on the day, settled, by the fact that has them."""
    dating = _Dating(parsed, day)
    return {name: settled(dating.dated(node, None, ()), day) for name, node in parsed.checks.items()}


@dataclass(frozen=True, slots=True)
class _Dating:
    parsed: ParsedPack
    day: date

    def policy(self, parsed: ParsedPolicy, chain: tuple[str, ...]) -> DatedPolicy:
        name = parsed.policy.id
        if name in chain:
            raise PolicyCircle(chain=" → ".join((*chain[chain.index(name) :], name)))
        inner = (*chain, name)
        lines = tuple(self.line(line, parsed, inner) for line in parsed.lines)
        ways = tuple(self.way(way, parsed, inner) for way in parsed.ways)
        start = self.dated(parsed.start, parsed.payer, inner)
        return DatedPolicy(parsed.policy, self.day, lines, ways, start, settled(start, self.day))

    def line(self, line: Line, parsed: ParsedPolicy, chain: tuple[str, ...]) -> DatedLine:
        written = self.dated(line.node, parsed.payer, chain)
        return DatedLine(line, written, settled(written, self.day))

    def way(self, way: Way, parsed: ParsedPolicy, chain: tuple[str, ...]) -> DatedWay:
        lines = tuple(self.line(line, parsed, chain) for line in way.lines)
        if way.amount is None or way.paid is None:
            return DatedWay(way, lines, None, None)
        amount = _rounded(self.dated(way.amount, parsed.payer, chain), way.paid.coin, way.paid.how)
        return DatedWay(way, lines, amount, settled(amount, self.day))

    def dated(self, node: Node, payer: FieldRef | None, chain: tuple[str, ...]) -> Node:
        """Put the figures of the day into an expression; `chain` are the policies it was reached through."""
        inner = partial(self.dated, payer=payer, chain=chain)
        if not isinstance(node, Call):
            return rebuilt(node, inner)
        if node.function == "param" and payer is not None:
            return standard_on(self.parsed.pack.standards[_name(node)], self.day, payer)
        if node.function == "table" and payer is not None:
            keys = tuple(inner(argument) for argument in node.arguments[1:])
            return table_on(self.parsed.pack.tables[_name(node)], self.day, payer, keys)
        if node.function == "eligible":
            return self.other(_name(node), chain)
        return self.counted(rebuilt(node, inner))

    def other(self, name: str, chain: tuple[str, ...]) -> Node:
        """Write another policy out; one that is not in force on the day holds for nobody."""
        other = self.parsed.policies.get(name)
        if other is None or not other.policy.effective.contains(self.day):
            return Literal(Kind.BOOLEAN, 1, False)
        return self.policy(other, chain).holds_written

    def counted(self, node: Node) -> Node:
        if isinstance(node, Call) and self.parsed.pack.leap_day is LeapDay.NEXT_DAY:
            return Call(node.kind, node.at, node.function, node.arguments, next_day=True)
        return node


def _name(node: Call) -> str:
    first = node.arguments[0]
    return str(first.value) if isinstance(first, Literal) else ""


def _rounded(amount: Node, coin: int, how: str) -> Node:
    if coin == 1:
        return amount
    unit = Literal(Kind.NUMBER, 1, coin)
    return Arithmetic(Kind.NUMBER, 1, "*", Call(Kind.NUMBER, 1, ROUNDING[how], (amount, unit)), unit)


def circles(parsed: ParsedPack) -> Iterator[tuple[str, PolicyCircle]]:
    """Find policies that ask for each other, by name, with the refusal."""
    for name, policy in parsed.policies.items():
        try:
            _Dating(parsed, policy.policy.effective.start).policy(policy, ())
        except PolicyCircle as circle:
            yield name, circle
