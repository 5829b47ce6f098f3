"""The transition table of a task: what each happening makes of each state. Code only walks it."""

from __future__ import annotations

from enum import StrEnum


class TaskState(StrEnum):
    """Where one matter of a case stands."""

    NOT_YET = "not_yet"  # something before it is not done
    AT_DEPARTMENT = "at_department"  # the order is out, the clock runs
    IN_WORK = "in_work"  # the department said it has taken it up
    WITH_PERSON = "with_person"  # returned for correction, the clock stands
    DONE = "done"
    REFUSED = "refused"
    CUT_OFF = "cut_off"  # something it depends on was refused
    WITHDRAWN = "withdrawn"


class Happening(StrEnum):
    """What can happen to a task."""

    START = "start"
    ACCEPTED = "accepted"
    PROGRESS = "progress"
    RETURNED = "returned"
    CORRECTED = "corrected"
    APPROVED = "approved"
    REFUSED = "refused"
    CUT_OFF = "cut_off"
    WITHDRAW = "withdraw"
    APPROVED_AFTER_ALL = "approved_after_all"  # a department's later answer, which two people let count
    REFUSED_AFTER_ALL = "refused_after_all"
    REVIVED = "revived"  # what cut it off was approved after all


class CaseState(StrEnum):
    """Where a whole case stands."""

    RUNNING = "running"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class ConcernKind(StrEnum):
    """Why a person must look at a case."""

    CONTRADICTED = "contradicted"  # a department said something else than before
    STUCK = "stuck"  # a department is silent, or cannot be reached
    LAPSED = "lapsed"  # the last day for a correction passed
    UNDELIVERED = "undelivered"  # a paper that came later, or a withdrawal, did not reach a department
    HANDED_OVER = "handed_over"  # a colleague gave the case to this one
    PAPER_MISSED = "paper_missed"  # a paper that was to follow did not come
    OBJECTED = "objected"  # the person objects to a decision: it has to reach the organ that decides about it


_T, _H = TaskState, Happening

TRANSITIONS: dict[tuple[TaskState, Happening], TaskState] = {
    (_T.NOT_YET, _H.START): _T.AT_DEPARTMENT,
    (_T.NOT_YET, _H.CUT_OFF): _T.CUT_OFF,
    (_T.NOT_YET, _H.WITHDRAW): _T.WITHDRAWN,
    (_T.AT_DEPARTMENT, _H.ACCEPTED): _T.IN_WORK,
    (_T.AT_DEPARTMENT, _H.PROGRESS): _T.IN_WORK,
    (_T.AT_DEPARTMENT, _H.RETURNED): _T.WITH_PERSON,
    (_T.AT_DEPARTMENT, _H.APPROVED): _T.DONE,  # an approval that overtook its acceptance
    (_T.AT_DEPARTMENT, _H.REFUSED): _T.REFUSED,
    (_T.AT_DEPARTMENT, _H.WITHDRAW): _T.WITHDRAWN,
    (_T.IN_WORK, _H.PROGRESS): _T.IN_WORK,
    (_T.IN_WORK, _H.RETURNED): _T.WITH_PERSON,
    (_T.IN_WORK, _H.APPROVED): _T.DONE,
    (_T.IN_WORK, _H.REFUSED): _T.REFUSED,
    (_T.IN_WORK, _H.WITHDRAW): _T.WITHDRAWN,
    (_T.WITH_PERSON, _H.CORRECTED): _T.AT_DEPARTMENT,
    (_T.WITH_PERSON, _H.REFUSED): _T.REFUSED,
    (_T.WITH_PERSON, _H.WITHDRAW): _T.WITHDRAWN,
    (_T.DONE, _H.APPROVED_AFTER_ALL): _T.DONE,  # with another result
    (_T.DONE, _H.REFUSED_AFTER_ALL): _T.REFUSED,
    (_T.REFUSED, _H.APPROVED_AFTER_ALL): _T.DONE,
    (_T.REFUSED, _H.REFUSED_AFTER_ALL): _T.REFUSED,  # for another reason
    (_T.CUT_OFF, _H.REVIVED): _T.NOT_YET,
}

OPEN = frozenset({_T.NOT_YET, _T.AT_DEPARTMENT, _T.IN_WORK, _T.WITH_PERSON})
AT_WORK = frozenset({_T.AT_DEPARTMENT, _T.IN_WORK, _T.WITH_PERSON})
ENDED = frozenset(_T) - OPEN


def after(state: TaskState, happening: Happening) -> TaskState | None:
    """Give the state that follows; None where the happening means nothing (a late or repeated reply)."""
    return TRANSITIONS.get((state, happening))
