"""One person: the fast program against the plain closures, and what its outcomes promise."""

from __future__ import annotations

import pytest

from onething.engine.policies.deciding import Outcome, compile_program, known, month_of
from onething.engine.policies.model import LeapDay
from onething.engine.policies.tests.build import TODAY, pack, people
from onething.engine.rules.closures import NONE, Unknown


@pytest.mark.parametrize("leap_day", list(LeapDay))
def test_the_program_says_what_the_closures_say(leap_day: LeapDay) -> None:
    program = compile_program(pack(leap_day), TODAY)
    seen = set()
    for facts in people(3000):
        given = known(facts, TODAY)
        for one in program.decide(facts):
            if not one.trace:
                continue
            seen.add((one.policy.id, one.outcome))
            value = one.policy.holds(given)
            expected = None if isinstance(value, Unknown) else value
            said = {Outcome.NOT_ELIGIBLE: False, Outcome.UNKNOWN: None}.get(one.outcome, True)
            assert said is expected, (one.policy.id, facts)
            if expected is None:
                assert one.missing == value
            if expected is True:
                amount = one.policy.amount(given) if one.policy.amount else None
                start = one.policy.start(given)
                assert one.amount == (None if amount is NONE or isinstance(amount, Unknown) else amount)
                assert one.start == month_of(
                    None if isinstance(start, Unknown) or start is NONE else start, one.policy.dated.policy.starts_next
                )
    outcomes = {outcome for _policy, outcome in seen}
    assert outcomes == set(Outcome)
    assert len(seen) > 20
