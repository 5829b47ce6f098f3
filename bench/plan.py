"""
How long one plan takes: 13 matters (goal 5 ms) and 200 matters (goal 100 ms), medians, catalogue compiled before.
And how long the plans are that the portal computes while it asks question after question (goal 25 ms each, medians):
`packs/hlj/retirement` with nothing answered, and the slowest on the way from there to the answers of its example.

The catalogues are generated from a fixed seed and are denser than real ones: every matter has conditions, four papers
of which some may come from other matters (now and then in circles, which the search must break), needs and acts.
The "tangled" ones have 200 matters and 300 papers; a paper has up to three makers, one in ten of them from anywhere, so
that circles are the rule; and every second paper asked for may be exchanged for others.
Run: `.venv/bin/python bench/plan.py`; writes bench/results/plan.json.
"""

from __future__ import annotations

import json
import platform
import random
import statistics
import time
from datetime import date
from pathlib import Path
from typing import Any

from onething.catalogue.answers import read_answers
from onething.catalogue.check import compile_pack
from onething.engine.bundle import Catalogue, Compiled, compile_catalogue, compute_plan
from onething.engine.bundle.model import (
    Act,
    Alone,
    Basis,
    Clause,
    DerivedField,
    FieldDef,
    FieldUse,
    Figure,
    MaterialDef,
    MaterialNeed,
    MatterDef,
    Need,
    StationDef,
    Supply,
    SupplyBy,
    Words,
)
from onething.engine.bundle.plan import Plan
from onething.kernel.workdays import Calendar, Status, Year
from onething.plumbing.packs import read_pack

GOALS_MS = {13: 5.0, 200: 100.0}
GOAL_UNANSWERED_MS = 25.0
ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "plan.json"
SOURCE = "S3"
DAY = date(2026, 3, 2)
CALENDAR = Calendar(
    "plain", tuple(Year(year=y, status=Status.ANNOUNCED, source="", special=()) for y in range(2026, 2032))
)


def words(text: str) -> Words:
    return Words(text, text)


def figure(value: int) -> Figure:
    return Figure(value, Basis.RECONSTRUCTED, SOURCE)


class Generator:
    """Makes one catalogue of a size, always the same for a seed."""

    def __init__(self, size: int, seed: int = 1, *, tangled: bool = False) -> None:
        self.size, self.random, self.tangled = size, random.Random(seed), tangled
        self.names = [f"m{number}" for number in range(size)]
        self.fields = [f"f{number}" for number in range(max(10, size // 2))]
        self.papers = [f"p{number}" for number in range(size * 3 // 2 if tangled else size * 2)]
        self.desks = [f"d{number}" for number in range(max(3, size // 10))]

    def catalogue(self) -> Catalogue:
        flags = {name: FieldDef(name, words(name), "boolean") for name in self.fields}
        more = {
            "months": FieldDef("months", words("months"), "integer"),
            "kept": FieldDef("kept", words("kept"), "boolean"),
        }
        return Catalogue(
            pack=f"bench/{self.size}",
            release="0",
            title=words("bench"),
            matters={name: self.matter(place, name) for place, name in enumerate(self.names)},
            materials={
                name: MaterialDef(name, words(name), tuple(self.supplies(place)))
                for place, name in enumerate(self.papers)
            },
            fields=flags | more,
            derived=(
                DerivedField("kept", (("months >= 144", True, words(""), SOURCE), ("TRUE", False, words(""), SOURCE))),
            ),
            stations=dict(self.station(number) for number in range(len(self.desks))),
            departments={"a": words("a"), "b": words("b")},
        )

    def matter(self, place: int, name: str) -> MatterDef:
        earlier = self.random.sample(self.names[:place], min(place, self.random.randint(0, 2)))
        return MatterDef(
            id=name,
            title=words(name),
            department="a",
            alone=Alone(figure(5), figure(1), figure(1)),
            joined=figure(self.random.randint(1, 9)),
            applies=(
                Clause(f"{self.flag()} OR NOT {self.flag()} OR kept OR months > 3", words(""), words(""), SOURCE),
            ),
            result=words(name),
            fields=tuple(FieldUse(one, words(one), SOURCE) for one in self.random.sample(self.fields, 6)),
            materials=tuple(self.paper(place) for _number in range(4)),
            needs=tuple(Need(words(""), SOURCE, matter=one) for one in earlier),
            acts=(Act(f"act_{name}", words(name), words(""), SOURCE, "station", self.random.choice(self.desks)),),
        )

    def flag(self) -> str:
        return self.random.choice(self.fields)

    def paper(self, place: int) -> MaterialNeed:
        """One of the papers that exist by then, sometimes with an alternative."""
        count = self.random.choice([1, 1, 2, 3] if self.tangled else [1, 1, 1, 2])
        known = self.papers[: len(self.papers) * place // self.size + 8]
        return MaterialNeed(tuple(self.random.sample(known, count)), words(""), SOURCE)

    def maker(self, place: int) -> str:
        """Mostly a matter from before the paper is asked for; one in thirty is from anywhere and may close circles."""
        before = self.names[: max(1, place // 2 - 4)]
        return self.random.choice(self.names if self.random.random() < 1 / 30 else before)

    def supplies(self, place: int) -> list[Supply]:
        ways = [Supply(SupplyBy.APPLICANT, words(""), SOURCE)]
        if self.tangled:
            return [*ways, *self.tangled_ways(place)]
        chance = self.random.random()
        if chance < 0.25:
            ways.append(Supply(SupplyBy.SHARE, words(""), SOURCE, department="b", share="x"))
        elif chance < 0.55:
            ways.append(Supply(SupplyBy.MATTER, words(""), SOURCE, matter=self.maker(place)))
        elif chance < 0.65:
            ways.append(Supply(SupplyBy.FORM, words(""), SOURCE, fields=(self.flag(),)))
        return ways

    def tangled_ways(self, place: int) -> list[Supply]:
        """Up to three makers, and for some a share that only holds for some persons."""
        before = self.names[: max(1, place * self.size // len(self.papers) - 4)]
        count = self.random.choice([0, 1, 1, 2, 3])
        makers = {self.random.choice(self.names if self.random.random() < 1 / 10 else before) for _one in range(count)}
        ways = [Supply(SupplyBy.MATTER, words(""), SOURCE, matter=one) for one in sorted(makers)]
        if self.random.random() < 0.15:
            ways.append(Supply(SupplyBy.SHARE, words(""), SOURCE, department="b", share="x", when=self.flag()))
        return ways

    def station(self, number: int) -> tuple[str, StationDef]:
        can = frozenset({self.desks[number], *self.random.sample(self.desks, len(self.desks) // 2)})
        return f"s{number}", StationDef(f"s{number}", words(f"s{number}"), can)

    def answers(self) -> dict[str, Any]:
        return {name: self.random.random() < 0.5 for name in self.fields} | {"months": 150}


def measure(compiled: Compiled, answers: dict[str, Any], rounds: int, day: date = DAY) -> tuple[Plan, list[float]]:
    """Time `rounds` plans, in milliseconds each, after one to warm up."""
    plan = compute_plan(compiled, answers, day, CALENDAR)
    times = []
    for _round in range(rounds):
        begun = time.perf_counter()
        compute_plan(compiled, answers, day, CALENDAR)
        times.append((time.perf_counter() - begun) * 1000)
    return plan, times


def bench(size: int, rounds: int, *, tangled: bool = False) -> dict[str, Any]:
    """Measure one size over five catalogues; the worst median counts."""
    worst: dict[str, Any] = {"median_ms": 0.0}
    for seed in range(1, 6):
        generator = Generator(size, seed, tangled=tangled)
        begun = time.perf_counter()
        compiled = compile_catalogue(generator.catalogue())
        compiling = (time.perf_counter() - begun) * 1000
        plan, times = measure(compiled, generator.answers(), rounds)
        median = statistics.median(times)
        if median > worst["median_ms"]:
            worst = {
                "matters": len(plan.matters),
                "seed": seed,
                "median_ms": round(median, 3),
                "p95_ms": round(statistics.quantiles(times, n=20)[-1], 3),
                "compile_ms": round(compiling, 1),
                "papers_before": plan.before.materials,
                "hand_ins": plan.after.materials,
                "edges": len(plan.edges),
            }
    return worst | {"goal_ms": GOALS_MS[size], "reached": worst["median_ms"] <= GOALS_MS[size]}


def unanswered(rounds: int) -> dict[str, Any]:
    """Measure the plan of the real pack after every question, in the order in which they are asked."""
    compiled = compile_pack(read_pack("hlj/retirement"))
    example = ROOT / "packs/hlj/retirement/examples/published.yaml"
    read = read_answers(example.read_bytes(), example)
    everything, day = read.values, read.on or DAY
    given: dict[str, Any] = {}
    medians: list[float] = []
    while True:
        plan, times = measure(compiled, given, rounds, day)
        medians.append(round(statistics.median(times), 3))
        asked = next((one.field for one in plan.open_questions if one.field in everything), None)
        if asked is None:
            break
        given[asked] = everything[asked]
    return {
        "median_ms": medians[0],
        "slowest_ms": max(medians),
        "questions": len(medians) - 1,
        "medians_ms": medians,
        "goal_ms": GOAL_UNANSWERED_MS,
        "reached": max(medians) <= GOAL_UNANSWERED_MS,
    }


def main() -> None:
    """Measure all of them, print them and write them down."""
    results = {str(size): bench(size, rounds) for size, rounds in ((13, 200), (200, 20))}
    results["200 tangled"] = bench(200, 20, tangled=True)
    results["unanswered"] = unanswered(20)
    report = {"python": platform.python_version(), "machine": platform.machine(), "plans": results}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    for size, one in results.items():
        print(f"{size:>11}: {one['median_ms']:8.2f} ms (goal {one['goal_ms']:.0f} ms), {one}")


if __name__ == "__main__":
    main()
