"""Three-valued evaluation: Kleene's tables, SQLite as an independent engine, and what `missing` promises."""

from __future__ import annotations

import sqlite3
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onething.engine.rules import AS_OF, compile_rule
from onething.engine.rules.dates import years_between
from onething.engine.rules.tests.build import FIELDS, TODAY, verdict

T, F, U = True, False, None
AND = {(T, T): T, (T, F): F, (T, U): U, (F, T): F, (F, F): F, (F, U): F, (U, T): U, (U, F): F, (U, U): U}
OR = {(T, T): T, (T, F): T, (T, U): T, (F, T): T, (F, F): F, (F, U): U, (U, T): T, (U, F): U, (U, U): U}
TRUTHS = list(product((T, F, U), repeat=2))


def known(**answers: Any) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if value is not None}


@pytest.mark.parametrize(("one", "other"), TRUTHS)
def test_kleenes_tables(one: bool | None, other: bool | None) -> None:
    answers = known(ill=one, married=other)
    assert verdict("ill AND married", **answers).value is AND[one, other]
    assert verdict("ill OR married", **answers).value is OR[one, other]
    assert verdict("NOT ill", **answers).value is (None if one is None else not one)


def test_what_is_decided_asks_for_nothing() -> None:
    assert verdict("ill AND months > 3", ill=False) == (False, frozenset())
    assert verdict("months > 3 AND ill", ill=False) == (False, frozenset())
    assert verdict("ill OR months > 3", ill=True) == (True, frozenset())


def test_what_is_open_names_what_keeps_it_open() -> None:
    assert verdict("ill AND months > 3 AND married", married=True) == (None, {"ill", "months"})
    assert verdict("(ill AND months > 3) OR married", ill=False) == (None, {"married"})
    assert verdict("CASE WHEN ill THEN months ELSE 0 END > 3") == (None, {"ill", "months"})
    assert verdict("CASE WHEN ill THEN months ELSE 0 END > 3", ill=False) == (False, frozenset())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("member", False),
        ("grade <= 6", False),
        ("grade > 6", False),
        ("grade <> 3", True),
        ("grade IN (1, 2)", False),
        ("grade NOT IN (1, 2)", True),
        ("grade BETWEEN 1 AND 6", False),
        ("grade + 1 <= 6", False),
        ("grade IS NULL", True),
        ("benefit < 100", True),
        ("benefit + 5 = 5", True),
        ("has(merits, 'red')", False),
        ("discharged IS NULL", True),
        ("discharged < DATE '2026-01-01'", False),
        ("discharged > DATE '2026-01-01'", True),
        ("years_between(DATE '2020-09-09', discharged) = 6", True),
        ("years_between(DATE '2020-09-10', discharged) = 5", True),
    ],
)
def test_a_known_absence_is_not_unknown(text: str, expected: bool) -> None:
    assert verdict(text).value is expected


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(1966, 9, 9), TODAY, 60),
        (date(1966, 9, 10), TODAY, 59),
        (date(1964, 12, 31), date(2025, 1, 1), 60),
        (date(1964, 2, 29), date(2025, 2, 28), 61),
        (date(1964, 2, 29), date(2025, 2, 27), 60),
        (date(1964, 2, 29), date(2024, 2, 28), 59),
        (TODAY, date(1966, 9, 9), -60),
    ],
)
def test_whole_years(start: date, end: date, years: int) -> None:
    assert years_between(start, end) == years


# Random expressions, as text: what SQLite makes of them is the oracle. Only fields whose absence is unknown.

numbers = st.sampled_from(["months", "income", "0", "3", "12", "-1"])
sums = st.one_of(numbers, st.builds("({} {} {})".format, numbers, st.sampled_from("+-*"), numbers))
colours = st.sampled_from(["'red'", "'green'", "'blue'"])
comparisons = st.one_of(
    st.sampled_from(["ill", "married", "TRUE", "FALSE"]),
    st.builds("{} {} {}".format, sums, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), sums),
    st.builds("colour {} {}".format, st.sampled_from(["=", "<>"]), colours),
    st.builds("colour {} ({}, {})".format, st.sampled_from(["IN", "NOT IN"]), colours, colours),
    st.builds("{} BETWEEN {} AND {}".format, sums, numbers, numbers),
)
expressions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds("({} AND {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("(NOT {})".format, inner),
    ),
    max_leaves=6,
)
VALUES: dict[str, list[Any]] = {
    "ill": [True, False],
    "married": [True, False],
    "months": [0, 3, 12],
    "income": [0, 3, 13],
    "colour": ["red", "green", "blue"],
}
people = st.fixed_dictionaries({name: st.sampled_from([None, *values]) for name, values in VALUES.items()})


def by_sqlite(text: str, person: dict[str, Any]) -> bool | None:
    with sqlite3.connect(":memory:") as database:
        row = ", ".join(f":{name} AS {name}" for name in person)
        (value,) = database.execute(f"SELECT ({text}) FROM (SELECT {row})", person).fetchone()
    database.close()
    return None if value is None else bool(value)


@settings(max_examples=250, deadline=None)
@given(expressions, people)
def test_every_verdict_is_the_one_of_sqlite(text: str, person: dict[str, Any]) -> None:
    assert verdict(text, **known(**person)).value is by_sqlite(text, person)


@settings(max_examples=150, deadline=None)
@given(expressions, people, st.data())
def test_answering_what_is_missing_decides(text: str, person: dict[str, Any], data: st.DataObject) -> None:
    rule = compile_rule(text, FIELDS)
    facts = {AS_OF: TODAY, **known(**person)}
    missing = rule.verdict(facts).missing
    assume(missing)
    assert missing.isdisjoint(facts)
    answered = {name: data.draw(st.sampled_from(VALUES[name]), name) for name in sorted(missing)}
    assert rule.verdict({**facts, **answered}).value is not None


@settings(max_examples=150, deadline=None)
@given(expressions, people, st.data())
def test_an_answer_never_turns_a_verdict(text: str, person: dict[str, Any], data: st.DataObject) -> None:
    """More answers may decide what was open; what was decided stays."""
    before = verdict(text, **known(**person)).value
    assume(before is not None)
    complete = {
        name: data.draw(st.sampled_from(values)) if person[name] is None else person[name]
        for name, values in VALUES.items()
    }
    assert verdict(text, **complete).value is before
