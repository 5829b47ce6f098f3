# ruff: noqa: S608 every name and value in these queries is written by `Emitter` from checked nodes
"""
The SQL of a scan, the same for DuckDB, Spark and PostgreSQL: the snapshot, and one filtered pass per policy.

The snapshot has one row per person: the facts that conditions read, what costs something to calculate (years of
service, the figures of the place) once for all policies, `impossible`: the facts that cannot be true together, and
`stands`: these are possible, and no line that all policies have in common turns the person away.
A pass gives one row per person of whom a policy does not say no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from onething.engine.policies.dated import DatedPolicy, on_day
from onething.engine.policies.deciding import Outcome, all_checks
from onething.engine.policies.model import FactDef
from onething.engine.policies.parsing import ParsedPack
from onething.engine.rules.dates import COUNTING
from onething.engine.rules.nodes import All, Call, FieldRef, Kind, Literal, Node, Placed, children, fields_of, walk
from onething.engine.rules.sql import DUCKDB, Dialect, Emitter, may_be_null, names_missing, quoted

PEOPLE = "people"
SNAPSHOT = "snapshot"
PERSON = "person"
COLUMNS = ("person", "policy", "release", "as_of", "verdict", "missing", "amount", "start_month")
"""Of a result row: `missing` are sorted names joined by commas, `amount` is fen, `start_month` the first day of one."""


_OUTCOMES = (Outcome.ELIGIBLE, Outcome.AMOUNT_UNKNOWN, Outcome.UNKNOWN)


@dataclass(frozen=True)
class Passes:
    """All SQL of one scan. `people` is a relation with `person` and a column for every fact that is read."""

    parsed: ParsedPack
    day: date
    dialect: Dialect

    @cached_property
    def policies(self) -> tuple[DatedPolicy, ...]:
        """The policies in force, in the order of the pack."""
        return on_day(self.parsed, self.day)

    @cached_property
    def checks(self) -> tuple[Node, ...]:
        """What possible facts fulfil."""
        return all_checks(self.parsed, self.day)

    @cached_property
    def columns(self) -> dict[Node, str]:
        """Every part that the snapshot calculates once, and its column."""
        found = dict.fromkeys(part for node in self._nodes() for part in _costly(node))
        return {part: f"d{index}" for index, part in enumerate(found)}

    @cached_property
    def shared(self) -> tuple[Node, ...]:
        """The lines that every policy has and that are never unknown, like "is alive"; asked once for all of them."""
        if len(self.policies) < 2:
            return ()
        first, *rest = (_lines_of(policy) for policy in self.policies)
        return tuple(line for line in first if not may_be_null(line) and all(line in lines for lines in rest))

    def holds(self, policy: DatedPolicy) -> Node:
        """The condition of a policy beside the shared lines."""
        own = tuple(line for line in _lines_of(policy) if line not in self.shared)
        return All(Kind.BOOLEAN, 1, own) if own else Literal(Kind.BOOLEAN, 1, True)

    def facts(self) -> tuple[FactDef, ...]:
        """The facts that the scan reads, in the order of the dictionary."""
        read = frozenset().union(*(fields_of(node) for node in (*self._nodes(), *self.shared, *self.checks)))
        return tuple(fact for name, fact in self.parsed.pack.facts.items() if name in read)

    def snapshot(self, people: str = PEOPLE) -> str:
        """Write the query that makes the snapshot of a relation of people."""
        raw = Emitter(self.dialect)
        name = raw.name
        placed = {part: column for part, column in self.columns.items() if isinstance(part, Placed)}
        regions = dict.fromkeys(part.region.field for part in placed)
        ctes = [self._places(region, placed, people) for region in regions]
        columns = [name(PERSON), *(f"{self._encoded(fact)} AS {name(fact.id)}" for fact in self._kept())]
        columns += [f"{raw.sql(part)} AS {name(column)}" for part, column in self.columns.items() if part not in placed]
        columns += [name(column) for column in placed.values()]
        columns += [f"{self._impossible()} AS impossible", f"{self._stands()} AS stands"]
        joins = "".join(f" LEFT JOIN places_{region} ON {name(region)} = place_{region}" for region in regions)
        head = f"WITH {', '.join(ctes)} " if ctes else ""
        return f"{head}SELECT {', '.join(columns)} FROM {people}{joins}"

    def result(self, policy: DatedPolicy, snapshot: str = SNAPSHOT) -> str:
        """Write the pass of one policy: its rows, in no order."""
        emit = Emitter(self.dialect, self.columns)
        holds = self.holds(policy)
        amount = emit.sql(policy.amount) if policy.amount is not None else "NULL"
        open_amount = " OR ".join([*(["amount IS NULL"] if policy.amount is not None else []), "start_month IS NULL"])
        entitled, unpaid_yet, unknown = map(self._outcome, _OUTCOMES)
        yes = f"CASE WHEN amount IS NULL THEN {unpaid_yet} ELSE {entitled} END"
        verdict = yes if policy.amount is not None else entitled
        asked = [node for node in (policy.amount, policy.start_settled) if node is not None]
        undecided, unpaid = emit.undecided(holds) or "FALSE", _names(emit, asked)
        return (
            f"SELECT {emit.name(PERSON)}, {self._constants(policy)}, "
            f"CASE WHEN u THEN {unknown} ELSE {verdict} END AS verdict, "
            f"CASE WHEN u THEN {_names(emit, [holds])} WHEN {open_amount} THEN {unpaid} ELSE '' END AS missing, "
            f"amount, start_month FROM (SELECT *, "
            f"CAST(CASE WHEN NOT u THEN {amount} END AS {self.dialect.big}) AS amount, "
            f"CASE WHEN NOT u THEN {self._start(emit, policy)} END AS start_month "
            f"FROM (SELECT *, {undecided} AS u FROM {snapshot} "
            f"WHERE stands AND {emit.maybe(holds)}) AS filtered) AS decided "
            f"UNION ALL SELECT {emit.name(PERSON)}, {self._constants(policy)}, {unknown}, impossible, "
            f"CAST(NULL AS {self.dialect.big}), CAST(NULL AS DATE) FROM {snapshot} WHERE impossible IS NOT NULL"
        )

    def _constants(self, policy: DatedPolicy) -> str:
        name, release = (self._one_of(one, [one]) for one in (policy.policy.id, self.parsed.pack.release))
        return f"{name} AS policy, {release} AS release, {quoted(self.day)} AS as_of"

    def _outcome(self, outcome: Outcome) -> str:
        return self._one_of(outcome, _OUTCOMES)

    def _one_of(self, text: str, texts: Iterable[str]) -> str:
        return self.dialect.one_of.format(quoted(text), ", ".join(quoted(one) for one in texts))

    def _start(self, emit: Emitter, policy: DatedPolicy) -> str:
        template = self.dialect.next_month if policy.policy.starts_next else self.dialect.first_of_month
        return template.format(emit.sql(policy.start_settled))

    def _nodes(self) -> Iterator[Node]:
        for policy in self.policies:
            yield self.holds(policy)
            yield from (node for node in (policy.amount, policy.start_settled) if node is not None)

    def _kept(self) -> tuple[FactDef, ...]:
        """The facts of which something is left to read beside the calculated columns."""
        read = frozenset().union(*(fields_of(node) for node in self._nodes()))
        return tuple(fact for name, fact in self.parsed.pack.facts.items() if name in read)

    @cached_property
    def _bare(self) -> frozenset[str]:
        """The facts that are read themselves, not only for whether they are there."""
        return frozenset(name for node in self._nodes() for name in _bare_fields(node, self.columns))

    def _encoded(self, fact: FactDef) -> str:
        """How a fact stands in the snapshot; of what is only asked for being there, that."""
        column = Emitter(self.dialect).name(fact.id)
        if fact.id not in self._bare or fact.type == "choices":
            return f"CASE WHEN {column} IS NOT NULL THEN TRUE END"
        if fact.type == "choice" and self.dialect is DUCKDB:
            options = ", ".join(quoted(option.value) for option in fact.options)
            return f"TRY_CAST({column} AS ENUM({options}))"
        return column

    def _places(self, region: str, placed: dict[Placed, str], people: str) -> str:
        raw = Emitter(self.dialect)
        figures = "".join(
            f", {raw.sql(part)} AS {raw.name(column)}" for part, column in placed.items() if part.region.field == region
        )
        column = raw.name(region)
        distinct = f"(SELECT DISTINCT {column} FROM {people} WHERE {column} IS NOT NULL) AS distinct_{region}"
        return f"places_{region} AS (SELECT {column} AS place_{region}{figures} FROM {distinct})"

    def _impossible(self) -> str:
        """The facts of the checks that fail, or NULL where all is possible."""
        failing = self._failing()
        if not failing:
            return f"CAST(NULL AS {self.dialect.text})"
        names = sorted(frozenset().union(*(facts for facts, _fails in failing)))
        named = {name: " OR ".join(fails for facts, fails in failing if name in facts) for name in names}
        either = " OR ".join(fails for _facts, fails in failing)
        return f"CASE WHEN {either} THEN {_listed(named.items())} END"

    def _failing(self) -> list[tuple[frozenset[str], str]]:
        raw = Emitter(self.dialect)
        return [(fields_of(check), f"COALESCE(NOT {raw.sql(check)}, FALSE)") for check in self.checks]

    def _stands(self) -> str:
        """Where the facts are possible and the shared lines hold."""
        raw = Emitter(self.dialect)
        asked = [f"NOT {fails}" for _facts, fails in self._failing()] + [raw.surely(line) for line in self.shared]
        return f"COALESCE({' AND '.join(asked)}, FALSE)" if asked else "TRUE"


def _lines_of(policy: DatedPolicy) -> tuple[Node, ...]:
    return policy.holds.parts if isinstance(policy.holds, All) else (policy.holds,)


def _names(emit: Emitter, nodes: list[Node]) -> str:
    """Write the sorted names of what is missing for these nodes, joined by commas."""
    names = sorted(frozenset().union(*(names_missing(node) for node in nodes)))
    asked = {name: [said for node in nodes if (said := emit.missing(node, name))] for name in names}
    return _listed((name, " OR ".join(said)) for name, said in asked.items() if said)


def _listed(conditions: Iterable[tuple[str, str]]) -> str:
    parts = [f"CASE WHEN {condition} THEN {quoted(name)} END" for name, condition in conditions]
    return f"concat_ws(',', {', '.join(parts)})" if parts else "''"


def _costly(node: Node) -> Iterator[Node]:
    """The outermost parts that are worth calculating once: counting time, looking into lists, figures of places."""
    if _is_costly(node):
        yield node
        return
    for child in children(node):
        yield from _costly(child)


def _is_costly(node: Node) -> bool:
    if isinstance(node, Placed):
        return not any(isinstance(part, FieldRef) and part is not node.region for part in walk(node))
    return isinstance(node, Call) and (node.function in COUNTING or node.function in ("has", "within"))


def _bare_fields(node: Node, columns: dict[Node, str]) -> Iterator[str]:
    if node in columns:
        return
    if isinstance(node, FieldRef) and node.kind is not Kind.CHOICES:
        yield node.field
    for child in children(node):
        yield from _bare_fields(child, columns)
