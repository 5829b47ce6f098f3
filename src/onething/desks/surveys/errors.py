"""Every way this module says no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Gone, Invalid, NotFound


class SurveyNotFound(NotFound):
    """There is no such survey, or it does not reach into your division."""

    remedy = "Go back to the list of surveys."


class GroupOutside(Invalid):
    """The group lies outside your division."""

    remedy = "Choose your division, or one below it."


class NoQuestions(Invalid):
    """A survey needs at least one question."""

    remedy = "Write a question, with two answers to choose from or to be answered in words."


class SurveyAlreadySent(Conflict):
    """This survey has gone out; nothing can be changed any more."""

    remedy = "Close it, and write a new one if a question was wrong."


class SurveyNotOpen(Conflict):
    """This survey is not open."""

    remedy = "Look at its page: it was not sent yet, or was closed."


class LastDayPast(Invalid):
    """The last day has passed already, or lies more than {days} days ahead."""

    remedy = "Choose a later day, within the next months."


class CodeNotKnown(NotFound):
    """No questionnaire has this code."""

    remedy = "Compare it with the message or the paper: ten letters and digits, without 0, 1, I and O."


class SurveyOver(Gone):
    """This survey has ended."""

    remedy = "If you need something, ring or come to your service centre."


class AnsweredAlready(Conflict):
    """This questionnaire was answered already."""

    remedy = "Each person answers once. If you need something else, ring or come to your service centre."


class NothingAnswered(Invalid):
    """Nothing was answered yet."""

    remedy = "Answer at least one question. You may leave the others open."


class AnswerNotFound(NotFound):
    """There is no such answer, or the person asks for nobody."""

    remedy = "Go back to the list of those who ask for somebody."


class FollowedAlready(Conflict):
    """Somebody is on it already."""

    remedy = "Look in the list who has it and until when."


class FollowUpNotFound(NotFound):
    """There is no such work, or it is not in your division."""

    remedy = "Go back to the list of those who ask for somebody."


class FollowUpOver(Conflict):
    """This is done already."""

    remedy = "Nothing is left to do."


class OwnerUnknown(Invalid):
    """This is not a colleague of your office who may do it."""

    remedy = "Choose yourself or one of the colleagues in the list."


class DayNotAhead(Invalid):
    """This day has passed."""

    remedy = "Choose today or a later day."


class ResultsNotYet(Conflict):
    """The results can be read when the survey has ended."""

    remedy = (
        "Wait for the last day, or close the survey: while it runs, every look would tell who has just answered what."
    )


class NothingToPrint(NotFound):
    """No questionnaire of your division waits to be printed."""

    remedy = "Those that came back are typed in; the others were sent to phones."
