"""The fewest facts that decide, against brute force: every set of facts, every answer out of a wide range."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

import pytest

from onething.engine.policies.deciding import Decision, Outcome, compile_program, known
from onething.engine.policies.lacking import fewest_facts
from onething.engine.policies.parsing import parse_pack
from onething.engine.policies.tests.build import FACTS, TODAY, condition, fact, pack, people

SMALL = {one.id: one for one in (fact("a", "boolean"), fact("b", "boolean"), fact("c", "boolean"))}
SMALL |= {"k": fact("k", "choice", "unknown", "", "x", "y", "z"), "n": fact("n", "integer", "unknown", "years")}
SMALL |= {"d": fact("d", "date")}
RANGE: dict[str, list[Any]] = {
    "a": [True, False], "b": [True, False], "c": [True, False], "k": ["x", "y", "z"], "n": list(range(12)),
    "d": [date(2000, 6, 1) + timedelta(days=step) for step in range(-4, 5)],
}  # fmt: skip
ATOMS = (
    "a", "NOT a", "b", "NOT b", "c", "k = 'x'", "k <> 'y'", "k IN ('x', 'z')", "n >= 3", "n < 3",
    "n BETWEEN 4 AND 9", "d <= DATE '2000-06-01'", "d > DATE '2000-06-02'",
)  # fmt: skip


def rule(chance: random.Random) -> str:
    one, two, three = chance.sample(ATOMS, 3)
    return chance.choice(
        [
            f"{one} OR {two}",
            f"({one} AND {two}) OR {three}",
            f"{one} OR ({one} AND {two})",
            f"({one}) AND ({two} OR {three})",
        ]
    )


def decided(whens: list[str], facts: Mapping[str, Any]) -> Decision:
    made = pack().pack
    conditions = tuple(condition(f"c{number}", when) for number, when in enumerate(whens))
    policy = replace(made.policies["sixty"], id="small", when=conditions, excluding=(), stops=(), start_day="as_of()")
    given = {**SMALL, "hukou_region": FACTS["hukou_region"]}
    small = replace(made, facts=given, policies={"small": policy}, standards={}, tables={})
    paid = replace(policy, amount=None, in_kind=policy.title)
    parsed, faults = parse_pack(replace(small, policies={"small": paid}))
    assert not faults, [str(one.refusal) for one in faults]
    (found,) = compile_program(parsed, TODAY).decide(facts)
    return found


def by_force(decision: Decision, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Try every set of the facts that the rules read, smallest first, with every answer of a wide range."""
    given = known(facts, TODAY)
    open_ones = sorted(name for name in RANGE if name not in facts)
    for size in range(1, len(open_ones) + 1):
        for some in combinations(open_ones, size):
            answers = product(*(RANGE[name] for name in some))
            if all(
                isinstance(decision.policy.holds({**given, **dict(zip(some, one, strict=True))}), bool)
                for one in answers
            ):
                return some
    raise AssertionError("nothing decides it")


def test_the_fewest_are_those_that_brute_force_finds() -> None:
    chance, smaller = random.Random(5), 0
    for _number in range(120):
        whens = [rule(chance) for _each in range(chance.choice((1, 2)))]
        facts = {name: chance.choice(RANGE[name]) for name in chance.sample(sorted(RANGE), 2)}
        decision = decided(whens, facts)
        found = fewest_facts(decision, facts, TODAY, SMALL)
        if decision.outcome is not Outcome.UNKNOWN:
            assert found == ()
            continue
        assert len(found) == len(by_force(decision, facts)), (whens, facts, found)
        smaller += len(found) < len(decision.missing)
    assert smaller > 3, "somewhere fewer decide than stand open"


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_they_are_they_decide(seed: int) -> None:
    """Of the greater pack: filled in with any answers at hand, nothing is open any more."""
    chance, tried = random.Random(seed), 0
    program = compile_program(pack(), TODAY)
    crowd = list(people(150, seed=seed))
    for facts in crowd:
        for one in program.decide(facts):
            if one.outcome is not Outcome.UNKNOWN or not one.trace:
                continue
            names = fewest_facts(one, facts, TODAY, pack().pack.facts)
            assert set(names) <= one.missing
            if any(":" in name for name in names):
                continue
            filled = {name: chance.choice([p.get(name) for p in crowd if p.get(name) is not None]) for name in names}
            tried += 1
            said = one.policy.holds({**known(facts, TODAY), **filled})
            assert isinstance(said, bool) or all(":" in name for name in said), (one.policy.id, names)
    assert tried > 20


@pytest.mark.parametrize("end", [date.min, date.max])
def test_the_first_and_the_last_of_all_days_have_one_neighbour(end: date) -> None:
    """“Has not happened” stands at the end of all days: there is no day behind it to try."""
    facts = {"released": end, "c": True}
    decision = decided(["(a AND d <= DATE '2000-06-01') OR b"], facts)
    assert fewest_facts(decision, facts, TODAY, SMALL) == ("a", "b", "d")
