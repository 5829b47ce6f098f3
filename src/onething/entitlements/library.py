"""The library of policies: found by words, and each on a sheet: conditions, figures over time, examples. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onething.engine.bundle.model import Words
from onething.engine.policies.checking import figures_used
from onething.engine.policies.model import NATION, Condition, Figure, PolicyDef, StandardDef
from onething.entitlements.charts import Chart, chart_of
from onething.entitlements.errors import PolicyNotFound
from onething.entitlements.queries import InForce

Span = tuple[date, date | None, int]
"""First day, the day behind the last, and what held."""


@dataclass(frozen=True, slots=True)
class History:
    """A figure over time: every value with its source, those of the whole country as a chart."""

    title: Words
    unit: str
    figures: tuple[Figure, ...]
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Example:
    """An invented person, and what the policy says of them."""

    title: Any
    as_of: str
    verdict: str
    amount: str


@dataclass(frozen=True, slots=True)
class Branch:
    """
    A part of a policy's tree: conditions, and what hangs below them.

    `kind`: all of them (the root, and each "way"), "any" of the ways below, "none" of them, or it "stops" by one.
    """

    kind: str
    conditions: tuple[Condition, ...]
    below: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One policy, as somebody reads it who wants to know all of it."""

    policy: PolicyDef
    tree: Branch
    histories: tuple[History, ...]
    tables: tuple[Words, ...]
    examples: tuple[Example, ...]


def look_for(holds: InForce, words: str) -> list[PolicyDef]:
    """Find the policies in force in whose title or words all of these words stand; all of them without words."""
    day = holds.asking.program.day
    wanted = words.lower().split()
    found = (one for one in holds.parsed.pack.policies.values() if one.effective.contains(day))
    return [one for one in found if all(word in _text(one) for word in wanted)]


def _text(policy: PolicyDef) -> str:
    said = [policy.title, policy.words, *(line.because for line in policy.when)]
    return " ".join(f"{words.zh} {words.en}" for words in said).lower()


def sheet_of(holds: InForce, policy_id: str) -> Sheet:
    """Lay one policy out. Refuses PolicyNotFound."""
    parsed = holds.parsed.policies.get(policy_id)
    if parsed is None:
        raise PolicyNotFound
    policy, pack = parsed.policy, holds.parsed.pack
    used = list(dict.fromkeys(figures_used(parsed)))
    return Sheet(
        policy=policy,
        tree=_tree(policy),
        histories=tuple(_history(pack.standards[name]) for kind, name in used if kind == "standards"),
        tables=tuple(pack.tables[name].title for kind, name in used if kind == "tables"),
        examples=tuple(_examples(holds.situations, policy_id)),
    )


def _tree(policy: PolicyDef) -> Branch:
    """Give the conditions as a tree: all of these, one of these ways, none of these, and nothing has ended it."""
    ways = tuple(Branch("way", way.when) for way in policy.rules)
    below = [
        Branch("any", (), ways) if len(ways) > 1 else None,
        Branch("none", policy.excluding) if policy.excluding else None,
        Branch("stops", policy.stops) if policy.stops else None,
    ]
    own = (*policy.when, *(ways[0].conditions if len(ways) == 1 else ()))
    return Branch("all", own, tuple(one for one in below if one is not None))


def _history(standard: StandardDef) -> History:
    figures = tuple(sorted(standard.figures, key=lambda one: (one.region != NATION, one.region, one.period.start)))
    national = [(one.period.start, one.period.end, one.value) for one in figures if one.region == NATION]
    return History(standard.title, standard.unit, figures, chart_of(list(_joined(national))))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Join spans that follow each other with the same value: a figure that was only confirmed is one step."""
    before: Span | None = None
    for start, end, value in spans:
        if before is not None and before[1:] == (start, value):
            before = (before[0], end, value)
            continue
        if before is not None:
            yield before
        before = (start, end, value)
    if before is not None:
        yield before


def _words(title: Any) -> Any:
    """Give a title in both languages, or as it stands."""
    return title if isinstance(title, str) else Words(title.zh, title.en)


def _examples(situations: Mapping[str, Any], policy_id: str) -> Iterator[Example]:
    for situation in situations.values():
        expected = situation.expect.get(policy_id)
        if expected is not None:
            day = str(date.fromisoformat(situation.as_of))
            yield Example(_words(situation.title), day, expected.verdict or "", expected.amount or "")
