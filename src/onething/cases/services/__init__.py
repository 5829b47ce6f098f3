"""
Changing cases: one verb a function, one transaction, time and actor from outside.

A case is worked on under its row's lock, so that replies for one case are applied one after the other.
"""

from onething.cases.services.correcting import answer_correction
from onething.cases.services.drafts import save_answers, start_draft
from onething.cases.services.happening import record_event
from onething.cases.services.promises import note_paper
from onething.cases.services.replying import CORRECTION_DAYS, apply_reply
from onething.cases.services.steps import locked_case, reckon
from onething.cases.services.submitting import submit_case
from onething.cases.services.withdrawing import withdraw_case

__all__ = [
    "CORRECTION_DAYS",
    "answer_correction",
    "apply_reply",
    "locked_case",
    "note_paper",
    "reckon",
    "record_event",
    "save_answers",
    "start_draft",
    "submit_case",
    "withdraw_case",
]
