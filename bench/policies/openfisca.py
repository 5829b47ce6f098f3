"""
The policies as OpenFisca writes them: a Variable for every fact and every policy, formulas over numpy arrays.

OpenFisca knows no missing value, so beside each fact stands whether it is there, and a condition holds where it surely
does: `_true` and `_false` follow the tables of three-valued logic, each written only where it is asked for.
"""

from __future__ import annotations

from datetime import date
from functools import partial, reduce
from typing import Any

import numpy as np

from onething.engine.policies.dated import DatedPolicy
from onething.engine.rules.nodes import (
    All,
    Call,
    Case,
    Coalesce,
    Compare,
    Either,
    FieldRef,
    IsNull,
    Literal,
    Lookup,
    Node,
    Not,
    OneOf,
    Placed,
    Settled,
)  # fmt: skip
from onething.engine.scan.passes import Passes

MONTH = "2026-11"
_SIGNS = {
    "=": np.equal, "<>": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
    "+": np.add, "-": np.subtract, "*": np.multiply,
}  # fmt: skip
_every, _some = partial(reduce, np.logical_and), partial(reduce, np.logical_or)
Pair = tuple[Any, Any]
"""Values, and where they are known."""


class Port:
    """All policies as an OpenFisca system, with everybody in its memory."""

    def __init__(self, passes: Passes, database: Any) -> None:
        from openfisca_core.entities import build_entity
        from openfisca_core.simulations import SimulationBuilder
        from openfisca_core.taxbenefitsystems import TaxBenefitSystem

        self.entity = build_entity("person", "persons", "", is_person=True)
        self.system = TaxBenefitSystem([self.entity])
        self.passes = passes
        self.codes = {
            fact.id: {option.value: number for number, option in enumerate(fact.options)}
            for fact in passes.facts()
            if fact.type in ("choice", "choices")
        }
        self.paid: dict[str, Any] = {}
        columns = self.columns(database)
        self.size = len(next(iter(columns.values())))
        for name, values in columns.items():
            self.variable(name, values.dtype)
        for policy in passes.policies:
            self.policy(policy)
        self.simulation = SimulationBuilder().build_default_simulation(self.system, self.size)
        for name, values in columns.items():
            self.simulation.set_input(name, MONTH, values)

    def columns(self, database: Any) -> dict[str, Any]:
        """Read everybody into arrays: days as numbers, choices as numbers, and whether each is there."""
        found: dict[str, Any] = {}
        for fact in self.passes.facts():
            if fact.type == "choices":
                for option in self.codes[fact.id]:
                    text = f"coalesce(list_contains({fact.id}, '{option}'), FALSE)"
                    found[f"{fact.id}_{option}"] = column(database, text, np.bool_)
                continue
            found[f"has_{fact.id}"] = column(database, f"{fact.id} IS NOT NULL", np.bool_)
            found[fact.id] = self.column_of(database, fact)
        found["possible"] = column(database, f"({self.possible()})", np.bool_)
        return found

    def possible(self) -> str:
        from onething.engine.rules.sql import DUCKDB, Emitter

        return " AND ".join(f"coalesce({Emitter(DUCKDB).sql(check)}, TRUE)" for check in self.passes.checks)

    def column_of(self, database: Any, fact: Any) -> Any:
        if fact.type == "date":
            return column(database, f"coalesce(date_diff('day', DATE '1970-01-01', {fact.id}), 0)", np.int32)
        if fact.type == "choice":
            whens = " ".join(f"WHEN '{option}' THEN {code}" for option, code in self.codes[fact.id].items())
            return column(database, f"coalesce(CASE {fact.id} {whens} END, -1)", np.int32)
        if fact.type == "region":
            return column(database, f"coalesce(CAST(substr({fact.id}, 1, 2) AS INTEGER), 0)", np.int32)
        if fact.type == "boolean":
            return column(database, f"coalesce({fact.id}, FALSE)", np.bool_)
        return column(database, f"coalesce({fact.id}, 0)", np.int32)

    def variable(self, name: str, kind: Any, formula: Any = None) -> None:
        from openfisca_core.periods import DateUnit
        from openfisca_core.variables import Variable

        said = {"value_type": bool if kind == np.bool_ else int, "entity": self.entity,
                "definition_period": DateUnit.MONTH, "label": name}  # fmt: skip
        if formula:
            said["formula"] = formula
        self.system.add_variable(type(name, (Variable,), said))

    def policy(self, policy: DatedPolicy) -> None:
        """Write one policy as a Variable whose formula gives the amount, 0 for whom it does not hold."""
        holds, amount = policy.holds, policy.amount

        def formula(person: Any, period: Any, parameters: Any = None) -> Any:
            reading = Reading(person, period, self.codes)
            values, known = reading.value(amount)
            return np.where(reading.true(holds) & known & person("possible", period), values, 0)

        self.variable(f"paid_{policy.policy.id}", np.int32, formula)

    def calculate(self) -> None:
        """Calculate every policy for everybody, anew."""
        for policy in self.passes.policies:
            name = policy.policy.id
            self.simulation.delete_arrays(f"paid_{name}", MONTH)
            self.paid[name] = self.simulation.calculate(f"paid_{name}", MONTH)


def column(database: Any, text: str, kind: Any) -> Any:
    found = database.execute(f"SELECT {text} AS it FROM people").fetchnumpy()["it"]  # the files are in order
    return np.asarray(found).astype(kind)


class Reading:
    """Nodes as numpy over one person array."""

    def __init__(self, person: Any, period: Any, codes: dict[str, dict[str, int]]) -> None:
        self.get = lambda name: person(name, period)
        self.codes = codes

    def true(self, node: Node) -> Any:
        """Where a condition surely holds."""
        if isinstance(node, All):
            return _every([self.true(part) for part in node.parts])
        if isinstance(node, Either):
            return _some([self.true(part) for part in node.parts])
        if isinstance(node, Not):
            return self.false(node.operand)
        values, known = self.value(node)
        return values & known

    def false(self, node: Node) -> Any:
        """Where a condition surely does not hold."""
        if isinstance(node, All):
            return _some([self.false(part) for part in node.parts])
        if isinstance(node, Either):
            return _every([self.false(part) for part in node.parts])
        if isinstance(node, Not):
            return self.true(node.operand)
        values, known = self.value(node)
        return ~values & known

    def value(self, node: Node, of: str = "") -> Pair:
        """Values of a part, and where they are known; `of` is the choice that a text is an option of."""
        return getattr(self, f"_{type(node).__name__.lower()}")(node, of)

    def _literal(self, node: Literal, of: str) -> Pair:
        if isinstance(node.value, date):
            return (node.value - date(1970, 1, 1)).days, True
        return (self.codes[of][node.value] if of else node.value), True

    def _fieldref(self, node: FieldRef, of: str) -> Pair:
        return self.get(node.field), self.get(f"has_{node.field}")

    def _compare(self, node: Compare, of: str) -> Pair:
        sides = (node.left, node.right)
        of = next((one.field for one in sides if isinstance(one, FieldRef) and one.field in self.codes), "")
        left, left_known = self.value(node.left, of)
        right, right_known = self.value(node.right, of)
        return _SIGNS[node.operator](left, right), np.logical_and(left_known, right_known)

    _arithmetic = _compare

    def _oneof(self, node: OneOf, of: str) -> Pair:
        values, known = self.value(node.operand)
        options = [self.codes[node.operand.field][option.value] for option in node.options]
        return np.isin(values, options), known

    def _isnull(self, node: IsNull, of: str) -> Pair:
        return ~self.get(f"has_{node.operand.field}"), True

    def _coalesce(self, node: Coalesce, of: str) -> Pair:
        if isinstance(node.operand, Call):
            return self.value(node.operand)
        values, known = self.value(node.operand)
        return np.where(known, values, self.value(node.otherwise)[0]), True

    def _settled(self, node: Settled, of: str) -> Pair:
        known = _every([True, *(self.value(part)[1] for part in node.open)])
        if isinstance(node.operand, All | Either | Not):
            sure = self.false(node.operand) == False if node.default else self.true(node.operand)  # noqa: E712
            return sure, known
        values, there = self.value(node.operand)
        return np.where(there, values, node.default), known

    def _placed(self, node: Placed, of: str) -> Pair:
        region = self.get(node.region.field)
        values = self.value(node.otherwise)
        for prefix, part in node.values:
            there = region == int(prefix[:2])
            inner = self.value(part)
            values = np.where(there, inner[0], values[0]), np.where(there, inner[1], values[1])
        return values[0], np.logical_and(values[1], self.get(f"has_{node.region.field}"))

    def _lookup(self, node: Lookup, of: str) -> Pair:
        keys = [self.value(key) for key in node.keys]
        names = [key.field if isinstance(key, FieldRef) else "" for key in node.keys]
        found, there = np.zeros(len(keys[0][0]), np.int32), np.zeros(len(keys[0][0]), np.bool_)
        for wanted, figure in node.rows:
            codes = [self.codes.get(name, {}).get(one, one) for name, one in zip(names, wanted, strict=True)]
            here = _every([(key[0] == code) & key[1] for key, code in zip(keys, codes, strict=True)])
            found[here], there[here] = figure, True
        return found, there

    def _case(self, node: Case, of: str) -> Pair:
        raise NotImplementedError("no policy of this bench has one")

    def _call(self, node: Call, of: str) -> Pair:
        if node.function == "has":
            return self.get(f"{node.arguments[0].field}_{node.arguments[1].value}"), True
        parts = [self.value(argument) for argument in node.arguments]
        values, known = [part[0] for part in parts], _every([part[1] for part in parts])
        return _FUNCTIONS[node.function](*values), known


def _split(days: Any) -> tuple[Any, Any, Any]:
    whole = np.asarray(days, "datetime64[D]") if not isinstance(days, int) else np.datetime64(days, "D")
    months = whole.astype("datetime64[M]")
    return months.astype(np.int64), (whole - months.astype("datetime64[D]")).astype(np.int64) + 1, months


def _months(start: Any, end: Any) -> Any:
    (first, day, _), (last, until, month) = _split(start), _split(end)
    length = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(np.int64)
    return np.maximum(last - first - (until < np.minimum(day, length)), 0)


def _exact(start: Any, end: Any) -> Any:
    (first, day, _), (last, until, month) = _split(start), _split(end)
    length = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(np.int64)
    return ((last - first) % 12 == 0) & (until == np.minimum(day, length))


def _ceil_years(start: Any, end: Any) -> Any:
    return np.where(end <= start, 0, _months(start, end) // 12 + ~_exact(start, end))


def _half_years(start: Any, end: Any) -> Any:
    months = _months(start, end)
    rest = np.where(_exact(start, end), 0, np.where(months % 12 < 6, 1, 2))
    return np.where(end <= start, 0, 2 * (months // 12) + rest)


_FUNCTIONS = {
    "years_between": lambda start, end: _months(start, end) // 12,
    "months_between": _months,
    "ceil_years": _ceil_years,
    "half_years": _half_years,
    "div_round": lambda amount, divisor: (2 * np.asarray(amount, np.int64) + divisor) // (2 * divisor),
    "smaller_of": np.minimum,
    "larger_of": np.maximum,
}
