"""Why not: flipping the failing conditions flips the answer, and the promised day is the first on which it is yes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

from onething.engine.policies.deciding import Outcome, compile_program, known
from onething.engine.policies.explaining import day_of_yes, failing, verdict_of
from onething.engine.policies.tests.build import HANGZHOU, TODAY, pack, people
from onething.engine.rules.closures import AS_OF

PROGRAM = compile_program(pack(), TODAY)
VALUES = {Outcome.NOT_ELIGIBLE: False, Outcome.UNKNOWN: None}


def test_the_trace_alone_gives_the_verdict() -> None:
    for facts in people(300, seed=3):
        for one in PROGRAM.decide(facts):
            if one.trace:
                assert verdict_of(one.policy, one.trace) is VALUES.get(one.outcome, True)
                assert len(one.explanation) == len(one.trace)


def test_flipping_the_failing_conditions_flips_the_answer_and_no_fewer_do() -> None:
    sizes = set()
    for facts in people(100, seed=4):
        for one in PROGRAM.decide(facts):
            against = failing(one)
            assert bool(against) == (one.outcome is Outcome.NOT_ELIGIBLE)
            if not against:
                continue
            sizes.add(len(against))
            assert verdict_of(one.policy, flipped(one.trace, against)) is not False
            for size in range(len(against)):
                for fewer in combinations(range(len(one.trace)), size):
                    assert verdict_of(one.policy, flipped(one.trace, fewer)) is False
    assert {1, 2, 3} <= sizes


def flipped(trace: tuple[bool | None, ...], at: tuple[int, ...]) -> tuple[bool | None, ...]:
    return tuple(not value if index in at and value is not None else value for index, value in enumerate(trace))


def nearly_sixty(number: int) -> dict[str, Any]:
    """Somebody who fulfils everything but turns 60 within the next weeks."""
    born = TODAY.replace(year=TODAY.year - 60) + timedelta(days=number)
    facts = {"birth_date": born, "hukou_type": "rural", "enlist_date": date(1985, 11, 1), "kind": "conscript"}
    return facts | {"hukou_region": HANGZHOU, "discharge_date": date(1989, 1, 1)}


def test_the_day_of_a_yes_is_the_first_on_which_it_is_one() -> None:
    found = set()
    for number in range(-3, 60, 3):
        facts = nearly_sixty(number)
        for one in PROGRAM.decide(facts):
            promised = day_of_yes(one, facts, TODAY)
            if one.outcome is not Outcome.NOT_ELIGIBLE:
                assert promised is None
                continue
            given = known(facts, TODAY)
            days = (TODAY + timedelta(days=number) for number in range(1, 80))
            first = next((day for day in days if one.policy.holds({**given, AS_OF: day}) is True), None)
            if first is not None or (promised is not None and promised < TODAY + timedelta(days=80)):
                assert promised == first
                found.add((one.policy.id, first))
    assert {policy for policy, _day in found} == {"sixty", "bus"}
    assert len(found) > 30
