"""Says what a new edition of policies changes: as lines for a terminal, and as plain JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from onething.engine.bundle.model import Words
from onething.kernel.language import Language

if TYPE_CHECKING:
    from onething.engine.scan.comparing import Comparison, Moved, PolicyChange

KINDS: dict[str, Words] = {
    "gain": Words("新享受", "become entitled"),
    "more": Words("增加", "get more"),
    "known": Words("金额变为已知", "their amount becomes known"),
    "opens": Words("由不符合变为不确定", "from no to unknown"),
    "less": Words("减少", "get less"),
    "open": Words("金额变为未知", "their amount is no longer known"),
    "doubt": Words("由符合变为不确定", "from entitled to unknown"),
    "lose": Words("不再享受", "lose it"),
    "closes": Words("由不确定变为不符合", "from unknown to no"),
    "start": Words("起发月份变了", "another first month"),
}


def lines_of(found: Comparison, language: Language) -> Iterator[str]:
    """Say it for a terminal: the sum first, then each policy that changes for somebody."""
    yield _head(found, language)
    yield _sums(found, language)
    for change in found.policies:
        yield ""
        yield f"{change.title.in_(language)}  ({change.policy}){_fate(change, language)}"
        yield _entitled(change, language)
        for kind, moved in change.moved.items():
            yield _line(kind, moved, change, language)
    if not found.policies:
        yield "没有人受影响。" if language == "zh" else "Nothing changes for anybody."


def _head(found: Comparison, language: Language) -> str:
    if language == "zh":
        return f"按 {found.as_of} 计算，{found.persons:,} 人：{found.better:,} 人受益，{found.worse:,} 人受损。"
    return f"As of {found.as_of}, {found.persons:,} people: {found.better:,} gain, {found.worse:,} lose."


def _sums(found: Comparison, language: Language) -> str:
    yearly, once = _signed(found.yearly), _signed(found.once)
    if language == "zh":
        return f"每年支出变化 {yearly} 元，一次性支出变化 {once} 元（金额未知的没有算进去）。"
    return f"Spending changes by {yearly} yuan a year and {once} yuan once (unknown amounts are left out)."


def _fate(change: PolicyChange, language: Language) -> str:
    if change.is_new:
        return " · 新政策" if language == "zh" else " · new"
    if change.is_gone:
        return " · 取消" if language == "zh" else " · gone"
    return ""


def _entitled(change: PolicyChange, language: Language) -> str:
    before, after = change.entitled
    said = "符合" if language == "zh" else "entitled"
    return f"  {said}: {before:,} → {after:,}"


def _line(kind: str, moved: Moved, change: PolicyChange, language: Language) -> str:
    money = ""
    if moved.fen:
        unit = (
            ("元/年" if change.is_yearly else "元")
            if language == "zh"
            else "yuan a year"
            if change.is_yearly
            else "yuan"
        )
        money = f"  {_signed(moved.fen)} {unit}"
    if moved.without_amount:
        said = "人金额未知" if language == "zh" else "without a known amount"
        money += f"  ({moved.without_amount:,} {said})"
    example = ("例：" if language == "zh" else "e.g. ") + ", ".join(moved.examples)
    return f"  {KINDS[kind].in_(language)}: {moved.persons:,}{money}  {example}"


def _signed(fen: int) -> str:
    return f"{'-' if fen < 0 else '+' if fen else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def as_json(found: Comparison) -> dict[str, Any]:
    """Say it for programs; money in fen, those of regular payments by the year."""
    return {
        "as_of": found.as_of.isoformat(), "old": found.old, "new": found.new, "persons": found.persons,
        "better": found.better, "worse": found.worse, "yearly_fen": found.yearly, "once_fen": found.once,
        "policies": [_policy(change) for change in found.policies],
    }  # fmt: skip


def _policy(change: PolicyChange) -> dict[str, Any]:
    return {
        "policy": change.policy, "title": {"zh": change.title.zh, "en": change.title.en},
        "new": change.is_new, "gone": change.is_gone, "yearly": change.is_yearly,
        "entitled": {"before": change.entitled[0], "after": change.entitled[1]}, "fen": change.fen,
        "changes": {
            kind: {
                "persons": moved.persons, "fen": moved.fen, "without_amount": moved.without_amount,
                "examples": list(moved.examples),
            }
            for kind, moved in change.moved.items()
        },
    }  # fmt: skip
