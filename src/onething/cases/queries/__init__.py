"""Reading drafts and cases. Who asks comes first."""

from onething.cases.queries.asking import Asked, asked_about, asked_in, question_for
from onething.cases.queries.boards import (
    STATUS,
    CaseBoard,
    Happened,
    Lane,
    case_board,
    case_for,
    cases_of,
    correction_for,
    nodes,
    overdue_tasks,
    stops,
)
from onething.cases.queries.concerns import Worry, clerks_addresses, concern_for, concerns_of, places_of, worries
from onething.cases.queries.drafts import (
    answers_in,
    answers_of,
    draft_for,
    drafts_of,
    first_day,
    known_and_answered,
    known_to_the_house,
    plan_of,
)
from onething.cases.queries.lists import Listed, clocks_of, listed, pile_sizes, with_rows, work_list
from onething.cases.queries.renewing import Renewed, newer_release, renewed
from onething.cases.queries.talking import Said, said_in, thread_of

__all__ = [
    "STATUS",
    "Asked",
    "CaseBoard",
    "Happened",
    "Lane",
    "Listed",
    "Renewed",
    "Said",
    "Worry",
    "answers_in",
    "answers_of",
    "asked_about",
    "asked_in",
    "case_board",
    "case_for",
    "cases_of",
    "clerks_addresses",
    "clocks_of",
    "concern_for",
    "concerns_of",
    "correction_for",
    "draft_for",
    "drafts_of",
    "first_day",
    "known_and_answered",
    "known_to_the_house",
    "listed",
    "newer_release",
    "nodes",
    "overdue_tasks",
    "pile_sizes",
    "places_of",
    "plan_of",
    "question_for",
    "renewed",
    "said_in",
    "stops",
    "thread_of",
    "with_rows",
    "work_list",
    "worries",
]
