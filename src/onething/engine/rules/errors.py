"""Every way a rule is refused. Each names the expression, the position (from 1) and what to write instead."""

from __future__ import annotations

from onething.kernel.errors import Invalid


class RuleRefused(Invalid):
    """The condition “{expression}” cannot be used: {problem} (position {position}). {correction}"""

    remedy = "Correct the condition in the pack; docs/how-to/write-a-pack.md lists all that a condition may contain."

    def __init__(self, *, expression: str, position: int, problem: str, correction: str) -> None:
        super().__init__(expression=expression, position=position, problem=problem, correction=correction)
        self.expression = expression
        self.position = position
        self.problem = problem
        self.correction = correction


class RuleUnreadable(RuleRefused):
    """The condition “{expression}” cannot be read: {problem} (position {position}). {correction}"""


class NotInTheLanguage(RuleRefused):
    """The condition “{expression}” uses what rules do not know: {problem} (position {position}). {correction}"""


class UnknownField(RuleRefused):
    """The condition “{expression}” asks for a field that is not in fields.yaml: {problem} (position {position}). {correction}"""  # noqa: E501


class UnknownOption(RuleRefused):
    """The condition “{expression}” compares with a value that is no option: {problem} (position {position}). {correction}"""  # noqa: E501


class TypeClash(RuleRefused):
    """The condition “{expression}” mixes kinds of values: {problem} (position {position}). {correction}"""
