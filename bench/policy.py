# ruff: noqa: E501, E402, I001
"""
One person, 24 policies: our program with every explanation read; and without, against zen-engine 2 on the conditions alone.

(Ours decides amounts and starts too, so it is asked for more.) zen-engine is asked for less: no amounts, no explanations, no dates (they come as numbers of days), nothing missing (it stops
at a null), and what it has no function for (counting years, lists) is calculated for it beforehand.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parent)]

from onething.engine.policies.deciding import Outcome, Program, compile_program
from onething.engine.rules.closures import AS_OF, compile_node
from onething.engine.rules.nodes import (
    All, Arithmetic, Call, Coalesce, Compare, Either, FieldRef, IsNull, Literal, Node, Not, OneOf, Placed, Settled,
)  # fmt: skip
from onething.engine.scan.population import _MACROS, people_query
from policies.made import DAY, parsed_pack

PEOPLE = 2000
ROUNDS = 5
RESULT = Path(__file__).parent / "results" / "policy.json"


def people(program: Program) -> list[dict[str, Any]]:
    """Some people of one province, with Python values."""
    facts = program.parsed.pack.facts
    with duckdb.connect() as database:
        database.execute(_MACROS)
        found = database.execute(people_query(0, PEOPLE, "33", DAY))
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    kept = [{name: value for name, value in row.items() if name in facts and value is not None} for row in rows]
    return [{**row, "benefits_received": frozenset(row.get("benefits_received", ()))} for row in kept]


def microseconds(work: Any, given: list[Any]) -> list[float]:
    """Time the work for each of them, the best of some rounds each."""
    best = [float("inf")] * len(given)
    for _round in range(ROUNDS):
        for index, one in enumerate(given):
            start = time.perf_counter_ns()
            work(one)
            best[index] = min(best[index], (time.perf_counter_ns() - start) / 1000)
    return best


def explained(program: Program) -> Any:
    """Decide, and read every explanation."""
    decide = program.decide

    def work(facts: dict[str, Any]) -> Any:
        return [(one.outcome, one.amount, one.start, one.missing, one.explanation) for one in decide(facts)]

    return work


class Zen:
    """The conditions in zen's language, and the people as it can take them."""

    def __init__(self, program: Program) -> None:
        import zen

        self.program = program
        self.extra: dict[Node, str] = {}
        expressions = [
            {"id": f"e{number}", "key": policy.id, "value": self.text(policy.dated.holds)}
            for number, policy in enumerate(program.policies)
        ]
        graph = {
            "nodes": [
                {"id": "in", "name": "in", "type": "inputNode"},
                {"id": "x", "name": "x", "type": "expressionNode", "content": {"expressions": expressions}},
                {"id": "out", "name": "out", "type": "outputNode"},
            ],
            "edges": [
                {"id": "1", "sourceId": "in", "targetId": "x", "type": "edge"},
                {"id": "2", "sourceId": "x", "targetId": "out", "type": "edge"},
            ],
        }
        self.decision = zen.ZenEngine().create_decision(json.dumps(graph))

    def text(self, node: Node) -> str:
        if isinstance(node, All | Either):
            return "(" + (" and " if isinstance(node, All) else " or ").join(map(self.text, node.parts)) + ")"
        if isinstance(node, Not):
            return f"(not {self.text(node.operand)})"
        if isinstance(node, Compare | Arithmetic):
            operator = {"=": "==", "<>": "!="}.get(node.operator, node.operator)
            return f"({self.text(node.left)} {operator} {self.text(node.right)})"
        if isinstance(node, OneOf):
            options = ", ".join(self.text(option) for option in node.options)
            return f"({self.text(node.operand)} in [{options}])"
        if isinstance(node, Literal):
            value = node.value.toordinal() if isinstance(node.value, date) else node.value
            return json.dumps(value)
        if isinstance(node, Settled):
            return self.text(node.operand)
        if isinstance(node, FieldRef):
            return node.field
        if isinstance(node, Coalesce):
            return self.text(node.operand)
        return self.extra.setdefault(node, f"extra_{len(self.extra)}")

    def facts(self, person: dict[str, Any]) -> dict[str, Any]:
        """Everything there, and in the types zen has. What does not exist is a value that no condition names."""
        nothing = {"date": 10**7, "integer": 99, "money": 0, "boolean": False, "choices": []}
        all_facts = self.program.parsed.pack.facts.items()
        plain = {name: person.get(name, nothing.get(fact.type, "nothing")) for name, fact in all_facts}
        plain = {name: value.toordinal() if isinstance(value, date) else value for name, value in plain.items()}
        plain["benefits_received"] = []
        for node, name in self.extra.items():
            plain[name] = self.value(node, person)
        return plain

    def value(self, node: Node, person: dict[str, Any]) -> Any:
        if isinstance(node, IsNull):
            return node.operand.field not in person
        if isinstance(node, Call | Placed):
            value = compile_node(node)({AS_OF: DAY, **person})
            return value if isinstance(value, bool | int) else 0
        raise TypeError(node)


def complete(program: Program, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of whom everything is known, as zen needs them."""
    open_ = (Outcome.UNKNOWN, Outcome.AMOUNT_UNKNOWN)
    wanted = [fact.id for fact in program.parsed.pack.facts.values() if fact.absent == "unknown"]
    return [
        person
        for person in given
        if all(name in person for name in wanted) and not any(one.outcome in open_ for one in program.decide(person))
    ]


def main() -> None:
    program = compile_program(parsed_pack(), DAY)
    given = people(program)
    whole = complete(program, given)
    work = explained(program)
    ours = sorted(microseconds(work, given))
    same = sorted(microseconds(program.decide, whole))
    zen = Zen(program)
    inputs = [zen.facts(person) for person in whole]
    differing = sum(
        bool(zen.decision.evaluate(facts)["result"][one.policy.id]) is not (one.outcome is Outcome.ELIGIBLE)
        for person, facts in zip(whole, inputs, strict=True)
        for one in program.decide(person)
    )
    theirs = sorted(microseconds(zen.decision.evaluate, inputs))
    result = {
        "policies": len(program.policies),
        "people": len(given),
        "median_us": round(median(ours), 1),
        "p99_us": round(ours[len(ours) * 99 // 100], 1),
        "conditions_alone": {
            "people": len(whole),
            "median_us": round(median(same), 1),
            "zen_us": round(median(theirs), 1),
        },
        "zen_times_slower": round(median(theirs) / median(same), 1),
        "differing_verdicts": differing,
        "goals": {"median_us": 60, "zen_times_slower": 8},
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
