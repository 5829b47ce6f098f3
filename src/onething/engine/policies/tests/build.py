"""A small entitlement pack that uses every function of the language and every meaning of absence, and people for it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from onething.engine.bundle.model import Option, Words
from onething.engine.policies.model import (
    NATION,
    Alternative,
    Amount,
    Condition,
    FactDef,
    Figure,
    LeapDay,
    PolicyDef,
    PolicyPack,
    StandardDef,
    TableDef,
    TableEdition,
)
from onething.engine.policies.parsing import ParsedPack, parse_pack
from onething.kernel.periods import Period

TODAY = date(2026, 11, 1)
HANGZHOU, WUHAN, ELSEWHERE = "330100000000", "420100000000", "610100000000"
ALWAYS = Period(date(1990, 1, 1))


def words(text: str) -> Words:
    return Words(text, text)


def condition(name: str, when: str) -> Condition:
    return Condition(name, when, words(name), "L1:1")


def fact(
    name: str, type_: str, absent: str = "unknown", unit: str = "", *options: str, check: str | None = None
) -> FactDef:
    return FactDef(
        name, words(name), type_, absent, unit, tuple(Option(one, words(one)) for one in options), check=check
    )


def figure(value: int, region: str = NATION, start: date = date(1990, 1, 1), end: date | None = None) -> Figure:
    return Figure(Period(start, end), region, value, "L1:2", "law")


FACTS = {
    one.id: one
    for one in [
        fact("birth_date", "date", check="birth_date <= as_of()"),
        fact("death_date", "date", "none"),
        fact("hukou_region", "region"),
        fact("hukou_type", "choice", "unknown", "", "rural", "urban"),
        fact("enlist_date", "date"),
        fact("discharge_date", "date", "running", check="discharge_date >= enlist_date"),
        fact("kind", "choice", "unknown", "", "conscript", "nco", "officer"),
        fact("grade", "integer", "none", "grade"),
        fact("nature", "choice", "none", "", "war", "duty", "illness"),
        fact("merit", "choice", "none", "", "first", "second", "third"),
        fact("ill", "boolean"),
        fact("member", "boolean", "none"),
        fact("income", "money"),
        fact("alimony", "money", "none"),
        fact("household", "integer", "unknown", "persons"),
        fact("registered_on", "date", "none"),
        fact("benefits_received", "choices", "none", "", "pension", "allowance"),
        fact("skills", "choices", "unknown", "", "driving", "welding"),
    ]
}

STANDARDS = {
    "monthly": StandardDef(
        "monthly",
        words("monthly"),
        "fen",
        (
            figure(3500, end=date(2024, 8, 1)),
            figure(6000, start=date(2024, 8, 1)),
            figure(8705, HANGZHOU, date(2023, 1, 1)),
        ),
    ),
    "line": StandardDef(
        "line",
        words("line"),
        "fen",
        (figure(90_000, HANGZHOU), figure(80_000, WUHAN), figure(70_000, "330000000000")),
        gaps=True,
    ),
    "yearly": StandardDef("yearly", words("yearly"), "fen", (figure(450_001),)),
    "cap": StandardDef("cap", words("cap"), "fen", (figure(500_000),)),
    "uplift": StandardDef("uplift", words("uplift"), "percent", (figure(5),)),
}

PENSION = {(1, "war"): 10_667_000, (1, "duty"): 10_330_000, (1, "illness"): 9_991_000, (7, "war"): 3_220_000}
PENSION |= {(grade, nature): 100_000 * (11 - grade) for grade in range(2, 7) for nature in ("war", "duty", "illness")}
TABLES = {
    "pension": TableDef(
        "pension",
        words("pension"),
        "fen",
        ("grade", "nature"),
        (
            TableEdition(ALWAYS, NATION, PENSION, "L1:3", "law"),
            TableEdition(Period(date(2020, 1, 1)), WUHAN, {(1, "war"): 1}, "L1:3", "law"),
        ),
        gaps=True,
    )
}

SAME = Amount("param('monthly')", "month", "L1:4")
POLICIES = {
    one.id: one
    for one in [
        PolicyDef(
            "sixty",
            words("sixty"),
            words("sixty"),
            ALWAYS,
            "hukou_region",
            when=(
                condition("age", "years_between(birth_date, as_of()) >= 60"),
                condition("rural", "hukou_type = 'rural'"),
                condition("served", "enlist_date BETWEEN DATE '1954-11-01' AND DATE '2011-10-31'"),
                condition("conscript", "kind = 'conscript'"),
            ),
            excluding=(condition("pension", "receives('pension') OR eligible('pension')"),),
            stops=(condition("died", "death_date IS NOT NULL AND death_date <= as_of()"),),
            amount=Amount("param('monthly') * ceil_years(enlist_date, discharge_date)", "month", "L1:4"),
            start_day="anniversary(birth_date, 60)",
            starts_next=True,
        ),
        PolicyDef(
            "pension",
            words("pension"),
            words("pension"),
            ALWAYS,
            "hukou_region",
            when=(condition("out", "discharge_date IS NOT NULL"),),
            rules=(
                Alternative("wounded", (condition("wound", "nature IN ('war', 'duty') AND grade <= 10"),)),
                Alternative("ill", (condition("illness", "nature = 'illness' AND grade BETWEEN 1 AND 6"),)),
            ),
            amount=Amount("table('pension', grade, nature)", "year", "L1:4"),
        ),
        PolicyDef(
            "grant",
            words("grant"),
            words("grant"),
            ALWAYS,
            "hukou_region",
            when=(
                condition("out", "discharge_date IS NOT NULL"),
                condition("years", "years_between(enlist_date, discharge_date) >= 2 OR member"),
            ),
            rules=(
                Alternative(
                    "nco",
                    (condition("nco", "kind <> 'conscript'"),),
                    order=1,
                    amount=Amount(
                        "div_round(param('yearly') * half_years(enlist_date, discharge_date), 2)", "once", "L1:4"
                    ),
                ),
                Alternative(
                    "other",
                    (condition("other", "NOT ill"),),
                    order=2,
                    amount=Amount(
                        "param('yearly') * both_ends_years(enlist_date, discharge_date)", "once", "L1:4", 100, "up"
                    ),
                ),
            ),
            start_day="discharge_date",
        ),
        PolicyDef(
            "aid",
            words("aid"),
            words("aid"),
            ALWAYS,
            "hukou_region",
            when=(
                condition("poor", "income - alimony < param('line') * household"),
                condition("ill", "ill OR (household >= 3 AND NOT member) OR has(skills, 'driving')"),
            ),
            amount=Amount(
                "smaller_of(div_round(income * 3, 10), param('cap')) + alimony", "once", "L1:4", 10, "half_up"
            ),
        ),
        PolicyDef(
            "tax",
            words("tax"),
            words("tax"),
            ALWAYS,
            "hukou_region",
            when=(
                condition("shop", "registered_on >= DATE '2023-01-01' AND months_between(registered_on, as_of()) < 36"),
                condition("place", "within(hukou_region, '33') OR within(hukou_region, '42')"),
            ),
            amount=Amount("larger_of(income, param('cap')) * param('uplift') - alimony", "once", "L1:4", 100, "down"),
            start_day="larger_of(registered_on, DATE '2024-01-01')",
        ),
        PolicyDef(
            "uplift",
            words("uplift"),
            words("uplift"),
            ALWAYS,
            "hukou_region",
            when=(condition("merit", "merit <> 'third' AND member AND years_between(birth_date, as_of()) <> 61"),),
            amount=Amount(
                "CASE WHEN kind = 'officer' THEN 3 WHEN kind = 'nco' THEN COALESCE(grade, 0) ELSE unknown() END"
                " * param('cap')",
                "once",
                "L1:4",
            ),
        ),
        PolicyDef(
            "bus",
            words("bus"),
            words("bus"),
            ALWAYS,
            "hukou_region",
            when=(condition("age", "years_between(birth_date, as_of()) = 60 OR grade IS NOT NULL"),),
            in_kind=words("free"),
        ),
    ]
}


def pack(leap_day: LeapDay = LeapDay.LAST_DAY) -> ParsedPack:
    made = PolicyPack("test/pack", "r1", words("test"), NATION, FACTS, POLICIES, STANDARDS, TABLES, leap_day)
    parsed, faults = parse_pack(made)
    assert not faults, [(fault.path, str(fault.refusal)) for fault in faults]
    return parsed


EDGES = [
    date(1966, 11, 1),
    date(1966, 11, 2),
    date(1964, 2, 29),
    date(1964, 2, 28),
    date(1965, 3, 1),
    date(1966, 10, 31),
]
EDGES += [
    date(1984, 2, 29),
    date(1985, 8, 31),
    date(1986, 2, 28),
    date(1987, 3, 1),
    date(1988, 2, 29),
    date(1985, 2, 28),
]
EDGES += [
    date(2023, 11, 1),
    date(2023, 11, 2),
    date(2026, 11, 1),
    date(2026, 11, 2),
    date(2011, 10, 31),
    date(2011, 11, 1),
]


def people(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """People full of gaps and edge days; now and then impossible ones."""
    chance = random.Random(seed)
    return (person(chance) for _ in range(count))


def person(chance: random.Random) -> dict[str, Any]:
    def day(start: int, end: int) -> date:
        if chance.random() < 0.3:
            return chance.choice(EDGES)
        return date(chance.randint(start, end), 1, 1) + timedelta(days=chance.randint(0, 364))

    values: dict[str, Any] = {
        "birth_date": day(1940, 2008),
        "death_date": chance.choice([None, None, None, day(2000, 2030)]),
        "hukou_region": chance.choice([HANGZHOU, "330106000000", "330200000000", WUHAN, "420102000000", ELSEWHERE]),
        "hukou_type": chance.choice(["rural", "rural", "urban"]),
        "enlist_date": day(1953, 2015),
        "discharge_date": chance.choice([None, day(1990, 2026), day(1990, 2026)]),
        "kind": chance.choice(["conscript", "conscript", "nco", "officer"]),
        "grade": chance.choice([None, None, *range(1, 11)]),
        "nature": chance.choice([None, "war", "duty", "illness"]),
        "merit": chance.choice([None, "first", "second", "third"]),
        "ill": chance.random() < 0.5,
        "member": chance.choice([None, True, False]),
        "income": chance.choice([0, 1, 5, 70_000, 80_000, 240_000, 12_345_678, 3_000_000_000]),
        "alimony": chance.choice([None, 0, 5, 10_000]),
        "household": chance.randint(1, 5),
        "registered_on": chance.choice([None, day(2020, 2026)]),
        "benefits_received": chance.choice([None, frozenset(), frozenset({"pension"}), frozenset({"allowance"})]),
        "skills": chance.choice([frozenset(), frozenset({"driving", "welding"})]),
    }
    return {name: None if chance.random() < 0.08 else value for name, value in values.items()}
