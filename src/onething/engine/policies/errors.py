"""Every way the policy engine says no."""

from __future__ import annotations

from onething.kernel.errors import Invalid


class PolicyCircle(Invalid):
    """These policies ask for each other in a circle: {chain}."""

    remedy = "Let one of them ask for the recorded fact instead: receives('benefit')."


class FactUnknown(Invalid):
    """The person has a fact “{fact}” that the pack does not know."""

    remedy = "Write the fact as in facts.yaml of the pack, or add it there."


class FactUnreadable(Invalid):
    """The fact “{fact}” cannot be “{value}”: it is of type {type}."""

    remedy = "Write days as 2026-11-01, money in fen, yes or no as true or false, and options by their ids."
