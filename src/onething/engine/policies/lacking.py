"""What would decide an open question: the fewest facts of which whatever answer settles whether a policy holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, product
from math import prod
from typing import Any, Final

from onething.engine.policies.deciding import Decision, Facts, Outcome, known
from onething.engine.policies.model import FactDef
from onething.engine.rules.closures import NONE
from onething.engine.rules.nodes import Arithmetic, Between, Call, Compare, Lookup, Node, OneOf, fields_of, walk
from onething.engine.rules.nodes import Literal as Written

MOST: Final = 2_000
"""Answers tried at most for one set of facts; beyond it all open facts are named, which is never too few."""
MOST_OPEN: Final = 6


TRIED: Final = ("boolean", "choice", "date", "integer", "money")


def fewest_facts(decision: Decision, facts: Facts, day: date, dictionary: Mapping[str, FactDef]) -> tuple[str, ...]:
    """
    Find the smallest set of open facts that decides, whichever answers they get; sorted. None if nothing is open.

    Tried by answers that stand for all: every option, and each side of every figure and day that the policy names.
    Where an open fact is counted or calculated with, or there are many, all open facts are named. Of several smallest
    sets the first by name.
    """
    names = sorted(decision.missing)
    if decision.outcome is not Outcome.UNKNOWN or not decision.trace or not 1 < len(names) <= MOST_OPEN:
        return tuple(names) if decision.outcome is Outcome.UNKNOWN else ()
    node, given = decision.policy.dated.holds, known(facts, day)
    if any(name not in dictionary or dictionary[name].type not in TRIED for name in names):
        return tuple(names)
    if not _can_be_tried(node, frozenset(names)):
        return tuple(names)
    answers = {name: list(_answers(dictionary[name], node, given)) for name in names}
    for size in range(1, len(names)):
        for some in combinations(names, size):
            if _decides(decision, given, {name: answers[name] for name in some}):
                return some
    return tuple(names)


def _decides(decision: Decision, given: Mapping[str, Any], answers: Mapping[str, list[Any]]) -> bool:
    """Tell whether the policy is decided by whatever these facts are."""
    if prod(len(one) for one in answers.values()) > MOST:
        return False
    holds = decision.policy.holds
    return all(
        isinstance(holds({**given, **dict(zip(answers, one, strict=True))}), bool) for one in product(*answers.values())
    )


def _can_be_tried(node: Node, names: frozenset[str]) -> bool:
    """Whether the open facts are only compared with what is written, never with each other, never counted with."""
    for part in walk(node):
        read = fields_of(part) & names
        if read and isinstance(part, Call | Arithmetic | Lookup):
            return False
        if read and isinstance(part, Compare | OneOf | Between) and len(fields_of(part)) > 1:
            return False
    return True


def _answers(fact: FactDef, node: Node, given: Mapping[str, Any]) -> Iterator[Any]:
    """Give answers that stand for all others: each option, or each side of every figure or day that is named."""
    if fact.absent != "unknown":
        yield NONE
    if fact.type == "boolean":
        yield from (True, False)
    elif fact.type == "choice":
        yield from (option.value for option in fact.options)
    elif fact.type == "date":
        days = {one for one in (*_written(node), *given.values()) if isinstance(one, date)}
        yield from sorted({side for one in days for side in _sides(one)}) or [date(2000, 1, 1)]
    else:
        figures = {one for one in _written(node) if isinstance(one, int) and not isinstance(one, bool)}
        yield from sorted({one + step for one in figures for step in (-1, 0, 1)}) or [0]


def _sides(day: date) -> Iterator[date]:
    """The day itself and its neighbours; what has no day stands at the end of all days, and has but one."""
    yield day
    if day > date.min:
        yield day - timedelta(days=1)
    if day < date.max:
        yield day + timedelta(days=1)


def _written(node: Node) -> Iterator[Any]:
    yield from (part.value for part in walk(node) if isinstance(part, Written))
