"""The engine's refusals of a catalogue in Chinese, by code: `pack check` runs without gettext. Pure."""

from __future__ import annotations

from onething.kernel.errors import Refusal
from onething.plumbing.sentences import filled_in

SENTENCES: dict[str, tuple[str, str]] = {
    "cyclic_needs": (
        "这些事项互相等待，永远开始不了：{chain}。",
        "请去掉链上的一个 needs；给 needs 加条件不能解开循环。",
    ),
    "cyclic_derivation": ("这些推导字段互相推导：{chain}。", "请把其中一个改成要填的字段。"),
    "material_nobody_supplies": (
        "事项“{matter}”要的材料“{material}”没有任何办法得到：{chain}。",
        "请在 supplies 里加一种办法：applicant、share、form，或另一个事项。",
    ),
    "matter_never_applies": (
        "事项“{matter}”对任何人都不适用：{conditions}。",
        "请改正 applies 里的条件，或删去该事项。",
    ),
    "wrong_derived_value": (
        "推导字段“{field}”的值“{value}”与它的类型不符。",
        "请改正 rules 里的值，或字段的类型、选项。",
    ),
    "unknown_reference": ("{where} 用到的 {kind}“{name}”不存在。", "请改正名称，或补上它。"),
    "unknown_capability": (
        "{where} 要到场办“{capability}”，但没有服务点能办。",
        "请在 stations.yaml 的 can 里加上，或改正名称。",
    ),
    "too_entangled": (
        "材料的来法互相牵连太多，算不出最少的一组。",
        "请减少 any_of 里的选择，或互相供给材料的事项。",
    ),
}


def in_chinese(refusal: Refusal) -> tuple[str, str]:
    """Give sentence and remedy of a refusal in Chinese; in English where there is no Chinese for it."""
    words = SENTENCES.get(refusal.code)
    if words is None:
        return str(refusal), refusal.remedy
    facts = {key: _fact(str(value)) for key, value in refusal.facts.items()}
    return words[0].format_map(facts), words[1]


def _fact(text: str) -> str:
    return filled_in("zh", "onething.engine.bundle", text.replace(" waits for ", " → "))
