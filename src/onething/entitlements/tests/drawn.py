"""Persons drawn by lot for the national pack, full of gaps, edge days, and values that no pack can read."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from onething.engine.policies.model import FactDef
from onething.entitlements import queries
from onething.entitlements.tests import people
from onething.kernel.access import SYSTEM
from onething.registry import services as registry
from onething.registry.models import Person

EDGES = (
    "1954-11-01", "1964-02-29", "1966-09-16", "1966-09-17", "1966-09-18", "1988-02-29", "2011-10-31", "2011-11-01",
    "2023-09-17", "2025-09-17", "2025-09-18", "2026-08-31", "2026-09-17", "2026-09-18", "2026-10-01",
)  # fmt: skip
ODD: tuple[Any, ...] = (None, "", "no such", "2026-02-30", 10**13, True, ["x"], {}, "33010000000")
BORN = ("1940-01-01", "1946-09-17", "1964-02-29", "1966-09-17", "1966-09-18", "1966-03-01", "1980-12-31", "2004-02-29")


def facts() -> dict[str, FactDef]:
    """Give the facts that the published pack asks for."""
    return dict(queries.in_force(people.COUNTY, on=people.DAY).parsed.pack.facts)


def crowd(count: int, seed: int) -> list[Person]:
    """Register so many, the same for the same seed."""
    chance, asked = random.Random(seed), facts()
    return [person(chance, asked, serial) for serial in range(count)]


def value(chance: random.Random, fact: FactDef) -> Any:
    if chance.random() < 0.03:
        return chance.choice(ODD)
    options = [one.value for one in fact.options]
    drawn = {
        "date": lambda: day(chance),
        "boolean": lambda: chance.random() < 0.5,
        "integer": lambda: chance.choice([0, *range(1, 11), *range(1, 11)]),
        "money": lambda: chance.choice([0, 1, 50_000, 99_999, 1_234_567, 10**12]),
        "choice": lambda: chance.choice(options),
        "choices": lambda: chance.sample(options, chance.randint(0, min(2, len(options)))),
        "region": lambda: chance.choice([people.COUNTY, people.NEIGHBOUR, "330106000000", "230102000000"]),
    }
    return drawn[fact.type]()


def day(chance: random.Random) -> str:
    if chance.random() < 0.4:
        return chance.choice(EDGES)
    return (date(1950, 1, 1) + timedelta(days=chance.randrange(28_200))).isoformat()


def person(chance: random.Random, asked: dict[str, FactDef], serial: int, *, gaps: float = 0.3) -> Person:
    """Register somebody of whom two sources say something, now and then different things."""
    drawn = {name: value(chance, fact) for name, fact in asked.items() if chance.random() > gaps}
    for own in ("birth_date", "sex"):
        drawn.pop(own, None)
    if chance.random() < 0.9:  # else their facts are most often impossible
        _in_order(drawn)
    region = chance.choice([people.COUNTY, people.NEIGHBOUR])
    made = people.bare(chance.choice(BORN), serial=serial, region=region, known=drawn, grade=chance.randint(1, 3))
    said = {name: value(chance, asked[name]) for name in chance.sample(sorted(drawn), min(3, len(drawn)))}
    registry.learn_facts(
        person_id=made.pk, known=said, source="other", grade=chance.randint(1, 4), checked_at=people.NOW, actor=SYSTEM,
        now=people.NOW,
    )  # fmt: skip
    return made


def _in_order(drawn: dict[str, Any]) -> None:
    for first, then in (("enlist_date", "discharge_date"), ("compulsory_start", "compulsory_end")):
        if isinstance(drawn.get(first), str) and isinstance(drawn.get(then), str):
            drawn[first], drawn[then] = sorted((drawn[first], drawn[then]))
