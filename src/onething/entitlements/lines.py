"""What is shown of a decision: what it is about, how it stands, why, and what would change it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onething.engine.bundle.model import Words
from onething.engine.policies.deciding import Decision, Outcome
from onething.engine.policies.explaining import day_no_falls, day_of_yes, failing
from onething.engine.policies.lacking import fewest_facts
from onething.engine.policies.model import Condition, PolicyDef, PolicyPack


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition with its value: True, False, None for open. `otherwise` says what would change it."""

    condition: Condition
    value: bool | None
    stands_against: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One policy for one person."""

    decision: Decision
    reasons: tuple[Reason, ...]
    missing: tuple[Words, ...]
    question: str
    """The one question that would decide it; empty if there are none, or several."""
    later: date | None
    """The day on which a no falls by the mere passing of time; if `is_certain`, to a yes, whatever else is answered."""
    is_certain: bool

    @property
    def policy(self) -> PolicyDef:
        """The policy itself."""
        return self.decision.policy.dated.policy


@dataclass(slots=True)
class Result:
    """All policies, in the order in which a person reads them."""

    can: list[Line] = field(default_factory=list)
    one_more: list[Line] = field(default_factory=list)
    open: list[Line] = field(default_factory=list)
    not_now: list[Line] = field(default_factory=list)


def result_of(
    decisions: Iterable[Decision], given: Mapping[str, Any], *, day: date, pack: PolicyPack, askable: Iterable[str]
) -> Result:
    """Sort decisions into what can be had, what one answer decides, what is open, and what is not for this person."""
    result, questions = Result(), frozenset(askable)
    for decision in decisions:
        line = _line(decision, given, day, pack, questions)
        if decision.outcome in (Outcome.ELIGIBLE, Outcome.AMOUNT_UNKNOWN):
            result.can.append(line)
        elif decision.outcome is Outcome.NOT_ELIGIBLE:
            result.not_now.append(line)
        else:
            (result.one_more if line.question else result.open).append(line)
    result.not_now.sort(key=lambda line: (line.later is None, sum(one.stands_against for one in line.reasons)))
    return result


def _line(decision: Decision, given: Mapping[str, Any], day: date, pack: PolicyPack, askable: frozenset[str]) -> Line:
    missing = sorted(decision.missing)
    later = day_no_falls(decision, given, day)
    only = missing[0] if len(missing) == 1 and missing[0] in askable else ""
    return Line(
        decision=decision,
        reasons=tuple(_reasons(decision)),
        missing=tuple(_names(fewest_facts(decision, given, day, pack.facts) or missing, pack)),
        question=only,
        later=later,
        is_certain=later is not None and later == day_of_yes(decision, given, day),
    )


def _reasons(decision: Decision) -> Iterator[Reason]:
    against = failing(decision)
    for index, (condition, value) in enumerate(decision.explanation):
        yield Reason(condition, value, index in against)


def _names(missing: Iterable[str], pack: PolicyPack) -> Iterator[Words]:
    for name in missing:
        figure = name.partition(":")[2]
        known = pack.standards.get(figure) or pack.tables.get(figure)
        if name in pack.facts:
            yield pack.facts[name].label
        elif known is not None:
            yield known.title
