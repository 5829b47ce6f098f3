"""A decision in words: for people in lines, for programs as plain values. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from onething.engine.bundle.model import Words
from onething.engine.policies.deciding import Decision, Facts, Outcome
from onething.engine.policies.explaining import day_of_yes, failing
from onething.engine.policies.lacking import fewest_facts
from onething.engine.policies.model import PolicyPack
from onething.kernel.language import Language
from onething.kernel.money import format_yuan

OUTCOMES: dict[Outcome, Words] = {
    Outcome.ELIGIBLE: Words("可以享受", "Entitled"),
    Outcome.AMOUNT_UNKNOWN: Words("可以享受，金额待定", "Entitled, amount not known yet"),
    Outcome.NOT_ELIGIBLE: Words("不符合", "Not entitled"),
    Outcome.UNKNOWN: Words("还不能确定", "Not known yet"),
}
_PER = {
    "month": Words("每月", "a month"),
    "quarter": Words("每季度", "a quarter"),
    "year": Words("每年", "a year"),
    "once": Words("一次性", "once"),
}
_MARKS = {True: "✓", False: "✗", None: "?"}


def lines_of(decision: Decision, facts: Facts, day: date, pack: PolicyPack, language: Language) -> Iterator[str]:
    """Say what one policy means for the person: the outcome, each condition with its clause, what would change it."""
    policy = decision.policy.dated.policy
    yield f"{policy.title.in_(language)}: {_outcome(decision, language)}"
    against = failing(decision)
    for index, (condition, value) in enumerate(decision.explanation):
        if value is not True or decision.outcome is not Outcome.NOT_ELIGIBLE:
            yield f"  {_MARKS[value]} {condition.because.in_(language)} [{condition.source}]"
        if index in against and condition.otherwise is not None:
            yield f"      → {condition.otherwise.in_(language)}"
    if decision.missing:
        needed = fewest_facts(decision, facts, day, pack.facts) or sorted(decision.missing)
        names = ", ".join(_label(name, pack, language) for name in needed)
        yield ("  还需要知道：" if language == "zh" else "  Still to be known: ") + names
    later = day_of_yes(decision, facts, day)
    if later is not None:
        yield ("  从这一天起符合：" if language == "zh" else "  Will be entitled from: ") + later.isoformat()
    if decision.outcome is Outcome.ELIGIBLE and policy.apply is not None:
        yield f"  → {policy.apply.in_(language)}"


def _outcome(decision: Decision, language: Language) -> str:
    said = OUTCOMES[decision.outcome].in_(language)
    if decision.amount is not None:
        per = _PER[decision.policy.payment].in_(language)
        amount = format_yuan(decision.amount)
        said += f"，{per} {amount} 元" if language == "zh" else f", {amount} yuan {per}"
    elif decision.outcome is Outcome.ELIGIBLE and decision.policy.dated.policy.in_kind is not None:
        said += ("，" if language == "zh" else ", ") + decision.policy.dated.policy.in_kind.in_(language)
    if decision.start is not None:
        said += f"，从 {decision.start:%Y-%m} 起" if language == "zh" else f", from {decision.start:%Y-%m}"
    return said


def _label(name: str, pack: PolicyPack, language: Language) -> str:
    if name in pack.facts:
        return pack.facts[name].label.in_(language)
    figure = name.partition(":")[2]
    known = pack.standards.get(figure) or pack.tables.get(figure)
    return known.title.in_(language) if known else name


def as_json(decision: Decision, facts: Facts, day: date) -> dict[str, Any]:
    """Give a decision for programs. Amounts are fen; an exclusion's value is true where it does not apply."""
    against = failing(decision)
    later = day_of_yes(decision, facts, day)
    return {
        "policy": decision.policy.id,
        "verdict": str(decision.outcome),
        "amount": decision.amount,
        "per": decision.policy.payment or None,
        "start_month": decision.start.strftime("%Y-%m") if decision.start else None,
        "missing": sorted(decision.missing),
        "will_be_eligible_from": later.isoformat() if later else None,
        "conditions": [
            {
                "id": condition.id,
                "value": value,
                "because": {"zh": condition.because.zh, "en": condition.because.en},
                "source": condition.source,
                "stands_against_it": index in against,
            }
            for index, (condition, value) in enumerate(decision.explanation)
        ],
    }
