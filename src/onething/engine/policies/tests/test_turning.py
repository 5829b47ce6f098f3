"""What turns by the calendar alone, against deciding every day anew."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from onething.engine.policies.deciding import Program, compile_program, month_of
from onething.engine.policies.model import LeapDay
from onething.engine.policies.parsing import parse_pack
from onething.engine.policies.tests.build import condition, pack, people
from onething.engine.policies.turning import DAILY, NEW_YEAR, Turn, changes_between, turns_on
from onething.engine.rules.dates import anniversary
from onething.engine.rules.nodes import Call

FIRST = date(2027, 12, 30)
DAYS = [start + timedelta(days=number) for start in (FIRST, date(2028, 2, 27)) for number in range(5)]
"""Over New Year, and over a 29 February."""


def crowd(count: int) -> Iterator[dict[str, Any]]:
    """People who are likely to turn within these days."""
    chance = random.Random(4)
    for facts in people(count):
        day = chance.choice(DAYS)
        born = chance.choice([facts["birth_date"], anniversary(day, -60), anniversary(day, -61), date(1968, 2, 29)])
        shop = chance.choice([facts["registered_on"], anniversary(day, -3)])
        rural = {"hukou_type": "rural", "kind": "conscript", "discharge_date": None, "enlist_date": date(1986, 1, 15)}
        yield {**facts, "birth_date": born, "registered_on": shop, **chance.choice([{}, rural])}


@pytest.mark.parametrize("leap_day", LeapDay)
def test_nothing_changes_on_a_day_that_was_not_foretold(leap_day: LeapDay) -> None:
    parsed, persons = pack(leap_day), list(crowd(120))
    programs = [compile_program(parsed, day) for day in DAYS]
    told = turned = 0
    for day, before, after in zip(DAYS[1:], programs[:-1], programs[1:], strict=True):
        if day - before.day > timedelta(days=1) or changes_between(parsed, before.day, day):
            continue
        turns = turns_on(parsed, before.day)
        for facts in persons:
            foretold = turns.next_for(facts)
            assert foretold is None or foretold > before.day
            told += foretold == day
            if said(before, facts) != said(after, facts):
                turned += 1
                assert foretold == day, (facts, before.day)
    assert turned > 20
    assert told < 20 * turned  # it does not simply name every day


def said(program: Program, facts: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What was decided; the month of a start that is "today" is left out, for it moves for everybody alike."""
    return [
        (one.policy.id, one.outcome, one.amount, _start(one, program), one.missing) for one in program.decide(facts)
    ]


def _start(one: Any, program: Program) -> Any:
    start = one.policy.dated.start
    is_today = isinstance(start, Call) and start.function == "as_of"
    assert not is_today or one.start in (None, month_of(program.day, one.policy.dated.policy.starts_next))
    return one.start is None if is_today else one.start


def turns_of(when: str) -> Any:
    """Harvest one condition."""
    parsed = pack()
    only = replace(
        next(iter(parsed.pack.policies.values())),
        when=(condition("c", when),), excluding=(), stops=(), rules=(), amount=None, in_kind=None, start_day="as_of()",
    )  # fmt: skip
    facts = {name: replace(fact, check=None) for name, fact in parsed.pack.facts.items()}
    read, faults = parse_pack(replace(parsed.pack, facts=facts, policies={only.id: only}))
    return turns_on(read, FIRST), faults


@pytest.mark.parametrize(
    ("when", "turns"),
    [
        ("years_between(birth_date, as_of()) >= 60", {Turn("birth_date", 720)}),
        ("60 <= years_between(birth_date, as_of())", {Turn("birth_date", 720)}),
        ("years_between(birth_date, as_of()) <= 59", {Turn("birth_date", 720)}),
        ("years_between(birth_date, as_of()) = 60", {Turn("birth_date", 720), Turn("birth_date", 732)}),
        ("months_between(registered_on, as_of()) < 36", {Turn("registered_on", 36)}),
        ("years_between(enlist_date, discharge_date) >= 2", {Turn("enlist_date", 24, until="discharge_date")}),
        ("death_date <= as_of()", {Turn("death_date", 0), Turn("death_date", 0, days=1)}),
        ("anniversary(birth_date, 18) > as_of()", {Turn("birth_date", 216), Turn("birth_date", 216, days=1)}),
        ("ceil_years(enlist_date, as_of()) >= 12", {Turn("enlist_date", 0, days=1, again=12)}),
        ("kind = 'nco' AND enlist_date < DATE '2011-11-01'", set()),
    ],
)
def test_thresholds_are_harvested(when: str, turns: set[Turn]) -> None:
    found, _faults = turns_of(when)
    assert found.turns == turns
    assert found.everybody == set()


def test_what_no_fact_gives_days_for_is_decided_anew_for_everybody() -> None:
    assert turns_of("as_of() >= DATE '2027-01-01'")[0].everybody == {date(2027, 1, 1), date(2027, 1, 2)}
    assert turns_of("larger_of(birth_date, as_of()) > DATE '2027-01-01'")[0].everybody == {DAILY}
    assert turns_of("both_ends_years(enlist_date, as_of()) >= 3")[0].everybody == {NEW_YEAR}


def test_a_new_figure_is_a_change_for_everybody() -> None:
    parsed = pack()
    assert changes_between(parsed, date(2024, 7, 31), date(2024, 8, 1))
    assert not changes_between(parsed, date(2024, 8, 1), date(2024, 12, 31))
    assert changes_between(parsed, date(2024, 12, 31), date(2025, 1, 1)) is (
        NEW_YEAR in turns_on(parsed, FIRST).everybody
    )
