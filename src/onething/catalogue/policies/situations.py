"""Runs a pack's situations: each invented person is decided and held against what the situation says. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onething.engine.policies.deciding import Decision, Program, compile_program
from onething.engine.policies.facts import typed_facts
from onething.engine.policies.parsing import ParsedPack
from onething.kernel.errors import Refusal
from onething.kernel.money import format_yuan
from onething.plumbing.packs import Pack, Problem, entitlements, schema


@dataclass(frozen=True, slots=True)
class Ran:
    """One situation, decided. `problems` are its differences."""

    example: str
    title: schema.W | str
    problems: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as the situation says."""
        return not self.problems


def run_situations(pack: Pack, parsed: ParsedPack) -> Iterator[Ran]:
    """Decide every situation of the pack, in order of name."""
    programs: dict[date, Program] = {}
    for name, situation in sorted(pack.of(entitlements.Situation).items()):
        day = date.fromisoformat(situation.as_of)
        if day not in programs:
            programs[day] = compile_program(parsed, day)
        yield Ran(name, situation.title, tuple(_problems(pack, name, situation, programs[day])))


def _problems(pack: Pack, name: str, situation: entitlements.Situation, program: Program) -> Iterator[Problem]:
    try:
        facts = typed_facts(situation.person, program.parsed.pack.facts)
    except Refusal as refusal:
        said = {"example": name, "reason": str(refusal), "hint": refusal.remedy}
        yield Problem("example_fails", pack.place("situations", name, "person"), said)
        return
    decisions = {one.policy.id: one for one in program.decide(facts)}
    for policy, expected in situation.expect.items():
        for key, wanted, got in _differences(decisions.get(policy), expected):
            place = pack.place("situations", name, "expect", policy, key)
            facts_of: dict[str, object] = {"example": name, "key": f"{policy}.{key}", "expected": wanted, "got": got}
            yield Problem("example_differs", place, facts_of)


def _differences(decision: Decision | None, expected: entitlements.Outcome) -> Iterator[tuple[str, object, object]]:
    got = outcome_of(decision)
    for key, wanted in expected.model_dump(exclude_unset=True).items():
        value = got[key]
        wanted = sorted(wanted) if isinstance(wanted, list) else wanted
        if wanted != value:
            yield key, wanted, value


def outcome_of(decision: Decision | None) -> dict[str, object]:
    """Write a decision as a situation would; a policy that is not in force says nothing."""
    if decision is None:
        return {"verdict": "not_in_force", "amount": None, "start_month": None, "missing": [], "failing": []}
    return {
        "verdict": str(decision.outcome),
        "amount": None if decision.amount is None else format_yuan(decision.amount).replace(",", ""),
        "start_month": decision.start.strftime("%Y-%m") if decision.start else None,
        "missing": sorted(decision.missing),
        "failing": sorted(condition.id for condition, value in decision.explanation if value is False),
    }
