"""What a policy pack is refused for, each with its place and the correction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from onething.engine.policies.checking import check_policies
from onething.engine.policies.model import Alternative, Amount, PolicyDef, PolicyPack
from onething.engine.policies.parsing import Path
from onething.engine.policies.tests.build import ALWAYS, FACTS, NATION, PENSION, condition, fact, figure, pack, words
from onething.kernel.periods import Period

GOOD = pack().pack


def policy(*conditions: str, **changes: Any) -> PolicyDef:
    when = tuple(condition(f"c{index}", text) for index, text in enumerate(conditions))
    plain = PolicyDef("tried", words("t"), words("t"), ALWAYS, "hukou_region", when=when, in_kind=words("free"))
    return replace(plain, **changes)


def paid(value: str) -> PolicyDef:
    return policy("ill", in_kind=None, amount=Amount(value, "month", "L1:4"))


def faults_of(changed: PolicyPack) -> list[tuple[Path, str, str]]:
    return [(one.path, one.refusal.problem, one.refusal.correction) for one in check_policies(changed)[1]]


def tried(one: PolicyDef) -> list[tuple[Path, str, str]]:
    return faults_of(replace(GOOD, policies={**GOOD.policies, "tried": one}))


def test_a_good_pack_has_no_fault() -> None:
    assert faults_of(GOOD) == []


CONDITIONS = [
    ("income / 2 > 1", "there is no division", "Multiply the other side"),
    ("household > 0.5", "0.5 is not whole", "div_round(a * 75, 100)"),
    ("LEAST(household, 3) > 2", "LEAST passes over what is missing", "smaller_of(a, b)"),
    ("GREATEST(grade, 3) > 2", "GREATEST passes over what is missing", "larger_of(a, b)"),
    ("CASE WHEN ill THEN TRUE ELSE FALSE END", "pass over an unknown ill", "with AND and OR"),
    ("income < 100000", "the figure 100000 has no source", "param('…')"),
    ("household > years_between(birth_date, as_of())", "persons and years", "what counts the same"),
    ("income * income > param('line')", "money is multiplied with money", "with a count"),
    ("ill IS NULL", "ill may be unknown, which is no condition", "asked for"),
    ("anniversary(discharge_date, 2) < as_of()", "may still be going on", "a plain day"),
    ("table('pension', grade, nature) > 0", "table belongs in an amount", "param('…')"),
    ("param('monthyl') > income", "there is no standard “monthyl”", "'monthly'"),
    ("receives('pensoin')", "is no option of benefits_received", "'pension'"),
    ("eligible('sixti')", "there is no policy “sixti”", "'sixty'"),
    ("within(hukou_region, 'x')", "the beginning of a region code", "'3301'"),
    ("COALESCE(household, 0) > 1", "household may be unknown", "stays unknown"),
    ("income < param('line'); DROP TABLE x", "“;” ends a statement", "one expression"),
    ("household IN (SELECT 1)", "a query stands after IN", "List the values"),
    ("pg_sleep(9) > 1", "“pg_sleep” is not known", "Known:"),
    ("div_round(income, household) > 0", "the divisor of div_round", "div_round(amount, 100)"),
]


@pytest.mark.parametrize(("text", "problem", "correction"), CONDITIONS)
def test_conditions_that_are_refused(text: str, problem: str, correction: str) -> None:
    found = tried(policy(text))
    assert any(problem in said and correction in advice for _path, said, advice in found), found
    assert {path for path, _said, _advice in found} == {("policies", "tried", "when", 0, "when")}


AMOUNTS = [
    ("12345", "the figure 12345 has no source"),
    ("household", "an amount is money, and this counts persons"),
    ("param('yearly') * grade", "grade may not exist"),
    (
        "CASE WHEN kind = 'nco' THEN param('yearly') ELSE param('monthly') END",
        "the ELSE would also take an unknown kind",
    ),
    ("param('yearly') + household", "fen and persons"),
]


@pytest.mark.parametrize(("text", "problem"), AMOUNTS)
def test_amounts_that_are_refused(text: str, problem: str) -> None:
    found = tried(paid(text))
    assert any(problem in said for _path, said, _advice in found), found
    assert {path for path, _said, _advice in found} == {("policies", "tried", "amount", "value")}


NEVER = [
    ("hukou_type = 'rural'", "hukou_type = 'urban'"),
    ("grade <= 4", "grade BETWEEN 5 AND 10"),
    ("years_between(birth_date, as_of()) >= 60", "NOT years_between(birth_date, as_of()) > 50"),
    ("birth_date < DATE '1950-01-01' AND birth_date > DATE '1949-12-30'", "birth_date <> DATE '1949-12-31'"),
    ("grade IS NULL", "grade <= 3 OR grade = 10"),
    ("ill", "NOT (ill OR member)"),
    ("kind NOT IN ('nco', 'conscript')", "kind <> 'officer'"),
]


@pytest.mark.parametrize("conditions", NEVER)
def test_what_nobody_can_fulfil_is_refused(conditions: tuple[str, ...]) -> None:
    assert [path for path, _said, _advice in tried(policy(*conditions))] == [("policies", "tried", "when", 1, "when")]


def test_what_somebody_can_fulfil_is_not() -> None:
    for one in (("grade IS NULL", "grade <> 3"), ("NOT grade <= 3", "grade IS NULL"), ("grade <= 4", "grade >= 4")):
        assert tried(policy(*one)) == []


@pytest.mark.parametrize(
    ("first", "second", "orders", "is_refused"),
    [
        ("grade <= 4", "grade > 4", (None, None), False),
        ("grade <= 4", "grade >= 4", (None, None), True),
        ("grade <= 4", "grade >= 4", (1, 2), False),
        ("grade <= 4", "grade >= 4", (1, 1), True),
        ("ill", "member", (None, None), True),
    ],
)
def test_overlapping_ways_need_an_order(first: str, second: str, orders: tuple[Any, Any], is_refused: bool) -> None:
    ways = tuple(
        Alternative(name, (condition(name, text),), order)
        for name, text, order in zip("ab", (first, second), orders, strict=True)
    )
    found = tried(policy("ill", rules=ways))
    assert [path for path, _said, _advice in found] == ([("policies", "tried", "rules", 1)] if is_refused else [])


def with_standard(*figures: Any) -> PolicyPack:
    changed = replace(GOOD.standards["yearly"], figures=figures)
    return replace(GOOD, standards={**GOOD.standards, "yearly": changed})


def test_gaps_and_overlaps_of_figures_are_refused() -> None:
    late, early = figure(1, start=date(2000, 1, 1)), figure(1, end=date(2000, 1, 2))
    assert [said for _path, said, _advice in faults_of(with_standard(late))] == [
        "yearly has no value on 1990-01-01 in 000000000000, and grant needs one"
    ]
    assert [path for path, _said, _advice in faults_of(with_standard(early, late))] == [
        ("standards", "yearly", "values", 1)
    ]
    elsewhere = replace(late, region="330100000000")
    assert len(faults_of(with_standard(figure(1), elsewhere))) == 0


def test_a_table_with_holes_or_strangers_is_refused() -> None:
    table = GOOD.tables["pension"]

    def changed(rows: Any, gaps: bool) -> PolicyPack:
        edition = replace(table.editions[0], rows=rows)
        return replace(GOOD, tables={"pension": replace(table, editions=(edition,), gaps=gaps)})

    assert "7 has no figure for duty, illness" in str(faults_of(changed(PENSION, gaps=False)))
    assert "“peace” is no option of nature" in str(faults_of(changed({**PENSION, (1, "peace"): 1}, gaps=True)))


@pytest.mark.parametrize(
    "wrong",
    [
        fact("a", "integer"),
        fact("a", "boolean", "running"),
        fact("a", "choice"),
        fact("a", "date", "none", "years"),
        fact("a", "region", "none"),
    ],
)
def test_facts_that_leave_something_to_guess_are_refused(wrong: Any) -> None:
    assert [path for path, *_ in faults_of(replace(GOOD, facts={**FACTS, "a": wrong}))] == [("facts", "a")]


CIRCLE: Callable[[str], PolicyDef] = lambda other: policy(f"eligible('{other}')")  # noqa: E731


def test_a_circle_of_policies_is_refused() -> None:
    policies = {"x": replace(CIRCLE("y"), id="x"), "y": replace(CIRCLE("x"), id="y")}
    found = faults_of(replace(GOOD, policies=policies, region=NATION))
    assert [path for path, *_ in found] == [("policies", "x"), ("policies", "y")]
    assert "x → y → x" in found[0][1]


def test_the_period_of_a_policy_bounds_what_is_needed() -> None:
    soon = replace(paid("param('yearly')"), effective=Period(date(2000, 1, 1), date(2001, 1, 1)))
    changed = with_standard(figure(1, start=date(2000, 1, 1), end=date(2001, 1, 1)))
    assert faults_of(replace(changed, policies={"tried": soon})) == []
