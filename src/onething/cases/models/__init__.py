"""Drafts, cases, their tasks, the stops of their clocks, papers, concerns, messages, and what comes after."""

from onething.cases.models.aftermath import CALLED_BACK, OBJECTED, RATED, CallBack, Objection, OfCaseSet, Rating
from onething.cases.models.asking import ASKED_BY_DESK, Question, QuestionSet
from onething.cases.models.choosing import TAKEN, Choice
from onething.cases.models.concerns import NOTED, Concern, ConcernSet
from onething.cases.models.cosigning import Cosignature
from onething.cases.models.days import DayToKeep
from onething.cases.models.drafts import Draft, DraftSet
from onething.cases.models.papers import ASKED, Correction, PaperToCome, Upload
from onething.cases.models.running import SAID, Case, CaseSet, Freed, Pause, Plan, Task, TaskSet, day
from onething.cases.models.talking import TALKED, Message, Thread, ThreadSet

__all__ = [
    "ASKED",
    "ASKED_BY_DESK",
    "CALLED_BACK",
    "NOTED",
    "OBJECTED",
    "RATED",
    "SAID",
    "TAKEN",
    "TALKED",
    "CallBack",
    "Case",
    "CaseSet",
    "Choice",
    "Concern",
    "ConcernSet",
    "Correction",
    "Cosignature",
    "DayToKeep",
    "Draft",
    "DraftSet",
    "Freed",
    "Message",
    "Objection",
    "OfCaseSet",
    "PaperToCome",
    "Pause",
    "Plan",
    "Question",
    "QuestionSet",
    "Rating",
    "Task",
    "TaskSet",
    "Thread",
    "ThreadSet",
    "Upload",
    "day",
]
