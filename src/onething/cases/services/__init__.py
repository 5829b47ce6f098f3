"""
Changing cases: one verb a function, one transaction, time and actor from outside.

A case is worked on under its row's lock, so that replies for one case are applied one after the other.
"""

from onething.cases.services.asking import answer_desk, ask_person_for_desk, ask_window, drop_questions, note_answer
from onething.cases.services.choosing import choose_source
from onething.cases.services.concerns import (
    finish_concern,
    hand_over_case,
    raise_concern,
    settle_itself,
    take_up_concern,
    tell_of_concern,
)
from onething.cases.services.correcting import answer_correction, lapse_correction
from onething.cases.services.cosigning import answer_cosignature, ask_cosignature, open_cosignature
from onething.cases.services.drafts import renew_draft, save_answers, start_draft
from onething.cases.services.happening import record_event, record_visit
from onething.cases.services.objecting import lodge_objection, save_objection, withdraw_objection
from onething.cases.services.promises import last_day, miss_promise, take_paper
from onething.cases.services.rating import escalate_calls, rate_case, record_call
from onething.cases.services.replying import CORRECTION_DAYS, apply_reply
from onething.cases.services.slips import ask_for_outcome, ask_for_slip, contradictions
from onething.cases.services.steps import case_in_turn, locked_case, reckon
from onething.cases.services.submitting import submit_case
from onething.cases.services.talking import answer_person, leave_unanswered, mark_read, write_to_clerk
from onething.cases.services.withdrawing import withdraw_case

__all__ = [
    "CORRECTION_DAYS",
    "answer_correction",
    "answer_cosignature",
    "answer_desk",
    "answer_person",
    "apply_reply",
    "ask_cosignature",
    "ask_for_outcome",
    "ask_for_slip",
    "ask_person_for_desk",
    "ask_window",
    "case_in_turn",
    "choose_source",
    "contradictions",
    "drop_questions",
    "escalate_calls",
    "finish_concern",
    "hand_over_case",
    "lapse_correction",
    "last_day",
    "leave_unanswered",
    "locked_case",
    "lodge_objection",
    "mark_read",
    "miss_promise",
    "note_answer",
    "open_cosignature",
    "raise_concern",
    "rate_case",
    "reckon",
    "record_call",
    "record_event",
    "record_visit",
    "renew_draft",
    "save_answers",
    "save_objection",
    "settle_itself",
    "start_draft",
    "submit_case",
    "take_paper",
    "take_up_concern",
    "tell_of_concern",
    "withdraw_case",
    "withdraw_objection",
    "write_to_clerk",
]
