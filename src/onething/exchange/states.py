"""The life of an order as a table; code only walks it. Pure.

    waiting ──sent──► sent ──accepted──► acknowledged ──approved/refused──► answered
       ▲                │ silence            │ returned
       └────────────────┴───── round + 1 ─ returned            any open one ──► cancelled | dead (somebody was told)

A department that answers knows the order, whatever our own record of the delivery says: its reply counts also
for an order that is still waiting (the receipt was lost) or dead (it came back).
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an order stands."""

    WAITING = "waiting"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"
    ANSWERED = "answered"
    CANCELLED = "cancelled"
    DEAD = "dead"


class AmendmentKind(StrEnum):
    """What is said to a department after its order."""

    PAPER = "paper"  # a paper came later, or did not come
    WITHDRAWAL = "withdrawal"  # nobody wants the matter any more


class ReplyKind(StrEnum):
    """What a department says."""

    ACCEPTED = "accepted"
    PROGRESS = "progress"
    RETURNED = "returned"
    APPROVED = "approved"
    REFUSED = "refused"


class Disposition(StrEnum):
    """What became of a reply. Only an applied one changes something; the others are kept as they came."""

    APPLIED = "applied"
    REPEATED = "repeated"  # the same words again
    LATE = "late"  # of an earlier round, or overtaken by a later reply
    CLOSED = "closed"  # the order was cancelled
    CONTRADICTS = "contradicts"  # another answer than the one that counts: a person is told


OPEN = (State.WAITING, State.SENT, State.ACKNOWLEDGED, State.DEAD)
UNANSWERED = (*OPEN, State.RETURNED)
FINAL_WORDS = (ReplyKind.RETURNED, ReplyKind.APPROVED, ReplyKind.REFUSED)

_AFTER: dict[ReplyKind, State] = {
    ReplyKind.ACCEPTED: State.ACKNOWLEDGED,
    ReplyKind.PROGRESS: State.ACKNOWLEDGED,
    ReplyKind.RETURNED: State.RETURNED,
    ReplyKind.APPROVED: State.ANSWERED,
    ReplyKind.REFUSED: State.ANSWERED,
}
TRANSITIONS: dict[tuple[State, ReplyKind], State] = {
    (state, kind): after for state in OPEN for kind, after in _AFTER.items()
} | {(State.RETURNED, ReplyKind.REFUSED): State.ANSWERED}
"""What a reply makes of an order. One that was returned and never corrected may be ended by a refusal."""


def judge(state: State, kind: ReplyKind, *, is_known: bool, is_earlier_round: bool) -> tuple[Disposition, State]:
    """
    Judge a reply: what becomes of it, and where the order stands then.

    `is_known`: the same words were applied before. `is_earlier_round`: it speaks of papers that were since corrected.
    """
    if state is State.CANCELLED:
        return Disposition.CLOSED, state
    if is_known:
        return Disposition.REPEATED, state
    if is_earlier_round:
        return Disposition.LATE, state
    after = TRANSITIONS.get((state, kind))
    if after is not None:
        return Disposition.APPLIED, after
    return (Disposition.CONTRADICTS if kind in FINAL_WORDS else Disposition.LATE), state
