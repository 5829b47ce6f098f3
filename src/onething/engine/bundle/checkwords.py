"""A check between answers in words: “Date of birth (birth_date) is before Date of enlistment (enlist_date)”."""

from __future__ import annotations

from collections.abc import Mapping

from onething.engine.bundle.model import FieldDef, Words
from onething.engine.rules import Rule
from onething.engine.rules.nodes import All, Between, Call, Compare, FieldRef, Kind, Literal, Node

_DAYS: Mapping[str, tuple[str, str]] = {
    "<": ("早于", "before"),
    "<=": ("不晚于", "not after"),
    ">": ("晚于", "after"),
    ">=": ("不早于", "not before"),
    "=": ("就是", "the same as"),
    "<>": ("不是", "not the same as"),
}
_NUMBERS: Mapping[str, tuple[str, str]] = {
    "<": ("小于", "less than"),
    "<=": ("不大于", "at most"),
    ">": ("大于", "more than"),
    ">=": ("不小于", "at least"),
    "=": ("等于", "equal to"),
    "<>": ("不等于", "not equal to"),
}
TODAY = Words("提交这一天", "the day of submission")


def in_words(rule: Rule, fields: Mapping[str, FieldDef]) -> Words:
    """Put a check into words; one that is more than comparisons is given as it is written."""
    return _said(rule.node, fields) or Words(rule.text, rule.text)


def _said(node: Node, fields: Mapping[str, FieldDef]) -> Words | None:
    if isinstance(node, All):
        parts = [_said(part, fields) for part in node.parts]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            return Words("，并且".join(one.zh for one in known), ", and ".join(one.en for one in known))
    if isinstance(node, Compare):
        verbs = _DAYS if node.left.kind is Kind.DATE else _NUMBERS
        return _compared(_value(node.left, fields), verbs.get(node.operator), _value(node.right, fields))
    if isinstance(node, Between):
        return _between(*(_value(one, fields) for one in (node.operand, node.low, node.high)))
    return None


def _compared(left: Words | None, verb: tuple[str, str] | None, right: Words | None) -> Words | None:
    if left is None or verb is None or right is None:
        return None
    return Words(f"{left.zh} {verb[0]} {right.zh}", f"{left.en} is {verb[1]} {right.en}")


def _between(operand: Words | None, low: Words | None, high: Words | None) -> Words | None:
    if operand is None or low is None or high is None:
        return None
    return Words(f"{operand.zh} 在 {low.zh} 到 {high.zh} 之间", f"{operand.en} is from {low.en} to {high.en}")


def _value(node: Node, fields: Mapping[str, FieldDef]) -> Words | None:
    if isinstance(node, FieldRef) and node.field in fields:
        label = fields[node.field].label
        return Words(f"{label.zh} ({node.field})", f"{label.en} ({node.field})")
    if isinstance(node, Literal):
        return Words(str(node.value), str(node.value))
    return TODAY if isinstance(node, Call) and node.function == "as_of" else None
