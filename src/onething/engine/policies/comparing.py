"""What another edition of a policy means for one person: two decisions side by side."""

from __future__ import annotations

from typing import Final

from onething.engine.policies.deciding import Decision, Outcome

KINDS: Final = ("gain", "more", "known", "opens", "less", "open", "doubt", "lose", "closes", "start")
"""
gain: entitled now; more, less: another amount; known, open: the amount became known, or no longer is; lose: no longer
entitled; doubt: was entitled, cannot be said now; opens, closes: from no to unknown, and back; start: another month.
"""
BETTER: Final = ("gain", "more")
WORSE: Final = ("less", "lose", "doubt")
IN_A_YEAR: Final = {"month": 12, "quarter": 4, "year": 1, "once": 1, "": 0}
_YES = (Outcome.ELIGIBLE, Outcome.AMOUNT_UNKNOWN)


def kind_of(old: Decision | None, new: Decision | None) -> str | None:
    """Say what happens to a person when one decision takes the place of another; None if nothing does."""
    was = old.outcome if old else Outcome.NOT_ELIGIBLE
    now = new.outcome if new else Outcome.NOT_ELIGIBLE
    if now in _YES and was not in _YES:
        return "gain"
    if was in _YES and now not in _YES:
        return "doubt" if now is Outcome.UNKNOWN else "lose"
    if was is not now:
        return _AMONG[was, now]
    if old is None or new is None or was not in _YES:
        return None
    if by_year(old) != by_year(new):
        return "more" if by_year(new) > by_year(old) else "less"
    return "start" if old.start != new.start else None


_AMONG = {
    (Outcome.AMOUNT_UNKNOWN, Outcome.ELIGIBLE): "known",
    (Outcome.ELIGIBLE, Outcome.AMOUNT_UNKNOWN): "open",
    (Outcome.NOT_ELIGIBLE, Outcome.UNKNOWN): "opens",
    (Outcome.UNKNOWN, Outcome.NOT_ELIGIBLE): "closes",
}


def by_year(decision: Decision) -> int:
    """Give what is paid in a year, or once, in fen; nothing where no amount is known."""
    return (decision.amount or 0) * IN_A_YEAR[decision.policy.payment]


def more_of(kind: str, old: Decision | None, new: Decision | None) -> int:
    """Give the difference in fen; nothing where an amount only became known, or unknown."""
    if kind in ("known", "open"):
        return 0
    return (by_year(new) if new else 0) - (by_year(old) if old else 0)
