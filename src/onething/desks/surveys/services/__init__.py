"""Surveys: written, sent, answered once a person, followed up."""

from onething.desks.surveys.services.answering import give_answer, type_answer
from onething.desks.surveys.services.asking import (
    close_due,
    close_survey,
    invite_batch,
    mark_printed,
    open_survey,
    write_survey,
)
from onething.desks.surveys.services.following import begin_followup, finish_followup, settle_by_case
from onething.desks.surveys.services.keeping import follow_division, forget

__all__ = [
    "begin_followup",
    "close_due",
    "close_survey",
    "finish_followup",
    "follow_division",
    "forget",
    "give_answer",
    "invite_batch",
    "mark_printed",
    "open_survey",
    "settle_by_case",
    "type_answer",
    "write_survey",
]
